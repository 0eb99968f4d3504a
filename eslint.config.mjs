import eslint from "@eslint/js";
import pulumi from "@pulumi/eslint-plugin";
import prettier from "eslint-config-prettier";
import tseslint from "typescript-eslint";

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
    // Which room may import which is in .dependency-cruiser.cjs.
    files: [
      "src/{access,credentials,doctor,documents,history,model,offboarding,onboarding,profiles,proofs,resources,review,stacks}/**/*.ts",
    ],
    // They speak to git and to processes.
    ignores: [
      "src/access/diff/commit.ts",
      "src/access/diff/program-state.ts",
      "src/access/diff/run-program.ts",
      "src/access/page/**",
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
    files: ["start/*.js"],
    languageOptions: {
      sourceType: "commonjs",
      globals: { require: "readonly", module: "writable", process: "readonly", __dirname: "readonly" },
    },
  },
  prettier,
);
