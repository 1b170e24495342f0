/** Programs of this machine in the images that are packed here. */
import { execFileSync } from "node:child_process";
import { copyFileSync, existsSync, mkdirSync, realpathSync, symlinkSync } from "node:fs";
import path from "node:path";

export const busybox = "/bin/busybox";

/** The machine's static busybox, under the names of all its tools. What is there already stays. */
export function addTools(root: string): void {
  for (const place of ["bin", "usr/bin", "etc", "tmp", "var/run"]) {
    mkdirSync(path.join(root, place), { recursive: true });
  }
  copyFileSync(busybox, path.join(root, "bin", "busybox"));
  const tools = execFileSync(busybox, ["--list"], { encoding: "utf8" }).trim().split("\n");
  for (const tool of tools.filter((name) => name !== "busybox" && !existsSync(path.join(root, "usr/bin", name)))) {
    symlinkSync("/bin/busybox", path.join(root, "bin", tool));
  }
  if (!existsSync(path.join(root, "usr/bin/env"))) symlinkSync("/bin/busybox", path.join(root, "usr/bin/env"));
}

/** Programs of this machine with the libraries that they are linked with, each into `/usr/bin`. Throws when one is not here. */
export function copyPrograms(root: string, names: readonly string[]): void {
  mkdirSync(path.join(root, "usr/bin"), { recursive: true });
  for (const name of names) {
    const program = execFileSync("which", [name], { encoding: "utf8" }).trim();
    copyFileSync(realpathSync(program), path.join(root, "usr/bin", name));
    const libraries = execFileSync("ldd", [program], { encoding: "utf8" }).matchAll(/(\/\S+) \(0x/g);
    for (const [, library = ""] of libraries) {
      mkdirSync(path.join(root, path.dirname(library)), { recursive: true });
      copyFileSync(library, path.join(root, library));
    }
  }
}
