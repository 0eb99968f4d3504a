import type { AccessChange } from "./admissions";
import type { Difference } from "./difference";

const POWERFUL: readonly string[] = ["Admin", "BreakGlass"];

const gained = (change: AccessChange): boolean => change.after !== undefined && change.before === undefined;

const accessWords = ({ person, account, role, after }: AccessChange): string =>
  `${person} gets into ${account}/${role}: ${after ?? ""}`;

interface Gate {
  /** What it stops, for the command's help. */
  readonly stops: string;
  /** What the difference has of it, a line each. */
  readonly findings: (difference: Difference) => readonly string[];
}

/** What a pipeline may refuse to let through without somebody's looking. */
export const GATES = {
  "prod-admin": {
    stops: "somebody new in Admin or BreakGlass of prod",
    findings: ({ access }) =>
      access
        .filter((change) => gained(change) && change.environment === "prod" && POWERFUL.includes(change.role))
        .map(accessWords),
  },
  "prod-access": {
    stops: "somebody new in any role of prod",
    findings: ({ access }) =>
      access.filter((change) => gained(change) && change.environment === "prod").map(accessWords),
  },
  power: {
    stops: "somebody new who may change what others may do (PowerG)",
    findings: ({ power }) =>
      power
        .filter(({ after }) => after !== undefined)
        .map(({ who, after }) => `${who} may change what others may do: ${after ?? ""}`),
  },
  "new-partner": {
    stops: "another account that a role trusts",
    findings: ({ trust }) =>
      trust
        .filter(({ kind }) => kind === "partner")
        .flatMap(({ role, admits }) => admits.map((who) => `${role} admits ${who}`)),
  },
  "new-contractor": {
    stops: "a contractor who joins",
    findings: ({ joined }) =>
      joined
        .filter(({ category }) => category === "contractor")
        .map(({ name }) => `${name} joins as a contractor`),
  },
  "permissions-management": {
    stops: "a role that gains actions of permissions management",
    findings: ({ roles }) =>
      roles
        .filter(({ status, gains }) => status === "changed" && gains["Permissions management"] !== undefined)
        .map(({ role, gains }) => `${role} gains ${(gains["Permissions management"] ?? []).join(", ")}`),
  },
} as const satisfies Record<string, Gate>;

export type GateName = keyof typeof GATES;
