import { caseless } from "../names";
import { reportRepetitions, type Written } from "./references";

function namesAreUnique({ roster }: Written): void {
  reportRepetitions(
    roster.people.map(({ name, cursor }) => ({ value: name, cursor })),
    caseless,
    "Somebody has this name already; IAM compares users' names without case.",
    "Choose another name.",
  );
}

/** A recreated user of the same name matches the trusts and tags of the first one. */
function departedNamesStayAway({ roster }: Written): void {
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

function departedNamesAreListedOnce({ roster }: Written): void {
  reportRepetitions(roster.departed, caseless, "This name is listed already.");
}

function oldNamesAreFree({ roster }: Written): void {
  const current = new Set(roster.people.map(({ name }) => caseless(name)));
  for (const { name, renamedFrom } of roster.people) {
    if (renamedFrom === undefined || !current.has(caseless(renamedFrom.value))) continue;
    if (caseless(renamedFrom.value) === caseless(name)) {
      renamedFrom.cursor.problem("This is the person's own name; IAM compares users' names without case.", {
        remedy: "Remove `renamedFrom`.",
      });
    } else {
      renamedFrom.cursor.problem("Somebody in `people` has this name, so it was not given up by a rename.", {
        remedy: "Remove `renamedFrom`, or the other person; two renames in a ring need two deployments.",
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

function termsEndAfterTheyBegin({ roster }: Written): void {
  for (const { from, until } of roster.people) {
    if (from === undefined || until === undefined || from.value < until.value) continue;
    until.cursor.problem("`until` is not after `from`.", { allowed: `a time after ${from.value}` });
  }
}

export const PEOPLE_RULES = [
  namesAreUnique,
  departedNamesStayAway,
  departedNamesAreListedOnce,
  oldNamesAreFree,
  termsEndAfterTheyBegin,
];
