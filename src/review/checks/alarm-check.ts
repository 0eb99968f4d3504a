import { countNoun } from "../../model/problems";
import { checkResult, missingLines, type CheckResult, type ReviewContext } from "../check-result";
import type { FoundBy } from "../review-finding";

/** Finds alarms that rang in the window, that ring now, and that nobody hears. */
export function alarmCheck(context: ReviewContext): CheckResult {
  const { accounts, evidence, window, model } = context;
  const findings = accounts.flatMap(({ key }) =>
    (evidence.section(key, "alarms")?.alarms ?? []).flatMap(
      ({ name, state, since, isHeard }): readonly FoundBy[] => {
        const found = { account: key, subject: name };
        return [
          ...(isHeard
            ? []
            : [
                {
                  ...found,
                  rule: "alarm-unheard",
                  message: `The alarm ${name} of ${key} tells nobody.`,
                  evidence: ["it has no action, or its actions are switched off"],
                  fix: {
                    kind: "command",
                    words:
                      "The next deployment gives it its action back, where it is Muster's; doctor asks whether subscriptions are confirmed.",
                    commands: [`pulumi up -s ${key} --refresh`, "npm run doctor"],
                  },
                } as const,
              ]),
          ...(state === "ALARM"
            ? [
                {
                  ...found,
                  rule: "alarm-ringing",
                  message: `The alarm ${name} of ${key} rings.`,
                  evidence: [`since ${since ?? "a time that CloudWatch does not say"}`],
                  fix: {
                    kind: "step",
                    words: "Look at what it is about: docs/runbooks/break-glass.md and the trail.",
                  },
                } as const,
              ]
            : []),
        ];
      },
    ),
  );
  const rows = accounts.flatMap(({ key }) => {
    const section = evidence.section(key, "alarms");
    const isKnown = section?.changesNotAvailable === undefined;
    return (section?.alarms ?? []).map(({ name, state, since }) => {
      const rang = (section?.changes ?? []).filter(
        ({ alarm, at, state: became }) =>
          alarm === name && became === "ALARM" && at >= window.from && at < window.until,
      );
      const times = isKnown ? countNoun(rang.length, "time") : "not known";
      return [key, name, state, since ?? "", times, rang.map(({ at }) => at).join(" ")];
    });
  });
  const unknown = accounts.flatMap(({ key }) => {
    const section = evidence.section(key, "alarms");
    const from = section?.changesFrom;
    if (section?.changesNotAvailable !== undefined)
      return [`${key}, alarms: whether one rang is not known: ${section.changesNotAvailable}`];
    return from !== undefined && from > window.from
      ? [`${key}, alarms: whether one rang before ${from} is not known`]
      : [];
  });
  return checkResult({
    findings,
    undecidable: [...missingLines(context, accounts, "alarms"), ...unknown],
    tables: [
      {
        title: `Alarms in ${model.organization.region}`,
        head: ["account", "alarm", "state", "since", "rang", "when"],
        rows,
      },
    ],
  });
}
