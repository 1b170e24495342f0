import { read } from "../model/fact.ts";
import { isJsonObject } from "../model/json.ts";
import { defineProbe } from "../model/probe.ts";
import { ownRights } from "./acting/own-rights.ts";
import { textAt } from "./untrusted.ts";

const path = "/apis/authentication.k8s.io/v1/selfsubjectreviews";
const review = { apiVersion: "authentication.k8s.io/v1", kind: "SelfSubjectReview" };

export const accountTokenProbe = defineProbe({
  id: "kube/account-token",
  title: "who a token of a service account of the run makes its bearer",
  tier: "active",
  rights: ownRights(["create"], "serviceaccounts/token"),
  makes: { objects: {}, pods: 0, seconds: 30 },
  requests: 2,
  async collect({ act }) {
    const namespace = await act.namespace();
    if (!namespace.ok) return namespace;
    const account = await act.account({ namespace: namespace.value, name: "default" });
    if (!account.ok) return account;
    const bound = isJsonObject(account.value.claims["kubernetes.io"]);
    const who = await account.value.review(path, review);
    if (who.ok) {
      const user = textAt(who.value, "userInfo", "username");
      return read({ bound, accepted: user === `system:serviceaccount:${namespace.value}:default` });
    }
    if (who.reason === "unauthorized") return read({ bound, accepted: false });
    return who.reason === "not-served" ? read({ bound, accepted: null }) : who;
  },
});
