/** Lists as a large cluster serves them, made page by page out of one template: nothing of them is kept. */

/** What a list consists of: `item` is the JSON of one object, in which `@@@@@@` stands for its six-digit number. */
export interface BigList {
  readonly kind: string;
  readonly count: number;
  readonly item: string;
}

const number = /@@@@@@/;
const digits = (index: number) => String(index).padStart(6, "0");

/** An object as a template, filled up to so many bytes with what fills real ones: the fields that managers own. */
export function template(
  object: { readonly metadata: object; readonly [part: string]: unknown },
  bytes: number,
): string {
  const owned: Record<string, object> = {};
  const managedFields = [{ manager: "kubelet", operation: "Update", fieldsType: "FieldsV1", fieldsV1: owned }];
  const filled = () => JSON.stringify({ ...object, metadata: { ...object.metadata, managedFields } });
  for (let field = 0; filled().length < bytes; field += 1) {
    owned[`f:field-${field}`] = { ".": {}, "f:lastTransitionTime": {}, "f:message": {} };
  }
  return filled();
}

/** The page at the offset that the continue token names. */
export function pageOf(list: BigList, limit: number, token: string | null): string {
  const start = Number(token ?? 0);
  // without a limit everything at once, as an API server would
  const end = Math.min(list.count, start + (limit > 0 ? limit : list.count));
  const parts = list.item.split(number);
  const items = Array.from({ length: end - start }, (_, index) => parts.join(digits(start + index)));
  const left = list.count - end;
  const more = left === 0 ? "" : `,"continue":"${end}","remainingItemCount":${left}`;
  return `{"kind":"${list.kind}","apiVersion":"v1","metadata":{"resourceVersion":"1000"${more}},"items":[${items.join(",")}]}`;
}
