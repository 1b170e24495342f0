/** A review without a network: two checkouts, the proposed and the accepted. */
import { promises as fs } from "node:fs";
import path from "node:path";
import { UsageError } from "../../model/faults.ts";
import { readStored } from "../read-file.ts";
import { type Change, mostChanges, type ReviewSource } from "./source.ts";

const mostFiles = 100_000;
const skipped = [".git", "node_modules"];

/** UsageError when one of the two is no folder. */
export async function folderSource(proposed: string, accepted: string): Promise<ReviewSource> {
  const [ours, theirs] = [await filesBelow(proposed), await filesBelow(accepted)];
  const changes: Change[] = [];
  for (const [file, kind] of ours) {
    const before = theirs.get(file);
    if (kind === "link") changes.push({ path: file, status: "other" });
    else if (before === undefined) changes.push({ path: file, status: "added" });
    else if (before === "link" || !(await same(path.join(proposed, file), path.join(accepted, file)))) {
      changes.push({ path: file, status: "modified" });
    }
  }
  for (const file of theirs.keys()) if (!ours.has(file)) changes.push({ path: file, status: "removed" });
  if (changes.length > mostChanges) {
    throw new UsageError(`${proposed} differs from ${accepted} in more than ${mostChanges} files.`);
  }
  const read = async (root: string, files: Kinds, file: string, maxBytes: number) => {
    if (files.get(file) !== "file") return undefined;
    const { size } = await fs.lstat(path.join(root, file));
    return size > maxBytes ? undefined : readStored(path.join(root, file), maxBytes);
  };
  return {
    name: proposed,
    changes,
    proposed: (file, maxBytes) => read(proposed, ours, file, maxBytes),
    accepted: (file, maxBytes) => read(accepted, theirs, file, maxBytes),
    acceptedNames: async (folder) => {
      const below = [...theirs.keys()].filter((file) => file.startsWith(`${folder}/`));
      return [...new Set(below.map((file) => file.slice(folder.length + 1).split("/")[0] ?? ""))];
    },
  };
}

type Kinds = ReadonlyMap<string, "file" | "link">;

/** All files, with slashes from the root on; what is no plain file counts as a link, and is never opened. */
async function filesBelow(root: string): Promise<Kinds> {
  const stat = await fs.stat(root).catch(() => undefined);
  if (!stat?.isDirectory()) throw new UsageError([{ file: root, message: "is no folder" }], "Name a checkout.");
  const found = new Map<string, "file" | "link">();
  const open = [""];
  for (let folder = open.pop(); folder !== undefined; folder = open.pop()) {
    for (const entry of await fs.readdir(path.join(root, folder), { withFileTypes: true })) {
      const name = folder === "" ? entry.name : `${folder}/${entry.name}`;
      if (folder === "" && skipped.includes(entry.name)) continue;
      if (entry.isDirectory()) open.push(name);
      else found.set(name, entry.isFile() ? "file" : "link");
      if (found.size > mostFiles) throw new UsageError([{ file: root, message: `holds more than ${mostFiles} files` }]);
    }
  }
  return found;
}

async function same(a: string, b: string): Promise<boolean> {
  const [one, other] = await Promise.all([fs.lstat(a), fs.lstat(b)]);
  if (one.size !== other.size) return false;
  return Buffer.compare(await fs.readFile(a), await fs.readFile(b)) === 0;
}
