import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

import { POLICIES } from "../../policypack/index";
import { Pack } from "./support/pack";

const CLASSES = path.join(__dirname, "..", "..", "node_modules", "@pulumi", "aws");

/** A property that Pulumi's class of a type hides, as its provider calls it sensitive. */
interface HiddenProperty {
  readonly type: string;
  readonly key: string;
}

/** The properties that the classes of Pulumi's provider for AWS hide: `{ additionalSecretOutputs: ["password"] }`. */
function hiddenProperties(): readonly HiddenProperty[] {
  return readdirSync(CLASSES, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .flatMap(({ name }) =>
      readdirSync(path.join(CLASSES, name))
        .filter((file) => file.endsWith(".js"))
        .flatMap((file) => {
          const source = readFileSync(path.join(CLASSES, name, file), "utf8");
          const [, keys = ""] = /additionalSecretOutputs: \[([^\]]*)\]/.exec(source) ?? [];
          const [, type = ""] = /__pulumiType = '([^']*)'/.exec(source) ?? [];
          return [...keys.matchAll(/"(\w+)"/g)].map(([, key = ""]) => ({ type, key }));
        }),
    );
}

/** What each channel of Apple's has beside its keys. */
function ofPinpoint(type: string): readonly string[] {
  return ["bundleId", "certificate", "teamId", "tokenKeyId"].map((key) => `aws:pinpoint/${type} ${key}`);
}

/**
 * Hidden properties that the policy lets be: values of whatever a program gives an application, descriptions of a connection, names,
 * certificates and public keys. Those that end in `Wo` the state never has.
 */
const NOT_SECRET_BY_NAME: readonly string[] = [
  "aws:appconfig/hostedConfigurationVersion:HostedConfigurationVersion content",
  "aws:bedrock/agentcoreHarness:AgentcoreHarness environmentVariables",
  "aws:cloudcontrol/resource:Resource schema",
  "aws:directoryservice/sharedDirectory:SharedDirectory notes",
  "aws:dms/certificate:Certificate certificatePem",
  "aws:dms/certificate:Certificate certificateWallet",
  "aws:ec2/vpnConnection:VpnConnection customerGatewayConfiguration",
  "aws:glue/connection:Connection athenaProperties",
  "aws:glue/connection:Connection connectionProperties",
  "aws:iot/authorizer:Authorizer tokenSigningPublicKeys",
  "aws:iot/caCertificate:CaCertificate caCertificatePem",
  "aws:iot/caCertificate:CaCertificate verificationCertificatePem",
  "aws:mwaa/environment:Environment airflowConfigurationOptions",
  "aws:pinpoint/admChannel:AdmChannel clientId",
  ...["apnsChannel:ApnsChannel", "apnsSandboxChannel:ApnsSandboxChannel"].flatMap(ofPinpoint),
  ...["apnsVoipChannel:ApnsVoipChannel", "apnsVoipSandboxChannel:ApnsVoipSandboxChannel"].flatMap(ofPinpoint),
  "aws:redshiftserverless/namespace:Namespace adminUsername",
  "aws:s3/objectCopy:ObjectCopy kmsEncryptionContext",
  "aws:s3/objectCopy:ObjectCopy kmsKeyId",
  "aws:sns/platformApplication:PlatformApplication platformPrincipal",
  "aws:ssm/parameter:Parameter value",
  "aws:transfer/certificate:Certificate certificate",
  "aws:transfer/certificate:Certificate certificateChain",
  "aws:transfer/server:Server postAuthenticationLoginBanner",
  "aws:transfer/server:Server preAuthenticationLoginBanner",
];

describe("a property that Pulumi's provider for AWS hides", () => {
  const found = hiddenProperties();

  it("is refused where it has a value, unless its name says nothing of a secret", () => {
    assert.ok(found.length > 80, String(found.length));
    const pack = new Pack(
      {},
      POLICIES.filter(({ name }) => name === "aws-iam-resource-secret"),
    );
    const passes = found
      .filter(({ key }) => !key.endsWith("Wo"))
      .filter(
        ({ type, key }) =>
          pack.refusals("prod", [{ type, name: "extra", inputs: { [key]: "hunter2" } }]).length === 0,
      );
    assert.deepEqual(passes.map(({ type, key }) => `${type} ${key}`).sort(), [...NOT_SECRET_BY_NAME].sort());
  });
});
