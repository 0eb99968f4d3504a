import { cpSync, mkdirSync } from "node:fs";
import path from "node:path";
import { gte, coerce } from "semver";
import { run } from "../process/run";
import { interruptible, type Work } from "../work";
import { engineVersion } from "./version";

/** The oldest Go that go.mod names. */
const oldestGo = "1.25.11";

/**
 * Builds the engine from its Go modules, in the versions that go.mod and go.sum pin.
 * @returns why it could not, or `undefined` where it could.
 */
export async function buildEngine(folder: string, pulumi: string, work: Work): Promise<string | undefined> {
  const go = await goVersion();
  if (go === undefined) return `no Go on PATH. Install Go ${oldestGo} or newer: https://go.dev/doc/install`;
  if (!gte(go, oldestGo))
    return `Go ${go} is too old. Install Go ${oldestGo} or newer: https://go.dev/doc/install`;

  const module = path.join(folder, "module");
  mkdirSync(module);
  for (const file of ["go.mod", "go.sum", "pulumi.go"])
    cpSync(path.join(__dirname, file), path.join(module, file));
  work.report(`building Pulumi ${engineVersion} with Go ${go}: takes about 5 minutes, once on this machine`);
  let compiled = 0;
  const { code, stderr } = await run("go", buildArguments(pulumi), {
    ...interruptible(work),
    cwd: module,
    env: { ...process.env, CGO_ENABLED: "0", GOFLAGS: "-mod=readonly", GOWORK: "off" },
    onLine: (line) => {
      const step = line.startsWith("go: downloading")
        ? line.slice("go: ".length)
        : `compiled ${++compiled} packages`;
      work.report(`building Pulumi ${engineVersion}, about 5 minutes, once on this machine: ${step}`);
    },
  });
  return code === 0 ? undefined : `go build failed: ${lastLines(stderr)}`;
}

/** Without its version the engine prints none, and the Automation API refuses it. `-v` names packages as they finish. */
function buildArguments(pulumi: string): string[] {
  const version = `github.com/pulumi/pulumi/sdk/v3/go/common/version.Version=v${engineVersion}`;
  const command = "github.com/pulumi/pulumi/pkg/v3/cmd/pulumi";
  return ["build", "-v", "-o", pulumi, "-ldflags", `-X ${version}`, command];
}

async function goVersion(): Promise<string | undefined> {
  try {
    const { stdout } = await run("go", ["env", "GOVERSION"], { timeout: 30_000 });
    return coerce(stdout)?.version;
  } catch {
    return undefined;
  }
}

function lastLines(text: string): string {
  return text.trim().split("\n").slice(-3).join("; ");
}
