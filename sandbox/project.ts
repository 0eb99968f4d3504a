import { createRequire } from "node:module";
import path from "node:path";
import { SourceProblem } from "../start/typescript";
import type { blueprintsOf } from "../src/documents/blueprint";
import type { buildModel } from "../src/model/model";
import type { SandboxAccount } from "./accounts";
import { SandboxProblem } from "./problem";

/** The parts of a project that the sandbox uses: its accounts, the identity account first, then in the written order. */
export interface Project {
  readonly accounts: readonly SandboxAccount[];
  readonly region: string;
  /** Names of those who have a user. */
  readonly people: readonly string[];
  /** Holders of each role in the roster, by account, in the order of the roles. */
  readonly holders: ReadonlyMap<string, Holders>;
}

/** By role, names of people. */
export type Holders = Readonly<Record<string, readonly string[]>>;

/**
 * Reads organization and roster of a project and checks them as `pulumi up` would.
 * @throws SandboxProblem where they are not TypeScript.
 * @throws UserError where they do not hold, before anything has been touched.
 */
export function readProject(folder: string, now: Date): Project {
  const load = createRequire(__filename);
  const source = (file: string): unknown => {
    try {
      return load(path.join(folder, "src", file));
    } catch (error) {
      if (error instanceof SourceProblem) throw new SandboxProblem(error.message);
      throw error;
    }
  };
  const { organization } = source("organization") as { organization: unknown };
  const { roster } = source("roster") as { roster: unknown };
  const model = (source("model/model") as { buildModel: typeof buildModel }).buildModel(
    organization,
    roster,
    now,
  );
  const { blueprintsOf: blueprints } = source("documents/blueprint") as { blueprintsOf: typeof blueprintsOf };
  const deployed = blueprints(model);
  const accounts = model.organization.accounts.map(({ key, id, isIdentity, trustQuota }) => ({
    key,
    id,
    identity: isIdentity,
    trustQuota,
  }));
  return {
    accounts: [...accounts].sort((one, other) => Number(other.identity) - Number(one.identity)),
    region: model.organization.region,
    people: deployed.flatMap(({ people }) => people?.users.map(({ name }) => name) ?? []),
    holders: new Map(
      deployed.map(({ account, roles }) => [
        account.key,
        Object.fromEntries(roles.map(({ role, holders }) => [role, holders])),
      ]),
    ),
  };
}
