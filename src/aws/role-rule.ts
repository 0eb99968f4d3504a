import type { LiveRole } from "./live-account";

/** A kind of roles that no stack makes and that may be there, if they are what their name says. */
export interface RoleRule {
  /** How a report calls them: `service-linked roles`. */
  readonly kind: string;
  /** Why they may be there, and what nobody compared. */
  readonly reason: string;
  /** Whether a role of this kind may change what others may do, and is still what its name says. */
  readonly mayHavePower: boolean;
  /** Whether a role has the name or the path of this kind. */
  readonly claims: (role: LiveRole) => boolean;
  /** How a role differs from this kind; nothing where it is one. */
  readonly faults: (role: LiveRole) => readonly string[];
}

/** The policies of a role that are not AWS's own. */
export const ownPolicyFaults = ({ attached, inline }: LiveRole): readonly string[] => [
  ...attached
    .filter((arn) => !arn.startsWith("arn:aws:iam::aws:policy/"))
    .map((arn) => `has ${arn}, which is not a policy of AWS`),
  ...inline.map(({ name }) => `has the inline policy ${name}`),
];
