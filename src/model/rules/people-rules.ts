import { deviceNames, caseless, pipelineUserName, type UserName } from "../names";
import { PIPELINE_ROLE_NAMES } from "../pipeline";
import { joinWithOr } from "../problems";
import { findIdentityClaim, reportRepetitions, type RuleInput } from "./references";

function namesAreUnique({ roster }: RuleInput): void {
  reportRepetitions(
    roster.people.map(({ name, cursor }) => ({ value: name, cursor })),
    caseless,
    "Somebody has this name already; IAM compares users' names without case.",
    "Choose another name.",
  );
}

/** One handle for two names would let one person approve twice. GitHub compares without case. */
function handlesAreUnique({ roster }: RuleInput): void {
  reportRepetitions(
    roster.people.flatMap(({ github }) => github ?? []),
    caseless,
    "Somebody has this name on GitHub already; GitHub compares names without case.",
    "Give each person their own.",
  );
}

/** A recreated user of the same name matches the trusts and tags of the first one. */
function departedNamesStayAway({ roster }: RuleInput): void {
  const departed = new Map(roster.departed.map(({ value }) => [caseless(value), value]));
  const remedy = "Choose another name; the old one stays under `departed` for good.";
  for (const { name, cursor, renamedFrom } of roster.people) {
    if (departed.has(caseless(name))) {
      cursor.problem(
        "This name is on `departed`: whatever still admits the one who left would admit this person.",
        {
          value: name,
          remedy,
        },
      );
    }
    if (renamedFrom !== undefined && departed.has(caseless(renamedFrom.value))) {
      renamedFrom.cursor.problem(
        "Somebody of this name departed: their user is gone and cannot be renamed.",
        {
          remedy: "Remove `renamedFrom`, or take the name off `departed` where that is the mistake.",
        },
      );
    }
  }
}

function departedNamesAreListedOnce({ roster }: RuleInput): void {
  reportRepetitions(roster.departed, caseless, "This name is listed already.");
}

function oldNamesAreFree({ roster }: RuleInput): void {
  const current = new Set(roster.people.map(({ name }) => caseless(name)));
  for (const { name, renamedFrom } of roster.people) {
    if (renamedFrom === undefined || !current.has(caseless(renamedFrom.value))) continue;
    if (renamedFrom.value === name) {
      renamedFrom.cursor.problem("This is the name that they have.", { remedy: "Remove `renamedFrom`." });
    } else if (caseless(renamedFrom.value) === caseless(name)) {
      renamedFrom.cursor.problem(
        "IAM refuses a rename by case alone: it compares users' names without case.",
        {
          remedy:
            "Rename in two deployments, to another name first and from that to this one, each time with `renamedFrom`; " +
            "or keep the name as it was.",
        },
      );
    } else {
      renamedFrom.cursor.problem("Somebody in `people` has this name, so it was not given up by a rename.", {
        remedy:
          "Remove `renamedFrom` where nobody was renamed; where the other person is new, give them another name. Two people " +
          "who change names with one another need a third name and two deployments.",
      });
    }
  }
  reportRepetitions(
    roster.people.flatMap(({ renamedFrom }) => renamedFrom ?? []),
    caseless,
    "Somebody else was renamed from this name already.",
    "Keep `renamedFrom` on the one who had the name.",
  );
}

/** The users of the pipeline that share an account with people; in other accounts they take nothing from people. */
function pipelineUsersBesidePeople({
  organization: { accounts, pipeline, prefix },
}: RuleInput): readonly UserName[] {
  if (pipeline?.kind !== "users" || prefix === undefined) return [];
  return (accounts ?? [])
    .filter((account) => findIdentityClaim(account) !== undefined)
    .flatMap((account) =>
      PIPELINE_ROLE_NAMES.map((role) => pipelineUserName({ prefix: prefix.value }, role, account)),
    );
}

/**
 * A user's name is unique in its account, whatever the path and the case. `departed` may hold one of these: what admitted
 * the one who left names their ARN, and a pipeline's user has another path.
 * https://docs.aws.amazon.com/IAM/latest/APIReference/API_CreateUser.html
 */
function pipelineUsersKeepTheirNames(written: RuleInput): void {
  const users = pipelineUsersBesidePeople(written);
  const taken = new Set(users.map(caseless));
  for (const { name, cursor } of written.roster.people) {
    if (!taken.has(caseless(name))) continue;
    cursor.problem(
      "A user of the pipeline has this name; IAM compares users' names without case, whatever their path.",
      { value: name, allowed: `any name but ${joinWithOr(users.map((user) => JSON.stringify(user)))}` },
    );
  }
}

/** Pulumi would take the pipeline's user for the one that the person had: both stand directly under the stack. */
function pipelineUsersAreNotRenamed(written: RuleInput): void {
  const taken = new Set(pipelineUsersBesidePeople(written).map(caseless));
  for (const { renamedFrom } of written.roster.people) {
    if (renamedFrom === undefined || !taken.has(caseless(renamedFrom.value))) continue;
    renamedFrom.cursor.problem(
      "A user of the pipeline has this name: the rename could make it this person's, keys included.",
      {
        remedy:
          'Remove `renamedFrom`, or rename and deploy before the organization has `pipeline: { kind: "users" }`.',
      },
    );
  }
}

/** Self-service lets people name devices after themselves: `bob` could take the device of a person called `bob-2`. */
function namesAreNobodysDevices({ roster }: RuleInput): void {
  const devices = new Map(
    roster.people.flatMap(({ name }) =>
      deviceNames(name)
        .slice(1)
        .map((device) => [caseless(device), name] as const),
    ),
  );
  for (const { name, cursor } of roster.people) {
    const owner = devices.get(caseless(name));
    if (owner === undefined) continue;
    cursor.problem(
      `This is what a further MFA device of ${owner} is called, so that each could take the other's.`,
      {
        value: name,
        allowed: "any name but another's with -2 to -8 behind it",
      },
    );
  }
}

function termsEndAfterTheyBegin({ roster }: RuleInput): void {
  for (const { from, until } of roster.people) {
    if (from === undefined || until === undefined || from.value < until.value) continue;
    until.cursor.problem("`until` is not after `from`.", { allowed: `a time after ${from.value}` });
  }
}

export const PEOPLE_RULES = [
  namesAreUnique,
  namesAreNobodysDevices,
  handlesAreUnique,
  departedNamesStayAway,
  departedNamesAreListedOnce,
  oldNamesAreFree,
  pipelineUsersKeepTheirNames,
  pipelineUsersAreNotRenamed,
  termsEndAfterTheyBegin,
];
