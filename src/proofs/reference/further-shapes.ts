/** What AWS takes as a resource and its service authorization data does not say. */
interface FurtherShape {
  /** A resource's ARN as the data has it. */
  readonly arn: string;
  /** What it may be besides, wherever an action takes the first. */
  readonly besides: string;
  readonly source: string;
}

const FUNCTION = "arn:${Partition}:lambda:${Region}:${Account}:function:${FunctionName}";

/**
 * Only those that AWS's documentation names. Step Functions is not among them: with a version or an alias it decides by the
 * state machine's own ARN (https://docs.aws.amazon.com/step-functions/latest/dg/auth-version-alias.html); nor are the short
 * ARNs of ECS's services and tasks, which it reads as the long ones
 * (https://docs.aws.amazon.com/AmazonECS/latest/developerguide/ecs-supported-iam-actions-resources.html).
 */
const FURTHER_SHAPES: readonly FurtherShape[] = [
  {
    arn: FUNCTION,
    besides: `${FUNCTION}:\${Qualifier}`,
    // "Actions that operate on a function can be restricted to a specific function by function, version, or alias ARN."
    source: "https://docs.aws.amazon.com/lambda/latest/dg/lambda-api-permissions-ref.html",
  },
  {
    // AWS-RunShellScript and its like: "The account ID shouldn't be specified in the ARN for AWS owned public documents."
    arn: "arn:${Partition}:ssm:${Region}:${Account}:document/${DocumentName}",
    besides: "arn:${Partition}:ssm:${Region}::document/${DocumentName}",
    source:
      "https://docs.aws.amazon.com/systems-manager/latest/userguide/automation-setup-identity-based-policies.html",
  },
];

/** A resource's ARN, and what it may be besides. */
const withFurtherShapes = (arn: string): readonly string[] => [
  arn,
  ...FURTHER_SHAPES.filter((shape) => shape.arn === arn).map(({ besides }) => besides),
];

/** The templates of a resource type; the data writes several into one text. */
export const arnTemplates = (arn: string): readonly string[] =>
  arn.split(/,\s*(?=arn:)/).flatMap(withFurtherShapes);

const ROLE = "arn:${Partition}:iam::${Account}:role/";

/** An action that takes fewer of a type's resources than the data says. */
const NARROWER: Readonly<Record<string, { readonly arn: string; readonly source: string }>> = {
  "iam:CreateServiceLinkedRole": {
    arn: `${ROLE}aws-service-role/\${ServiceName}/\${RoleName}`,
    source: "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_roles_create-service-linked-role.html",
  },
};

/** The ARN of what an action takes of a resource type. */
export const narrowed = (action: string, arn: string): string => NARROWER[action]?.arn ?? arn;

/** Names that may have colons in them; everything else is told apart by its colons. */
interface NameWithColons {
  /** The placeholder's name. */
  readonly name: RegExp;
  readonly source: string;
}

const NAMES_WITH_COLONS: readonly NameWithColons[] = [
  // Keys of objects are any characters.
  { name: /^ObjectName$/, source: "https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html" },
  {
    // RDS calls the snapshots that it takes itself `rds:…`.
    name: /Snapshot/,
    source: "https://docs.aws.amazon.com/AmazonRDS/latest/UserGuide/USER_WorkingWithAutomatedBackups.html",
  },
  {
    // Asked for with what is in them: `log-group:name:log-stream:name`, `log-group:name:*`.
    name: /^LogGroupName$/,
    source: "https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html",
  },
];

/** Whether names that stand for a placeholder such as `${ObjectName}` may have colons in them. */
export const mayHaveColons = (placeholder: string): boolean =>
  NAMES_WITH_COLONS.some(({ name }) => name.test(placeholder.slice(2, -1)));

const POLICY = "arn:${Partition}:iam::${Account}:policy/";

/** Whether an action takes AWS's own resources of a template too: its policies are read as the account's are, and nobody changes them. */
export const isReadOfAws = (template: string, { level }: { readonly level: string }): boolean =>
  (level === "List" || level === "Read") && template.startsWith(POLICY);
