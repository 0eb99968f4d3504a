import { wellArchitectedFramework } from "../frameworks";
import { resourcePolicy } from "../pack-policy";
import { textProperty, type CheckedResource } from "../checked-resource";
import { ifKnown } from "../unknown-value";

/** Types whose outputs are secrets, which the state keeps from then on. */
const SECRET_TYPES: Readonly<Record<string, string>> = {
  "aws:apigateway/apiKey:ApiKey": "a key of an API",
  "aws:appsync/apiKey:ApiKey": "a key of an API",
  "aws:grafana/workspaceApiKey:WorkspaceApiKey": "a key of an API",
  "aws:grafana/workspaceServiceAccountToken:WorkspaceServiceAccountToken": "a token",
  "aws:iam/accessKey:AccessKey": "an access key",
  "aws:iam/serverCertificate:ServerCertificate": "a private key",
  "aws:iam/serviceSpecificCredential:ServiceSpecificCredential": "a password",
  "aws:iam/signingCertificate:SigningCertificate": "a signing certificate",
  "aws:iam/userLoginProfile:UserLoginProfile": "a password",
  "aws:iam/virtualMfaDevice:VirtualMfaDevice": "the seed of an MFA device",
  "aws:iot/certificate:Certificate": "a private key",
  "aws:lightsail/keyPair:KeyPair": "a private key",
  "aws:secretsmanager/secretVersion:SecretVersion": "a secret",
  "random:index/randomBytes:RandomBytes": "a secret",
  "random:index/randomPassword:RandomPassword": "a password",
  "tls:index/privateKey:PrivateKey": "a private key",
};

const isSecureParameter = ({ type, props }: CheckedResource): boolean =>
  type === "aws:ssm/parameter:Parameter" && textProperty(props, "type") === "SecureString";

const SECRET_TEXTS = [
  { what: "an access key", pattern: /\b(?:AKIA|ASIA)[A-Z0-9]{16}\b/ },
  { what: "a private key", pattern: /-----BEGIN [A-Z ]*PRIVATE KEY-----/ },
] as const;

/**
 * Properties that are a password or another secret by their name, variables of an environment among them. `passwordWo` is not: the
 * state never has it. Those that Pulumi's classes for AWS hide are listed in test/policypack/secret-properties.test.ts.
 */
const SECRET_KEY = new RegExp(
  `^(?:${[
    ".*(?:password|passphrase)",
    ".*(?:private|preshared|api|secret|secret_?access|customer|token)_?key",
    ".*(?:client|shared|credential)_?secret",
    "passwords|secret|secret_?string|secret_?binary|plaintext(?:_?value)?|key_?material(?:_?base64)?",
    "(?:.*_|(?:auth|access|o_?auth|bearer|refresh|grant|github|gitlab|api))?token",
    "host_?key(?:_?body)?|service_?json|basic_?auth_?credentials|platform_?credential",
  ].join("|")})$`,
  "i",
);

/** Whether a text may be a secret: some properties of such a name only switch something, or say where the secret is. */
const mayBeSecret = (text: string): boolean =>
  !["", "true", "false"].includes(text) && !/^arn:aws[a-z-]*:/.test(text);

const isSecretAnywhere = (text: string): boolean => SECRET_TEXTS.some(({ pattern }) => pattern.test(text));

/** A text, and the name of the property that it is in. */
interface NamedText {
  readonly key: string;
  readonly text: string;
}

/** What a text says in JSON, which has properties of its own; undefined where it is none. */
function inJson(text: string): unknown {
  if (!/^\s*[[{]/.test(text)) return undefined;
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    return undefined;
  }
}

const knownText = (value: object, key: string): string | undefined => {
  const text = ifKnown(() => Reflect.get(value, key));
  return typeof text === "string" ? text : undefined;
};

/** The variable that an object is: `{ name: "DB_PASSWORD", value: "…" }`, unless its type says that the value is elsewhere. */
function variableOf(value: object): NamedText | undefined {
  const [key, text] = [knownText(value, "name"), knownText(value, "value")];
  const type = knownText(value, "type") ?? "PLAINTEXT";
  return key !== undefined && text !== undefined && type === "PLAINTEXT" ? { key, text } : undefined;
}

/** Every text in a value; what is not known yet will be looked at when it is. A list's items have the list's name. */
function* textsIn(key: string, read: () => unknown): Iterable<NamedText> {
  const value = ifKnown(read);
  if (typeof value === "string") {
    yield { key, text: value };
    const json = inJson(value);
    if (json !== undefined) yield* textsIn(key, () => json);
  }
  if (typeof value !== "object" || value === null) return;
  const variable = variableOf(value);
  if (variable !== undefined) yield variable;
  for (const inner of Object.keys(value))
    yield* textsIn(Array.isArray(value) ? key : inner, () => Reflect.get(value, inner));
}

/** No secret comes into the state. */
export const resourceSecret = resourcePolicy({
  name: "aws-iam-resource-secret",
  displayName: "No secrets in state",
  description:
    "No access key, password or other secret is made by the program or written into it, as far as types and names of properties tell.",
  why: "The state keeps every output for good, and everybody who may deploy or read the state has the secret then.",
  remediationSteps:
    "Let people make their own keys, use `npm run onboard` for first passwords, and roles for pipelines; put values into secrets outside the program.",
  severity: "critical",
  framework: wellArchitectedFramework("SEC02-BP03", "Store and use secrets securely"),
  tags: ["iam", "secret"],
  url: "https://docs.aws.amazon.com/wellarchitected/latest/security-pillar/sec_identities_secrets.html",
  types: () => true,
  *check(resource) {
    const { type, name, props } = resource;
    const secret = SECRET_TYPES[type];
    if (secret !== undefined) yield `${name} (${type}) puts ${secret} into the state.`;
    if (isSecureParameter(resource)) yield `${name} (${type}) puts a secret into the state.`;
    const all = [...textsIn("", () => props)];
    for (const { what, pattern } of SECRET_TEXTS) {
      if (all.some(({ text }) => pattern.test(text)))
        yield `${name} (${type}) has ${what} among its properties.`;
    }
    const secrets = all.filter(
      ({ key, text }) => SECRET_KEY.test(key) && mayBeSecret(text) && !isSecretAnywhere(text),
    );
    for (const key of new Set(secrets.map((one) => one.key)))
      yield `${name} (${type}) has a password or another secret among its properties: ${key}.`;
  },
});
