import { describe, expect, test } from "vitest";
import type { Failure } from "../http/failure.ts";
import { type Meaning, meaningOf } from "./answers.ts";

const detail = (text: string) => JSON.stringify({ detail: text });

describe("an answer means", () => {
  test.each<[status: number, text: string, kind: Meaning["kind"], said: RegExp, advice: RegExp]>([
    [200, detail("empty reports"), "refused", /found no report/, /nothing is stored/],
    [200, "<html>", "unknown", /does not speak as the monitor/, /a page or a proxy/],
    [200, "{}", "unknown", /does not speak as the monitor/, /a page or a proxy/],
    [
      302,
      "",
      "refused",
      /leads on to https:\/\/elsewhere\.example; credentials are not carried there/,
      /Name the address/,
    ],
    [401, detail("Incorrect username or password"), "refused", /does not know these credentials/, /token file/],
    [401, detail("Not authenticated"), "refused", /no credentials arrived/, /proxy/],
    [401, detail("Invalid authentication credentials"), "refused", /cannot read these credentials/, /token file/],
    [401, detail("missing signature"), "refused", /did not arrive/, /proxy/],
    [401, detail("verification failed"), "refused", /not registered the key/, /registered key/],
    [401, detail("Permission denied"), "refused", /another subject/, /append_any/],
    [401, detail("delegation problem?"), "refused", /not made this account its delegate/, /delegates/],
    [401, "whatever", "refused", /does not let this account in: whatever/, /operators/],
    [403, "", "refused", /something before the monitor/, /proxy/],
    [404, detail("Not Found"), "refused", /no monitor at this address/, /address/],
    [405, detail("Method Not Allowed"), "refused", /something else at this address/, /address/],
    [413, "", "refused", /too large/, /Fewer|fewer/],
    [415, detail("Unsupported Media Type"), "refused", /does not take this kind/, /version/],
    [422, "{}", "refused", /does not understand/, /version/],
    [500, "Internal Server Error", "unknown", /failed over the report/, /looks first/],
    [502, "<html>Bad Gateway", "unknown", /502, which may pass: <html>Bad Gateway/, /later/],
    [418, "", "unknown", /answered 418: no words/, /operators/],
  ])("%i %s: %s", (status, text, kind, said, advice) => {
    const redirect = status === 302 ? { redirect: "https://elsewhere.example" } : {};
    const meaning = meaningOf({ status, text, ...redirect });
    expect(meaning).toMatchObject({
      kind,
      text: expect.stringMatching(said) as string,
      advice: expect.stringMatching(advice) as string,
    });
  });

  test.each([
    ["null", { kind: "stored" }],
    ["null\n", { kind: "stored" }],
  ])("200 %j: stored", (text, meaning) => {
    expect(meaningOf({ status: 200, text })).toEqual(meaning);
  });

  test("409: something of it is there", () => {
    expect(meaningOf({ status: 409, text: detail("Conflict: report already present") })).toEqual({ kind: "conflict" });
  });

  test.each<[status: number, again: boolean]>([
    [429, true],
    [500, false],
    [502, true],
    [503, true],
    [504, true],
    [501, false],
  ])("%i may pass by itself: %s", (status, again) => {
    expect(meaningOf({ status, text: "" })).toMatchObject({ kind: "unknown", again });
  });

  test.each<[failure: Partial<Failure>, said: RegExp, advice: RegExp, again: boolean]>([
    [{ reason: "unreachable" }, /^why; nothing was sent$/, /HTTPS_PROXY/, true],
    [{ reason: "unreachable", broken: true }, /^why$/, /network/, true],
    [{ reason: "tls" }, /^why; nothing was sent$/, /NODE_EXTRA_CA_CERTS/, false],
    [{ reason: "timeout" }, /^why$/, /looks first/, true],
    [{ reason: "malformed" }, /^why$/, /--monitor/, false],
    [{ reason: "too-large" }, /^why$/, /--monitor/, false],
  ])("silence, %o: nobody knows", (failure, text, advice, again) => {
    expect(meaningOf({ reason: "unreachable", message: "why", broken: false, ...failure })).toMatchObject({
      kind: "unknown",
      text: expect.stringMatching(text) as string,
      advice: expect.stringMatching(advice) as string,
      again,
    });
  });
});
