/** The command line: one command of the design after the other, each in its own file. */
import { Command, Option } from "commander";
import { tool } from "../app/tool.ts";
import { addCheck } from "./commands/check.ts";
import { addCleanup } from "./commands/cleanup.ts";
import { addData } from "./commands/data.ts";
import { addDemo } from "./commands/demo.ts";
import { addDiff } from "./commands/diff.ts";
import { addEvaluate } from "./commands/evaluate.ts";
import { addEvidence } from "./commands/evidence.ts";
import { addExplain } from "./commands/explain.ts";
import { addGather } from "./commands/gather.ts";
import { addImport } from "./commands/import.ts";
import { addList } from "./commands/list.ts";
import { addMatrix } from "./commands/matrix.ts";
import { addOpen } from "./commands/open.ts";
import { addOutlook } from "./commands/outlook.ts";
import { addPlan } from "./commands/plan.ts";
import { addRender } from "./commands/render.ts";
import { addReview } from "./commands/review.ts";
import { addRunner } from "./commands/runner.ts";
import { addSign } from "./commands/sign.ts";
import { addSubmit } from "./commands/submit.ts";
import { addVerify } from "./commands/verify.ts";
import type { Session } from "./context.ts";

const after = `
Exit codes:
  0 conformant · 1 not conformant · 2 inconclusive · 3 wrong usage or unreadable input
  4 verify and review: something does not hold, submit: it was refused there · 70 a defect of this tool · 130 interrupted

Every option can also be given by the environment (--scope-version is SCS_CONFORMANCE_SCOPE_VERSION)
or in a YAML file (--config). Flags win, then the environment, then the file.

Start here:
  scs-conformance demo                            see it all on a recorded cluster
  scs-conformance plan                            what would be read, with which rights
  scs-conformance check --subject my-cloud-1.37   look at your own cluster, judge, leave a report
  scs-conformance verify DIR --allowed-signers F  check somebody else's`;

const afterCommand = `
Everywhere: --quiet, --verbose, --log-format json, --no-color, --config FILE (see \`scs-conformance --help\`).`;

export function createProgram(session: Session): Command {
  const program = new Command("scs-conformance")
    .description(
      "Checks a Kubernetes cluster against the KaaS standards of Sovereign Cloud Stack, clause by clause, " +
        "and leaves a signed report whose verdict anyone can recompute. Creates nothing, unless told to by --tier.",
    )
    .usage("<command> [options]")
    .version(
      `scs-conformance ${tool.version} (judging sources ${tool.sha256.slice(0, 12)})`,
      "--version",
      "the version",
    )
    .addOption(new Option("--quiet", "say only what went wrong"))
    .addOption(new Option("--verbose", "say more; show a stack when something breaks"))
    .addOption(
      new Option("--log-format <format>", "form of what goes to stderr").choices(["text", "json"]).default("text"),
    )
    .addOption(new Option("--no-color", "no colours (also NO_COLOR)"))
    .addOption(new Option("--config <file>", "options from a YAML file"))
    .helpOption("-h, --help", "this help")
    .helpCommand(false)
    .addHelpText("after", after)
    // told by main.ts, in the form that stderr has
    .configureOutput({ outputError: () => undefined })
    .configureHelp({ sortSubcommands: false, subcommandTerm: (command) => command.name() })
    .exitOverride();
  const adders = [
    addCheck,
    addGather,
    addEvaluate,
    addRender,
    addSign,
    addVerify,
    addSubmit,
    addDiff,
    addOutlook,
    addEvidence,
    addOpen,
    addReview,
    addMatrix,
    addPlan,
    addCleanup,
    addList,
    addExplain,
    addImport,
    addData,
    addRunner,
    addDemo,
  ];
  for (const add of adders) {
    const command = add(program, session).addHelpText("after", afterCommand);
    command.exitOverride((error) => {
      session.command = command.name();
      throw error;
    });
  }
  return addHelp(program);
}

function addHelp(program: Command): Command {
  program
    .command("help")
    .argument("[command]")
    .summary("how to use a command")
    .action((name: string | undefined) => {
      const wanted = name === undefined ? program : program.commands.find((command) => command.name() === name);
      if (!wanted) program.error(`there is no command ${JSON.stringify(name)}`);
      else wanted.outputHelp();
    });
  return program;
}
