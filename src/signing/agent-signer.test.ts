import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import { afterAll, describe, expect, it } from "vitest";
import { UsageError } from "../model/faults.ts";
import { agentSigner } from "./agent-signer.ts";
import { fileSigner } from "./file-signer.ts";
import { OpensshDesk } from "./openssh.testing.ts";
import { parsePublicLine } from "./public-key.ts";
import { string, uint32 } from "./ssh-wire.ts";
import { verifySignature } from "./verify.ts";

const desk = new OpensshDesk();
const kinds = ["ed25519", "ecdsa-256", "ecdsa-521", "rsa-2048"];
const keys = kinds.map((kind) => desk.key(kind));
const real = await desk.agent(keys);
afterAll(async () => {
  await real.stop();
  desk.remove();
});

const message = Buffer.from("bytes");
const namespace = "report";

describe("a real ssh-agent", () => {
  it.each(keys.map((key, index) => ({ kind: kinds[index], key })))("signs with $kind", async ({ key }) => {
    for (const selector of [desk.fingerprint(key), `${key.path}.pub`]) {
      const signer = await agentSigner(selector, real.socket);
      expect(signer).toMatchObject({ fingerprint: desk.fingerprint(key), publicKey: key.publicLine });
      const armored = await signer.sign(message, namespace);
      const question = { armored, message, namespace, principal: "p", allowedSigners: `p ${key.publicLine}\n` };
      expect(verifySignature({ ...question, revoked: undefined, at: undefined }).state).toBe("ok");
      expect(desk.verify(question)).toMatchObject({ accepted: true });
    }
  });

  it("gives the same ed25519 signature as the file", async () => {
    const key = keys[0] ?? desk.key("ed25519");
    const [agent, file] = [
      await agentSigner(desk.fingerprint(key), real.socket),
      await fileSigner(key.path, async () => undefined),
    ];
    expect(await agent.sign(message, namespace)).toBe(await file.sign(message, namespace));
  });

  it("says when it does not hold the key", async () => {
    const stranger = desk.key("ed25519");
    const missing = agentSigner(desk.fingerprint(stranger), real.socket);
    await expect(missing).rejects.toThrow(UsageError);
    await expect(missing).rejects.toThrow(/does not hold the key SHA256:.*it holds SHA256:/);
  });
});

describe("selectors", () => {
  it.each([
    ["SHA256:short", "not a fingerprint"],
    ["nowhere.pub", "the public key cannot be read"],
    [desk.write("hello"), "the public key cannot be used"],
  ])("%s is refused", async (selector, reason) => {
    await expect(agentSigner(selector, real.socket)).rejects.toThrow(reason);
  });

  it.each([undefined, ""])("no socket is said plainly", async (socket) => {
    const fingerprint = desk.fingerprint(keys[0] ?? desk.key("ed25519"));
    await expect(agentSigner(fingerprint, socket)).rejects.toThrow("SSH_AUTH_SOCK is not set");
  });
});

describe("agents that misbehave", () => {
  const key = keys[0] ?? desk.key("ed25519");
  const { blob } = parsePublicLine(key.publicLine);
  const answer = (...parts: Buffer[]) => string(Buffer.concat(parts));
  const list = answer(Buffer.of(12), uint32(1), string(blob), string("comment"));
  const short = { list: 300, sign: 300 };

  /** Answers every question with what `speak` writes. */
  async function withAgent(speak: (stream: Socket, question: number) => void, use: (socket: string) => Promise<void>) {
    const streams = new Set<Socket>();
    const server = createServer((stream) => {
      streams.add(stream);
      stream.on("error", () => undefined);
      stream.once("data", (data) => speak(stream, data[4] ?? 0));
    });
    const socket = join(desk.folder, `fake-${Math.floor(performance.now() * 1000)}`);
    await once(server.listen(socket), "listening");
    try {
      await use(socket);
    } finally {
      for (const stream of streams) stream.destroy();
      server.close();
    }
  }

  it.each<[string, (stream: Socket) => unknown, string]>([
    ["hangs", () => undefined, "ssh-agent did not answer within 0.3 s"],
    ["drips", (stream) => stream.write(list.subarray(0, 20)), "ssh-agent did not answer within 0.3 s"],
    ["hangs up", (stream) => stream.end(), "ssh-agent hung up without an answer"],
    ["refuses", (stream) => stream.write(answer(Buffer.of(5))), "ssh-agent refused"],
    ["says nothing", (stream) => stream.write(uint32(0)), "it ends inside the kind of answer"],
    ["promises gigabytes", (stream) => stream.write(uint32(0xffffffff)), "it is longer than 262144 bytes"],
    ["says more than it says", (stream) => stream.write(Buffer.concat([list, list])), "it is longer than it says"],
    [
      "claims many keys",
      (stream) => stream.write(answer(Buffer.of(12), uint32(0xffffffff))),
      "it ends inside the length of the key",
    ],
    ["answers something else", (stream) => stream.write(answer(Buffer.of(14))), "not an answer to the question"],
    ["is empty", (stream) => stream.write(answer(Buffer.of(12), uint32(0))), "it holds no keys or is locked"],
  ])("%s", async (_, speak, reason) => {
    await withAgent(speak, async (socket) => {
      const silent = reason.includes("did not answer");
      const signer = agentSigner(desk.fingerprint(key), socket, ...(silent ? [short] : []));
      await expect(signer).rejects.toThrow(UsageError);
      await expect(signer).rejects.toThrow(reason);
    });
  });

  it("signs something else: found out before anything is written", async () => {
    const other = await fileSigner(key.path, async () => undefined);
    const armored = await other.sign(Buffer.from("else"), namespace);
    const forged = Buffer.from(armored.split("\n").slice(1, -2).join(""), "base64").subarray(-83);
    const speak = (stream: Socket, question: number) =>
      stream.write(question === 11 ? list : answer(Buffer.of(14), string(forged)));
    await withAgent(speak, async (socket) => {
      const signer = await agentSigner(desk.fingerprint(key), socket);
      await expect(signer.sign(message, namespace)).rejects.toThrow("not by the key that was asked");
    });
  });

  it("is not there", async () => {
    const gone = agentSigner(desk.fingerprint(key), join(desk.folder, "nobody"));
    await expect(gone).rejects.toThrow("ssh-agent cannot be reached");
  });
});
