import { z } from "zod";

import { countNoun } from "../model/problems";
import type { CommandAnswer } from "./run-command";
import {
  missingOutcome,
  passedOutcome,
  joinLines,
  unknownOutcome,
  type DoctorOutcome,
} from "./doctor-finding";

const LISTED = z.array(
  z.object({
    name: z.string(),
    lastUpdate: z.string().optional(),
    updateInProgress: z.boolean().optional(),
    resourceCount: z.number().optional(),
  }),
);

/** What the backend has of a stack. */
export type ListedStack = z.output<typeof LISTED>[number];

const STATE = z.object({
  deployment: z
    .object({
      pending_operations: z.array(z.unknown()).nullish(),
      resources: z
        .array(z.object({ type: z.string(), outputs: z.record(z.string(), z.unknown()).optional() }))
        .nullish(),
    })
    .nullish(),
});

/** The part of a stack's state that a deployment has to know. */
export interface StackState {
  /** Operations of which nobody knows whether they were done. */
  readonly pending: number;
  readonly subscriptions: readonly WantedSubscription[];
}

/** Where notices of alarms go. */
interface Address {
  readonly protocol: string;
  readonly endpoint: string;
}

/** Somebody who is to hear an account's alarms. */
export interface WantedSubscription extends Address {
  /** Whether AWS waits for a confirmation, as the state has it: a refresh asks again. */
  readonly isPending: boolean;
}

/** The stacks that `pulumi stack ls --json` lists; undefined where it could not. */
export function listedStacks(answer: CommandAnswer): readonly ListedStack[] | undefined {
  if (answer.kind !== "ended" || answer.code !== 0) return undefined;
  return LISTED.parse(JSON.parse(answer.stdout));
}

/** Pulumi Cloud puts the organization before the names of some. */
export const stackShortName = ({ name }: ListedStack): string => name.split("/").at(-1) ?? name;

/** What `pulumi stack export` says; undefined where it could not. */
export function stackState(answer: CommandAnswer): StackState | undefined {
  if (answer.kind !== "ended" || answer.code !== 0) return undefined;
  const { deployment } = STATE.parse(JSON.parse(answer.stdout));
  const text = (value: unknown): string => (typeof value === "string" ? value : "");
  return {
    pending: deployment?.pending_operations?.length ?? 0,
    subscriptions: (deployment?.resources ?? [])
      .filter(({ type }) => type === "aws:sns/topicSubscription:TopicSubscription")
      .map(({ outputs = {} }) => ({
        protocol: text(outputs["protocol"]),
        endpoint: text(outputs["endpoint"]),
        isPending: outputs["pendingConfirmation"] === true,
      })),
  };
}

const ADDRESSES = z.array(
  z.object({ protocol: z.string(), endpoint: z.string(), hears: z.string().default("all") }),
);
const SETTINGS = z.object({
  "muster:alarmSubscriptions": z.object({ objectValue: ADDRESSES.optional() }).optional(),
});

/**
 * Who is to hear the alarms, by what `pulumi config --json` says: once for each topic; undefined where it could not.
 */
export function wantedAddresses(answer: CommandAnswer): readonly Address[] | undefined {
  if (answer.kind !== "ended" || answer.code !== 0) return undefined;
  const settings = SETTINGS.safeParse(JSON.parse(answer.stdout));
  if (!settings.success) return undefined;
  const written = settings.data["muster:alarmSubscriptions"]?.objectValue ?? [];
  return written.flatMap(({ protocol, endpoint, hears }) =>
    Array.from({ length: hears === "all" ? 2 : 1 }, () => ({ protocol, endpoint })),
  );
}

/** What is known of the stack of an account. */
export interface KnownStack {
  /** The account's key. */
  readonly key: string;
  /** Undefined where the backend lists none of this name. */
  readonly listed: ListedStack | undefined;
  /** Undefined where there is none to read. */
  readonly state: StackState | undefined;
  /** Stacks of the backend that no account explains: this one may be called otherwise there. */
  readonly unexplained: readonly string[];
  /** Who is to hear the alarms by the stack's settings; undefined where these could not be read. */
  readonly wanted: readonly Address[] | undefined;
}

/** The stack of an account among those listed. */
export const findStack = (listed: readonly ListedStack[], key: string): ListedStack | undefined =>
  listed.find((one) => stackShortName(one) === key);

export function stackOutcome({ key, listed, state, unexplained }: KnownStack): DoctorOutcome {
  const init = `\`pulumi stack init ${key}\`, then \`pulumi up -s ${key}\``;
  if (listed === undefined && unexplained.length > 0) {
    return missingOutcome(
      `does not exist, and no account has the key of ${unexplained.join(", ")}`,
      `If the account was called so, never make a new stack: docs/runbooks/accounts.md. If it is a new account, run ${init}.`,
    );
  }
  if (listed === undefined) return missingOutcome("does not exist", `Run ${init}.`);
  if (state === undefined)
    return unknownOutcome("cannot be read", `Run \`pulumi stack export -s ${key}\` by hand.`);
  const { lastUpdate, resourceCount = 0, updateInProgress } = listed;
  if (updateInProgress === true) {
    return missingOutcome("is being updated", `Wait; if nobody is at it, \`pulumi cancel ${key}\`.`);
  }
  if (state.pending > 0) {
    return missingOutcome(
      `was interrupted: ${countNoun(state.pending, "operation")} may have been done or not`,
      `Run \`pulumi refresh -s ${key}\`, then \`pulumi up -s ${key}\`.`,
    );
  }
  if (resourceCount === 0) return missingOutcome("was never deployed", `Run \`pulumi up -s ${key}\`.`);
  return passedOutcome(
    `${countNoun(resourceCount, "resource")}, updated ${joinLines(lastUpdate ?? "at a time that nobody noted")}`,
  );
}

/** An address of a person; others may hold a key, as the URLs of paging services do. */
const named = ({ protocol, endpoint }: Address): string =>
  protocol.startsWith("email") ? endpoint : `the one by ${protocol}`;

const isSame = (one: Address, other: Address): boolean =>
  one.protocol === other.protocol && one.endpoint === other.endpoint;

const distinct = <One extends Address>(addresses: readonly One[]): readonly One[] =>
  addresses.filter((one, index) => addresses.findIndex((other) => isSame(one, other)) === index);

/** Whether somebody hears the alarms of an account. */
export function alarmsOutcome({ key, listed, state, wanted }: KnownStack): DoctorOutcome {
  if (listed === undefined || (listed.resourceCount ?? 0) === 0) {
    return missingOutcome("nobody can hear them before a deployment", "Put the stack right first.");
  }
  if (state === undefined)
    return unknownOutcome(
      "not known without the stack's state",
      `Run \`pulumi stack export -s ${key}\` by hand.`,
    );
  if (wanted === undefined)
    return unknownOutcome(
      "not known without the stack's settings",
      `Run \`pulumi config -s ${key}\` by hand.`,
    );
  const timesIn = (addresses: readonly Address[], one: Address): number =>
    addresses.filter((other) => isSame(one, other)).length;
  const absent = distinct(wanted).filter((one) => timesIn(state.subscriptions, one) < timesIn(wanted, one));
  if (absent.length > 0) {
    return missingOutcome(
      `not subscribed when the state was made: ${absent.map(named).join(", ")}`,
      `Run \`pulumi up --refresh -s ${key}\`, and have the link in AWS's message opened at once: AWS deletes within days what nobody confirms.`,
    );
  }
  if (state.subscriptions.length === 0) {
    return missingOutcome(
      "nobody is subscribed",
      `Name somebody under muster:alarmSubscriptions in Pulumi.${key}.yaml, and run \`pulumi up -s ${key}\`.`,
    );
  }
  const pending = distinct(state.subscriptions.filter(({ isPending }) => isPending));
  if (pending.length === 0)
    return passedOutcome(`${countNoun(state.subscriptions.length, "subscription")} when the state was made`);
  return missingOutcome(
    `not confirmed when the state was made: ${pending.map(named).join(", ")}`,
    `Have the link in AWS's message opened, then run \`pulumi refresh -s ${key}\`; after some days AWS deletes the subscription, and ` +
      `\`pulumi up --refresh -s ${key}\` subscribes again.`,
  );
}
