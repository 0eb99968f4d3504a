import { DependencyInfo } from "@pulumi/pulumi/proto/language_pb";
import { existsSync, readFileSync } from "node:fs";
import path from "node:path";

interface PackageJson {
  readonly version?: string;
  readonly dependencies?: Readonly<Record<string, string>>;
}

/** The packages that the nearest `package.json` asks for, in the installed versions; `pulumi about` lists them. */
export function installedDependencies(directory: string): DependencyInfo[] {
  const root = nearestPackage(directory);
  if (root === undefined) return [];
  const wanted = readPackage(path.join(root, "package.json")).dependencies ?? {};
  return Object.entries(wanted).map(([name, range]) => {
    const installed = path.join(root, "node_modules", name, "package.json");
    const version = existsSync(installed) ? readPackage(installed).version : undefined;
    return new DependencyInfo().setName(name).setVersion(version ?? range);
  });
}

function nearestPackage(directory: string): string | undefined {
  if (existsSync(path.join(directory, "package.json"))) return directory;
  const parent = path.dirname(directory);
  return parent === directory ? undefined : nearestPackage(parent);
}

function readPackage(file: string): PackageJson {
  return JSON.parse(readFileSync(file, "utf8")) as PackageJson;
}
