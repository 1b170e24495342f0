/** What keeps a namespace that is being deleted: its conditions (KEP-1640) say which resources and whose finalizers. */
import { isJsonObject } from "../../model/json.ts";
import type { Channel } from "../channel.ts";
import { getObject } from "./objects.ts";

const most = 8;

/** `it waits for services and for service.kubernetes.io/load-balancer-cleanup`; undefined when nothing is said. */
export async function whyNamespaceStays(channel: Channel, path: string): Promise<string | undefined> {
  const found = await getObject(channel, path);
  if (!found.ok) return undefined;
  const { status } = found.value.value;
  const conditions = isJsonObject(status) && Array.isArray(status.conditions) ? status.conditions : [];
  const saying = (type: string): string => {
    const one = conditions.find((condition) => isJsonObject(condition) && condition.type === type);
    return isJsonObject(one) && one.status === "True" && typeof one.message === "string"
      ? one.message.slice(0, 4_000)
      : "";
  };
  const resources = namesIn(saying("NamespaceContentRemaining"), /([a-z0-9.-]{1,100}) has \d+ resource instances/g);
  const finalizers = namesIn(
    saying("NamespaceFinalizersRemaining"),
    /([A-Za-z0-9./_-]{1,150}) in \d+ resource instances/g,
  );
  const waits = [
    ...(resources.length === 0 ? [] : [`for ${resources.join(", ")}`]),
    ...(finalizers.length === 0 ? [] : [`for the finalizers ${finalizers.join(", ")}`]),
  ];
  return waits.length === 0 ? undefined : `it is being deleted and waits ${waits.join(" and ")}`;
}

function namesIn(text: string, form: RegExp): readonly string[] {
  const names = [...text.matchAll(form)].map(([, name = ""]) => name.replace(/\.+$/, ""));
  return [...new Set(names)].slice(0, most);
}
