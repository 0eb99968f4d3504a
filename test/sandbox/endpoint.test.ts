import assert from "node:assert/strict";
import { loopbackEndpoint } from "../../sandbox/provider/endpoint";

describe("the endpoint of the sandbox's provider", () => {
  for (const endpoint of ["http://127.0.0.1:5000", "http://localhost:5000", "http://[::1]:5000"]) {
    it(`may be ${endpoint}`, () => assert.equal(loopbackEndpoint({ AWS_ENDPOINT_URL: endpoint }), endpoint));
  }
  for (const endpoint of [
    undefined,
    "",
    "nonsense",
    "https://iam.amazonaws.com",
    "http://127.0.0.1.example.com",
    "http://10.0.0.1:5000",
    "http://user@example.com:5000/127.0.0.1",
  ]) {
    it(`may not be ${endpoint ?? "missing"}`, () => {
      assert.throws(() => loopbackEndpoint({ AWS_ENDPOINT_URL: endpoint }), /npm run sandbox:shell/);
    });
  }
});
