import { type Command, Option } from "commander";
import { defaultScope, instantOption } from "../../app/options.ts";
import { type TableFormat, tableFormats } from "../../app/table-formats.ts";
import { UsageError } from "../../model/faults.ts";
import { act, noticing, type Session } from "../context.ts";
import { addSigningOptions, signingOptions, subjectName, text } from "../option-groups.ts";

export function addMatrix(program: Command, session: Session): Command {
  const command = program
    .command("matrix")
    .argument("<reports...>", "folders of runs, or folders that hold such (a results repository)")
    .summary("many reports into one signed index: provider by branch")
    .description(
      "Verifies every report (signature, signer, recomputation) and puts those that hold into a matrix: of each subject " +
        "(PROVIDER-BRANCH, or PROVIDER-BRANCH-CONFIGURATION) the newest result of every testcase, as long as it counts. Decides " +
        "what one cluster cannot: whether a provider offers the newest minor in time and every supported branch.\n" +
        "Exit code 0: all cells hold · 1: something fails · 2: something has no answer that counts.",
    )
    .addOption(
      new Option("--name <name>", "what it is a matrix of, and who signs for it (required)").argParser(
        subjectName("--name"),
      ),
    )
    .option("-o, --output <folder>", "folder for matrix.json, .html and .md (required)")
    .option("--scope <name|file>", "the certificate it is about", defaultScope)
    .option("--scope-version <version>", "version of the scope (default: the newest valid one)")
    .addOption(
      new Option("--as-of <date>", "the day that it speaks of (default: now)").argParser((given) =>
        instantOption("--as-of", given),
      ),
    )
    .option("--complete", "on your word: what no report shows, the providers do not offer")
    .option("--allowed-signers <file>", "who may sign for which subject (ssh-keygen's ALLOWED SIGNERS form)")
    .option("--declaration-signers <file>", "who may declare for which subject (same form)")
    .option("--review-signers <file>", "who may counter-sign declarations: the assessment body (same form)")
    .option("--revoked <file>", "public keys that no longer count, one a line")
    .option("--data <file>", "release data instead of the built-in ones (see `data show`)")
    .addOption(new Option("--format <format>", "form of what is printed").choices(tableFormats).default("text"));
  addSigningOptions(command);
  return act(command, session, async ({ output, now }, values, targets) => {
    const [name, folder] = [text(values.name), text(values.output)];
    if (name === undefined)
      throw new UsageError("The matrix has no name.", "Say --name, such as SCS or the provider's.");
    if (folder === undefined) throw new UsageError("No folder to write was named.", "Say -o matrix.");
    const [{ makeMatrix }, { matrixIn }] = await Promise.all([
      import("../../app/matrix/make-matrix.ts"),
      import("../../app/matrix-formats.ts"),
    ]);
    const made = await makeMatrix({
      targets,
      name,
      folder,
      ...noticing(output),
      scope: text(values.scope) ?? defaultScope,
      scopeVersion: text(values.scopeVersion),
      asOf: text(values.asOf),
      complete: values.complete === true,
      allowedSigners: text(values.allowedSigners),
      declarationSigners: text(values.declarationSigners),
      reviewSigners: text(values.reviewSigners),
      revoked: text(values.revoked),
      data: text(values.data),
      signing: signingOptions(values),
      now,
    });
    const { color, verbose } = output.options;
    output.result(matrixIn(values.format as TableFormat, made, { color, verbose, width: output.width }));
    output.note(`Wrote ${made.folder}: ${made.files.join(", ")}`, { folder: made.folder });
    if (made.signedBy === undefined) output.note("Not signed: give --key FILE or --agent FINGERPRINT.");
    return { PASS: 0, FAIL: 1, DNF: 2, MISS: 2 }[made.matrix.verdict];
  });
}
