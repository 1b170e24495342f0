/** What the name of a subject says: scs-0004-w1 certifies a provider for one Kubernetes branch (`noris-1.34`). */

export interface SubjectParts {
  readonly provider: string;
  /** `1.34`; undefined when the name says none. */
  readonly branch: string | undefined;
  /** What stands after the branch: `noris-1.34-gpu` is `gpu`. Empty: nothing. */
  readonly configuration: string;
}

/** The last branch in the name divides it; a name without one is the provider's. */
export function subjectParts(subject: string): SubjectParts {
  const found = [...subject.matchAll(/(?<=^|[-_. ])v?(1\.\d{1,3})(?=$|[-_ ])/g)].at(-1);
  const trimmed = (text: string) => text.replace(/^[-_. ]+|[-_. ]+$/g, "");
  const provider = found && trimmed(subject.slice(0, found.index));
  if (!found || !provider) return { provider: subject, branch: undefined, configuration: "" };
  return { provider, branch: found[1], configuration: trimmed(subject.slice(found.index + found[0].length)) };
}
