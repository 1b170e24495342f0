/** Starts a new check: four files, and nothing is written when any of them cannot be. */
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { factIds } from "../../src/model/facts/index.ts";
import { UsageError } from "../../src/model/faults.ts";
import { checkText, identifierOf, identifiersIn, indexText, testText } from "./check-files.ts";
import { type StubLevel, withRequirement } from "./requirement-stub.ts";

export interface NewCheck {
  /** `scs-0214/control-plane-spread`. */
  readonly id: string;
  /** Facts it needs; at least one. */
  readonly facts: readonly string[];
  /** `scs-0214-v2/control-plane-hosts`. */
  readonly requirement: string;
  readonly level: StubLevel;
}

/** Writes the files below `root` and returns their paths, relative to it. Throws UsageError with every fault at once. */
export function newCheck(root: string, wanted: NewCheck): readonly string[] {
  const [folder = "", name = ""] = wanted.id.split("/");
  const [standard = "", requirement = ""] = wanted.requirement.split("/");
  const files = {
    check: `checks/${wanted.id}.ts`,
    test: `checks/${wanted.id}.test.ts`,
    index: "checks/index.ts",
    standard: fileOf(root, standard),
  };
  const faults = formFaults(wanted);
  if (faults.length > 0)
    throw new UsageError(
      faults.map((message) => ({ message })),
      usage,
    );
  const at = (file: string) => path.join(root, file);
  for (const file of [files.check, files.test]) if (existsSync(at(file))) faults.push(`${file} exists already`);
  const { standard: norm } = files;
  if (norm === undefined) faults.push(`there is no standard ${standard}; there are: ${standardsIn(root).join(", ")}`);
  if (faults.length > 0 || norm === undefined)
    throw new UsageError(
      faults.map((message) => ({ message })),
      usage,
    );

  const stubbed = withRequirement(readFileSync(at(norm), "utf8"), requirement, wanted.id, wanted.level);
  if (!stubbed.ok) throw new UsageError(`${norm}: ${stubbed.why}`, "choose another requirement");
  const index = readFileSync(at(files.index), "utf8");
  const plain = identifierOf(name);
  const identifier = identifiersIn(index).has(plain) ? identifierOf(`${folder}-${name}`) : plain;

  mkdirSync(path.dirname(at(files.check)), { recursive: true });
  writeFileSync(at(files.check), checkText(wanted.id, identifier, wanted.facts));
  writeFileSync(at(files.test), testText(name, identifier));
  writeFileSync(at(files.index), indexText(index, wanted.id, identifier));
  writeFileSync(at(norm), stubbed.text);
  return [files.check, files.test, files.index, norm];
}

export const usage =
  "npm run new-check -- scs-0214/my-check --fact kube/nodes --requirement scs-0214-v2/my-requirement [--level must|should|may]";

function formFaults({ id, facts, requirement }: NewCheck): string[] {
  const known: readonly string[] = factIds;
  const faults: string[] = [];
  if (!/^(scs-\d{4}|proposed)\/[a-z][a-z0-9]*(-[a-z0-9]+)*$/.test(id))
    faults.push(`"${id}" is no check id like scs-0214/control-plane-spread or proposed/etcd-flavor`);
  if (!/^[a-z0-9]+(-[a-z0-9]+)*-v\d+\/[a-z0-9]+(-[a-z0-9]+)*$/.test(requirement))
    faults.push(`"${requirement}" is no requirement id like scs-0214-v2/control-plane-hosts`);
  if (facts.length === 0) faults.push("name at least one fact that the check needs: --fact kube/nodes");
  for (const fact of facts.filter((given) => !known.includes(given)))
    faults.push(`there is no fact "${fact}"; there are: ${known.join(", ")}`);
  return faults;
}

/** Files of standards, of Kubernetes, of the cloud below it, and proposals of ours, by the id that each names. */
function standardFiles(root: string): ReadonlyMap<string, string> {
  const files = ["kaas", "iaas", "proposed"].flatMap((folder) => {
    const place = `standards/${folder}`;
    const names = existsSync(path.join(root, place)) ? readdirSync(path.join(root, place)).sort() : [];
    return names.filter((name) => name.endsWith(".yaml")).map((name) => `${place}/${name}`);
  });
  const idOf = (file: string) => /^id: (\S+)$/m.exec(readFileSync(path.join(root, file), "utf8"))?.[1] ?? file;
  return new Map(files.map((file) => [idOf(file), file]));
}

const fileOf = (root: string, standard: string): string | undefined => standardFiles(root).get(standard);
const standardsIn = (root: string): readonly string[] => [...standardFiles(root).keys()].sort();
