import assert from "node:assert/strict";

import { PROVIDER_DEFAULTS } from "../../policypack/resources/provider-defaults";
import { REGION } from "../documents/fixture";
import type { ResourceTypeToken } from "../../src/resources/described-resource";
import type { Registration } from "../support/resources";
import { Pack } from "./support/pack";
import { stackOf } from "./support/sample-stacks";
import { WHOLE_STACKS } from "./support/whole-stacks";

type Inputs = Readonly<Record<string, unknown>>;

const isInputs = (value: unknown): value is Inputs =>
  typeof value === "object" && value !== null && !Array.isArray(value) && !("__pulumiUnknown" in value);

/** An object, or every item of a list, with a property where it has none of that name. */
function filled(value: unknown, key: string, fallback: unknown): unknown {
  if (Array.isArray(value)) return value.map((item) => filled(item, key, fallback));
  return isInputs(value) ? { ...value, [key]: value[key] ?? fallback } : value;
}

/** Every object below the top with the note in which a provider made from Terraform's says what it has filled in. */
function noted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(noted);
  if (!isInputs(value)) return value;
  const inner = Object.entries(value).map(([key, one]) => [key, noted(one)] as const);
  return { __defaults: ["something"], ...Object.fromEntries(inner) };
}

/** Inputs as the official provider hands them on, as far as its source tells: it was never run here. */
function asOfficial({ type, inputs, ...rest }: Registration): Registration {
  if (!(type in PROVIDER_DEFAULTS)) return { type, inputs, ...rest };
  let all: Inputs = {
    // Its own region, where the program says no other.
    ...(!type.startsWith("aws:iam/") && { region: REGION }),
    ...inputs,
    ...("tags" in inputs && { tagsAll: inputs["tags"] }),
  };
  for (const [path, fallback] of Object.entries(PROVIDER_DEFAULTS[type as ResourceTypeToken])) {
    const [top = "", inner] = path.split(".");
    const value = inner === undefined ? (all[top] ?? fallback) : filled(all[top], inner, fallback);
    if (value !== undefined) all = { ...all, [top]: value };
  }
  const below = Object.entries(all).map(([key, value]) => [key, noted(value)] as const);
  return { type, inputs: Object.fromEntries(below), ...rest };
}

describe("what the official provider adds to inputs, as far as its source tells", function () {
  this.timeout(60_000);

  for (const { stack, situation } of WHOLE_STACKS) {
    it(`is no difference in ${stack}`, async () => {
      const resources = await stackOf(stack, situation);
      const official = resources.map(asOfficial);
      assert.notDeepEqual(official, resources);
      assert.deepEqual(new Pack(situation).refusals(stack, official), []);
    });
  }

  it("hides no tag: a note is a list of names, and nothing else is one", async () => {
    const resources = await stackOf("dev");
    const user = resources.find(({ type }) => type === "aws:iam/role:Role");
    assert.ok(user);
    for (const note of ["infra", { a: "b" }, [1]]) {
      const tags = { ...(user.inputs["tags"] as object), __defaults: note };
      const found = new Pack().refusals("dev", [{ ...user, inputs: { ...user.inputs, tags } }]);
      assert.ok(
        found.some(({ policy, wrong }) => policy === "aws-resource-inputs" && wrong.includes("tags")),
        JSON.stringify(note),
      );
    }
  });
});
