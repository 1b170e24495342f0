/** A ServiceAccount that is granted certain roles and nothing else. */
import { stringify } from "yaml";
import { accessReviewSpec } from "../../src/model/access-review.ts";
import type { Right } from "../../src/model/probe.ts";
import type { Access } from "../../testbed/access.ts";
import type { Api } from "../../testbed/api.ts";
import { waitUntil } from "../../testbed/readiness.ts";

interface Role {
  readonly kind?: unknown;
  readonly metadata?: unknown;
}

const namespace = "least-privilege";
const rbac = { apiVersion: "rbac.authorization.k8s.io/v1" };

/**
 * Applies the roles under the account's own name with a binding for each, waits until the authorizer grants every right (it
 * learns of roles a moment later), and returns the account's kubeconfig.
 */
export async function boundAccount(
  cluster: Pick<Access, "apply" | "serviceAccountKubeconfig"> & { readonly api: Api },
  name: string,
  roles: readonly Role[],
  rights: readonly Right[],
): Promise<string> {
  const account = { kind: "ServiceAccount", name, namespace };
  const objects = roles.flatMap((role) => {
    const metadata = { ...(role.metadata as { readonly namespace?: string }), name };
    const roleRef = { apiGroup: "rbac.authorization.k8s.io", kind: role.kind, name };
    const binding = { ...rbac, kind: `${String(role.kind)}Binding`, metadata, roleRef, subjects: [account] };
    return [{ ...role, metadata }, binding];
  });
  const place = [
    { apiVersion: "v1", kind: "Namespace", metadata: { name: namespace } },
    { apiVersion: "v1", kind: "ServiceAccount", metadata: { name, namespace } },
  ];
  await cluster.apply([...place, ...objects].map((object) => stringify(object)).join("---\n"));
  for (const right of rights) {
    const granted = () => isGranted(cluster, `system:serviceaccount:${namespace}:${name}`, right);
    await waitUntil(`${name} is granted ${JSON.stringify(right)}`, granted, [], Date.now() + 10_000);
  }
  return cluster.serviceAccountKubeconfig(namespace, name);
}

async function isGranted({ api }: { readonly api: Api }, user: string, right: Right): Promise<boolean> {
  const spec = { user, groups: ["system:serviceaccounts", "system:authenticated"], ...accessReviewSpec(right) };
  const review = { apiVersion: "authorization.k8s.io/v1", kind: "SubjectAccessReview", spec };
  const answer = await api.json("POST", "/apis/authorization.k8s.io/v1/subjectaccessreviews", review);
  return (answer as { readonly status: { readonly allowed: boolean } }).status.allowed;
}
