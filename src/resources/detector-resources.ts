import { PROTECTION_PLANS } from "../documents/detection/guard-duty";
import { cisStandardArn, GLOBAL_CONTROLS } from "../documents/detection/security-standard";
import type { RoleContext } from "../documents/role-permissions";
import { accountTags } from "../documents/account-tags";
import { externalAccessAnalyzerName, regionalName, unusedAccessAnalyzerName } from "../model/names";
import type { AccessAnalyzerSettings, GuardDutySettings, SecurityHubSettings } from "./detector-settings";
import { regionProperty } from "./region-property";
import {
  createdAfter,
  computedProperty,
  describeResource,
  type DescribedResource,
} from "./described-resource";
import type { StackSettings } from "./account-settings";

/** GuardDuty in a region, with each protection plan on or off as the settings say: some are on in a new detector. */
function guardDuty(
  context: RoleContext,
  { managedBy, findingFrequency, protectionPlans }: GuardDutySettings,
  region: string,
): readonly DescribedResource[] {
  if (managedBy === "organization") return [];
  const name = regionalName(context.organization, region);
  const place = regionProperty(context.organization, region);
  const detector = describeResource("aws:guardduty/detector:Detector", name, {
    enable: true,
    findingPublishingFrequency: findingFrequency,
    tags: accountTags(context),
    ...place,
  });
  return [
    detector,
    ...PROTECTION_PLANS.map((plan) =>
      describeResource("aws:guardduty/detectorFeature:DetectorFeature", `${name}/${plan}`, {
        detectorId: computedProperty(detector, "id"),
        name: plan,
        status: protectionPlans.includes(plan) ? "ENABLED" : "DISABLED",
        ...place,
      }),
    ),
  ];
}

/** Security Hub in a region with the CIS standard; what it would check in every region, it checks at home. */
function securityHub(
  { organization }: RoleContext,
  { managedBy, cisVersion }: SecurityHubSettings,
  region: string,
): readonly DescribedResource[] {
  if (managedBy === "organization") return [];
  const name = regionalName(organization, region);
  const place = regionProperty(organization, region);
  const standardsArn = cisStandardArn(region, cisVersion);
  const hub = describeResource("aws:securityhub/account:Account", name, {
    // The default standards would be CIS's oldest version and AWS's own, which nobody asked for and which cost by check.
    enableDefaultStandards: false,
    autoEnableControls: true,
    controlFindingGenerator: "SECURITY_CONTROL",
    ...place,
  });
  const standard = describeResource("aws:securityhub/standardsSubscription:StandardsSubscription", name, {
    standardsArn: createdAfter(hub, standardsArn),
    ...place,
  });
  const checkedAtHome = region === organization.region ? [] : GLOBAL_CONTROLS;
  return [
    hub,
    standard,
    ...checkedAtHome.map((control) =>
      describeResource(
        "aws:securityhub/standardsControlAssociation:StandardsControlAssociation",
        `${name}/${control}`,
        {
          securityControlId: control,
          standardsArn: createdAfter(standard, standardsArn),
          associationStatus: "DISABLED",
          updatedReason: `IAM and the account are the same in every region: checked in ${organization.region}.`,
          ...place,
        },
      ),
    ),
  ];
}

/** Access Analyzer: who outside may use what is in a region, and, once for the account, what nobody uses. */
function accessAnalyzer(
  context: RoleContext,
  { managedBy, unusedAccessDays }: AccessAnalyzerSettings,
  region: string,
): readonly DescribedResource[] {
  if (managedBy === "organization") return [];
  const { organization } = context;
  const tags = accountTags(context);
  const place = regionProperty(organization, region);
  const external = externalAccessAnalyzerName(organization);
  const unused = unusedAccessAnalyzerName(organization);
  return [
    describeResource("aws:accessanalyzer/analyzer:Analyzer", `${external}-${region}`, {
      analyzerName: external,
      type: "ACCOUNT",
      tags,
      ...place,
    }),
    ...(unusedAccessDays === undefined || region !== organization.region
      ? []
      : [
          describeResource("aws:accessanalyzer/analyzer:Analyzer", unused, {
            analyzerName: unused,
            type: "ACCOUNT_UNUSED_ACCESS",
            configuration: { unusedAccess: { unusedAccessAge: unusedAccessDays } },
            tags,
          }),
        ]),
  ];
}

/** What looks for threats and mistakes, in each region that the organization names. */
export function detectorResources(
  context: RoleContext,
  settings: StackSettings,
): readonly DescribedResource[] {
  return context.organization.regions.flatMap((region) => [
    ...guardDuty(context, settings.guardDuty, region),
    ...securityHub(context, settings.securityHub, region),
    ...accessAnalyzer(context, settings.accessAnalyzer, region),
  ]);
}
