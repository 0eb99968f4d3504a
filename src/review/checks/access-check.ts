import { POWER_ROLE } from "../access-row";
import {
  checkResult,
  missingLines,
  notReadLines,
  type CheckResult,
  type ReviewContext,
} from "../check-result";
import type { IamPrincipal } from "../review-finding";
import { principalUse, findRowUse } from "../row-use";
import { formatDay, formatValidities } from "../review-dates";

/** Who gets into the accounts, by which role and grant. */
export function peopleAccessCheck(context: ReviewContext): CheckResult {
  const rows = context.rows.filter(({ kind }) => kind === "person");
  const { organization, people, power } = context.model;
  // Full IAM over people's users is a way into every account, whichever accounts the review is of.
  const isIdentityReviewed = context.accounts.some(({ key }) => key === organization.identity.key);
  const indirect = people.filter(({ name }) => !isIdentityReviewed && power.includes(name));
  return checkResult({
    tables: [
      {
        title: "Who has access, and how",
        head: ["who", "category", "role", "by", "when", "since", "last used"],
        rows: [
          ...rows.map((row) => [
            row.who,
            row.category ?? "",
            `${row.account}/${row.role}`,
            row.sources.join(", "),
            formatValidities(row.periods),
            formatDay(row.since),
            findRowUse(context, row).words,
          ]),
          ...indirect.map(({ name, category }) => [
            name,
            category,
            `${organization.identity.key}/${POWER_ROLE}`,
            "power, by people's users",
            "always",
            "",
            "",
          ]),
        ],
      },
    ],
    undecidable: missingLines(context, context.accounts, "authorizationDetails"),
  });
}

/** Who gets into the accounts, and has rights over others, as the accounts are and not as the roster says. */
export const otherAccessCheck = (context: ReviewContext): CheckResult =>
  checkResult({
    tables: [
      {
        title: "Who gets in or has rights over others otherwise than the roster says",
        head: ["who", "what", "by the roster", "as the account is"],
        rows: (context.evaluated?.otherAccess ?? []).map(({ who, role, byRoster, asItIs }) => [
          who,
          role,
          byRoster === "" ? "no" : byRoster,
          asItIs === "" ? "no" : asItIs,
        ]),
      },
    ],
    undecidable: notReadLines(context),
  });

/** The roles of services, partners and the pipeline, and when they were last used. */
export function machineCheck(context: ReviewContext): CheckResult {
  const { accounts, blueprints } = context;
  const rows = accounts.flatMap(({ key }) => {
    const blueprint = blueprints.find(({ account }) => account.key === key);
    if (blueprint === undefined) return [];
    const { partnerRoles, workloadRoles, pipeline } = blueprint;
    const used = (name: string, kind: IamPrincipal["kind"] = "role"): string =>
      principalUse(context, key, { kind, name });
    return [
      ...workloadRoles.map(({ service, name }) => [key, "service", service, name, used(name)]),
      ...partnerRoles.map(({ partner, name }) => [key, "partner", partner, name, used(name)]),
      ...(pipeline?.roles ?? []).map(({ name }) => [key, "pipeline", "pipeline", name, used(name)]),
      ...(pipeline?.users ?? []).map(({ name }) => [
        key,
        "pipeline",
        "pipeline",
        `user ${name}`,
        used(name, "user"),
      ]),
      ...(context.evaluated?.otherRoles ?? [])
        .filter(({ account }) => account === key)
        .map(({ name, admits }) => [key, "beside the roster", admits.join(", "), name, used(name)]),
    ];
  });
  return checkResult({
    tables: [
      { title: "Machines and partners", head: ["account", "kind", "whose", "role", "last used"], rows },
    ],
    undecidable: missingLines(context, accounts, "authorizationDetails"),
  });
}
