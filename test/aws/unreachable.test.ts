import { STS } from "@aws-sdk/client-sts";
import assert from "node:assert/strict";
import { createServer, type AddressInfo } from "node:net";

import { assertCredentialsForAccount } from "../../src/aws/aws-credentials";
import { recordedReason } from "../../src/aws/recorded-reason";
import { unreachable } from "../../src/aws/unreachable";
import { ACCOUNTS } from "../documents/fixture";

const credentials = { accessKeyId: "AKIAIOSFODNN7EXAMPLE", secretAccessKey: "example" };

/** What the SDK throws where a host cannot be reached; the name's top level domain is nobody's (RFC 6761). */
const thrownBy = async (endpoint: string): Promise<unknown> =>
  new STS({ region: "eu-central-1", endpoint, credentials, maxAttempts: 1 })
    .getCallerIdentity({})
    .catch((error: unknown) => error);

async function closedPort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

describe("an AWS that cannot be reached", () => {
  it("is told by the name of a host that nobody knows", async () => {
    const error = unreachable(await thrownBy("https://sts.example.invalid"));
    // Some machines have no name server at all.
    assert.match(
      error?.fault ?? "",
      /^sts\.example\.invalid cannot be reached: (?:nobody knows a host of this name \(ENOTFOUND\)|no name server answers \(EAI_AGAIN\))\.$/,
    );
  });

  it("is told by a port where nothing listens", async () => {
    const port = String(await closedPort());
    const error = await thrownBy(`http://127.0.0.1:${port}`);
    assert.equal(
      unreachable(error)?.fault,
      `127.0.0.1:${port} cannot be reached: nothing listens there (ECONNREFUSED).`,
    );
    assert.equal(recordedReason(error), "AWS could not be reached (ECONNREFUSED)");
  });

  const refused = new Error("connect ECONNREFUSED ::1:80");
  for (const [what, error, code] of [
    ["each address of a host refuses", new AggregateError([refused]), "ECONNREFUSED"],
    [
      "what hands out credentials repeats the fault",
      new Error("getaddrinfo EAI_AGAIN sso.example"),
      "EAI_AGAIN",
    ],
    ["the fault is the cause of another", new Error("Failed", { cause: refused }), "ECONNREFUSED"],
    ["a connection broke off", new Error("read ECONNRESET"), "ECONNRESET"],
    [
      "there are no credentials",
      Object.assign(new Error("No credentials"), { code: "EHOSTUNREACH" }),
      undefined,
    ],
    ["a file is not there", new Error("ENOENT: no such file or directory, open 'x'"), undefined],
    ["something else was thrown", "connect ECONNREFUSED ::1:80", undefined],
  ] as const) {
    it(`${code === undefined ? "is not" : "is"} the answer where ${what}`, () =>
      assert.equal(unreachable(error)?.code, code));
  }

  // As Node.js 20 words them of a server with such a certificate.
  for (const [code, message, cause] of [
    [
      "SELF_SIGNED_CERT_IN_CHAIN",
      "self-signed certificate in certificate chain",
      "nobody whom Node.js trusts has signed its certificate",
    ],
    [
      "UNABLE_TO_VERIFY_LEAF_SIGNATURE",
      "unable to verify the first certificate",
      "nobody whom Node.js trusts has signed its certificate",
    ],
    ["CERT_HAS_EXPIRED", "certificate has expired", "its certificate has expired"],
    [
      "ERR_TLS_CERT_ALTNAME_INVALID",
      "Hostname/IP does not match certificate's altnames: Host: sts.example. is not in the cert's altnames",
      "its certificate is another host's",
    ],
  ] as const) {
    it(`says what is wrong with a certificate, and how to trust a proxy's: ${code}`, () => {
      const error = Object.assign(new Error(message), { code });
      for (const thrown of [error, new Error("Could not load credentials", { cause: error })]) {
        assert.equal(
          unreachable(thrown)?.fault,
          `AWS cannot be reached: who answers is not to be trusted, for ${cause} (${code}: ${message}).`,
        );
        assert.match(unreachable(thrown)?.remedy ?? "", /NODE_EXTRA_CA_CERTS=/);
      }
    });
  }

  it("is not taken for missing credentials", async () => {
    const port = String(await closedPort());
    const names = ["AWS_ENDPOINT_URL", "AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY", "AWS_MAX_ATTEMPTS"];
    const before = names.map((name) => [name, process.env[name]] as const);
    Object.assign(process.env, {
      AWS_ENDPOINT_URL: `http://127.0.0.1:${port}`,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_MAX_ATTEMPTS: "1",
    });
    try {
      await assert.rejects(assertCredentialsForAccount(ACCOUNTS.prod, {}, "eu-central-1"), {
        message:
          `127.0.0.1:${port} cannot be reached: nothing listens there (ECONNREFUSED).\nTo do: Look whether this machine is on the ` +
          "network. The name of a host of AWS has a region in it, that of src/organization.ts; AWS_ENDPOINT_URL names another host.",
      });
    } finally {
      for (const [name, value] of before) {
        if (value === undefined) Reflect.deleteProperty(process.env, name);
        else process.env[name] = value;
      }
    }
  });
});
