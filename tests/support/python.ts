/** Readers that other people wrote, in Python: Debian's packages are seen by Debian's own interpreter only. */
import { spawnSync } from "node:child_process";

/** A Python that has the module; undefined where there is none. */
export function python(module: string): string | undefined {
  return ["/usr/bin/python3", "python3"].find(
    (program) => spawnSync(program, ["-c", `import ${module}`], { stdio: "ignore" }).status === 0,
  );
}
