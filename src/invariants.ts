import { organization } from "./organization";
import { defineInvariants } from "./proofs/own-invariant";

/** What must hold here for every request, beside what Muster proves of every organization: `npm run prove`. */
export const invariants = defineInvariants(organization, [
  {
    id: "backups-leave-prod-by-no-partner",
    of: ["prod/DataShare", "prod/ExternalSystem"],
    never: { actions: ["backup:*", "rds:*Snapshot*", "ec2:*Snapshot*"] },
    because: "Partners get what is shared with them, and no copies of our stores.",
  },
  {
    id: "databases-stay-in-the-region",
    of: "prod/Ops",
    never: {
      actions: ["rds:Create*", "rds:Restore*"],
      when: { StringNotEquals: { "aws:RequestedRegion": organization.region } },
    },
    because: "Patients' data stays in the region that the contracts name.",
  },
]);
