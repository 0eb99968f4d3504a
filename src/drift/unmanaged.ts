import type { LivePolicies } from "../aws/live-account";
import type { StrayCredentialKind } from "./stray-credentials";

export type UnmanagedKind =
  | "user"
  | "group"
  | "role"
  | "policy"
  | "policy version"
  | "instance profile"
  | "identity provider"
  | "server certificate"
  | "MFA device"
  | "attached policy"
  | "inline policy"
  | "tag"
  | StrayCredentialKind;

/** Something of IAM that exists in the account and in no stack. */
export interface UnmanagedObject {
  readonly kind: UnmanagedKind;
  /** Name; the ARN of policies, identity providers and MFA devices; the id of credentials. */
  readonly name: string;
  /** The user or role that it belongs to: `user sarah.devops`. */
  readonly of?: string;
  /** What belongs to it, and what is wrong with it. */
  readonly details?: readonly string[];
  /** A hash of its whole content, where it may be listed among known others. */
  readonly fingerprint?: string;
}

/** The policies of something, as details. */
export const formatPolicies = ({ attached, inline }: LivePolicies): readonly string[] => [
  ...attached.map((arn) => `attached ${arn}`),
  ...inline.map(({ name }) => `inline ${name}`),
];

export const formatBoundary = (boundary: string | undefined): readonly string[] =>
  boundary === undefined ? [] : [`boundary ${boundary}`];

export const formatUserPath = (path: string): readonly string[] => (path === "/" ? [] : [`path ${path}`]);
