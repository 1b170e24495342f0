/** The floor: reads the same paths with node:https and JSON.parse over one kept connection, and keeps nothing. */
import { readFileSync } from "node:fs";
import { Agent, request } from "node:https";

interface Task {
  readonly url: string;
  readonly ca: string;
  /** A token, or a client certificate and its key. */
  readonly token?: string;
  readonly cert?: string;
  readonly key?: string;
  readonly paths: readonly string[];
}

const task = JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")) as Task;
const { ca, cert, key } = task;
const agent = new Agent({ keepAlive: true, maxSockets: 1, ca, ...(cert && key ? { cert, key } : {}) });
const headers = { accept: "application/json", ...(task.token ? { authorization: `Bearer ${task.token}` } : {}) };

const get = (path: string) =>
  new Promise<string>((resolve, reject) => {
    const call = request(task.url + path, { agent, headers }, (answer) => {
      if (answer.statusCode !== 200) reject(new Error(`${path}: ${answer.statusCode}`));
      const chunks: Buffer[] = [];
      answer.on("data", (chunk: Buffer) => chunks.push(chunk));
      answer.on("end", () => resolve(Buffer.concat(chunks).toString()));
      answer.on("error", reject);
    });
    call.on("error", reject);
    call.end();
  });

let objects = 0;
for (const path of task.paths) {
  for (let token: string | undefined = ""; token !== undefined; ) {
    const body = await get(token === "" ? path : `${path}&continue=${token}`);
    token = undefined;
    if (body.startsWith("{")) {
      const value = JSON.parse(body) as { items?: unknown[] | null; metadata?: { continue?: string } };
      objects += value.items?.length ?? 0;
      token = value.metadata?.continue;
    }
  }
}
agent.destroy();
console.log(JSON.stringify({ objects }));
