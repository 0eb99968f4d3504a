import type { Account } from "../../model/account";
import { cisReference } from "../../model/cis";
import { keysOf } from "../../model/keys-of";
import type { Model } from "../../model/model";
import { alarmName, type AlarmSubject } from "../../model/names";
import { ALARMS, type AlarmReference, type AlarmSeverity } from "./alarm-table";

/** An alarm on events that the account's trail writes to its log group. */
export interface AlarmBlueprint {
  readonly subject: AlarmSubject;
  /** Name of the alarm, of its metric and of its first metric filter. */
  readonly name: string;
  readonly description: string;
  readonly severity: AlarmSeverity;
  /** CloudWatch Logs filter patterns over CloudTrail's events: an event that one of them fits counts. */
  readonly patterns: readonly [string, ...string[]];
}

/** `CIS 7.0.0 5.3, Security Hub CloudWatch.1`, or what a source document calls it. */
export function formatReference({ cis, securityHub, source }: AlarmReference): string {
  return [
    ...(cis ? [cisReference(cis)] : []),
    ...(securityHub ? [`Security Hub ${securityHub}`] : []),
    ...(source === undefined ? [] : [source]),
  ].join(", ");
}

/** The alarms of an account. */
export function alarmBlueprints(model: Model, account: Account): readonly AlarmBlueprint[] {
  const { organization } = model;
  return keysOf(ALARMS).flatMap((subject) => {
    const { says, severity: written, patterns: patternsIn, reference } = ALARMS[subject];
    const [first, ...others] = patternsIn(model, account);
    if (first === undefined) return [];
    const severity = typeof written === "string" ? written : written(account);
    const description = `${severity.toUpperCase()}: ${says(account, organization)} (${formatReference(reference)})`;
    return [
      {
        subject,
        name: alarmName(organization, subject),
        description,
        severity,
        patterns: [first, ...others],
      },
    ];
  });
}
