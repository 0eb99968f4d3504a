import { AccessAnalyzer } from "@aws-sdk/client-accessanalyzer";
import { DynamoDB } from "@aws-sdk/client-dynamodb";
import { IAM } from "@aws-sdk/client-iam";
import assert from "node:assert/strict";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";

import { assertCredentialsForAccount } from "../../src/aws/aws-credentials";
import { recordedReason } from "../../src/aws/recorded-reason";
import { awsErrorMessage, unreadableAnswer } from "../../src/aws/unreadable-answer";
import { ACCOUNTS } from "../documents/fixture";

const PAGE = "<!doctype html><title>Proxy</title>";
const KEYS = { AWS_ACCESS_KEY_ID: "AKIAIOSFODNN7EXAMPLE", AWS_SECRET_ACCESS_KEY: "example" };

interface Case {
  readonly what: string;
  readonly status: number;
  readonly body: string;
  readonly client: keyof typeof QUESTIONS;
  /** Absent where it is an answer of AWS. */
  readonly says?: string;
}

const options = (endpoint: string) => ({
  region: "eu-central-1",
  endpoint,
  credentials: { accessKeyId: KEYS.AWS_ACCESS_KEY_ID, secretAccessKey: KEYS.AWS_SECRET_ACCESS_KEY },
  maxAttempts: 1,
});
const QUESTIONS = {
  "Access Analyzer": (endpoint: string) => new AccessAnalyzer(options(endpoint)).listAnalyzers({}),
  DynamoDB: (endpoint: string) => new DynamoDB(options(endpoint)).listTables({}),
  IAM: (endpoint: string) => new IAM(options(endpoint)).listUsers({}),
} as const;

const CASES: readonly Case[] = [
  { what: "a web page", status: 200, body: PAGE, client: "Access Analyzer", says: "200" },
  { what: "a web page of an error", status: 404, body: PAGE, client: "DynamoDB", says: "404" },
  { what: "a word where JSON is due", status: 501, body: "not here", client: "Access Analyzer", says: "501" },
  { what: "a word where XML is due", status: 501, body: "not here", client: "IAM", says: "501" },
  { what: "JSON of another form", status: 200, body: "null", client: "Access Analyzer", says: "200" },
  {
    what: "a refusal of AWS's",
    status: 403,
    body: '{"__type":"AccessDeniedException","message":"No"}',
    client: "DynamoDB",
  },
];

describe("an answer that is none of AWS's", () => {
  let server: Server;
  let endpoint: string;
  let answer: { readonly status: number; readonly body: string };

  before(async () => {
    server = createServer((_request, response) => {
      response.statusCode = answer.status;
      response.end(answer.body);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    endpoint = `http://127.0.0.1:${String((server.address() as AddressInfo).port)}`;
  });
  after(() => {
    server.closeAllConnections();
    server.close();
  });

  for (const { what, status, body, client, says } of CASES) {
    it(`is ${says === undefined ? "not " : ""}told of ${what}, to ${client}`, async () => {
      answer = { status, body };
      const error: unknown = await QUESTIONS[client](endpoint).catch((thrown: unknown) => thrown);
      const fault =
        says === undefined ? undefined : `The answer cannot be read as one of AWS (HTTP status ${says})`;
      assert.equal(unreadableAnswer(error)?.fault, fault);
      assert.equal(awsErrorMessage(error), fault ?? "No");
      assert.equal(recordedReason(error), fault ?? "No");
    });
  }

  it("does not look like credentials of nobody's account", async () => {
    answer = { status: 200, body: PAGE };
    const given = { ...KEYS, AWS_ENDPOINT_URL: endpoint };
    const before = Object.keys(given).map((name) => [name, process.env[name]] as const);
    Object.assign(process.env, given);
    try {
      await assert.rejects(assertCredentialsForAccount(ACCOUNTS.prod, {}, "eu-central-1"), {
        message:
          "The answer cannot be read as one of AWS.\n" +
          "To do: Look who answers this machine: AWS_ENDPOINT_URL and HTTPS_PROXY may name somebody else.",
      });
    } finally {
      for (const [name, value] of before) {
        if (value === undefined) Reflect.deleteProperty(process.env, name);
        else process.env[name] = value;
      }
    }
  });
});
