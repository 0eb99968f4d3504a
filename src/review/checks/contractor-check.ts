import type { Activity } from "../../aws/snapshot/trail-events";
import type { Instant } from "../../model/dates";
import { hasLeft, type Person } from "../../model/person";
import { countNoun } from "../../model/problems";
import { windowLines } from "../event-window";
import { checkResult, missingLines, type CheckResult, type ReviewContext } from "../check-result";
import type { FoundBy } from "../review-finding";
import { formatDay } from "../review-dates";
import { daysBetween } from "./credential-check";

const MOST_ACTIONS = 12;

const agreementWords = ({ contract }: Person): string =>
  (["nda", "baa"] as const)
    .map((kind) => `${kind.toUpperCase()} ${contract?.agreements[kind]?.slice(0, 10) ?? "not on record"}`)
    .join(", ");

function agreementFindings({ model }: ReviewContext, { name, contract }: Person): readonly FoundBy[] {
  const missing = (["nda", "baa"] as const).filter((kind) => contract?.agreements[kind] === undefined);
  if (missing.length === 0) return [];
  return [
    {
      rule: "agreement-missing",
      account: model.organization.identity.key,
      subject: name,
      person: name,
      message: `The roster has no ${missing.map((kind) => kind.toUpperCase()).join(" and no ")} of the contractor ${name}.`,
      evidence: [],
      fix: {
        kind: "edit",
        words:
          "Write the day of signature: the rules refuse the roster until it is one. Without a signature, end the access.",
        changes: [{ kind: "agreements", person: name, missing }],
      },
    },
  ];
}

const isOf = (name: string, { arn }: Activity): boolean => arn.slice(arn.lastIndexOf("/") + 1) === name;

const sum = (numbers: readonly number[]): number => numbers.reduce((all, one) => all + one, 0);

/** The actions of one person from a day on, changes first. */
function activityWords(activity: readonly Activity[], from: string): string {
  const counted = activity.flatMap(({ source, name, isReadOnly, days }) => {
    const those = days.filter(({ day }) => day >= from);
    const [times, errors] = [sum(those.map((one) => one.times)), sum(those.map((one) => one.errors))];
    return times === 0 ? [] : [{ source, name, isReadOnly, times, errors }];
  });
  const sorted = counted.sort(
    (one, other) => Number(one.isReadOnly) - Number(other.isReadOnly) || other.times - one.times,
  );
  const shown = sorted.slice(0, MOST_ACTIONS).map(({ source, name, times, errors }) => {
    const refused = errors === 0 ? "" : ` (${String(errors)} refused or failed)`;
    return `${source.replace(".amazonaws.com", "")}:${name} ${String(times)}×${refused}`;
  });
  const more = sorted.length - shown.length;
  return [...shown, ...(more > 0 ? [`and ${countNoun(more, "other action")}`] : [])].join(", ");
}

function daysLeft(until: Instant | undefined, now: Instant): string {
  if (until === undefined) return "no end";
  return until <= now ? `ended ${until.slice(0, 10)}` : countNoun(daysBetween(now, until), "day");
}

/** Contractors one by one, those who left in this time too: what they did, how many days are left, and their agreements. */
export function contractorCheck(context: ReviewContext): CheckResult {
  const { model, evidence, now, window } = context;
  const accounts = model.organization.accounts;
  const contractors = model.people.filter(
    ({ contract, terms: { until } }) =>
      contract !== undefined && (until === undefined || until > window.from),
  );
  const present = contractors.filter((person) => !hasLeft(person, now));
  const [first, last] = [formatDay(window.from), formatDay(window.until)];
  const rows = contractors.map((person) => {
    const { name, contract, terms } = person;
    const did = accounts.flatMap(({ key }) => {
      const events = evidence.section(key, "trailEvents");
      const own = (events?.activity ?? []).filter((one) => isOf(name, one));
      const words = activityWords(own, first);
      return words === "" ? [] : [`${key}: ${words}`];
    });
    return [
      name,
      contract?.project ?? "",
      contract?.sponsor ?? "",
      daysLeft(terms.until, now),
      agreementWords(person),
      did.length > 0 ? did.join("; ") : "nothing that the events tell of",
    ];
  });
  return checkResult({
    findings: present.flatMap((person) => agreementFindings(context, person)),
    undecidable:
      contractors.length === 0
        ? []
        : [...missingLines(context, accounts, "trailEvents"), ...windowLines({ evidence, accounts, window })],
    tables: [
      {
        title: "Contractors",
        head: [
          "contractor",
          "project",
          "sponsor",
          "days left",
          "agreements",
          `what they did from ${first} to ${last}`,
        ],
        rows,
      },
    ],
  });
}
