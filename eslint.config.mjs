import eslint from "@eslint/js";
import pulumi from "@pulumi/eslint-plugin";
import prettier from "eslint-config-prettier";
import tseslint from "typescript-eslint";

const CLOCK_AND_ENVIRONMENT = [
  {
    selector: "NewExpression[callee.name='Date'][arguments.length=0]",
    message: "The clock comes in at src/index.ts and src/cli, as an argument.",
  },
  {
    selector: "MemberExpression[object.name='Date'][property.name='now']",
    message: "The clock comes in at src/index.ts and src/cli, as an argument.",
  },
  {
    selector: "MemberExpression[object.name='process']",
    message: "The environment comes in at src/index.ts and src/cli, as an argument.",
  },
];

export default tseslint.config(
  // Programs as others write them, with packages that are not ours.
  { ignores: ["**/dist/", ".sandbox/", "node_modules/", "coverage/", "bench/cdk/", "bench/plain/"] },
  // Written by adopters, in their own style: the compiler alone judges them.
  {
    ignores: [
      "src/organization.ts",
      "src/roster.ts",
      "src/workloads.ts",
      "src/invariants.ts",
      "policypack/exemptions.ts",
    ],
  },
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
    // Which room may import which is in .dependency-cruiser.cjs.
    files: ["src/**/*.ts", "src/**/*.tsx"],
    // Where the clock and the environment come in: the program, the commands, a page, and what runs git and other processes.
    ignores: [
      "src/index.ts",
      "src/cli/**",
      "src/access/page/app.tsx",
      "src/access/diff/{commit-state,run-program}.ts",
      "src/definitions/{git,restricted-process,run-definitions}.ts",
      "src/incidents/record-files.ts",
      "src/releases/commit-checkout.ts",
      "src/requests/{branch,host,undo}.ts",
    ],
    rules: { "no-restricted-syntax": ["error", ...CLOCK_AND_ENVIRONMENT] },
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
    files: ["start/*.js", "bench/*.js"],
    languageOptions: {
      sourceType: "commonjs",
      globals: {
        require: "readonly",
        module: "writable",
        process: "readonly",
        setInterval: "readonly",
        __dirname: "readonly",
      },
    },
  },
  prettier,
);
