import type { Snapshot } from "../aws/snapshot/reader";
import type { Problem } from "../model/problems";
import type { CommandAnswer } from "./run-command";

/** What people wrote, and where to look. */
export interface ExaminationOptions {
  /** The folder with Pulumi.yaml and package.json. */
  readonly directory: string;
  readonly organization: unknown;
  readonly roster: unknown;
  readonly workloads: unknown;
  /** What nobody could compare in the files. */
  readonly warnings: readonly Problem[];
  readonly now: Date;
  readonly env: NodeJS.ProcessEnv;
  /** Such as 20.20.2. */
  readonly nodeVersion: string;
  /** Profiles by stack, `example-{stack}`. */
  readonly profilePattern?: string;
  /** Where to look for who reads which account, instead of AWS. */
  readonly snapshot?: Snapshot;
  /** Whether to say what AWS alone knows of accounts and their owners. */
  readonly ownerFacts: boolean;
  /** For each look, in milliseconds. */
  readonly limit: number;
}

/** Runs a pulumi command in the project, and waits no longer than the options allow. */
export type RunPulumi = (...args: readonly string[]) => Promise<CommandAnswer>;
