import type { IpPermission } from "@aws-sdk/client-ec2";
import type { SecurityGroupArgs } from "@pulumi/aws/ec2";
import type { Inputs } from "../resource-type";

/** A rule as programs write it: some ports, from or to any number of places. */
export type Rule = NonNullable<Inputs<SecurityGroupArgs>["ingress"]>[number];

const ALL_PROTOCOLS = "-1";

/** The places of rules, each as a permission of its own, which is how EC2 adds and removes them. */
export function permissionsOf(groupId: string, rules: readonly Rule[] = []): IpPermission[] {
  return rules.flatMap((rule) => {
    const { protocol, fromPort, toPort, description: Description } = rule;
    const ports = protocol === ALL_PROTOCOLS ? {} : { FromPort: fromPort, ToPort: toPort };
    const groups = [...(rule.securityGroups ?? []), ...(rule.self === true ? [groupId] : [])];
    const places: IpPermission[] = [
      ...(rule.cidrBlocks ?? []).map((CidrIp) => ({ IpRanges: [{ CidrIp, Description }] })),
      ...(rule.ipv6CidrBlocks ?? []).map((CidrIpv6) => ({ Ipv6Ranges: [{ CidrIpv6, Description }] })),
      ...(rule.prefixListIds ?? []).map((id) => ({ PrefixListIds: [{ PrefixListId: id, Description }] })),
      ...groups.map((GroupId) => ({ UserIdGroupPairs: [{ GroupId, Description }] })),
    ];
    return places.map((place) => ({ IpProtocol: protocol, ...ports, ...place }));
  });
}

/** The rules that permissions of a live group make: as in `@pulumi/aws`, one for the same ports and description. */
export function rulesFrom(groupId: string, permissions: readonly IpPermission[] = []): Rule[] {
  const rules = new Map<string, Rule>();
  for (const permission of permissions) {
    const { IpProtocol: protocol = "", FromPort: fromPort = 0, ToPort: toPort = 0 } = permission;
    for (const { kind, id, description } of placesOf(permission)) {
      const key = JSON.stringify([protocol, fromPort, toPort, description]);
      const rule = rules.get(key) ?? { protocol, fromPort, toPort, ...(description && { description }) };
      const place = id === groupId ? { self: true } : { [kind]: [...(rule[kind] ?? []), id] };
      rules.set(key, { ...rule, ...place });
    }
  }
  return [...rules.values()];
}

interface Place {
  readonly kind: "cidrBlocks" | "ipv6CidrBlocks" | "prefixListIds" | "securityGroups";
  readonly id: string | undefined;
  readonly description: string | undefined;
}

function placesOf(permission: IpPermission): Place[] {
  const { IpRanges = [], Ipv6Ranges = [], PrefixListIds = [], UserIdGroupPairs = [] } = permission;
  return [
    ...IpRanges.map((place) => ({ kind: "cidrBlocks", id: place.CidrIp, ...place }) as const),
    ...Ipv6Ranges.map((place) => ({ kind: "ipv6CidrBlocks", id: place.CidrIpv6, ...place }) as const),
    ...PrefixListIds.map((place) => ({ kind: "prefixListIds", id: place.PrefixListId, ...place }) as const),
    ...UserIdGroupPairs.map((place) => ({ kind: "securityGroups", id: place.GroupId, ...place }) as const),
  ].map(({ kind, id, Description: description }) => ({ kind, id, description }));
}
