/** The modules of src/model that have what the edited files import. */
const MODULES: Readonly<Record<string, string>> = { workloads: "workloads-definition" };

/** `export const roster = defineRoster(organization, { … });`, with the imports that it needs. */
export function definition(name: string, define: string, args: readonly unknown[]): string {
  const words = args.map((arg) => (typeof arg === "string" ? arg : JSON.stringify(arg, undefined, 2)));
  return [
    `import { ${define} } from "./model/${MODULES[name] ?? name}";`,
    ...args.flatMap((arg) => (typeof arg === "string" ? [`import { ${arg} } from "./${arg}";`] : [])),
    "",
    `export const ${name} = ${define}(${words.join(", ")});`,
    "",
  ].join("\n");
}
