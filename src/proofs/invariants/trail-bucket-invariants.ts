import { trailBucketPolicy } from "../../documents/detection/trail-delivery";
import { accountRootArn, trailBucketArn, type Arn } from "../../model/names";
import { placedRoleTitle, type ProvenAccount, type ProofInput } from "../proven-account";
import { requestsAdmittedBy, type ParsedPolicy } from "../allowed-requests";
import { provenSessionCaller } from "../proven-caller";
import type { Invariant } from "../invariant";
import type { Breach, Prover } from "../prover";
import { anybodyInAccount } from "./policy-callers";
import { parsedResourcePolicy } from "./resource-policy-invariants";

/** The policy of a trail's bucket, and what of the account comes to it. */
export interface TrailBucket {
  readonly policy: ParsedPolicy;
  readonly objects: string;
  readonly account: ProvenAccount;
  readonly accountRoot: Arn;
}

/** The bucket's policy beside policies of the account's own that allow everything, which is the widest that they can be. */
const whateverIsAllowed = ({ policy, accountRoot }: TrailBucket): ParsedPolicy => ({
  ...policy,
  statements: [
    ...policy.statements,
    {
      label: '"Account"',
      effect: "Allow",
      principals: [{ type: "AWS", value: accountRoot }],
      notPrincipals: [],
      actions: ["*"],
      notActions: [],
      resources: ["*"],
      notResources: [],
      conditions: [],
    },
  ],
});

/** The requests of the account's own people and roles that change an object, and that the bucket's policy lets through. */
export function trailBucketBreaches(bucket: TrailBucket, prover: Prover): readonly Breach[] {
  const { account, objects } = bucket;
  const policy = whateverIsAllowed(bucket);
  return [
    ...account.roles.map((role) =>
      provenSessionCaller(role.arn, "somebody", placedRoleTitle({ account, role })),
    ),
    anybodyInAccount(account.id, `anybody of ${account.key}`),
  ].flatMap((caller) =>
    prover.breaches(requestsAdmittedBy(policy, caller), {
      actions: "s3:*",
      except: "s3:GetObject*",
      resources: objects,
    }),
  );
}

/** The bucket of each trail that Muster makes. */
export function trailBuckets({ model: { organization }, accounts }: ProofInput): readonly TrailBucket[] {
  return organization.accounts.flatMap((place) => {
    const account = accounts.find(({ key }) => key === place.key);
    if (account === undefined || place.trail !== undefined) return [];
    const document = trailBucketPolicy({ organization, account: place });
    return [
      {
        policy: parsedResourcePolicy("the trail's bucket", document),
        objects: `${trailBucketArn(organization, place)}/*`,
        account,
        accountRoot: accountRootArn(place.id),
      },
    ];
  });
}

/** The bucket that the trail writes to. */
export const TRAIL_BUCKET: readonly Invariant[] = [
  {
    id: "trails-objects-are-the-trails",
    says: "Under the policy of the trail's bucket nobody of the account writes, changes or deletes an object in it, whatever their own policies allow; those who may change that policy can, and those who may have S3 expire objects by the lifecycle of the bucket.",
    source: "MenoTime, Security: view all CloudTrail logs; break-glass procedure: use is alarmed",
    *claims(input) {
      for (const bucket of trailBuckets(input)) {
        yield {
          about: `the trail's bucket in ${bucket.account.key}`,
          setting: { resourcePolicy: whateverIsAllowed(bucket), resourceAccount: bucket.account.id },
          finds: "allowed",
          breaches: (prover) => trailBucketBreaches(bucket, prover),
        };
      }
    },
  },
];
