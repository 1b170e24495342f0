/** An API server in front of which an authorizer stands that grants some rights, as RBAC does, and no others. */
import { isJsonObject, type JsonObject } from "../../src/model/json.ts";
import type { Right } from "../../src/model/probe.ts";
import { forbidden } from "./kubernetes-routes.ts";
import type { LoopbackHandler, LoopbackRequest } from "./loopback-server.ts";

interface Attributes {
  readonly verb: string;
  readonly group: string;
  readonly resource: string;
  readonly namespace?: string | undefined;
  readonly name?: string | undefined;
}

const resourcePath =
  /^\/(?:api|apis\/([^/]+))\/v[^/]+(?:\/namespaces\/([^/]+)(?=\/))?\/([a-z]+)(?:\/([^/]+))?(?:\/([a-z]+))?$/;
/** Everybody may ask these (system:basic-user, system:discovery). */
const everybodys = /^\/(version|apis?)$|\/selfsubject(access|rules)?reviews$/;

/** Rights of the run's own namespaces count in all of them, as the printed role grants them. */
export function granting(rights: readonly Right[], handler: LoopbackHandler): LoopbackHandler {
  return (request) => {
    const { url, body } = request;
    if (url.pathname.endsWith("/selfsubjectaccessreviews"))
      return { status: 201, body: { status: { allowed: isGranted(rights, askedIn(body)) } } };
    if (everybodys.test(url.pathname)) return handler(request);
    const wanted = attributesOf(request);
    const granted =
      wanted === undefined
        ? rights.some((right) => right.kind === "path" && right.path === url.pathname)
        : isGranted(rights, wanted);
    return granted ? handler(request) : forbidden(`cannot ${JSON.stringify(wanted ?? url.pathname)}`);
  };
}

function isGranted(rights: readonly Right[], { verb, group, resource, namespace, name }: Attributes): boolean {
  return rights.some(
    (right) =>
      right.kind === "resource" &&
      right.verb === verb &&
      right.group === group &&
      right.resource === resource &&
      (right.namespace === undefined || right.namespace === namespace) &&
      (right.name === undefined || right.name === name),
  );
}

const verbs: { readonly [method: string]: string } = { POST: "create", PATCH: "patch", DELETE: "delete" };

function attributesOf({ method, url }: LoopbackRequest): Attributes | undefined {
  const found = resourcePath.exec(url.pathname);
  if (found === null) return undefined;
  const [, group = "", namespace, resource = "", name, subresource] = found;
  return {
    verb: verbs[method] ?? (name === undefined ? "list" : "get"),
    group,
    resource: subresource === undefined ? resource : `${resource}/${subresource}`,
    namespace,
    name,
  };
}

function askedIn(body: string): Attributes {
  const { spec } = JSON.parse(body) as JsonObject;
  const attributes = isJsonObject(spec) && isJsonObject(spec.resourceAttributes) ? spec.resourceAttributes : {};
  return { verb: "", group: "", resource: "", ...attributes };
}
