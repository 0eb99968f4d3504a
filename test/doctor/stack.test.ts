import assert from "node:assert/strict";

import type { CommandAnswer } from "../../src/doctor/run-command";
import {
  missingOutcome,
  passedOutcome,
  unknownOutcome,
  type DoctorOutcome,
} from "../../src/doctor/doctor-finding";
import {
  alarmsOutcome,
  listedStacks,
  findStack,
  stackOutcome,
  stackState,
  wantedAddresses,
  type KnownStack,
  type WantedSubscription,
} from "../../src/doctor/stack";

const ended = (value: unknown, code = 0): CommandAnswer => ({
  kind: "ended",
  code,
  stdout: JSON.stringify(value),
  stderr: "",
});

const LISTED = { name: "prod", lastUpdate: "2026-11-20T12:00:00.000Z", resourceCount: 105 };
const SUBSCRIPTION: WantedSubscription = {
  protocol: "email",
  endpoint: "security@example.com",
  isPending: false,
};
const WANTED = [{ protocol: "email", endpoint: "security@example.com" }];
const STATE = { pending: 0, subscriptions: [SUBSCRIPTION] };

describe("what the backend says of stacks", () => {
  it("lists them, in an organization of Pulumi Cloud too", () => {
    const listed = listedStacks(
      ended([{ ...LISTED, current: true, url: "https://…" }, { name: "example/dev" }]),
    );
    assert.deepEqual(listed, [LISTED, { name: "example/dev" }]);
    assert.deepEqual(findStack(listed, "prod"), LISTED);
    assert.deepEqual(findStack(listed, "dev"), { name: "example/dev" });
    assert.equal(findStack(listed, "ev"), undefined);
  });

  it("cannot, without a login, without pulumi, and without an answer", () => {
    for (const answer of [ended([], 3), { kind: "not found" }, { kind: "no answer" }] as const) {
      assert.equal(listedStacks(answer), undefined);
      assert.equal(stackState(answer), undefined);
    }
  });

  it("tells operations that nobody knows the end of, and who hears alarms", () => {
    const subscription = (outputs: object) => ({
      type: "aws:sns/topicSubscription:TopicSubscription",
      outputs,
    });
    assert.deepEqual(
      stackState(
        ended({
          version: 3,
          deployment: {
            pending_operations: [{ type: "creating" }],
            resources: [
              { type: "pulumi:pulumi:Stack" },
              subscription({
                protocol: "email",
                endpoint: "security@example.com",
                pendingConfirmation: true,
              }),
              subscription({ protocol: "https", endpoint: "https://example.com/key" }),
            ],
          },
        }),
      ),
      {
        pending: 1,
        subscriptions: [
          { ...SUBSCRIPTION, isPending: true },
          { protocol: "https", endpoint: "https://example.com/key", isPending: false },
        ],
      },
    );
    assert.deepEqual(stackState(ended({ version: 3, deployment: {} })), { pending: 0, subscriptions: [] });
    assert.deepEqual(stackState(ended({ version: 3 })), { pending: 0, subscriptions: [] });
  });
});

describe("a stack", () => {
  const cases: readonly (readonly [
    string,
    Omit<KnownStack, "key" | "wanted" | "unexplained"> & { readonly unexplained?: readonly string[] },
    DoctorOutcome,
  ])[] = [
    [
      "is there",
      { listed: LISTED, state: STATE },
      passedOutcome("105 resources, updated 2026-11-20T12:00:00.000Z"),
    ],
    [
      "does not exist",
      { listed: undefined, state: undefined },
      missingOutcome("does not exist", "Run `pulumi stack init prod`, then `pulumi up -s prod`."),
    ],
    [
      "does not exist, and may have another name",
      { listed: undefined, state: undefined, unexplained: ["production"] },
      missingOutcome(
        "does not exist, and no account has the key of production",
        "If the account was called so, never make a new stack: docs/runbooks/accounts.md. If it is a new account, run `pulumi stack init prod`, then `pulumi up -s prod`.",
      ),
    ],
    [
      "was never deployed",
      { listed: { name: "prod" }, state: { pending: 0, subscriptions: [] } },
      missingOutcome("was never deployed", "Run `pulumi up -s prod`."),
    ],
    [
      "is being updated",
      { listed: { ...LISTED, updateInProgress: true }, state: STATE },
      missingOutcome("is being updated", "Wait; if nobody is at it, `pulumi cancel prod`."),
    ],
    [
      "was interrupted",
      { listed: LISTED, state: { ...STATE, pending: 2 } },
      missingOutcome(
        "was interrupted: 2 operations may have been done or not",
        "Run `pulumi refresh -s prod`, then `pulumi up -s prod`.",
      ),
    ],
    [
      "cannot be read",
      { listed: LISTED, state: undefined },
      unknownOutcome("cannot be read", "Run `pulumi stack export -s prod` by hand."),
    ],
  ];
  for (const [name, known, expected] of cases) {
    it(name, () =>
      assert.deepEqual(stackOutcome({ key: "prod", wanted: WANTED, unexplained: [], ...known }), expected),
    );
  }
});

describe("alarms", () => {
  const alarms = (...subscriptions: readonly WantedSubscription[]): DoctorOutcome =>
    alarmsOutcome({
      key: "prod",
      listed: LISTED,
      state: { pending: 0, subscriptions },
      wanted: [],
      unexplained: [],
    });

  it("are heard", () =>
    assert.deepEqual(alarms(SUBSCRIPTION), passedOutcome("1 subscription when the state was made")));
  it("are not heard by somebody whom the settings name, perhaps because nobody confirmed", () =>
    assert.deepEqual(
      alarmsOutcome({
        key: "prod",
        listed: LISTED,
        state: { pending: 0, subscriptions: [SUBSCRIPTION] },
        wanted: [...WANTED, { protocol: "email", endpoint: "ops@example.com" }],
        unexplained: [],
      }),
      missingOutcome(
        "not subscribed when the state was made: ops@example.com",
        "Run `pulumi up --refresh -s prod`, and have the link in AWS's message opened at once: AWS deletes within days what nobody confirms.",
      ),
    ));
  it("are not heard whole by somebody who is subscribed to one topic of two", () => {
    const outcome = (...subscriptions: readonly WantedSubscription[]): DoctorOutcome =>
      alarmsOutcome({
        key: "prod",
        listed: LISTED,
        state: { pending: 0, subscriptions },
        wanted: [...WANTED, ...WANTED],
        unexplained: [],
      });
    assert.equal(outcome(SUBSCRIPTION).status, "missing");
    assert.equal(outcome(SUBSCRIPTION, SUBSCRIPTION).status, "ok");
  });
  it("are those of the settings, as Pulumi tells them", () => {
    const value = { value: JSON.stringify(WANTED), objectValue: WANTED, secret: false };
    // Once for each topic.
    assert.deepEqual(wantedAddresses(ended({ "muster:alarmSubscriptions": value })), [...WANTED, ...WANTED]);
    const critical = WANTED.map((one) => ({ ...one, hears: "critical" }));
    assert.deepEqual(
      wantedAddresses(ended({ "muster:alarmSubscriptions": { objectValue: critical } })),
      WANTED,
    );
    assert.deepEqual(wantedAddresses(ended({})), []);
    assert.equal(
      wantedAddresses(ended({ "muster:alarmSubscriptions": { objectValue: "security" } })),
      undefined,
    );
    assert.equal(wantedAddresses(ended({}, 255)), undefined);
  });
  it("are heard by nobody", () =>
    assert.deepEqual(
      alarms(),
      missingOutcome(
        "nobody is subscribed",
        "Name somebody under muster:alarmSubscriptions in Pulumi.prod.yaml, and run `pulumi up -s prod`.",
      ),
    ));
  it("wait for confirmations; addresses that may hold a key are not shown", () =>
    assert.deepEqual(
      alarms(
        SUBSCRIPTION,
        { ...SUBSCRIPTION, isPending: true },
        { protocol: "https", endpoint: "https://example.com/secret", isPending: true },
      ),
      missingOutcome(
        "not confirmed when the state was made: security@example.com, the one by https",
        "Have the link in AWS's message opened, then run `pulumi refresh -s prod`; after some days AWS deletes the subscription, and `pulumi up --refresh -s prod` subscribes again.",
      ),
    ));
  it("are not known where the state or the settings cannot be read", () => {
    const outcome = (known: Pick<KnownStack, "state" | "wanted">): DoctorOutcome =>
      alarmsOutcome({ key: "prod", listed: LISTED, unexplained: [], ...known });
    assert.deepEqual(
      outcome({ state: undefined, wanted: WANTED }),
      unknownOutcome("not known without the stack's state", "Run `pulumi stack export -s prod` by hand."),
    );
    assert.deepEqual(
      outcome({ state: STATE, wanted: undefined }),
      unknownOutcome("not known without the stack's settings", "Run `pulumi config -s prod` by hand."),
    );
  });
  it("are not there before a deployment", () => {
    const expected = missingOutcome("nobody can hear them before a deployment", "Put the stack right first.");
    assert.deepEqual(
      alarmsOutcome({ key: "prod", listed: undefined, state: undefined, wanted: undefined, unexplained: [] }),
      expected,
    );
    assert.deepEqual(
      alarmsOutcome({
        key: "prod",
        listed: { name: "prod" },
        state: { pending: 0, subscriptions: [] },
        wanted: [],
        unexplained: [],
      }),
      expected,
    );
  });
});
