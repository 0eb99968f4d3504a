import { blueprintsOf } from "../../documents/blueprint";
import { databaseKeyPolicy, VALIDATION_VERSION } from "../../documents/databases/key";
import { secretUsers } from "../../documents/databases/secret-users";
import { render } from "../../documents/policy-document";
import { parseDocument } from "../../documents/statement";
import type { Arn } from "../../model/names";
import { titleOf, type ProvenAccount, type World } from "../accounts";
import { admittedBy, type Policy } from "../allowed-requests";
import { sessionCaller, type Caller } from "../caller";
import type { Invariant } from "../invariant";
import type { Breach, Prover } from "../prover";
import { accountsFor, anybodyOf } from "./callers";

/** What encrypts, decrypts or lends a key, apart from administering it. */
const USE = [
  "kms:CreateGrant",
  "kms:Decrypt",
  "kms:Encrypt",
  "kms:GenerateData*",
  "kms:GenerateMac",
  "kms:ReEncrypt*",
  "kms:ReplicateKey",
  "kms:Sign",
] as const;

/** With what AWS says of the caller's account to a key. */
const toKey = (caller: Caller): Caller => ({
  ...caller,
  keys: new Map([...caller.keys, ["kms:calleraccount", caller.accountId]]),
});

/** A key of databases: its policy, whose it is and who uses secrets. */
export interface DatabaseKey {
  readonly policy: Policy;
  readonly account: ProvenAccount;
  readonly region: string;
  readonly users: readonly Arn[];
}

/**
 * The requests that a key lets through and should not. Whoever may make secrets may name the key for them: Secrets Manager then tries
 * it under a version that no secret has.
 */
export function keyBreaches(
  { policy, account, region, users }: DatabaseKey,
  world: World,
  prover: Prover,
): readonly Breach[] {
  const naming = {
    actions: USE,
    when: {
      StringEquals: {
        "kms:EncryptionContext:SecretVersionId": VALIDATION_VERSION,
        "kms:ViaService": `secretsmanager.${region}.amazonaws.com`,
      },
    },
  };
  const bySecretsManager = {
    actions: ["kms:Decrypt", "kms:GenerateDataKey"],
    when: { StringEquals: { "kms:ViaService": `secretsmanager.${region}.amazonaws.com` } },
  };
  const strangers = accountsFor(world, policy)
    .filter((id) => id !== account.id)
    .flatMap((id) =>
      prover.breaches(admittedBy(policy, toKey(anybodyOf(id, `anybody of ${id}`))), { actions: "*" }),
    );
  const sessions = account.roles.flatMap((role) => {
    const caller = toKey(sessionCaller(role.arn, "somebody", titleOf({ account, role })));
    const isUser = users.some((arn) => arn === role.arn);
    return prover.breaches(admittedBy(policy, caller), { actions: USE }, [
      isUser ? bySecretsManager : naming,
    ]);
  });
  const others = prover.breaches(
    admittedBy(
      policy,
      toKey(sessionCaller(`arn:aws:iam::${account.id}:role/other`, "somebody", "another role")),
    ),
    { actions: USE },
    [naming],
  );
  return [...strangers, ...sessions, ...others];
}

/** The key of each account that could have databases, whose policy the program writes where the account's settings ask for it. */
export function databaseKeys({ model, accounts }: World): readonly DatabaseKey[] {
  const { organization } = model;
  return blueprintsOf(model).flatMap((blueprint) => {
    const account = accounts.find(({ key }) => key === blueprint.account.key);
    if (account === undefined || account.roles.length === 0) return [];
    const users = secretUsers(blueprint);
    const document = databaseKeyPolicy({ organization, account: blueprint.account }, users);
    const statements = parseDocument(render(document));
    if (statements === undefined) throw new Error("The policy of the databases' key is no policy document.");
    return [
      {
        policy: { name: "policy of the databases' key", statements },
        account,
        region: organization.region,
        users,
      },
    ];
  });
}

/** The key that encrypts the secrets of databases. */
export const DATABASE_KEY: readonly Invariant[] = [
  {
    id: "databases-key-opens-to-users-of-secrets",
    says: "The key of databases' secrets encrypts and decrypts for Admin, BreakGlass, Dba and services that read them, by way of Secrets Manager alone; nobody of another account gets anything of it.",
    source:
      "Svitla: a customer-managed key for database credentials; MenoTime, DevOps: Secrets Manager limited",
    *claims(world) {
      for (const key of databaseKeys(world)) {
        yield {
          about: `the databases' key in ${key.account.key}`,
          setting: { resourcePolicy: key.policy, resourceAccount: key.account.id },
          finds: "allowed",
          breaches: (prover) => keyBreaches(key, world, prover),
        };
      }
    },
  },
];
