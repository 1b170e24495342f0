/** Requirements and checks meet in parameters: what a statement gives, the check has to know. */
import { Value } from "@sinclair/typebox/value";
import { expect, test } from "vitest";
import { checks } from "../../checks/index.ts";
import { loadCatalogue } from "../../src/catalogue/standards.ts";

const given = loadCatalogue().standards.flatMap(({ id, requirements }) =>
  requirements.flatMap((requirement) =>
    requirement.statements.flatMap((statement) => {
      const check = checks.find((candidate) => candidate.id === requirement.check);
      const { from, parameters = {} } = statement;
      return check ? [{ requirement: `${id}/${requirement.id}`, from, parameters, check }] : [];
    }),
  ),
);

test("every parameter is one that the check knows", () => {
  const unknown = given.flatMap(({ requirement, from, parameters, check }) =>
    Object.keys(parameters)
      .filter((name) => !Object.hasOwn(check.parameters.properties, name))
      .map((name) => `${requirement} ${from}: ${name}`),
  );
  expect(unknown).toEqual([]);
});

test.each(given)("$requirement from $from: the parameters fit", ({ parameters, check }) => {
  const complete = Value.Default(check.parameters, structuredClone(parameters));
  expect([...Value.Errors(check.parameters, complete)]).toEqual([]);
});

test("no check without a requirement", () => {
  const used = new Set(given.map(({ check }) => check.id));
  expect(checks.map(({ id }) => id).filter((id) => !used.has(id))).toEqual([]);
});
