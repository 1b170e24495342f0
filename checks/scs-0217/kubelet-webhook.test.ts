import { describeCheck } from "../../tests/support/check-table.ts";
import { kubeletRows } from "../../tests/support/kubelet-rows.ts";
import { kubeletWebhook } from "./kubelet-webhook.ts";

describeCheck(
  kubeletWebhook,
  ["pass", "fail", "undetermined"],
  [
    ...kubeletRows({
      argument: "authorization-mode",
      good: { argument: "Webhook", settings: { authorizationMode: "Webhook" } },
      bad: { argument: "AlwaysAllow", settings: { authorizationMode: "AlwaysAllow" } },
      code: "kubelet-without-webhook",
    }),
  ],
);
