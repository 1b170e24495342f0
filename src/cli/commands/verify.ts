import { type Command, Option } from "commander";
import { instantOption } from "../../app/options.ts";
import type { Layer } from "../../app/verify-run.ts";
import { act, type Session } from "../context.ts";
import { list, text } from "../option-groups.ts";
import { type Output, printable } from "../output.ts";

export function addVerify(program: Command, session: Session): Command {
  const command = program
    .command("verify")
    .argument("<run>", "a run's folder, its report.json, or a matrix.json")
    .summary("check a report: bytes, digests, signature, signer, time, recomputation, declarations")
    .description(
      "Checks every layer between a signature and a verdict, and judges the evidence again. Works offline.\n" +
        "Exit code 0: all hold · 4: something is wrong · 2: something could not be checked here.",
    )
    .option("--allowed-signers <file>", "who may sign for which subject (ssh-keygen's ALLOWED SIGNERS form)")
    .option("--declaration-signers <file>", "who may declare for which subject (same form)")
    .option("--review-signers <file>", "who may counter-sign declarations: the assessment body (same form)")
    .option("--revoked <file>", "public keys that no longer count, one a line")
    .option("--openings <file>", "names of redacted evidence that you were given, to see that they fit")
    .addOption(
      new Option("--reports <folders>", "of a matrix: folders that hold the reports it is made of").argParser(list),
    )
    .addOption(
      new Option("--verify-time <date>", "when the signature is known to have existed (default: now)").argParser(
        (given) => instantOption("--verify-time", given),
      ),
    );
  return act(command, session, async ({ output, now }, values, [target = ""]) => {
    const { verifyTarget } = await import("../../app/verify-target.ts");
    const { layers, said, exitCode } = await verifyTarget({
      target,
      reports: (values.reports as string[] | undefined) ?? [],
      allowedSigners: text(values.allowedSigners),
      declarationSigners: text(values.declarationSigners),
      reviewSigners: text(values.reviewSigners),
      revoked: text(values.revoked),
      openings: text(values.openings),
      at: text(values.verifyTime),
      now,
    });
    for (const layer of layers) output.result(line(layer, output));
    const ends = { 0: "holds", 2: "could not be checked in full here", 4: "does not hold" };
    output.result(`${said} ${ends[exitCode]}.`);
    return exitCode;
  });
}

function line({ name, state, detail, lines = [] }: Layer, { paint }: Output): string {
  const color = {
    ok: paint.green,
    bad: paint.red,
    untrusted: paint.red,
    differs: paint.yellow,
    unchecked: paint.yellow,
    none: paint.dim,
  };
  const head = `${name.padEnd(15)}${color[state](state.padEnd(11))}${printable(detail)}`;
  return [head, ...lines.slice(0, 50).map((text) => `${" ".repeat(26)}${printable(text)}`)].join("\n");
}
