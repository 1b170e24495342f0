/** Every normative sentence of the documents is taken up, at its level, or listed with the reason why not. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { loadCatalogue } from "../../src/catalogue/standards.ts";
import { sha256 } from "../../src/model/digest.ts";
import type { Requirement, SetAside, Standard, Statement } from "../../src/model/standard.ts";

const root = path.resolve(import.meta.dirname, "../../standards");
const { standards } = loadCatalogue();
const norms = standards.filter(({ id }) => !id.startsWith("proposed-"));

interface Clause {
  readonly n: number;
  readonly anchor: string;
  readonly keywords: readonly string[];
  readonly text: string;
  readonly items?: readonly string[];
  readonly sha256: string;
}
interface IndexedDocument {
  readonly id: string;
  readonly date: string;
  readonly commit: string;
  readonly sha256?: string;
  readonly clauses: readonly Clause[];
}
const { documents } = JSON.parse(readFileSync(path.join(root, "data/clauses-index.json"), "utf8")) as {
  readonly documents: readonly IndexedDocument[];
};
const { documents: elsewhere } = parse(readFileSync(path.join(root, "not-testable.yaml"), "utf8")) as {
  readonly documents: readonly Pick<Standard, "id" | "notNormative" | "notTestable">[];
};

/** A sentence that ends in a colon may stand with the lines that follow it. */
const forms = ({ text, items = [] }: Clause) => [text, `${text} ${items.join(", ")}`];
const inForce = ({ statements }: Requirement) => statements.filter(({ until }) => until === undefined);
const statementsOf = (id: string): readonly Statement[] =>
  norms.find((standard) => standard.id === id)?.requirements.flatMap(inForce) ?? [];
const setAsideOf = (id: string): readonly SetAside[] =>
  [...norms, ...elsewhere].flatMap((document) =>
    document.id === id ? [...(document.notNormative ?? []), ...(document.notTestable ?? [])] : [],
  );
const sentences = documents.flatMap((document) => document.clauses.map((clause) => ({ id: document.id, ...clause })));

test("the index holds the 208 sentences of 28 documents, and those of drafts and forms beyond it", () => {
  const own = documents.filter((document) => !("added" in document));
  const listed = own.flatMap(({ clauses }) => clauses.filter((clause) => !("added" in clause)));
  expect([own.length, listed.length]).toEqual([28, 208]);
});

test("every standard is in the index of sentences, at the revision it names last", () => {
  expect(documents.map(({ id }) => id)).toEqual(expect.arrayContaining(norms.map(({ id }) => id)));
  for (const { id, source } of norms) {
    const document = documents.find((candidate) => candidate.id === id);
    const { date, commit, sha256: digest } = document ?? {};
    expect(source.revisions.at(-1)).toMatchObject({
      date,
      commit,
      ...(digest === undefined ? {} : { sha256: digest }),
    });
  }
});

test.each(sentences)("$id, sentence $n is a requirement at each of its levels, or listed with a reason", (clause) => {
  expect(clause.sha256).toBe(sha256(clause.text));
  const aside = setAsideOf(clause.id).filter(({ text }) => text === clause.text);
  const statements = statementsOf(clause.id).filter(({ text }) => forms(clause).includes(text));
  const whole = aside.filter(({ keyword }) => keyword === undefined);
  // not both, and not twice
  expect(whole.length === 1 ? statements : whole).toEqual([]);
  const words = [...statements, ...aside].flatMap(({ keyword }) => (keyword === undefined ? [] : [keyword]));
  if (whole.length === 0) expect([...new Set(words)].sort()).toEqual([...clause.keywords].sort());
  for (const { anchor } of statements) expect(anchor).toBe(clause.anchor);
});

test("no requirement in force rests on a sentence that the index does not have", () => {
  const invented = documents.flatMap((document) => {
    const known = new Set(document.clauses.flatMap(forms));
    return statementsOf(document.id).flatMap(({ text }) => (known.has(text) ? [] : [`${document.id}: ${text}`]));
  });
  expect(invented).toEqual([]);
});

test("what is listed beside the standards is the sentence that it names, and everything listed says why", () => {
  for (const { id, notNormative = [], notTestable = [] } of elsewhere) {
    const known = documents.find((document) => document.id === id)?.clauses.map(({ text }) => text);
    for (const { text, sha256: digest } of [...notNormative, ...notTestable]) {
      expect(known).toContain(text);
      expect(digest).toBe(sha256(text));
    }
  }
  for (const { id } of documents) for (const { reason } of setAsideOf(id)) expect(reason.length).toBeGreaterThan(15);
});

test("a proposal of this project never stands under a number of SCS, and a norm is never a proposal", () => {
  for (const { id, status, source } of standards) {
    const own = id.startsWith("proposed-");
    expect(status.map((entry) => entry.status === "proposed")).toEqual(status.map(() => own));
    expect(source.repository).toBe(own ? "scs-conformance" : "SovereignCloudStack/standards");
  }
});
