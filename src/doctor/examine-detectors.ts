import {
  promptAccessAnalyzerClient,
  promptGuardDutyClient,
  promptSecurityHubClient,
  type ClientSource,
} from "../aws/aws-clients";
import {
  readAnalyzerState,
  readGuardDutyState,
  readSecurityHubState,
  type DetectorState,
} from "../aws/readers/detector-reader";
import type { Account, Organization } from "../model/account";
import { keysOf } from "../model/keys-of";
import type { StackSettings } from "../resources/account-settings";
import {
  missingOutcome,
  passedOutcome,
  unknownOutcome,
  type DoctorFinding,
  type DoctorOutcome,
} from "./doctor-finding";
import { lookAtAccount, notReadableOutcome } from "./look-at-account";
import type { ExaminationOptions } from "./options";
import { runCheck } from "./run-check";

interface Detector {
  readonly name: string;
  readonly read: (source: ClientSource) => Promise<DetectorState>;
  /** Whether a member account sees what the organization has of it. */
  readonly isSeenByMembers: boolean;
}

/** What a stack's settings may leave to the organization, by the name of the setting. */
const DETECTORS = {
  guardDuty: {
    name: "GuardDuty",
    read: async (source) => readGuardDutyState(await promptGuardDutyClient(source)),
    isSeenByMembers: true,
  },
  securityHub: {
    name: "Security Hub",
    read: async (source) => readSecurityHubState(await promptSecurityHubClient(source)),
    isSeenByMembers: true,
  },
  accessAnalyzer: {
    name: "Access Analyzer",
    read: async (source) => readAnalyzerState(await promptAccessAnalyzerClient(source)),
    isSeenByMembers: false,
  },
} as const satisfies Readonly<Record<string, Detector>>;

export type DetectorSetting = keyof typeof DETECTORS;

/** What the settings of a stack leave to the organization. */
export const leftToOrganization = (
  settings: Pick<StackSettings, DetectorSetting>,
): readonly DetectorSetting[] =>
  keysOf(DETECTORS).filter((setting) => settings[setting].managedBy === "organization");

/** A region, and what it has. */
export type RegionState = readonly [region: string, state: DetectorState];

/** Whether what somebody else is to have switched on is on in each region. */
export function detectorOutcome(setting: DetectorSetting, states: readonly RegionState[]): DoctorOutcome {
  const { name, isSeenByMembers } = DETECTORS[setting];
  const found = states.map(([region, state]) => `${state} in ${region}`).join(", ");
  if (states.every(([, state]) => state === "on")) return passedOutcome(found);
  if (!isSeenByMembers)
    return unknownOutcome(
      `${found} by the account's own list, which leaves out an analyzer of the organization`,
      "Look in the account that administers Access Analyzer for the organization.",
    );
  return missingOutcome(
    found,
    `Have it switched on where the organization administers ${name}, or take managedBy: organization out of muster:${setting}.`,
  );
}

/** Looks whether what a stack's settings leave to the organization is on; nothing of what Muster makes, which the stack holds. */
export const examineDetectors = (
  left: readonly DetectorSetting[],
  account: Account,
  organization: Organization,
  options: ExaminationOptions,
): readonly Promise<DoctorFinding>[] =>
  left.map((setting) => {
    const { name, read } = DETECTORS[setting];
    return runCheck(`${name} of ${account.key}`, options.limit, async () => {
      if (options.snapshot !== undefined)
        return notReadableOutcome(
          "a snapshot does not say it",
          "Ask AWS: npm run doctor without --snapshot.",
        );
      const look = await lookAtAccount(account, organization, options, (source) =>
        Promise.all(
          organization.regions.map(async (region) => [region, await read({ ...source, region })] as const),
        ),
      );
      return look.kind === "read"
        ? detectorOutcome(setting, look.facts)
        : notReadableOutcome(look.because, look.remedy);
    });
  });
