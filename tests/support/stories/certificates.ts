/** One cluster, and what the certificates of its API tell: their age, who signed them, and when they end. */
import { paths } from "../gathering.ts";
import { leases, type Objects } from "./objects.ts";
import { openstack, threeHosts } from "./openstack.ts";
import type { Story } from "./story.ts";

const at = "2026-11-23T10:00:00Z";

/** A single API server: what its endpoint shows is the certificate of all of them. */
const alone: Objects = {
  ...leases(at, ["cp-1"]),
  [paths.endpointSlice]: {
    addressType: "IPv4",
    endpoints: [{ addresses: ["192.0.2.1"], conditions: { ready: true } }],
    metadata: { name: "kubernetes", namespace: "default" },
  },
};

const dated = (name: string, certificates: Story["certificates"], over: Partial<Story> = {}): Story =>
  openstack(name, threeHosts.slice(0, 1), {
    ...over,
    objects: { ...alone, ...over.objects },
    ...(certificates === undefined ? {} : { certificates }),
  });

export const certificateStories: readonly Story[] = [
  dated("certificate-renewed", { caSince: "2025-10-01T08:00:00Z", issuedAt: "2026-09-01T08:00:00Z" }),
  dated("certificate-too-old", { caSince: "2025-10-01T08:00:00Z", issuedAt: "2025-10-01T09:00:00Z" }),
  // kubeadm until 1.30, k3s and RKE2 take the CA's first day for that of each certificate, also after a renewal
  dated("certificate-dated-back", { caSince: "2025-10-01T08:00:00Z", issuedAt: "2025-10-01T08:00:00Z" }),
  dated("certificate-expired", { issuedAt: "2025-11-22T10:00:00Z", until: "2026-11-22T10:00:00Z", unverified: true }),
  dated("certificate-expired-and-verified", { issuedAt: "2025-11-22T10:00:00Z", until: "2026-11-22T10:00:00Z" }),
  dated("certificate-of-a-front", { caSince: "2025-10-01T08:00:00Z" }, { front: true }),
  dated("certificate-authority-near-its-end", { caSince: "2021-12-01T08:00:00Z", caUntil: "2027-01-15T08:00:00Z" }),
];
