import type { Account, Organization } from "../model/account";
import { compactInstant, type Validity } from "../model/dates";
import { groupBy } from "../model/group-by";
import { isPermanent, remainingDeployed, type Holding } from "../model/holdings";
import type { Model } from "../model/model";
import {
  accountRootArn,
  everyUserArn,
  roleTagKey,
  roleTagPattern,
  userArn,
  type UserName,
} from "../model/names";
import { countNoun } from "../model/problems";
import { ROLES, type HeldRole } from "../model/roles";
import {
  policyDocument,
  renderDocument,
  type Conditions,
  type PolicyDocument,
  type TrustStatement,
} from "./policy-document";

export type TrustDocument = PolicyDocument<TrustStatement>;

/** How a trust tells its undated holders: by their users' names, or by the tag that each of them carries. */
export type TrustForm = "named" | "tagged";

/** A role's trust as deployed. */
export interface RoleTrust {
  readonly form: TrustForm;
  readonly document: TrustDocument;
  /** The document's JSON; its length is what IAM counts against the account's trust quota. */
  readonly text: string;
  /** What takes its characters: "named, 3 undated holders, 2 dated statements". */
  readonly summary: string;
}

interface DatedHolders {
  readonly validity: Validity;
  readonly people: readonly UserName[];
}

/** The holders of a role at a moment: who holds it for good, and who between which dates. */
interface Holders {
  readonly permanent: readonly UserName[];
  readonly dated: readonly DatedHolders[];
}

const datesOf = ({ from, until }: Validity): string =>
  [from && `From${compactInstant(from)}`, until && `Until${compactInstant(until)}`].join("");

/**
 * Groups holders by their dates, because each group is one statement of the trust. Where sarah holds the role for good, and
 * john and alex both until 1 December, it is `{ permanent: [sarah], dated: [{ validity: { until }, people: [alex, john] }] }`.
 */
function holdersOf(holdings: readonly Holding[], model: Model): Holders {
  const dated = holdings
    .filter((holding) => !isPermanent(holding))
    .flatMap((holding) =>
      remainingDeployed(holding, model.now).map((validity) => ({ validity, person: holding.person })),
    );
  const byDates = groupBy(dated, ({ validity }) => datesOf(validity));
  return {
    permanent: holdings.filter(isPermanent).map(({ person }) => person),
    dated: [...byDates.entries()]
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .flatMap(([, [first, ...others]]) => {
        if (first === undefined) return [];
        return [{ validity: first.validity, people: [first, ...others].map(({ person }) => person) }];
      }),
  };
}

/**
 * Admits the identity account's principals who meet the conditions, and who have entered MFA lately under their own
 * name. The MFA keys exist while a role is assumed and never inside its sessions, so this is the place to ask for them.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-multifactorauthpresent
 */
function admit(
  sid: string,
  organization: Organization,
  role: HeldRole,
  conditions: Conditions,
): TrustStatement {
  return {
    Sid: sid,
    Effect: "Allow",
    Principal: { AWS: accountRootArn(organization.identity.id) },
    Action: "sts:AssumeRole",
    Condition: {
      Bool: { "aws:MultiFactorAuthPresent": "true" },
      NumericLessThan: { "aws:MultiFactorAuthAge": String(ROLES[role].mfaAgeSeconds) },
      StringEquals: { "sts:RoleSessionName": "${aws:username}" },
      ...conditions,
    },
  };
}

const named = ({ identity }: Organization, people: readonly UserName[]): Conditions => ({
  ArnEquals: { "aws:PrincipalArn": people.map((person) => userArn(identity, person)) },
});

function tagged(
  organization: Organization,
  account: Account,
  role: Exclude<HeldRole, "BreakGlass">,
): Conditions {
  return {
    ArnLike: { "aws:PrincipalArn": everyUserArn(organization.identity) },
    StringLike: { [`aws:PrincipalTag/${roleTagKey(organization, account)}`]: roleTagPattern(role) },
  };
}

const within = ({ from, until }: Validity): Conditions => ({
  ...(from && { DateGreaterThanEquals: { "aws:CurrentTime": from } }),
  ...(until && { DateLessThan: { "aws:CurrentTime": until } }),
});

/** A trust needs a statement; this one lets nobody in, whatever the identity account allows. */
const admitNobody = ({ identity }: Organization): TrustStatement => ({
  Sid: "NobodyHoldsThisRole",
  Effect: "Deny",
  Principal: { AWS: accountRootArn(identity.id) },
  Action: "sts:AssumeRole",
});

function trustIn(
  form: TrustForm,
  { organization }: Model,
  account: Account,
  role: HeldRole,
  holders: Holders,
): RoleTrust {
  const permanent =
    form === "tagged" && role !== "BreakGlass"
      ? tagged(organization, account, role)
      : named(organization, holders.permanent);
  const statements = [
    ...(holders.permanent.length > 0 ? [admit("Holders", organization, role, permanent)] : []),
    ...holders.dated.map(({ validity, people }) =>
      admit(datesOf(validity), organization, role, { ...named(organization, people), ...within(validity) }),
    ),
  ];
  const document = policyDocument(...(statements.length > 0 ? statements : [admitNobody(organization)]));
  const summary = [
    form,
    countNoun(holders.permanent.length, "undated holder"),
    countNoun(holders.dated.length, "dated statement"),
  ].join(", ");
  return { form, document, text: renderDocument(document), summary };
}

/**
 * The trust of a role that people hold, at the model's moment. Undated holders are named while their names fit the
 * account's quota and matched by their tag beyond; dated holders and those of BreakGlass are always named. What fits in
 * neither form is for the quotas to refuse: a trust never widens.
 */
export function buildTrust(model: Model, account: Account, role: HeldRole): RoleTrust {
  const holders = holdersOf(model.holdings.of(account.key, role), model);
  const byName = trustIn("named", model, account, role, holders);
  if (role === "BreakGlass" || byName.text.length <= account.trustQuota) return byName;
  return trustIn("tagged", model, account, role, holders);
}
