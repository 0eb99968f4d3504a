import type { ConfigRuleBlueprint } from "../documents/detection/config-rules";
import { configBucketPolicy, isGlobalType, RECORDED_TYPES } from "../documents/detection/recorder-delivery";
import type { RoleContext } from "../documents/role-permissions";
import { accountTags } from "../documents/account-tags";
import { configBucketName, configRoleArn, recorderName } from "../model/names";
import { closedBucketPart } from "./closed-bucket";
import type { RecorderSettings } from "./detector-settings";
import { regionProperty } from "./region-property";
import {
  createdAfter,
  describeResource,
  type DescribedComponent,
  type DependentResource,
  type DescribedResource,
} from "./described-resource";

const componentOf = ({ organization }: RoleContext): DescribedComponent => ({
  type: "muster:stacks:Recorder",
  name: recorderName(organization),
});

/** The role that AWS wrote for Config, and its ARN once it is there. */
function rolePart(
  context: RoleContext,
  { serviceLinkedRole }: RecorderSettings,
): { readonly resources: readonly DescribedResource[]; readonly arn: string | DependentResource<string> } {
  const arn = configRoleArn(context.account);
  if (serviceLinkedRole === "existing") return { resources: [], arn };
  const role = describeResource(
    "aws:iam/serviceLinkedRole:ServiceLinkedRole",
    recorderName(context.organization),
    { awsServiceName: "config.amazonaws.com" },
    { parent: componentOf(context) },
  );
  return { resources: [role], arn: createdAfter(role, arn) };
}

/** What records in a region, and what says that it is on. */
interface Recording {
  readonly resources: readonly DescribedResource[];
  readonly status: DescribedResource;
}

/** A recorder that is on: Config takes it before a channel, and starts it after one. */
function recordingPart(
  context: RoleContext,
  { alsoRecords }: RecorderSettings,
  region: string,
  roleArn: string | DependentResource<string>,
  bucketName: DependentResource<string>,
): Recording {
  const { organization } = context;
  const parent = componentOf(context);
  const isHome = region === organization.region;
  const name = recorderName(organization);
  const resourceName = isHome ? name : `${name}-${region}`;
  const place = regionProperty(organization, region);
  const types = [...new Set([...RECORDED_TYPES, ...alsoRecords])].sort();
  const recorder = describeResource(
    "aws:cfg/recorder:Recorder",
    resourceName,
    {
      name,
      roleArn,
      recordingGroup: {
        allSupported: false,
        resourceTypes: isHome ? types : types.filter((type) => !isGlobalType(type)),
      },
      ...place,
    },
    { parent },
  );
  const channel = describeResource(
    "aws:cfg/deliveryChannel:DeliveryChannel",
    resourceName,
    { name: createdAfter(recorder, name), s3BucketName: bucketName, ...place },
    { parent },
  );
  const status = describeResource(
    "aws:cfg/recorderStatus:RecorderStatus",
    resourceName,
    { name: createdAfter(channel, name), isEnabled: true, ...place },
    { parent },
  );
  return { resources: [recorder, channel, status], status };
}

/** AWS Config: what it records in each region, where it delivers that, and the rules that it evaluates in the first. */
export function recorderResources(
  context: RoleContext,
  settings: RecorderSettings,
  rules: readonly ConfigRuleBlueprint[],
): readonly DescribedResource[] {
  const { organization, account } = context;
  const parent = componentOf(context);
  const bucket = closedBucketPart(context, parent, {
    name: configBucketName(organization, account),
    policy: configBucketPolicy(context),
    isKept: settings.keptBucket === true,
  });
  const role = rolePart(context, settings);
  const [home, ...others] = organization.regions;
  const recordingIn = (region: string): Recording =>
    recordingPart(context, settings, region, role.arn, bucket.bucketName);
  const atHome = recordingIn(home);
  return [
    ...bucket.resources,
    ...role.resources,
    ...atHome.resources,
    ...others.flatMap((region) => recordingIn(region).resources),
    ...rules.map(({ name, identifier, description, parameters }) =>
      describeResource(
        "aws:cfg/rule:Rule",
        name,
        {
          // Config refuses a rule where no recorder is.
          name: createdAfter(atHome.status, name),
          description,
          source: { owner: "AWS", sourceIdentifier: identifier },
          ...(parameters && { inputParameters: JSON.stringify(parameters) }),
          tags: accountTags(context),
        },
        { parent },
      ),
    ),
  ];
}
