import { ProgramInfo, RunPluginRequest, RunRequest } from "@pulumi/pulumi/proto/language_pb";
import { Struct } from "google-protobuf/google/protobuf/struct_pb";
import assert from "node:assert/strict";
import path from "node:path";
import { installedDependencies } from "../../sandbox/language-host/dependencies";
import { pluginCommand } from "../../sandbox/language-host/plugin-command";
import { programCommand } from "../../sandbox/language-host/program-command";

const checkout = path.join(__dirname, "../..");
const sdk = (module: string) => path.join(checkout, "node_modules/@pulumi/pulumi/cmd", module, "index.js");

function info(options: Record<string, string | boolean>): ProgramInfo {
  return new ProgramInfo()
    .setRootDirectory(checkout)
    .setProgramDirectory(path.join(checkout, "src"))
    .setEntryPoint(".")
    .setOptions(Struct.fromJavaScript(options));
}

describe("the language host", () => {
  const run = (options: Record<string, string | boolean> = {}) => {
    const request = new RunRequest()
      .setMonitorAddress("127.0.0.1:1")
      .setProject("muster")
      .setStack("dev")
      .setOrganization("organization")
      .setPwd(path.join(checkout, "src"))
      .setProgram(".")
      .setParallel(16)
      .setDryrun(true)
      .setInfo(info(options));
    request.getConfigMap().set("muster:key", "value");
    request.setConfigsecretkeysList(["muster:secret"]);
    return programCommand(request, "127.0.0.1:2");
  };

  it("runs a program with the SDK's runner", () => {
    const { file, args, cwd } = run();
    assert.deepEqual([file, cwd], [process.execPath, path.join(checkout, "src")]);
    assert.deepEqual(args, [
      sdk("run"),
      "--monitor=127.0.0.1:1",
      "--engine=127.0.0.1:2",
      "--project=muster",
      "--stack=dev",
      "--organization=organization",
      `--pwd=${path.join(checkout, "src")}`,
      `--root-directory=${checkout}`,
      "--parallel=16",
      "--dry-run",
      ".",
    ]);
  });

  it("hands configuration on in the environment", () => {
    const { env } = run();
    assert.equal(env["PULUMI_CONFIG"], '{"muster:key":"value"}');
    assert.equal(env["PULUMI_CONFIG_SECRET_KEYS"], '["muster:secret"]');
    assert.equal(env["PULUMI_NODEJS_TYPESCRIPT"], "true");
  });

  it("honours the runtime options of Pulumi.yaml", () => {
    const { args, env } = run({ typescript: false, nodeargs: "--max-old-space-size=8192 --trace-warnings" });
    assert.deepEqual(args.slice(0, 3), ["--max-old-space-size=8192", "--trace-warnings", sdk("run")]);
    assert.equal(env["PULUMI_NODEJS_TYPESCRIPT"], "false");
  });

  it("runs a policy pack in its own folder, with the runner for policy packs", () => {
    const pack = path.join(checkout, "policypack");
    const request = new RunPluginRequest()
      .setKind("analyzer")
      .setArgsList(["127.0.0.1:3"])
      .setEnvList(["PULUMI_CONFIG={}", "EQUALS=a=b"])
      .setInfo(new ProgramInfo().setProgramDirectory(pack));
    const { args, cwd, env } = pluginCommand(request);
    assert.deepEqual([args, cwd], [[sdk("run-policy-pack"), "127.0.0.1:3", pack], pack]);
    assert.deepEqual(env, { PULUMI_CONFIG: "{}", EQUALS: "a=b", PULUMI_NODEJS_TYPESCRIPT: "true" });
  });

  it("says what to do where the SDK is not installed", () => {
    const request = new RunRequest().setPwd("/").setInfo(new ProgramInfo().setProgramDirectory("/"));
    assert.throws(() => programCommand(request, ""), /Pulumi's SDK is not installed for \/ .*npm ci/);
  });

  it("knows the packages of a program in the versions that are installed", () => {
    const found = installedDependencies(path.join(checkout, "src")).map((dependency) =>
      dependency.toObject(),
    );
    assert.match(found.find(({ name }) => name === "@pulumi/pulumi")?.version ?? "", /^3\.\d+\.\d+$/);
  });
});
