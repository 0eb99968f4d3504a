import assert from "node:assert/strict";

import fc from "fast-check";

import { blueprintsOf, type AccountBlueprint } from "../../../src/documents/blueprint";
import { buildModel, type Model } from "../../../src/model/model";
import { UserError } from "../../../src/model/problems";
import { accountResources } from "../../../src/resources/account-resources";
import {
  ComputedProperty,
  DependentResource,
  type DescribedResource,
} from "../../../src/resources/described-resource";
import { readSettings, type StackSettings } from "../../../src/resources/account-settings";
import { toInstant } from "../../../src/model/dates";
import { DATABASE_ACCESS } from "../../support/database-access";
import { NOW, sampleRoster, validPairs, sampleOrganization } from "../../support/rosters";
import { sampleWorkloads } from "../../support/workloads";
import { INPUTS } from "./inputs";
import exported from "./constraints.json";

interface Constraint {
  readonly pattern?: string;
  readonly min?: number;
  readonly max?: number;
  readonly enum?: readonly string[];
}

const constraints: Readonly<Record<string, Constraint>> = exported.constraints;

/** A text that a resource is made with, and where: `tags{value}`, `ingress[].description`. */
interface Text {
  readonly at: string;
  readonly value: string;
}

function textsIn(value: unknown, at = ""): readonly Text[] {
  if (value instanceof ComputedProperty) return [];
  if (value instanceof DependentResource) return textsIn(value.value, at);
  if (typeof value === "string") return [{ at, value }];
  if (Array.isArray(value)) return value.flatMap((item) => textsIn(item, `${at}[]`));
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) =>
    at === "tags"
      ? [{ at: "tags{key}", value: key }, ...textsIn(item, "tags{value}")]
      : textsIn(item, at === "" ? key : `${at}.${key}`),
  );
}

/** Chooses the endpoint that is asked, and goes into no request. */
const ENDPOINT = "region";

/** What AWS's service model does not allow of a text; undefined where it allows it. */
function refusal({ type }: DescribedResource, { at, value }: Text): string | undefined {
  if (at === ENDPOINT) return undefined;
  const input = INPUTS[type][at];
  if (input === undefined) return `${type} ${at}: it is not known which input it becomes`;
  const constraint = constraints[input];
  if (constraint === undefined) return `${input}: no such input`;
  const { pattern, min = 0, max = Number.POSITIVE_INFINITY, enum: words } = constraint;
  const { length } = Array.from(value);
  if (length < min || length > max)
    return `${input}: ${JSON.stringify(value)} is of a length that is not allowed`;
  if (words !== undefined && !words.includes(value)) return `${input}: ${value} is none of its words`;
  if (pattern !== undefined && !new RegExp(`^(?:${pattern})$`, "u").test(value))
    return `${input}: ${JSON.stringify(value)} does not fit ${pattern}`;
  return undefined;
}

const refusalsIn = (
  { organization }: Model,
  blueprint: AccountBlueprint,
  settings: StackSettings,
): readonly string[] =>
  accountResources(organization, blueprint, settings).flatMap((resource) =>
    textsIn(resource.properties).flatMap((text) => refusal(resource, text) ?? []),
  );

function refusalsOf(model: Model, settings: StackSettings): readonly string[] {
  return blueprintsOf(model).flatMap((blueprint) => refusalsIn(model, blueprint, settings));
}

/** Whether the rules accept something; what they do not accept is never rendered. */
function accepted<T>(read: () => T): T | undefined {
  try {
    return read();
  } catch (error) {
    if (error instanceof UserError) return undefined;
    throw error;
  }
}

/** Texts of letters that some inputs take and others do not. */
const texts = fc.string({
  unit: fc.constantFrom(...Array.from('aZ9 _.:/=+@-,é²ßÿŁłж東٣#*$"\\{}\n\t\u00a0\u2028😀')),
  minLength: 1,
  maxLength: 12,
});

const plainSettings = readSettings("dev", {}, toInstant(NOW));

const settingsOf = (settings: Readonly<Record<string, unknown>>) =>
  readSettings(
    "dev",
    Object.fromEntries(
      Object.entries(settings).map(([key, value]) => [
        `muster:${key}`,
        typeof value === "string" ? value : JSON.stringify(value),
      ]),
    ),
    toInstant(NOW),
  );

describe("what the rules accept, AWS's service models accept", function () {
  this.timeout(120_000);

  it("of any organization and roster", () => {
    fc.assert(
      fc.property(validPairs, ({ organization, roster }) => {
        assert.deepEqual(refusalsOf(buildModel(organization, roster, NOW), plainSettings), []);
      }),
      { numRuns: 40 },
    );
  });

  it("of all that AWS Config can be asked for", () => {
    const model = buildModel(sampleOrganization(), sampleRoster(), NOW);
    const settings = settingsOf({ awsConfig: { alsoRecords: ["AWS::DynamoDB::Table"] } });
    assert.deepEqual(refusalsOf(model, settings), []);
  });

  it("of the response to findings, where people live", () => {
    const model = buildModel(sampleOrganization(), sampleRoster(), NOW);
    const people = blueprintsOf(model).filter(({ account }) => account.isIdentity);
    const settings = settingsOf({ emergency: { guardDuty: "HIGH" } });
    assert.deepEqual(
      people.flatMap((blueprint) => refusalsIn(model, blueprint, settings)),
      [],
    );
  });

  it("of any text for a project, an external id or a service's project", () => {
    fc.assert(
      fc.property(texts, texts, texts, (project, externalId, serviceProject) => {
        const roster = sampleRoster();
        const { "kim.contractor": kim, ...others } = roster.people;
        const { acme, ...partners } = roster.partners ?? {};
        assert.ok(kim !== undefined && acme !== undefined);
        const workloads = sampleWorkloads();
        const model = accepted(() =>
          buildModel(
            sampleOrganization(),
            {
              ...roster,
              people: { ...others, "kim.contractor": { ...kim, project } },
              partners: { ...partners, acme: { ...acme, externalId } },
            },
            NOW,
            { ...workloads, "mw-worker": { ...workloads["mw-worker"], project: serviceProject } },
          ),
        );
        if (model !== undefined) assert.deepEqual(refusalsOf(model, plainSettings), []);
      }),
      {
        numRuns: 500,
        examples: [
          ["Łódź", "ab", "phoenix"],
          ["phoenix", "ab", "東京"],
          ["café", "ab", "café"],
        ],
      },
    );
  });

  it("of any text in a stack's settings", () => {
    const model = buildModel(sampleOrganization(), sampleRoster(), NOW);
    fc.assert(
      fc.property(texts, texts, (secretName, accountAlias) => {
        for (const settings of [
          { accountAlias },
          {
            databaseAccess: {
              ...DATABASE_ACCESS,
              secretNames: [secretName],
            },
          },
        ]) {
          const read = accepted(() => settingsOf(settings));
          if (read !== undefined) assert.deepEqual(refusalsOf(model, read), []);
        }
      }),
      { numRuns: 200 },
    );
  });
});
