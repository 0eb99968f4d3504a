import eslint from "@eslint/js";
import pulumi from "@pulumi/eslint-plugin";
import prettier from "eslint-config-prettier";
import tseslint from "typescript-eslint";

// Data flows one way: roster → model → documents → stacks → outputs (docs/architecture.md).
const PULUMI = { regex: "^@pulumi/", message: "Only src/stacks and src/index.ts speak to Pulumi." };
const AWS_SDK = { regex: "^@aws-sdk/", message: "What `pulumi up` loads calls AWS through Pulumi alone." };
const AWS_CLIENTS = { regex: "^@(aws-sdk|smithy)/", message: "Only src/aws makes and asks AWS clients." };
const NODE = {
  regex: "^(node:|fs$|path$|child_process$)",
  message: "This folder is pure: no files, no processes.",
};
const TOOLS = {
  regex: "^@cloud-copilot/",
  message: "AGPL tools stay out of what `pulumi up` loads (decision 0004).",
};
const EVALUATOR = {
  regex: "^@cloud-copilot/iam-simulate",
  message: "Only src/access/simulator.ts speaks to the evaluator (decision 0004).",
};
/** What commands are made of: nothing that is deployed needs it. */
const COMMANDS = [
  "access",
  "approvals",
  "aws",
  "credentials",
  "doctor",
  "drift",
  "history",
  "incidents",
  "notices",
  "offboarding",
  "onboarding",
  "profiles",
  "proofs",
  "releases",
  "requests",
  "review",
  "sarif",
  "cli",
];
const EDITED = {
  regex: "^(\\./|(\\.\\./)+)(roster|organization|workloads)$",
  message:
    "What people edit comes in at src/definitions/definitions.ts, which looks for keys that are written twice.",
};
const outside = (...folders) => ({
  regex: `^(\\.\\./)+(${folders.join("|")})(/|$)`,
  message: "This import runs against the direction of data.",
});

const CLOCK_AND_ENVIRONMENT = [
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: "The clock comes in at src/index.ts, as an argument.",
  },
  {
    selector: "MemberExpression[object.name='Date'][property.name='now']",
    message: "The clock comes in at src/index.ts, as an argument.",
  },
  {
    selector: "MemberExpression[object.name='process']",
    message: "The environment comes in at src/index.ts.",
  },
];

const direction = (files, ...patterns) => ({
  files,
  rules: {
    "no-restricted-imports": ["error", { patterns }],
    "no-restricted-syntax": ["error", ...CLOCK_AND_ENVIRONMENT],
  },
});

export default tseslint.config(
  { ignores: ["**/dist/", ".sandbox/", "node_modules/", "coverage/"] },
  eslint.configs.recommended,
  {
    files: ["**/*.ts", "**/*.tsx"],
    extends: [...tseslint.configs.strictTypeChecked, ...tseslint.configs.stylisticTypeChecked],
    plugins: { "@pulumi": pulumi },
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      "@pulumi/no-output-in-template-literal": "error",
      "@pulumi/no-output-instance-in-template-literal": "error",
      "@typescript-eslint/consistent-type-assertions": ["error", { assertionStyle: "never" }],
      "@typescript-eslint/consistent-indexed-object-style": "off",
      "@typescript-eslint/consistent-type-imports": "error",
      "@typescript-eslint/dot-notation": ["error", { allowIndexSignaturePropertyAccess: true }],
      "@typescript-eslint/no-confusing-void-expression": ["error", { ignoreArrowShorthand: true }],
      "@typescript-eslint/restrict-template-expressions": ["error", { allowNumber: true }],
      "@typescript-eslint/switch-exhaustiveness-check": "error",
      // A component is made for what it registers, not for its value.
      "no-new": "off",
      "@typescript-eslint/no-unused-vars": ["error", { argsIgnorePattern: "^_" }],
    },
  },
  {
    // Where a text becomes a brand, and where the keys of a table become its union. The sandbox and the tests parse all
    // the time: what comes over a wire has no type.
    files: [
      "src/model/names.ts",
      "src/model/dates.ts",
      "src/model/keys-of.ts",
      "src/definitions/source-files.ts",
      "src/access/page/embedded.ts",
      "sandbox/**/*.ts",
      "test/**/*.ts",
    ],
    rules: {
      "@typescript-eslint/consistent-type-assertions": ["error", { assertionStyle: "as" }],
    },
  },
  {
    // One room reads accounts; the types of a client that it hands out may be named elsewhere.
    files: ["src/**/*.ts"],
    ignores: ["src/aws/**"],
    rules: {
      "@typescript-eslint/no-restricted-imports": [
        "error",
        { patterns: [{ ...AWS_CLIENTS, allowTypeImports: true }] },
      ],
    },
  },
  direction(
    ["src/model/**/*.ts"],
    PULUMI,
    AWS_SDK,
    NODE,
    TOOLS,
    outside("documents", "resources", "stacks", ...COMMANDS),
  ),
  direction(
    ["src/documents/**/*.ts"],
    PULUMI,
    AWS_SDK,
    NODE,
    TOOLS,
    outside("resources", "stacks", ...COMMANDS),
  ),
  direction(["src/resources/**/*.ts"], AWS_SDK, NODE, TOOLS, EDITED, outside("stacks", ...COMMANDS)),
  {
    // The provider's types say what a resource may have; nothing of Pulumi runs here.
    files: ["src/resources/**/*.ts"],
    rules: {
      "@typescript-eslint/no-restricted-imports": [
        "error",
        { patterns: [{ ...PULUMI, allowTypeImports: true }, AWS_CLIENTS] },
      ],
    },
  },
  direction(["src/stacks/**/*.ts"], AWS_SDK, NODE, TOOLS, EDITED, outside(...COMMANDS)),
  direction(
    ["src/profiles/**/*.ts"],
    PULUMI,
    AWS_SDK,
    NODE,
    TOOLS,
    EDITED,
    outside("documents", "stacks", ...COMMANDS.filter((folder) => folder !== "profiles")),
  ),
  {
    ...direction(["src/access/**/*.ts"], PULUMI, EDITED, EVALUATOR, outside("stacks", "review", "cli")),
    // The first speaks to the evaluator, the others to git and to processes.
    ignores: [
      "src/access/simulator.ts",
      "src/access/diff/commit.ts",
      "src/access/diff/program-state.ts",
      "src/access/diff/run-program.ts",
    ],
  },
  {
    files: ["src/index.ts", "src/cli/**/*.ts"],
    rules: { "no-restricted-imports": ["error", { patterns: [EDITED] }] },
  },
  // Proofs need no evaluator: it tries their examples, in tests and in the command.
  direction(
    ["src/proofs/**/*.ts"],
    PULUMI,
    AWS_SDK,
    NODE,
    EVALUATOR,
    EDITED,
    outside("stacks", ...COMMANDS.filter((folder) => folder !== "proofs")),
  ),
  direction(["src/credentials/**/*.ts"], PULUMI, TOOLS, EDITED, outside("stacks", "drift", "review", "cli")),
  direction(
    ["src/doctor/**/*.ts"],
    PULUMI,
    TOOLS,
    EDITED,
    outside("stacks", "offboarding", "onboarding", "review", "cli"),
  ),
  direction(
    ["src/history/**/*.ts"],
    PULUMI,
    AWS_SDK,
    TOOLS,
    EDITED,
    outside("documents", "stacks", ...COMMANDS.filter((folder) => folder !== "history")),
  ),
  {
    ...direction(
      ["src/review/**/*.ts"],
      PULUMI,
      AWS_SDK,
      NODE,
      EVALUATOR,
      EDITED,
      outside("stacks", "sarif", "cli"),
    ),
    // Reads its own style and script, and hashes them.
    ignores: ["src/review/page.ts"],
  },
  direction(["src/offboarding/**/*.ts"], PULUMI, TOOLS, outside("stacks", "drift", "review", "cli")),
  direction(["src/onboarding/**/*.ts"], PULUMI, TOOLS, EDITED, outside("stacks", "drift", "review", "cli")),
  {
    // What a browser runs.
    files: ["src/access/page/**", "src/review/page/**"],
    rules: {
      "no-restricted-imports": [
        "error",
        { patterns: [PULUMI, AWS_SDK, NODE, TOOLS, outside("model", "documents", "stacks", "cli")] },
      ],
    },
  },
  {
    files: ["test/**/*.ts"],
    rules: {
      // mocha's `describe` and `it` answer promises that nobody awaits.
      "@typescript-eslint/no-floating-promises": "off",
      "@typescript-eslint/no-non-null-assertion": "off",
      // A test that something does not compile says what in its name.
      "@typescript-eslint/ban-ts-comment": ["error", { "ts-expect-error": false }],
    },
  },
  { files: ["**/*.mjs"], ...tseslint.configs.disableTypeChecked },
  {
    // What starts TypeScript is none: tsc checks its types by JSDoc.
    files: ["start/*.js"],
    languageOptions: {
      sourceType: "commonjs",
      globals: { require: "readonly", module: "writable", process: "readonly", __dirname: "readonly" },
    },
  },
  prettier,
);
