/** A resource that an action takes. */
export interface ReferenceResourceType {
  readonly name: string;
  /** An ARN with `${…}` where a name stands. */
  readonly arn: string;
}

/** An action as AWS's service authorization reference describes it. */
export interface ReferenceAction {
  /** `s3:GetObject`, with AWS's capitals. */
  readonly id: string;
  /** Its id in lower case, as actions are compared. */
  readonly key: string;
  /** `s3`. */
  readonly service: string;
  /** `Read`; `Permissions management, Write`. */
  readonly level: string;
  /** Empty where the action takes no resource, only `*`. */
  readonly resourceTypes: readonly ReferenceResourceType[];
  /** Whether a request may be about no resource at all. */
  readonly isResourceOptional: boolean;
  /** Keys that it or its resources offer beside the global ones, in lower case, with `${…}` where a name stands. */
  readonly conditionKeys: readonly string[];
}
