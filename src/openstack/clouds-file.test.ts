import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { scratchFolder } from "../../tests/support/scratch.ts";
import { UsageError } from "../model/faults.ts";
import { authMethodOf } from "./auth-methods.ts";
import { cloudSettings } from "./cloud-settings.ts";
import { cloudEntry } from "./clouds-file.ts";

/** Files by their path below a new folder; `home`, `system` and `work` are what they are called. */
function written(files: { readonly [path: string]: string }) {
  const base = scratchFolder();
  for (const folder of ["home/.config/openstack", "system", "work"]) mkdirSync(join(base, folder), { recursive: true });
  for (const [path, text] of Object.entries(files)) writeFileSync(join(base, path), text);
  const folders = { home: join(base, "home"), systemFolder: join(base, "system"), workingFolder: join(base, "work") };
  return { base, options: { cloud: "c", environment: {}, ...folders } };
}

const cloud = (text: string) => `clouds:\n  c:\n    ${text}\n`;
const user = "home/.config/openstack/clouds.yaml";

describe("clouds.yaml", () => {
  it.each([
    ["the current folder first", ["work/clouds.yaml", user, "system/clouds.yaml"], "work/clouds.yaml"],
    ["then the user's", [user, "system/clouds.yaml"], user],
    ["then the system's, by its other ending as well", ["system/clouds.yml"], "system/clouds.yml"],
  ])("is looked for in %s", (_, files, expected) => {
    const { options } = written(Object.fromEntries(files.map((file) => [file, cloud(`region_name: ${file}`)])));
    expect(cloudEntry(options).value).toEqual({ region_name: expected });
  });

  it("is the file of OS_CLIENT_CONFIG_FILE before all", () => {
    const { base, options } = written({ "mine.yaml": cloud("region_name: mine"), [user]: cloud("region_name: r") });
    const environment = { OS_CLIENT_CONFIG_FILE: join(base, "mine.yaml") };
    expect(cloudEntry({ ...options, environment })).toMatchObject({ folder: base, value: { region_name: "mine" } });
    const missing = { OS_CLIENT_CONFIG_FILE: join(base, "none.yaml") };
    expect(() => cloudEntry({ ...options, environment: missing })).toThrow(
      /none\.yaml: this clouds\.yaml does not exist/,
    );
  });

  it("has its secrets in secure.yaml, which go first", () => {
    const { options } = written({
      [user]: cloud("auth: {username: alice, password: old}"),
      "system/secure.yaml": cloud("auth: {password: new}"),
    });
    expect(cloudEntry(options).value).toEqual({ auth: { username: "alice", password: "new" } });
  });

  it.each<[string, { readonly [path: string]: string }, RegExp]>([
    ["no file", {}, /^there is no clouds\.yaml$/],
    ["no cloud of that name", { [user]: "clouds: {other: {}}" }, /has no cloud "c"$/],
    ["a name of the language", { [user]: "clouds: {}" }, /has no cloud "c"$/],
    ["a list", { [user]: "clouds: [c]" }, /`clouds` is not a mapping/],
    ["no mapping", { [user]: "- c" }, /no mapping at the top/],
    ["no YAML", { [user]: "clouds: {" }, /not valid YAML/],
    [
      "aliases without end",
      { [user]: `a: &a [${"1,".repeat(9)}]\nb: [${"*a,".repeat(101)}]` },
      /too many YAML aliases/,
    ],
  ])("%s is told in one line", (_, files, message) => {
    const { options } = written(files);
    expect(() => cloudEntry(options)).toThrow(UsageError);
    expect(() => cloudEntry(options)).toThrow(message);
  });

  it("does not take what every object has for a cloud", () => {
    const { options } = written({ [user]: "clouds: {}" });
    expect(() => cloudEntry({ ...options, cloud: "constructor" })).toThrow(/has no cloud "constructor"/);
  });
});

const entry = (value: object) => ({ name: "c", folder: "/nowhere", value: value as never });
const auth = {
  auth_url: "https://keystone.example.test:5000/v3/",
  username: "alice",
  password: "x",
  project_name: "p",
};

describe("a cloud's settings", () => {
  it("take Keystone without its version, public endpoints, and overrides", () => {
    const settings = cloudSettings(
      entry({ auth, region_name: "R", compute_endpoint_override: "https://nova.example.test/v2.1/" }),
    );
    expect(settings).toMatchObject({ region: "R", interface: "public", certificateAuthority: undefined });
    expect(settings.identity.href).toBe("https://keystone.example.test:5000/");
    expect(settings.overrides.compute?.href).toBe("https://nova.example.test/v2.1");
    expect(cloudSettings(entry({ auth, endpoint_type: "internalURL" })).interface).toBe("internal");
  });

  it.each<[string, object, RegExp]>([
    ["no verification", { auth, verify: false }, /turns the verification of certificates off/],
    ["insecure", { auth, insecure: true }, /turns the verification of certificates off/],
    ["plain http", { auth: { ...auth, auth_url: "http://keystone.example.test:5000" } }, /credentials over plain http/],
    ["credentials in the address", { auth: { ...auth, auth_url: "https://a:b@k.test" } }, /carries credentials/],
    ["no URL", { auth: { ...auth, auth_url: "keystone" } }, /is not a URL/],
    ["Keystone v2", { auth: { ...auth, auth_url: "https://k.test/v2.0" } }, /Keystone v2, which is gone/],
    ["no auth", {}, /has no `auth_url`/],
    ["an override over plain http", { auth, compute_endpoint_override: "http://n.test" }, /plain http/],
    ["no interface", { auth, interface: "private" }, /none of public, internal and admin/],
    ["an authority that is not there", { auth, cacert: "none.pem" }, /`cacert` cannot be read/],
    ["a client certificate", { auth, cert: "x.pem" }, /client certificates/],
    ["another way to log in", { auth, auth_type: "v3oidcpassword" }, /auth_type "v3oidcpassword" is not supported/],
    ["no password", { auth: { ...auth, password: "" } }, /has no `password`/],
    ["no user", { auth: { ...auth, username: "" } }, /neither `username` nor `user_id`/],
    ["no project", { auth: { ...auth, project_name: "" } }, /names no project/],
    [
      "a credential without name",
      { auth: { auth_url: auth.auth_url, application_credential_secret: "s" } },
      /neither `application_credential_id` nor `application_credential_name`/,
    ],
  ])("%s is refused", (_, value, message) => {
    expect(() => cloudSettings(entry(value))).toThrow(UsageError);
    expect(() => cloudSettings(entry(value))).toThrow(message);
  });

  it("never show what they were given", () => {
    const secret = "hunter2-hunter2-hunter2";
    const wrong = { auth: { ...auth, password: secret, project_name: "" } };
    expect(() => cloudSettings(entry(wrong))).toThrow(expect.not.stringContaining(secret) as never);
  });
});

describe("credentials", () => {
  const body = (value: object): unknown => JSON.parse(authMethodOf(entry(value)).body);
  it.each<[string, object, object]>([
    [
      "password, by ids",
      { auth: { user_id: "u", password: "x", project_id: "p" } },
      {
        identity: { methods: ["password"], password: { user: { id: "u", password: "x" } } },
        scope: { project: { id: "p" } },
      },
    ],
    [
      "password, domains apart",
      { auth: { ...auth, user_domain_id: "ud", project_domain_name: "pd" }, auth_type: "v3password" },
      {
        identity: {
          methods: ["password"],
          password: { user: { name: "alice", domain: { id: "ud" }, password: "x" } },
        },
        scope: { project: { name: "p", domain: { name: "pd" } } },
      },
    ],
    [
      "application credential by name",
      {
        auth_type: "v3applicationcredential",
        auth: {
          application_credential_name: "ac",
          application_credential_secret: "s",
          username: "alice",
          domain_name: "d",
        },
      },
      {
        identity: {
          methods: ["application_credential"],
          application_credential: { name: "ac", secret: "s", user: { name: "alice", domain: { name: "d" } } },
        },
      },
    ],
    [
      "token",
      { auth: { token: "t", project_id: "p" } },
      { identity: { methods: ["token"], token: { id: "t" } }, scope: { project: { id: "p" } } },
    ],
  ])("%s", (_, value, expected) => {
    expect(body(value)).toEqual({ auth: expected });
  });
});
