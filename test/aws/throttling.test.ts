import { IAM } from "@aws-sdk/client-iam";
import assert from "node:assert/strict";
import http from "node:http";
import type { AddressInfo } from "node:net";

import { patientClient } from "../../src/aws/aws-clients";
import { readRootUser } from "../../src/aws/readers/account-facts-reader";

const refusal = (code: string): string =>
  `<ErrorResponse><Error><Type>Sender</Type><Code>${code}</Code><Message>Rate exceeded</Message></Error></ErrorResponse>`;
const SUMMARY =
  "<GetAccountSummaryResponse><GetAccountSummaryResult><SummaryMap><entry><key>AccountMFAEnabled</key><value>1</value></entry>" +
  "</SummaryMap></GetAccountSummaryResult></GetAccountSummaryResponse>";

describe("a client that asks a lot", function () {
  this.timeout(60_000);
  let server: http.Server;
  let requests = 0;
  let code = "Throttling";
  let refusals = 0;

  before(async () => {
    server = http.createServer((_request, response) => {
      requests += 1;
      const isRefused = requests <= refusals;
      response.writeHead(isRefused ? 400 : 200, { "content-type": "text/xml" });
      response.end(isRefused ? refusal(code) : SUMMARY);
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  });
  after(() => new Promise((resolve) => server.close(resolve)));

  const read = async () => {
    requests = 0;
    const { port } = server.address() as AddressInfo;
    const iam = new IAM({
      ...patientClient({ region: "eu-west-1" }),
      endpoint: `http://127.0.0.1:${String(port)}`,
      credentials: { accessKeyId: "none", secretAccessKey: "none" },
    });
    try {
      return await readRootUser(iam);
    } finally {
      iam.destroy();
    }
  };

  it("waits while AWS throttles, longer than the SDK's three attempts", async () => {
    [code, refusals] = ["Throttling", 3];
    assert.deepEqual(await read(), { hasMfa: true, hasAccessKeys: false, hasSigningCertificates: false });
    assert.equal(requests, 4);
  });

  it("takes a refusal for an answer", async () => {
    [code, refusals] = ["AccessDenied", 1];
    await assert.rejects(read(), /Rate exceeded/);
    assert.equal(requests, 1);
  });
});
