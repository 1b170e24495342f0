import { describe, expect, test } from "vitest";
import type { Failure } from "../http/failure.ts";
import type { Json } from "../model/json.ts";
import type { Answer, Request } from "./exchange.ts";
import { handIn } from "./hand-in.ts";

const one = { uuid: "one", value: { b: 1, a: [1, 2] } };
const two = { uuid: "two", value: { c: "x" } };
const absent = { status: 404, text: '{"detail":"Not Found"}' };
const there = (value: Json) => ({ status: 200, text: JSON.stringify(value, null, 2) });
const unauthorized = (text: string) => ({ status: 401, text: JSON.stringify({ detail: text }) });
const hidden = unauthorized("Permission denied");
const stored = { status: 200, text: "null" };
const conflict = { status: 409, text: '{"detail":"Conflict: report already present"}' };
const bad = { status: 502, text: "" };
const cut: Failure = { reason: "unreachable", message: "it was broken off", broken: true };

/** Answers in the order in which requests come, each with the request it is for. */
async function play(
  script: readonly (readonly [request: string, answer: Answer | Failure])[],
  documents: readonly { uuid: string; value: Json }[] = [one],
  receipts: readonly string[] = [],
) {
  const left = [...script];
  const waits: number[] = [];
  const bodies: string[] = [];
  const exchange = async ({ method, path, body, contentType }: Request) => {
    const [expected, answer] = left.shift() ?? ["nothing more", absent];
    expect(`${method} ${path}`).toBe(expected);
    if (method === "POST") {
      expect(contentType).toBe("application/x-signed-yaml");
      bodies.push(body ?? "");
    }
    return answer;
  };
  const handedIn = await handIn({
    exchange,
    documents,
    bodyOf: async (some) => some.map(({ uuid }) => uuid).join("+"),
    hasReceipt: ({ uuid }) => receipts.includes(uuid),
    pause: async (milliseconds) => void waits.push(milliseconds),
  });
  expect(left).toEqual([]);
  return { handedIn, waits, bodies };
}

const look = (answer: Answer | Failure, uuid = "one") => [`GET reports/${uuid}`, answer] as const;
const send = (answer: Answer | Failure) => ["POST reports", answer] as const;

describe("handing in", () => {
  test("looks, sends once, and reads back, whatever the order of keys", async () => {
    const { handedIn, bodies } = await play([look(absent), send(stored), look(there({ a: [1, 2], b: 1 }))]);
    expect(handedIn).toMatchObject({ outcome: "stored", sent: [one], seen: true });
    expect(bodies).toEqual(["one"]);
  });

  test("sends nothing when all of it is there, and only the rest when some is", async () => {
    expect(await play([look(there(one.value))])).toMatchObject({ handedIn: { outcome: "there" }, bodies: [] });
    const some = await play(
      [look(there(one.value)), look(absent, "two"), send(stored), look(there(two.value), "two")],
      [one, two],
    );
    expect(some).toMatchObject({ handedIn: { outcome: "stored", sent: [two], seen: true }, bodies: ["two"] });
  });

  test.each<[name: string, script: Parameters<typeof play>[0], text: RegExp]>([
    ["other content", [look(there({ b: 2 }))], /other content/],
    ["a report that it may not read", [look(unauthorized("Permission denied"))], /may not read it/],
    ["unknown credentials", [look(unauthorized("Incorrect username or password"))], /credentials/],
    ["a redirect", [look({ status: 301, text: "", redirect: "https://x.example" })], /leads on to/],
    ["an unregistered key", [look(absent), send(unauthorized("verification failed"))], /registered/],
    [
      "a report that came in between with other content",
      [look(absent), send(conflict), look(there({ b: 2 }))],
      /other content/,
    ],
  ])("is refused for %s", async (_, script, text) => {
    expect((await play(script)).handedIn).toMatchObject({
      outcome: "refused",
      text: expect.stringMatching(text) as string,
    });
  });

  test.each<[name: string, script: Parameters<typeof play>[0], waits: number[]]>([
    [
      "looked for in vain, twice",
      [look(bad), look(cut), look(absent), send(stored), look(there(one.value))],
      [1000, 2000],
    ],
    ["answered 502, though it was stored", [look(absent), send(bad), look(there(one.value))], []],
    ["cut off, and not stored", [look(absent), send(cut), look(absent), send(stored), look(there(one.value))], [1000]],
    ["answered 409 after a lost answer", [look(absent), send(conflict), look(there(one.value))], []],
    ["answered 500, though it was stored", [look(absent), send({ status: 500, text: "" }), look(there(one.value))], []],
  ])("comes to its end when %s", async (_, script, waits) => {
    expect(await play(script)).toMatchObject({ handedIn: { outcome: "stored", seen: true }, waits });
  });

  test.each<[name: string, script: Parameters<typeof play>[0], text: RegExp]>([
    [
      "500 and nothing stored",
      [look(absent), send({ status: 500, text: "" }), look(absent)],
      /500\); the report is not there/,
    ],
    [
      "502 three times",
      [look(absent), send(bad), look(absent), send(bad), look(absent), send(bad), look(absent)],
      /502.*; the report is not there/,
    ],
    ["cut off and then silent", [look(absent), send(cut), look(cut), look(cut), look(cut)], /could not be seen/],
    [
      "no host",
      [look({ reason: "tls", message: "the name is not known", broken: false })],
      /not known.*nothing was sent/,
    ],
    ["a page for a look", [look({ status: 200, text: "<html>" })], /does not speak/],
    ["a page for sending", [look(absent), send({ status: 200, text: "<html>" }), look(absent)], /does not speak/],
    ["409 and nothing there", [look(absent), send(conflict), look(absent)], /shows none/],
    ["a look that is answered null", [look({ status: 200, text: "[" })], /does not speak/],
  ])("is left open after %s", async (_, script, text) => {
    expect((await play(script)).handedIn).toMatchObject({
      outcome: "unknown",
      text: expect.stringMatching(text) as string,
    });
  });

  test.each([
    ["an answer", stored],
    ["a lost answer", cut],
    ["a conflict after a lost answer", conflict],
  ])("is done, though unseen, when a delegate may not read what it handed in: %s", async (_, answer) => {
    const script = [look(absent), send(answer), look(hidden)];
    expect((await play(script)).handedIn).toMatchObject({ outcome: "stored", seen: false });
  });

  test("takes a delegate's receipt for what it may not read", async () => {
    expect((await play([look(hidden)], [one], ["one"])).handedIn).toEqual({ outcome: "there" });
    const both = [look(hidden), look(hidden, "two")];
    expect((await play(both, [one, two], ["one"])).handedIn).toMatchObject({ outcome: "refused" });
    const rest = [look(hidden), look(absent, "two"), send(stored), look(there(two.value), "two")];
    expect((await play(rest, [one, two], ["one"])).handedIn).toMatchObject({
      outcome: "stored",
      sent: [two],
      seen: true,
    });
  });
});
