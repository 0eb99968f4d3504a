import type { DeployedRole } from "../../src/documents/deployed-role";
import type { PipelineRole } from "../../src/model/pipeline";
import type { Role } from "../../src/model/roles";

/** A role that the account has; one that is optional it may lack. */
export interface ExpectedRole extends Pick<
  DeployedRole,
  "name" | "arn" | "path" | "tags" | "trust" | "policies" | "boundary"
> {
  /** Which role of the catalogue it is; undefined for roles of services but those that manage users of machines or quarantine people. */
  readonly role?: Role | PipelineRole | "LinuxUsers" | "Responder";
  readonly isOptional?: true;
}
