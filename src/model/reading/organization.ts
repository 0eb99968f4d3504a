import {
  BREAK_GLASS_PERMISSIONS,
  CONTRACTOR_REQUIREMENTS,
  ENVIRONMENTS,
  type BreakGlassPermissions,
  type ContractorRequirement,
  type WorkloadEnvironment,
} from "../organization";
import { parseAccountId, type AccountId } from "../names";
import { TRUST_QUOTA } from "../quotas";
import type { Cell, Cursor } from "./cursor";

/** One account as written: what could not be read is missing, and has been reported. */
export interface AccountEntry {
  readonly key: string;
  readonly cursor: Cursor;
  readonly id: Cell<AccountId> | undefined;
  readonly kind: Cell<"identity" | "workload"> | undefined;
  readonly environment: Cell<WorkloadEnvironment> | undefined;
  readonly standsInForIdentity: boolean;
  readonly trustQuota: Cell<number> | undefined;
}

export interface OrganizationEntry {
  readonly cursor: Cursor;
  readonly prefix: Cell<string> | undefined;
  readonly region: Cell<string> | undefined;
  readonly accounts: readonly AccountEntry[];
  readonly contractorRequirements: readonly Cell<ContractorRequirement>[];
  readonly breakGlassPermissions: Cell<BreakGlassPermissions> | undefined;
}

const WORKLOAD_ENVIRONMENTS = ENVIRONMENTS.filter(
  (environment): environment is WorkloadEnvironment => environment !== "identity",
);
const PREFIX = /^[A-Za-z][A-Za-z0-9-]{0,19}$/;
const REGION = /^[a-z]{2}(-[a-z]+)+-\d$/;

export const ACCOUNT_ID_RULE = "An account id is 12 digits, as a text.";
export const ACCOUNT_ID_EXAMPLE = '"111111111111"';

function readAccount(key: string, cursor: Cursor): AccountEntry {
  const kind = cursor.fields({
    what: "an account",
    required: ["id", "kind"],
    optional: ["environment", "identity", "trustQuota"],
  });
  const written = kind?.kind?.oneOf(["identity", "workload"], "An account holds people or workload.");
  if (written?.value === "workload" && kind?.environment === undefined) {
    cursor.missing("environment", "A workload account needs an environment.", {
      allowed: WORKLOAD_ENVIRONMENTS.map((environment) => JSON.stringify(environment)).join(", "),
    });
  }
  if (written?.value === "identity") {
    kind?.environment?.problem("The identity account has no environment.", { remedy: "Remove this line." });
    kind?.identity?.problem("Only a workload account stands in for the identity account.", {
      remedy: "Remove this line.",
    });
  }
  return {
    key,
    cursor,
    id: kind?.id?.parsed(parseAccountId, ACCOUNT_ID_RULE, ACCOUNT_ID_EXAMPLE),
    kind: written,
    environment:
      written?.value === "identity"
        ? undefined
        : kind?.environment?.oneOf(
            WORKLOAD_ENVIRONMENTS,
            "A workload account has one of three environments.",
          ),
    standsInForIdentity: kind?.identity?.onlyTrue("identity") !== undefined && written?.value === "workload",
    trustQuota: kind?.trustQuota?.integer(TRUST_QUOTA.standard, TRUST_QUOTA.highest, "a trust quota"),
  };
}

/** Reads `src/organization.ts`; what is wrong with its form is reported through the cursor. */
export function readOrganization(cursor: Cursor): OrganizationEntry {
  const fields = cursor.fields({
    what: "the organization",
    required: ["prefix", "region", "accounts"],
    optional: ["contractors", "breakGlass"],
  });
  const contractors = fields?.contractors?.fields({
    what: "contractors",
    required: ["require"],
    optional: [],
  });
  const breakGlass = fields?.breakGlass?.fields({
    what: "breakGlass",
    required: ["permissions"],
    optional: [],
  });
  return {
    cursor,
    prefix: fields?.prefix?.parsed(
      (text) => (PREFIX.test(text) ? text : undefined),
      "A prefix is a letter, then letters, digits and hyphens, at most 20 in all.",
      '"infra"',
    ),
    region: fields?.region?.parsed(
      (text) => (REGION.test(text) ? text : undefined),
      "This is not the name of an AWS region.",
      'a region such as "eu-west-1"',
    ),
    accounts: (fields?.accounts?.entries("accounts") ?? []).map(([key, account]) =>
      readAccount(key, account),
    ),
    contractorRequirements: (contractors?.require?.items("require") ?? []).flatMap(
      (item) => item.oneOf(CONTRACTOR_REQUIREMENTS, "Nothing else can be required of contractors.") ?? [],
    ),
    breakGlassPermissions: breakGlass?.permissions?.oneOf(
      BREAK_GLASS_PERMISSIONS,
      "BreakGlass has one of two sets of permissions.",
    ),
  };
}
