import { countNoun } from "../../model/problems";
import { formatRolePath } from "../report/can-text";
import type { AccessChange } from "./admissions";
import type { AccessDifference, PersonChange } from "./access-difference";
import { isLonger, formatSessionLength, type SessionChange } from "./session-changes";

const POWERFUL: readonly string[] = ["Admin", "BreakGlass"];

interface OfARole {
  readonly environment: AccessChange["environment"];
  readonly rulesPeople?: true;
}

/** In prod, or over the people who may be there. */
const reachesProd = ({ environment, rulesPeople }: OfARole): boolean =>
  environment === "prod" || rulesPeople === true;

const administersProd = (change: OfARole, label: string): boolean =>
  change.rulesPeople === true || (change.environment === "prod" && POWERFUL.includes(label));

/** Somebody new, or with other dates or conditions: which of two conditions asks for more is not compared. */
const gained = (change: AccessChange): boolean => change.after !== undefined;

const accessWords = ({
  person,
  account,
  role,
  through,
  rulesPeople,
  before,
  after,
}: AccessChange): string => {
  const power = rulesPeople ? ", which may change what others may do where people's users are" : "";
  const place = `${account}/${role}${formatRolePath(through)}${power}`;
  return before === undefined
    ? `${person} gets into ${place}: ${after ?? ""}`
    : `${person} gets into ${place}: ${after ?? ""}, and not as before: ${before}`;
};

const sessionFindings = (
  { sessions }: AccessDifference,
  concerns: (change: SessionChange) => boolean = () => true,
): readonly string[] =>
  sessions
    .filter((change) => isLonger(change) && concerns(change))
    .map(
      ({ role, before, after }) =>
        `${role} has sessions of ${formatSessionLength(after)}, not of ${formatSessionLength(before)}`,
    );

/** Instants sort as text; `none` is for ever. */
const isMoreOfContract = ({ isContractor, what, before, after }: PersonChange): boolean =>
  isContractor &&
  ((what === "project" && after !== "none") ||
    (what === "category" && after === "contractor") ||
    (what === "end" && (after === "none" || (before !== "none" && after > before))));

const contractWords = ({ person, what, before, after }: PersonChange): string =>
  what === "end"
    ? `${person}, a contractor, stays ${after === "none" ? "for good" : `until ${after}`}, not until ${before}`
    : `${person}, a contractor: ${what} ${after}, not ${before}`;

interface Gate {
  /** What it stops, for the command's help. */
  readonly stops: string;
  /** The parts of a difference that it stops, a line each. */
  readonly findings: (difference: AccessDifference) => readonly string[];
}

/** The changes that a pipeline may stop until somebody has looked at them. */
export const GATES = {
  "prod-admin": {
    stops:
      "somebody new in Admin or BreakGlass of prod or in a role that may change what others may do where people's users are, or by other dates or conditions; and longer sessions of these",
    findings: (difference) => [
      ...difference.access
        .filter((change) => gained(change) && administersProd(change, change.role))
        .map(accessWords),
      ...sessionFindings(difference, (change) => administersProd(change, change.label)),
    ],
  },
  "prod-access": {
    stops:
      "somebody new in any role of prod or in a role that may change what others may do where people's users are, or by other dates or conditions; and longer sessions of these",
    findings: (difference) => [
      ...difference.access.filter((change) => gained(change) && reachesProd(change)).map(accessWords),
      ...sessionFindings(difference, reachesProd),
    ],
  },
  power: {
    stops: "a user or role that may change what others may do, newly or by other actions or conditions",
    findings: ({ power }) =>
      power
        .filter(({ after }) => after !== undefined)
        .map(({ who, after }) => `${who} may change what others may do: ${after ?? ""}`),
  },
  "new-partner": {
    stops: "a partner's role that admits somebody new: another account, another external id",
    findings: ({ trust }) =>
      trust
        .filter(({ kind }) => kind === "partner")
        .flatMap(({ role, admits }) => admits.map((who) => `${role} admits ${who}`)),
  },
  "new-trust": {
    stops:
      "any role that admits somebody new besides users: a service, a pipeline's subjects, an account, a provider",
    findings: ({ trust }) =>
      trust.flatMap(({ role, admits }) => admits.map((who) => `${role} admits ${who}`)),
  },
  "new-contractor": {
    stops: "a contractor who joins, or whose contract ends later, never, or is for another project",
    findings: ({ joined, people }) => [
      ...joined
        .filter(({ category }) => category === "contractor")
        .map(({ name }) => `${name} joins as a contractor`),
      ...people.filter(isMoreOfContract).map(contractWords),
    ],
  },
  "permissions-management": {
    stops:
      "a role or group with actions of permissions management that are new, or reach other resources or have other conditions",
    findings: ({ roles }) =>
      roles.flatMap(({ role, status, gains, elsewhere }) => {
        const [more, other] = [gains, elsewhere].map((actions) => actions["Permissions management"] ?? []);
        return [
          ...(more !== undefined && more.length > 0 ? [`${role} gains ${more.join(", ")}`] : []),
          ...(status === "changed" && other !== undefined && other.length > 0
            ? [`${role} has on other resources or conditions ${other.join(", ")}`]
            : []),
        ];
      }),
  },
  "role-growth": {
    stops:
      "a role or group that gains actions, or has them on other resources or conditions: fewer denials, of single people too, and another boundary; and a role with longer sessions",
    findings: (difference) => [
      ...sessionFindings(difference),
      ...difference.roles.flatMap(({ role, gains, elsewhere, deniesNoMore = [] }) => {
        const [more, other] = [gains, elsewhere].map((actions) => Object.values(actions).flat().length);
        return [
          ...deniesNoMore.map((holder) => `${role} denies sessions of ${holder} no more, or in another way`),
          ...(more !== undefined && more > 0 ? [`${role} gains ${countNoun(more, "action")}`] : []),
          ...(other !== undefined && other > 0
            ? [`${role} has ${countNoun(other, "action")} on other resources or conditions`]
            : []),
        ];
      }),
    ],
  },
} as const satisfies Record<string, Gate>;

/** The name of a gate, as `--fail-on` takes it. */
export type GateName = keyof typeof GATES;
