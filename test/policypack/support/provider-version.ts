import { readFileSync } from "node:fs";
import path from "node:path";

const MANIFEST = path.join(__dirname, "..", "..", "..", "node_modules", "@pulumi", "aws", "package.json");

/** The version of Pulumi's AWS provider that is installed. */
export const { version: PROVIDER_VERSION } = JSON.parse(readFileSync(MANIFEST, "utf8")) as {
  readonly version: string;
};
