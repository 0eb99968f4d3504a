import { externalAccess } from "../external-access/external-access";
import { wellArchitectedFramework } from "../frameworks";
import { resourcePolicy } from "../pack-policy";

/** Adopters' own resources open nothing to the outside. */
export const resourceOwnDocuments = resourcePolicy({
  name: "aws-resource-own-documents",
  displayName: "Resources of your own admit only principals that are known",
  description:
    "All principals that a resource registered as the adopter's own admits, as far as its properties tell, are of the organization's accounts and not Muster's, of its partners', services of AWS with a source among them, or jobs of the pipeline's owner on GitHub, and of other issuers those whose subjects the register has; never jobs of the pipeline. None is about the pipeline's repository.",
  why: "A bucket or a function beside the roles, opened to somebody outside, is a door that no roster knows.",
  remediationSteps:
    "Name principals of the organization's accounts; a partner belongs into `partners` in src/roster.ts, a subject of an identity provider's tokens into `subjects` of the resource's entry in policypack/exemptions.ts.",
  severity: "critical",
  framework: wellArchitectedFramework("SEC03-BP07", "Analyze public and cross-account access"),
  tags: ["iam", "resource", "external-access"],
  url: "https://docs.aws.amazon.com/IAM/latest/UserGuide/access_policies-cross-account-resource-access.html",
  types: () => true,
  *check(resource, { expected, ownResources }) {
    if (!ownResources.include(resource)) return;
    for (const fault of externalAccess(resource, expected, ownResources.subjectsOf(resource)))
      yield `${resource.name}: ${fault}.`;
  },
});
