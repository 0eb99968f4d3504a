import { blueprintsOf } from "../../documents/blueprint";
import { trailKeyPolicy, trailReaders } from "../../documents/detection/trail-key";
import { cisId } from "../../model/cis";
import { roleArn, trailArn, trailInAnyRegionArn, type Arn } from "../../model/names";
import { placedRoleTitle, type ProvenAccount, type ProofInput } from "../proven-account";
import { requestsAdmittedBy, type ParsedPolicy } from "../allowed-requests";
import { provenSessionCaller } from "../proven-caller";
import type { Invariant } from "../invariant";
import type { Breach, Prover } from "../prover";
import type { RequestSet } from "../request-set";
import { anybodyInAccount, usersAndRolesNamedIn } from "./policy-callers";
import { KEY_USE, callerOfKey } from "./key-use";
import { resourceBreaches, parsedResourcePolicy } from "./resource-policy-invariants";

const CLOUDTRAIL = "cloudtrail.amazonaws.com";

/** A trail's key: its policy, the trail that it serves and who may read what it encrypts. */
export interface TrailKey {
  readonly policy: ParsedPolicy;
  readonly account: ProvenAccount;
  readonly trail: { readonly arn: Arn; readonly inAnyRegion: Arn };
  readonly readers: readonly Arn[];
}

/** The requests that a trail's key lets through and should not: any use but encrypting for the trail, and decrypting that for its readers. */
export function trailKeyBreaches(
  { policy, account, trail, readers }: TrailKey,
  input: ProofInput,
  prover: Prover,
): readonly Breach[] {
  const ownObjects = { "kms:EncryptionContext:aws:cloudtrail:arn": trail.inAnyRegion };
  const reading: RequestSet = {
    actions: "kms:Decrypt",
    when: { ArnEquals: { "aws:PrincipalArn": readers }, StringLike: ownObjects },
  };
  const serving: readonly RequestSet[] = [
    {
      actions: "kms:GenerateDataKey*",
      when: { StringEquals: { "aws:SourceArn": trail.arn }, StringLike: ownObjects },
    },
    { actions: "kms:DescribeKey", when: { StringEquals: { "aws:SourceArn": trail.arn } } },
  ];
  const ownCallers = [
    ...account.roles.map((role) =>
      provenSessionCaller(role.arn, "somebody", placedRoleTitle({ account, role })),
    ),
    ...usersAndRolesNamedIn(policy).filter(({ accountId }) => accountId === account.id),
    anybodyInAccount(account.id, `anybody of ${account.key}`),
  ];
  return [
    ...resourceBreaches(
      policy,
      account.id,
      [{ principal: CLOUDTRAIL, requests: serving }],
      input,
      prover,
      callerOfKey,
    ),
    ...ownCallers.flatMap((caller) =>
      prover.breaches(
        requestsAdmittedBy(policy, callerOfKey(caller)),
        KEY_USE,
        readers.length === 0 ? [] : [reading],
      ),
    ),
  ];
}

/** The key of each trail that Muster makes, whose policy the program writes where the account's settings name none. */
export function trailKeys({ model, accounts }: ProofInput): readonly TrailKey[] {
  const { organization } = model;
  return blueprintsOf(model).flatMap((blueprint) => {
    const account = accounts.find(({ key }) => key === blueprint.account.key);
    if (account === undefined || blueprint.account.trail !== undefined) return [];
    const context = { organization, account: blueprint.account };
    const document = trailKeyPolicy(context, trailReaders(context, blueprint));
    return [
      {
        policy: parsedResourcePolicy("the trail's key", document),
        account,
        trail: {
          arn: trailArn(organization, blueprint.account),
          inAnyRegion: trailInAnyRegionArn(organization, blueprint.account),
        },
        // Named here once more, so that a reader more in the document is a breach.
        readers: (["Security", "Admin", "BreakGlass"] as const)
          .filter((role) => role !== "BreakGlass" || organization.breakGlassPermissions === "administrator")
          .map((role) => roleArn(organization, role, blueprint.account)),
      },
    ];
  });
}

/** The key that encrypts what the trail writes to its bucket. */
export const TRAIL_KEY: readonly Invariant[] = [
  {
    id: "trails-key-opens-to-auditors",
    says: "Muster's key of a trail encrypts for that trail alone, and decrypts its objects for Security, Admin and BreakGlass as an administrator alone, whatever the account's other policies say; those who administer keys may change its policy.",
    source: `MenoTime, Security: view all CloudTrail logs; CIS ${cisId("trailIsEncrypted")}`,
    *claims(input) {
      for (const key of trailKeys(input)) {
        yield {
          about: `the trail's key in ${key.account.key}`,
          setting: { resourcePolicy: key.policy, resourceAccount: key.account.id },
          finds: "allowed",
          breaches: (prover) => trailKeyBreaches(key, input, prover),
        };
      }
    },
  },
];
