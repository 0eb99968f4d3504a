import { run } from "../process/run";

/** The engine that the sandbox downloads or builds; go.mod beside this file pins the same version. */
export const engineVersion = "3.256.0";

/** The oldest engine on PATH that is used: the version of the Node.js SDK, which may ask for what older ones lack. */
export const oldestEngineVersion = "3.248.0";

/** What `pulumi version` says, without the `v`; `undefined` where the file is not a working engine. */
export async function versionOf(pulumi: string): Promise<string | undefined> {
  try {
    const env = { ...process.env, PULUMI_SKIP_UPDATE_CHECK: "true" };
    const { code, stdout } = await run(pulumi, ["version"], { env, timeout: 30_000 });
    return code === 0 ? /^v(\d+\.\d+\.\d+\S*)/.exec(stdout)?.[1] : undefined;
  } catch {
    return undefined;
  }
}
