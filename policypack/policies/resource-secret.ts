import { wellArchitectedFramework } from "../frameworks";
import { resourcePolicy } from "../pack-policy";
import { textProperty, type CheckedResource } from "../checked-resource";
import { isUnknownValue } from "../unknown-value";

/** Types whose outputs are secrets, which the state keeps from then on. */
const SECRET_TYPES: Readonly<Record<string, string>> = {
  "aws:iam/accessKey:AccessKey": "an access key",
  "aws:iam/serverCertificate:ServerCertificate": "a private key",
  "aws:iam/serviceSpecificCredential:ServiceSpecificCredential": "a password",
  "aws:iam/signingCertificate:SigningCertificate": "a signing certificate",
  "aws:iam/userLoginProfile:UserLoginProfile": "a password",
  "aws:iam/virtualMfaDevice:VirtualMfaDevice": "the seed of an MFA device",
  "aws:lightsail/keyPair:KeyPair": "a private key",
  "aws:secretsmanager/secretVersion:SecretVersion": "a secret",
  "random:index/randomPassword:RandomPassword": "a password",
  "tls:index/privateKey:PrivateKey": "a private key",
};

const isSecureParameter = ({ type, props }: CheckedResource): boolean =>
  type === "aws:ssm/parameter:Parameter" && textProperty(props, "type") === "SecureString";

const SECRET_TEXTS = [
  { what: "an access key", pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/ },
  { what: "a private key", pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----/ },
] as const;

/** Every text in a value; what is not known yet will be looked at when it is. */
function* textsIn(read: () => unknown): Iterable<string> {
  let value: unknown;
  try {
    value = read();
  } catch (error) {
    if (!isUnknownValue(error)) throw error;
    return;
  }
  if (typeof value === "string") yield value;
  if (typeof value !== "object" || value === null) return;
  for (const key of Object.keys(value)) yield* textsIn(() => Reflect.get(value, key));
}

/** No secret comes into the state. */
export const resourceSecret = resourcePolicy({
  name: "aws-iam-resource-secret",
  displayName: "No secrets in state",
  description: "No access key, password or other secret is made by the program or written into it.",
  why: "The state keeps every output for good, and everybody who may deploy or read the state has the secret then.",
  remediationSteps:
    "Let people make their own keys, use `npm run onboard` for first passwords, and roles for pipelines; put values into secrets outside the program.",
  severity: "critical",
  framework: wellArchitectedFramework("SEC02-BP03", "Store and use secrets securely"),
  tags: ["iam", "secret"],
  url: "https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/sec_identities_secrets.html",
  types: (type) => type in SECRET_TYPES || type.startsWith("aws:"),
  *check(resource) {
    const { type, name, props } = resource;
    const secret = SECRET_TYPES[type];
    if (secret !== undefined) yield `${name} (${type}) puts ${secret} into the state.`;
    if (isSecureParameter(resource)) yield `${name} (${type}) puts a secret into the state.`;
    const all = [...textsIn(() => props)];
    for (const { what, pattern } of SECRET_TEXTS) {
      if (all.some((one) => pattern.test(one))) yield `${name} (${type}) has ${what} among its properties.`;
    }
  },
});
