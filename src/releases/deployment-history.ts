import { z } from "zod";

import { COMMIT_ID } from "../definitions/git";
import type { CommandAnswer } from "../doctor/run-command";

/** https://www.pulumi.com/docs/iac/cli/commands/pulumi_stack_history/ */
const HISTORY = z.array(
  z.object({
    kind: z.string(),
    result: z.string(),
    environment: z.record(z.string(), z.string()).nullish(),
  }),
);

/** How many operations of a stack are read, the latest first. */
export const OPERATIONS_READ = 50;

/** The operations that make a stack what a program says, and that empty it. */
const DEPLOYED = "update";
const DESTROYED = "destroy";

/** The commit from which a stack was deployed last. */
export interface RecordedDeployment {
  readonly commit: string;
  /** Whether its working tree had more than the commit. */
  readonly hasUncommittedChanges: boolean;
  /** Whether it ended before everything was done. */
  readonly hasFailed: boolean;
}

/** Nobody can tell the commit. */
export interface UnknownDeployment {
  readonly kind: "unknown";
  readonly reason: string;
  /** Whether the history was read, and says no commit. */
  readonly isRead: boolean;
}

/** What a stack's history says of its last deployment. */
export type LastDeployment =
  | { readonly kind: "none" }
  | UnknownDeployment
  | { readonly kind: "known"; readonly deployment: RecordedDeployment };

const unread = (reason: string): LastDeployment => ({ kind: "unknown", reason, isRead: false });

/**
 * The last deployment of a stack. Pulumi notes the commit of every update by itself, wherever the state is.
 * @param answer of `pulumi stack history --json --page-size 50`, which begins with the latest operation
 */
export function lastDeployment(answer: CommandAnswer): LastDeployment {
  if (answer.kind !== "ended" || answer.code !== 0) return unread("the stack's history cannot be read");
  const history = HISTORY.parse(JSON.parse(answer.stdout) ?? []);
  const last = history.find(({ kind }) => kind === DEPLOYED || kind === DESTROYED);
  if (last === undefined) {
    return history.length < OPERATIONS_READ
      ? { kind: "none" }
      : unread(`none of the last ${String(OPERATIONS_READ)} operations is a deployment`);
  }
  if (last.kind === DESTROYED) return { kind: "none" };
  const { "git.head": commit = "", "git.dirty": dirty } = last.environment ?? {};
  if (!COMMIT_ID.test(commit))
    return { kind: "unknown", reason: "the last deployment noted no commit", isRead: true };
  return {
    kind: "known",
    // What is not said to be clean may be anything.
    deployment: { commit, hasUncommittedChanges: dirty !== "false", hasFailed: last.result !== "succeeded" },
  };
}
