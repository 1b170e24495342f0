import { Type } from "@sinclair/typebox";
import { balancerSeen } from "../../src/model/api-server/balancer-list.ts";
import { defineCheck } from "../../src/model/check.ts";
import type { ApiEndpointFact } from "../../src/model/facts/network.ts";
import { type CheckResult, fail, type Missing, pass, theCluster, undetermined } from "../../src/model/finding.ts";
import { hasIpv6 } from "../../src/model/network/ipv6.ts";

export const ipv6ApiEndpoint = defineCheck({
  id: "proposed/ipv6-api-endpoint",
  title: {
    pass: "The API server answers over IPv6 with a certificate that is valid for it",
    fail: "The API server's name does not lead to it over IPv6",
  },
  why: "Clients with IPv6 alone reach the cluster only if its API server answers there.",
  looksAt:
    "The addresses that the kubeconfig's host has in DNS, and a TLS handshake over IPv6 from where this runs. A machine without IPv6 cannot tell, and nothing is said against the provider. With the cloud's view the families of the load balancer are shown.",
  needs: { all: ["kube/api-endpoint"], uses: ["cloud/api-load-balancer"] },
  parameters: Type.Object({}),
  remediation: {
    text: "Give the endpoint's name an AAAA record that leads to a load balancer with an IPv6 address, and the API server's certificate that name.",
    platforms: {
      kubeadm:
        "`controlPlaneEndpoint` with a name, which is then in the certificate; addresses of their own go to `apiServer.certSANs`.",
      "cluster-api":
        "OpenStackCluster: an API server load balancer on a subnet with IPv6, and `spec.controlPlaneEndpoint.host` with a name.",
      rke2: "`tls-san` with name and addresses in /etc/rancher/rke2/config.yaml.",
      k3s: "`tls-san` with name and addresses in /etc/rancher/k3s/config.yaml.",
      talos: "`cluster.controlPlane.endpoint` with a name, `machine.certSANs` with addresses.",
    },
  },
  accepted: [
    "It is asked of the endpoint in the kubeconfig; a provider may have another one over IPv6.",
    "Names are looked up by the resolver of the machine that this runs on.",
  ],
  evaluate({ facts }) {
    const endpoint = facts["kube/api-endpoint"];
    const over = (family: "IPv4" | "IPv6") => endpoint.handshakes.find((one) => one.family === family);
    const [four, six] = [over("IPv4"), over("IPv6")];
    const observed = {
      host: endpoint.written,
      addresses: endpoint.addresses.map(({ family, scope }) => `${family} ${scope}`),
      seenFrom: endpoint.runner.length === 0 ? "a machine with loopback alone" : endpoint.runner.join(", "),
      overIpv4: answer(four),
      overIpv6: answer(six),
      ...balancerSeen(facts["cloud/api-load-balancer"]),
    };
    if (six?.trusted === true && hasIpv6(endpoint.addresses))
      return pass(
        "The API server finished a TLS handshake over IPv6, and its certificate is valid for the host",
        observed,
      );
    const open = undecided(endpoint);
    if (open) return undetermined(open.because, [open.missing], observed);
    const finding = (code: string, expected: string, actual: string, message: string): CheckResult =>
      fail(message, observed, [{ code, subject: theCluster, expected, actual, message }]);
    if (!hasIpv6(endpoint.addresses))
      return finding("no-ipv6-address", "an AAAA record", "none", "The host's name has no IPv6 address in DNS");
    if (six?.trusted === false && four?.trusted === true)
      return finding(
        "certificate-not-valid-over-ipv6",
        "a certificate that is valid for the host",
        "one that is not",
        "What answers over IPv6 shows a certificate that is not valid for the host, other than over IPv4",
      );
    const missing: Missing = {
      fact: "kube/api-endpoint",
      reason: six?.reason ?? "tls",
      resolve: "a way to the endpoint over IPv6",
    };
    return undetermined(`The TLS handshake over IPv6 did not succeed from here (${answer(six)})`, [missing], observed);
  },
});

function answer(one: ApiEndpointFact["handshakes"][number] | undefined): string {
  if (one === undefined) return "not tried";
  if (one.trusted === undefined) return one.reason ?? "no answer";
  return one.trusted ? "valid certificate" : "certificate not valid";
}

/** What keeps this machine from telling; undefined when it can. */
function undecided({
  written,
  proxied,
  runner,
  addresses,
}: ApiEndpointFact): { because: string; missing: Missing } | undefined {
  const need = (because: string, resolve: string) => ({
    because,
    missing: { fact: "kube/api-endpoint", reason: "not-visible", resolve } as const,
  });
  if (proxied)
    return need("A proxy stands between: which family it uses does not show", "a direct way to the endpoint");
  if (!runner.includes("IPv6"))
    return need("Not testable from here: this machine has no IPv6 address", "a place that has IPv6");
  if (written === "IPv4")
    return need(
      "The kubeconfig names the endpoint by an IPv4 address",
      "a kubeconfig that names the endpoint by its name",
    );
  if (addresses.length === 0) return need("The host's name was not found in DNS", "a resolver that knows the name");
  if (addresses.every(({ scope }) => scope === "loopback"))
    return need("The endpoint is on this machine itself", "the endpoint that clients use");
  return undefined;
}
