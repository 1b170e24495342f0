/** `check --openstack-cloud` by the built program: a cluster and its cloud on loopback, and what can go wrong with the cloud. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it, onTestFinished } from "vitest";
import { complaint, run } from "../support/command.ts";
import { cluster, objects, releaseFile } from "../support/command-cluster.ts";
import { paths } from "../support/gathering.ts";
import { kubernetesRoutes } from "../support/kubernetes-routes.ts";
import {
  applicationSecret,
  type ImitationOptions,
  password,
  startCloudImitation,
} from "../support/openstack/imitation.ts";
import { hostIdOf, nodeOn, novaServer, serverId } from "../support/openstack/machines.ts";
import { left } from "../support/run-folder.ts";
import { scratchFolder } from "../support/scratch.ts";

const zone = { "topology.kubernetes.io/zone": "a", "topology.kubernetes.io/region": "here" };
/** Named as the API servers' leases name their hosts. */
const nodes = [1, 2, 3].map((number) => {
  const { metadata, ...rest } = nodeOn(number, { labels: zone });
  return { metadata: { ...metadata, name: `cp-${number}` }, ...rest };
});
const servers = ["a", "b", "c"].map((host, n) => novaServer(n + 1, host));
const hosts = "scs-0214-v2/control-plane-hosts";

/** Renewed now: on a busy machine those made when the tests began have ended. */
const leases = () =>
  (objects[paths.leases] as readonly { spec: object }[]).map((lease) => ({
    ...lease,
    spec: { ...lease.spec, renewTime: new Date(Date.now() + 30_000).toISOString() },
  }));

/** `check` of a cluster on three servers, with the files and all that was printed. */
async function checked(imitation: ImitationOptions, cloud = "loopback", args: readonly string[] = []) {
  const server = await cluster(kubernetesRoutes({ ...objects, [paths.nodes]: nodes, [paths.leases]: leases() }));
  const started = await startCloudImitation({ ...imitation, contents: { servers, ...imitation.contents } });
  onTestFinished(() => started.server.close());
  const cwd = scratchFolder();
  const given = [
    "check",
    "--kubeconfig",
    server.kubeconfigFile,
    "--data",
    releaseFile(),
    "-o",
    "out",
    "--subject",
    "s",
  ];
  const ended = await run([...given, "--openstack-cloud", cloud, ...args], { cwd, env: started.environment });
  const folder = left(cwd, "out");
  const everything = [ended.stdout, ended.stderr, ...folder.names.map((name) => folder.text(name))].join("\n");
  const { items } = folder.evidence.facts.gathering;
  const outcome = folder.report.results.find(({ requirement }) => requirement === hosts)?.outcome;
  return { ...ended, ...folder, items, outcome, everything, cloud: started.server };
}

describe("check with the cloud below", () => {
  it("proves the spread of the control plane, reads only, and stores no secret, id or address", async () => {
    const { outcome, report, evidence, everything, cloud, code } = await checked({});
    expect(code).toBe(2);
    expect(outcome).toBe("pass");
    expect(report.results.find(({ requirement }) => requirement === hosts)?.because).toMatch(/^Nova names 3 hosts/);
    expect(
      cloud.requests.filter(({ method }) => method !== "GET").map(({ method, path: at }) => `${method} ${at}`),
    ).toEqual(["POST /identity/v3/auth/tokens"]);
    const log = evidence.facts.gathering.requests.filter(({ view }) => view === "cloud");
    expect(log).toHaveLength(cloud.requests.length);
    for (const secret of [
      applicationSecret,
      "gAAAA",
      serverId(1),
      hostIdOf("a"),
      cloud.url,
      "customer-machine",
      "203.0.113",
    ])
      expect(everything).not.toContain(secret);
  });

  it("goes on without the cloud when the password is wrong, which is asked once and shown nowhere", async () => {
    const { outcome, items, everything, cloud } = await checked({}, "wrong-password");
    expect(outcome).toBe("undetermined");
    expect(items["cloud/servers"]).toMatchObject({ reason: "unauthorized", message: "Keystone answered 401" });
    expect(cloud.requests).toHaveLength(1);
    expect(everything).not.toContain("not-that-one-at-all");
  });

  it("asks for a new token when the first ends in the middle", async () => {
    const { outcome, cloud } = await checked({ requestsPerToken: 2 });
    expect(outcome).toBe("pass");
    expect(cloud.requests.filter(({ method }) => method === "POST").length).toBeGreaterThan(1);
  });

  it("does without what only administrators see", async () => {
    const shown = servers.map((server, n) => ({ ...server, "OS-EXT-SRV-ATTR:hypervisor_hostname": `compute-${n}` }));
    const { outcome, evidence } = await checked({ contents: { servers: shown } }, "by-password");
    expect(outcome).toBe("pass");
    const refused = evidence.facts.gathering.requests.filter(({ status }) => status === 403);
    expect(refused.map(({ path: asked }) => asked)).toContain("/compute/os-hypervisors/detail?limit=500");
  });

  it("waits no longer than it was told for a cloud that hangs", async () => {
    const hanging = { instead: (_: unknown, asked: string) => (asked.startsWith("/compute") ? hang : undefined) };
    const hang = { fault: "hang-after-accept" } as const;
    const { outcome, items } = await checked(hanging, "loopback", ["--request-timeout", "3s"]);
    expect(outcome).toBe("undetermined");
    expect(items["cloud/servers"]).toMatchObject({ reason: "timeout", message: "Nova did not answer within 3000 ms" });
  });

  it("lets no name of the cloud act on a screen or a page", async () => {
    const evil = "SCS-\u001b[2J<script>alert(1)</script>\u202e";
    const flavors = [{ id: "1", name: evil, vcpus: 1, ram: 1, disk: 1, extra_specs: { "scs:cpu-type": evil } }];
    const seen = await checked({ contents: { flavors, servers: [novaServer(1, "a", { flavor: evil })] } });
    // biome-ignore lint/suspicious/noControlCharactersInRegex: these are the characters to find
    expect(seen.everything).not.toMatch(/[\u001b\u202e]/);
    expect(seen.text("report.html")).not.toContain("<script>alert");
    expect(seen.items["cloud/flavors"]).toMatchObject({ value: { flavors: [{ cpus: 1 }] } });
  });
});

describe("a cloud that cannot be used", () => {
  it.each<[string, string, RegExp]>([
    ["is not in clouds.yaml", "clouds: {other: {}}", /this clouds\.yaml has no cloud "c"$/],
    [
      "is not verified",
      "clouds: {c: {verify: false, auth: {auth_url: 'https://k.test', token: t0k, project_id: p}}}",
      /turns the verification of/,
    ],
    [
      "has a secret that is no text",
      `clouds: {c: {auth: {auth_url: 'https://k.test', username: a, password: [${password}]}}}`,
      /no `password`$/,
    ],
  ])("%s: one line, before anything is asked", async (_, text, message) => {
    const server = await cluster(kubernetesRoutes(objects));
    const file = path.join(scratchFolder(), "clouds.yaml");
    writeFileSync(file, text);
    const args = ["check", "--kubeconfig", server.kubeconfigFile, "--openstack-cloud", "c"];
    const [first, ...more] = complaint(await run(args, { env: { OS_CLIENT_CONFIG_FILE: file } }));
    expect(first).toMatch(message);
    expect([first, ...more].join("\n")).not.toContain(password);
    expect(more.length).toBeLessThanOrEqual(1);
    expect(server.connections).toBe(0);
  });

  it("is named in the plan: what it needs and what it is for", async () => {
    const { stdout } = await run(["plan", "--openstack-cloud", "c"]);
    expect(stdout).toMatch(/servers behind the nodes +\d+ requests? +for .*scs-0214-v2\/control-plane-hosts/);
    expect(stdout).toContain("On the cloud: the role `reader` in the project of the cluster's servers");
    expect((await run(["plan"])).stdout).toContain("not looked at without --openstack-cloud NAME");
  });
});
