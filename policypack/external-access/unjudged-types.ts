import type { CheckedResource } from "../checked-resource";

/**
 * Types of AWS that make other resources, from a template or a description: the policies know Pulumi's types and properties, and judge
 * nothing that is made in another way. Those of aws-native are no types that they know either.
 */
const OF_OTHER_RESOURCES =
  /^aws:(?:(?:cloudcontrol|cloudformation|serverlessrepository)\/|servicecatalog\/provisionedProduct:)/;

/**
 * Packages whose resources are not in AWS, and that run no code of the program. What they change elsewhere is not looked at, but for the
 * repository of the pipeline.
 */
const PACKAGES_ELSEWHERE: readonly string[] = [
  "cloudflare",
  "datadog",
  "dnsimple",
  "fastly",
  "github",
  "gitlab",
  "grafana",
  "newrelic",
  "opsgenie",
  "pagerduty",
  "random",
  "time",
  "tls",
];

/** Why nothing here can judge a resource by its properties, in half a sentence; undefined where its properties tell. */
export function whyUnjudged({
  type,
  provider,
}: Pick<CheckedResource, "type" | "provider">): string | undefined {
  if (OF_OTHER_RESOURCES.test(type))
    return "makes resources that no policy here judges: register each as a resource of its own type, of the package aws";
  // A component has no provider: all that it makes is judged by itself.
  const name = type.slice(0, type.indexOf(":"));
  return provider === undefined || name === "aws" || PACKAGES_ELSEWHERE.includes(name)
    ? undefined
    : `is of the package ${name}: what it makes, no policy here judges`;
}
