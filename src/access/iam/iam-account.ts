import type { LiveRole } from "../../aws/live-account";
import type { Environment } from "../../model/organization";
import type { IamPolicy } from "./iam-policy";

/** The kind of principal that a user is for. */
export type UserKind = "person" | "pipeline" | "other";

/** The kind of principal that a role is for. */
export type RoleKind = "people" | "partner" | "service" | "pipeline" | "other";

/** A user with all that is attached to it, through groups too. */
export interface IamUser {
  readonly kind: UserKind;
  readonly name: string;
  readonly arn: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly groups: readonly string[];
  readonly policies: readonly IamPolicy[];
  readonly boundary?: IamPolicy;
}

/** A role with its trust and all that is attached to it. */
export interface IamRole {
  readonly kind: RoleKind;
  /** How people call it in its account: `Ops`, `DataShare-acme`, `task-mw-worker`; otherwise its name. */
  readonly label: string;
  readonly name: string;
  readonly arn: string;
  readonly trust: IamPolicy;
  readonly policies: readonly IamPolicy[];
  readonly boundary?: IamPolicy;
  /** The longest session in seconds; absent where it was not asked for, as of accounts that are read from AWS. */
  readonly sessionSeconds?: number;
  /** As IAM describes it, where it was read from there. */
  readonly live?: LiveRole;
}

/** A group with all that is attached to it. */
export interface IamGroup {
  readonly name: string;
  readonly policies: readonly IamPolicy[];
}

/** What IAM holds in one account, according to the roster or as found in AWS. */
export interface IamAccount {
  readonly key: string;
  /** 12 digits. */
  readonly id: string;
  readonly environment: Environment;
  readonly users: readonly IamUser[];
  readonly groups: readonly IamGroup[];
  readonly roles: readonly IamRole[];
}

/** How people call a role wherever it is: `prod/Ops`. */
export const roleTitle = ({ key }: IamAccount, { label }: IamRole): string => `${key}/${label}`;
