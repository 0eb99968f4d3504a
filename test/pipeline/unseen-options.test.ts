import assert from "node:assert/strict";

import { PreviewComparison } from "../../src/drift/comparison";
import { ProgramRequests } from "../../src/drift/program-requests";
import { unseenOptions } from "../../src/pipeline/unseen-options";
import { describeResource, type DescribedResource } from "../../src/resources/described-resource";

const ROLE = "aws:iam/role:Role";
const STACK = "urn:pulumi:dev::muster::pulumi:pulumi:Stack::muster-dev";
const HOLDER = "urn:pulumi:dev::muster::muster:stacks:Role::acme-OpsR-dev";

type Fields = Readonly<Record<string, unknown>>;

/** A line of the engine's log, as Pulumi 3.256.0 writes it; inputs and places in the source are left out. */
const call = (method: string, request: Fields, more: Fields = {}): string =>
  JSON.stringify({
    method: `/pulumirpc.${method}`,
    request,
    metadata: { mode: "server" },
    progress: "request_started",
    timestamp: "2026-11-30T10:52:05.869488073Z",
    ...more,
  });

const role = (more: Fields = {}): Fields => ({
  type: ROLE,
  name: "acme-OpsR-dev",
  parent: HOLDER,
  custom: true,
  object: {},
  dependencies: [HOLDER],
  provider: "urn:pulumi:dev::muster::pulumi:providers:aws::account::b3c5e6d4-7f8b-4b0a-b6a3-2c1d5e4f6a7b",
  propertyDependencies: { name: {} },
  version: "7.48.0",
  acceptSecrets: true,
  customTimeouts: {},
  supportsPartialValues: true,
  acceptResources: true,
  aliasSpecs: true,
  sourcePosition: { uri: "project:///src/stacks/create-resources.ts#57,51" },
  stackTrace: { frames: [] },
  supportsResultReporting: true,
  ...more,
});
const component = { type: "muster:stacks:Role", name: "acme-OpsR-dev", parent: STACK, customTimeouts: {} };

const OPS = describeResource(
  ROLE,
  "acme-OpsR-dev",
  { name: "acme-OpsR-dev", assumeRolePolicy: "{}" },
  { parent: { type: "muster:stacks:Role", name: "acme-OpsR-dev" } },
);
const BUCKET = describeResource(
  "aws:s3/bucket:Bucket",
  "acme-trail",
  { bucket: "acme-trail" },
  { retainOnDelete: true, takesOver: "acme-trail" },
);
const DOCUMENT = describeResource(
  "aws:ssm/document:Document",
  "Manage",
  { name: "Manage", content: "{}", documentType: "Session" },
  { remadeOnChanges: ["content"] },
);
const registered = ({ type, name }: DescribedResource, more: Fields = {}): Fields => ({
  ...{ type, name, parent: STACK, custom: true, ...more },
});

/** What is said of a program that makes these calls, where src/resources describes these. */
function messagesOf(
  lines: readonly string[],
  described: readonly DescribedResource[] = [OPS],
  comparison = new PreviewComparison(),
): readonly string[] {
  const requests = new ProgramRequests();
  for (const line of lines) requests.add(line);
  return unseenOptions({ comparison, requests }, described).map(({ message }) => message);
}

const registering = (...all: readonly Fields[]): readonly string[] =>
  all.map((request) => call("ResourceMonitor/RegisterResource", request));

describe("options that no policy sees", () => {
  it("are none of a resource as src/stacks makes it", () => {
    assert.deepEqual(messagesOf(registering(component, role())), []);
  });

  it("are told once, although the engine logs a call again with its answer", () => {
    const request = role({ retainOnDelete: true });
    const answered = call("ResourceMonitor/RegisterResource", request, {
      ...{ progress: "response_completed", response: { urn: "urn" } },
    });
    assert.equal(messagesOf([...registering(request), answered]).length, 1);
  });

  const REFUSED: readonly (readonly [option: string, fields: Fields, effect: string])[] = [
    ["retainOnDelete", { retainOnDelete: true }, "it stays in the account when the program no longer has it"],
    ["import", { importId: "acme-AdminR-dev" }, "it becomes whatever exists under that id"],
    ["hideDiffs", { hideDiffs: ["assumeRolePolicy"] }, "no preview shows what changes in it"],
    [
      "hooks",
      { hooks: { afterCreate: ["aws:iam/role:Role_acme-OpsR-dev_afterCreate_0"] } },
      "code runs when it is made, changed or deleted",
    ],
    [
      "deletedWith",
      { deletedWith: "urn:pulumi:dev::muster::aws:cloudwatch/logGroup:LogGroup::acme-trail" },
      "it stays in the account when that other resource goes too",
    ],
    [
      "replaceWith",
      { replaceWith: ["urn:pulumi:dev::muster::aws:cloudwatch/logGroup:LogGroup::acme-trail"] },
      "it is deleted and made anew with another resource",
    ],
    ["replaceOnChanges", { replaceOnChanges: ["tags"] }, "it is deleted and made anew by a change"],
    [
      "replacementTrigger",
      { replacementTrigger: "x" },
      "it is deleted and made anew by a change of that value",
    ],
    [
      "pluginDownloadURL",
      { pluginDownloadURL: "https://example.com" },
      "its provider is downloaded from there",
    ],
    [
      "transforms",
      { transforms: [{ target: "127.0.0.1:1", token: "t" }] },
      "something changes it after it was described",
    ],
    ["somethingNew", { somethingNew: 1 }, "no policy knows what it does"],
  ];

  for (const [option, fields, effect] of REFUSED) {
    it(`are refused of a role: ${option}`, () => {
      assert.deepEqual(messagesOf(registering(component, role(fields))), [
        `iam.Role acme-OpsR-dev has the option ${option}: ${effect}. src/resources does not describe it so; take it away.`,
      ]);
    });
  }

  it("are refused of components and of the account's provider", () => {
    const provider = { type: "pulumi:providers:aws", name: "account", parent: STACK, custom: true };
    const lines = registering(
      { ...component, transforms: [{ token: "t" }] },
      { ...provider, envVarMappings: { OTHER: "AWS_ENDPOINT_URL" } },
    );
    assert.deepEqual(messagesOf(lines), [
      "muster:stacks:Role acme-OpsR-dev has the option transforms: something changes it after it was described. src/resources does not describe it so; take it away.",
      "pulumi:providers:aws account has the option envVarMappings: the provider takes its environment from other variables. src/resources does not describe it so; take it away.",
    ]);
  });

  it("are as src/resources describes them, and not missing", () => {
    const described = [BUCKET, DOCUMENT];
    const right = registering(
      registered(BUCKET, { retainOnDelete: true, importId: "acme-trail" }),
      registered(DOCUMENT, { replaceOnChanges: ["content"] }),
    );
    assert.deepEqual(messagesOf(right, described), []);
    const wrong = registering(registered(BUCKET, { importId: "other" }), registered(DOCUMENT));
    assert.deepEqual(messagesOf(wrong, described), [
      "s3.Bucket acme-trail has the option import: it becomes whatever exists under that id. src/resources does not describe it so; take it away.",
      "s3.Bucket acme-trail lacks the option retainOnDelete, which src/resources describes (true): let src/stacks hand it on.",
      'ssm.Document Manage lacks the option replaceOnChanges, which src/resources describes (["content"]): let src/stacks hand it on.',
    ]);
  });

  it("are their owners' where the resource is an adopter's own", () => {
    const own = { type: "aws:sqs/queue:Queue", name: "events", parent: STACK, retainOnDelete: true };
    assert.deepEqual(messagesOf(registering(component, own)), []);
  });

  it("may be changed by no transform of the whole program", () => {
    const transform = call("ResourceMonitor/RegisterStackTransform", { target: "127.0.0.1:1", token: "t" });
    assert.deepEqual(messagesOf([...registering(component), transform]), [
      "The program calls RegisterStackTransform: what it registers is changed afterwards, its options too. Describe in src/resources what is meant.",
    ]);
  });

  it("are refused where an engine tells nothing of them", () => {
    assert.deepEqual(messagesOf([]), [
      "This pulumi does not tell what options resources have (PULUMI_DEBUG_GRPC), so that nobody has looked at them. Take the version that .github/workflows has.",
    ]);
  });

  it("keep nothing in the account that leaves the stack, but evidence and what protects it", () => {
    const comparison = new PreviewComparison();
    for (const [type, name, retainOnDelete] of [
      [ROLE, "acme-OldR-dev", true],
      [ROLE, "acme-OlderR-dev", false],
      ["aws:s3/bucket:Bucket", "acme-old", true],
    ] as const) {
      const urn = `urn:pulumi:dev::muster::${type}::${name}`;
      const old = { inputs: {}, outputs: {}, ...(retainOnDelete && { retainOnDelete }) };
      comparison.add({ resourcePreEvent: { metadata: { op: "delete", urn, type, old, new: null } } });
    }
    assert.deepEqual(messagesOf(registering(component), [OPS], comparison), [
      "iam.Role acme-OldR-dev leaves the stack and stays in the account, since its state says retainOnDelete. Deploy it once without the option, then take it away.",
    ]);
  });
});

describe("what a program asks of the engine", () => {
  it("comes with the stack's configuration", () => {
    const requests = new ProgramRequests();
    const config = { "muster:accountAlias": "example-dev" };
    requests.add(
      call(
        "LanguageRuntime/Run",
        { project: "muster", stack: "dev", config },
        { metadata: { mode: "client" } },
      ),
    );
    assert.deepEqual(requests.config, config);
  });

  it("is nothing that plugins are asked, however it is written", () => {
    const requests = new ProgramRequests();
    requests.add('{"method":"/pulumirpc.ResourceProvider/Read", and no JSON');
    requests.add(call("ResourceProvider/Read", { id: "/pulumirpc.ResourceMonitor/RegisterResource" }));
    assert.deepEqual(requests.registrations, []);
    assert.deepEqual([...requests.calls], []);
  });
});
