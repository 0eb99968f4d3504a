import { blueprintsOf } from "../../documents/blueprint";
import { databaseKeyPolicy, VALIDATION_VERSION } from "../../documents/databases/database-key";
import { secretUsers } from "../../documents/databases/secret-users";
import type { Arn } from "../../model/names";
import { placedRoleTitle, type ProvenAccount, type ProofInput } from "../proven-account";
import { requestsAdmittedBy, type ParsedPolicy } from "../allowed-requests";
import { provenSessionCaller } from "../proven-caller";
import type { Invariant } from "../invariant";
import type { Breach, Prover } from "../prover";
import type { RequestSet } from "../request-set";
import { anybodyInAccount, usersAndRolesNamedIn } from "./policy-callers";
import { KEY_USE, callerOfKey } from "./key-use";
import { resourceBreaches, parsedResourcePolicy } from "./resource-policy-invariants";

/** A key of databases: its policy, whose it is and who uses secrets. */
export interface DatabaseKey {
  readonly policy: ParsedPolicy;
  readonly account: ProvenAccount;
  readonly region: string;
  readonly users: readonly Arn[];
}

/**
 * The requests that a key lets through and should not. Everybody in the account who may make secrets may name the key for
 * them: Secrets Manager then tries it under a version that no secret has.
 */
export function keyBreaches(
  { policy, account, region, users }: DatabaseKey,
  input: ProofInput,
  prover: Prover,
): readonly Breach[] {
  const actions = ["kms:Decrypt", "kms:GenerateDataKey"];
  const bySecretsManager = { "kms:ViaService": `secretsmanager.${region}.amazonaws.com` };
  const naming: RequestSet = {
    actions,
    when: {
      StringEquals: { ...bySecretsManager, "kms:EncryptionContext:SecretVersionId": VALIDATION_VERSION },
    },
  };
  const byUsers: readonly RequestSet[] =
    users.length === 0
      ? []
      : [
          {
            actions,
            when: { StringEquals: bySecretsManager, ArnEquals: { "aws:PrincipalArn": users } },
          },
        ];
  const ownCallers = [
    ...account.roles.map((role) =>
      provenSessionCaller(role.arn, "somebody", placedRoleTitle({ account, role })),
    ),
    ...usersAndRolesNamedIn(policy).filter(({ accountId }) => accountId === account.id),
    anybodyInAccount(account.id, `anybody of ${account.key}`),
  ];
  return [
    ...resourceBreaches(policy, account.id, [], input, prover, callerOfKey),
    ...ownCallers.flatMap((caller) =>
      prover.breaches(requestsAdmittedBy(policy, callerOfKey(caller)), KEY_USE, [naming, ...byUsers]),
    ),
  ];
}

/** The key of each account that could have databases, whose policy the program writes where the account's settings ask for it. */
export function databaseKeys({ model, accounts }: ProofInput): readonly DatabaseKey[] {
  const { organization } = model;
  return blueprintsOf(model).flatMap((blueprint) => {
    const account = accounts.find(({ key }) => key === blueprint.account.key);
    if (account === undefined || account.roles.length === 0) return [];
    const users = secretUsers(blueprint);
    const document = databaseKeyPolicy({ organization, account: blueprint.account }, users);
    return [
      {
        policy: parsedResourcePolicy("the databases' key", document),
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
    says: "The key of databases' secrets encrypts and decrypts by way of Secrets Manager alone, for Admin, BreakGlass, Dba and services that read such secrets. Others of the account may name it for a new secret, which Secrets Manager tries by Decrypt and GenerateDataKey under a version that no secret has. It admits no service and nobody of another account.",
    source:
      "Svitla: a customer-managed key for database credentials; MenoTime, DevOps: Secrets Manager limited",
    *claims(input) {
      for (const key of databaseKeys(input)) {
        yield {
          about: `the databases' key in ${key.account.key}`,
          setting: { resourcePolicy: key.policy, resourceAccount: key.account.id },
          finds: "allowed",
          breaches: (prover) => keyBreaches(key, input, prover),
        };
      }
    },
  },
];
