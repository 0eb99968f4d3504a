import { IAM, paginateListPolicyVersions, type PolicyVersion } from "@aws-sdk/client-iam";
import type { PolicyArgs } from "@pulumi/aws/iam";
import { unlessMissing } from "../missing";
import { resourceType } from "../resource-type";
import { tagChanges, tagList, tagRecord } from "../tags";
import { documentFrom, documentText } from "./document";

/** AWS keeps five versions of a managed policy and refuses a sixth. */
const versionsKept = 5;

export const policy = resourceType<PolicyArgs>({
  properties: {
    name: { replaces: true },
    path: { replaces: true, default: "/" },
    description: { replaces: true, default: "" },
    policy: { compare: "document" },
    tags: {},
  },
  autoname: "name",
  computed: { arn: [], policyId: [] },

  async create({ name, path, description, policy: document, tags }, clients) {
    const { Policy: created } = await clients.of(IAM).createPolicy({
      PolicyName: name,
      Path: path,
      Description: description === "" ? undefined : description,
      PolicyDocument: documentText(document),
      Tags: tagList(tags),
    });
    return { id: created?.Arn ?? "", computed: { arn: created?.Arn, policyId: created?.PolicyId } };
  },

  async read({ id: PolicyArn }, clients) {
    const iam = clients.of(IAM);
    const answer = await unlessMissing(iam.getPolicy({ PolicyArn }));
    const live = answer?.Policy;
    if (live === undefined) return undefined;
    const { PolicyVersion: version } = await iam.getPolicyVersion({
      PolicyArn,
      VersionId: live.DefaultVersionId,
    });
    return {
      id: PolicyArn,
      inputs: {
        name: live.PolicyName,
        path: live.Path,
        description: live.Description,
        policy: documentFrom(version?.Document),
        tags: tagRecord(live.Tags),
      },
      computed: { arn: live.Arn, policyId: live.PolicyId },
    };
  },

  async update({ id: PolicyArn }, { olds, news, changed }, clients) {
    const iam = clients.of(IAM);
    if (changed.has("tags")) {
      const { removed, set } = tagChanges(olds.tags, news.tags);
      if (removed.length > 0) await iam.untagPolicy({ PolicyArn, TagKeys: removed });
      if (Object.keys(set).length > 0) await iam.tagPolicy({ PolicyArn, Tags: tagList(set) });
    }
    if (changed.has("policy")) {
      await makeRoomForVersion(iam, PolicyArn);
      await iam.createPolicyVersion({
        PolicyArn,
        PolicyDocument: documentText(news.policy),
        SetAsDefault: true,
      });
    }
  },

  async delete({ id: PolicyArn }, clients) {
    const iam = clients.of(IAM);
    await unlessMissing(
      (async () => {
        for (const version of await versionsOf(iam, PolicyArn)) {
          if (version.IsDefaultVersion !== true)
            await iam.deletePolicyVersion({ PolicyArn, VersionId: version.VersionId });
        }
        await iam.deletePolicy({ PolicyArn });
      })(),
    );
  },
});

async function versionsOf(iam: IAM, PolicyArn: string): Promise<PolicyVersion[]> {
  const versions: PolicyVersion[] = [];
  for await (const page of paginateListPolicyVersions({ client: iam }, { PolicyArn })) {
    versions.push(...(page.Versions ?? []));
  }
  return versions;
}

async function makeRoomForVersion(iam: IAM, PolicyArn: string): Promise<void> {
  const versions = await versionsOf(iam, PolicyArn);
  if (versions.length < versionsKept) return;
  const spare = versions.filter((version) => version.IsDefaultVersion !== true);
  const oldest = spare.sort((one, other) => Number(one.CreateDate) - Number(other.CreateDate))[0];
  await iam.deletePolicyVersion({ PolicyArn, VersionId: oldest?.VersionId });
}
