import { once } from "node:events";
import { createServer } from "node:net";

/** Below the range that Linux gives to outgoing connections, so that none of those takes a port before its server does. */
const lowest = 20_000;
const highest = 32_000;

/** As many different ports as asked for, each free on all these loopback addresses a moment ago. */
export async function freePorts(count: number, addresses: readonly string[]): Promise<number[]> {
  const found = new Set<number>();
  for (let attempt = 0; found.size < count; attempt += 1) {
    if (attempt > 100 + count) {
      throw new Error(`No ${count} free ports between ${lowest} and ${highest} on ${addresses.join(", ")}.`);
    }
    const port = lowest + Math.floor(Math.random() * (highest - lowest));
    if ((await Promise.all(addresses.map((address) => isFree(port, address)))).every(Boolean)) {
      found.add(port);
    }
  }
  return [...found];
}

async function isFree(port: number, address: string): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, address);
    await once(server, "listening");
    return true;
  } catch {
    return false;
  } finally {
    server.close();
  }
}
