import { PROTECTION_PLANS } from "../documents/detection/guard-duty";
import { cisStandardArn, GLOBAL_CONTROLS } from "../documents/detection/security-standard";
import type { RoleContext } from "../documents/role-permissions";
import { tagsOf } from "../documents/tags";
import { externalAccessAnalyzerName, regionalName, unusedAccessAnalyzerName } from "../model/names";
import type { AccessAnalyzerSettings, GuardDutySettings, SecurityHubSettings } from "./detector-settings";
import { regionProperty } from "./region";
import { after, computed, describe, type DescribedResource } from "./resource";
import type { StackSettings } from "./settings";

/** GuardDuty in a region, with each protection plan on or off as the settings say: some are on in a new detector. */
function guardDuty(
  context: RoleContext,
  { managedBy, findingFrequency, protectionPlans }: GuardDutySettings,
  region: string,
): readonly DescribedResource[] {
  if (managedBy === "organization") return [];
  const name = regionalName(context.organization, region);
  const place = regionProperty(context.organization, region);
  const detector = describe("aws:guardduty/detector:Detector", name, {
    enable: true,
    findingPublishingFrequency: findingFrequency,
    tags: tagsOf(context),
    ...place,
  });
  return [
    detector,
    ...PROTECTION_PLANS.map((plan) =>
      describe("aws:guardduty/detectorFeature:DetectorFeature", `${name}/${plan}`, {
        detectorId: computed(detector, "id"),
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
  const hub = describe("aws:securityhub/account:Account", name, {
    // The default standards would be CIS's oldest version and AWS's own, which nobody asked for and which cost by check.
    enableDefaultStandards: false,
    autoEnableControls: true,
    controlFindingGenerator: "SECURITY_CONTROL",
    ...place,
  });
  const standard = describe("aws:securityhub/standardsSubscription:StandardsSubscription", name, {
    standardsArn: after(hub, standardsArn),
    ...place,
  });
  const checkedAtHome = region === organization.region ? [] : GLOBAL_CONTROLS;
  return [
    hub,
    standard,
    ...checkedAtHome.map((control) =>
      describe(
        "aws:securityhub/standardsControlAssociation:StandardsControlAssociation",
        `${name}/${control}`,
        {
          securityControlId: control,
          standardsArn: after(standard, standardsArn),
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
  const tags = tagsOf(context);
  const place = regionProperty(organization, region);
  const external = externalAccessAnalyzerName(organization);
  const unused = unusedAccessAnalyzerName(organization);
  return [
    describe("aws:accessanalyzer/analyzer:Analyzer", `${external}-${region}`, {
      analyzerName: external,
      type: "ACCOUNT",
      tags,
      ...place,
    }),
    ...(unusedAccessDays === undefined || region !== organization.region
      ? []
      : [
          describe("aws:accessanalyzer/analyzer:Analyzer", unused, {
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
