"""Rules of the services around IAM."""

import re

from document_rules import missing_principal, statements_of
from rule_table import rule

CLOUDTRAIL = "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/"


# Sessions


@rule(
    "session-within-role",
    "https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html",
    "ValidationError",
    "sts:AssumeRole",
)
def session_within_role(call):
    from call import iam_of

    iam = iam_of(call["RoleArn"].split(":")[4]) if call["RoleArn"].count(":") >= 5 else None
    role = next((role for role in list(iam.roles.values()) if role.arn == call["RoleArn"]), None) if iam else None
    if role is None or call["DurationSeconds"] is None:
        return None
    if int(call["DurationSeconds"]) > int(role.max_session_duration or 3600):
        return "The requested DurationSeconds exceeds the MaxSessionDuration set for this role."
    return None


# Resource policies


_POLICY = {
    "kms:CreateKey": "Policy",
    "kms:PutKeyPolicy": "Policy",
    "s3:PutBucketPolicy": "Policy",
    "secretsmanager:PutResourcePolicy": "ResourcePolicy",
    "sns:SetTopicAttributes": "AttributeValue",
}


def _resource_policy(call):
    if call["AttributeName"] not in (None, "Policy"):
        return None
    text = call[_POLICY[f"{call.service}:{call.operation.name}"]]
    return text.decode() if isinstance(text, bytes) else text


def _resource_policy_rule(service, code, *operations):
    source = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html"

    @rule(f"resource-policy-of-{service}", source, code, *operations)
    def breach(call):
        text = _resource_policy(call)
        if text is None:
            return None
        statements = statements_of(text)
        if not statements:
            return "Invalid policy: it has no statements."
        if any("Principal" not in one and "NotPrincipal" not in one for one in statements):
            return "Missing required field Principal"
        missing = missing_principal(text)
        return missing and f"Invalid principal in policy: {missing}"


_resource_policy_rule("kms", "MalformedPolicyDocumentException", "kms:CreateKey", "kms:PutKeyPolicy")
_resource_policy_rule("s3", "MalformedPolicy", "s3:PutBucketPolicy")
_resource_policy_rule("sns", "InvalidParameter", "sns:SetTopicAttributes")
_resource_policy_rule("secrets", "MalformedPolicyDocumentException", "secretsmanager:PutResourcePolicy")


@rule(
    "key-policy-lockout",
    "https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html",
    "MalformedPolicyDocumentException",
    "kms:CreateKey",
    "kms:PutKeyPolicy",
)
def key_policy_lockout(call):
    """As far as the account itself is the caller: a key that its account cannot administer is beyond repair."""
    if call["Policy"] is None or call["BypassPolicyLockoutSafetyCheck"]:
        return None
    for statement in statements_of(call["Policy"]) or []:
        actions = statement.get("Action", [])
        listed = [str(action).lower() for action in (actions if isinstance(actions, list) else [actions])]
        if statement.get("Effect") == "Allow" and any(_covers(action, "kms:putkeypolicy") for action in listed):
            return None
    return "The new key policy will not allow you to update the key policy in the future."


def _covers(pattern, action):
    return re.fullmatch(re.escape(pattern).replace(r"\*", ".*").replace(r"\?", "."), action) is not None


# CloudTrail


@rule(
    "trail-role-trust",
    f"{CLOUDTRAIL}cloudtrail-required-policy-for-cloudwatch-logs.html",
    "InvalidCloudWatchLogsRoleArnException",
    "cloudtrail:CreateTrail",
    "cloudtrail:UpdateTrail",
)
def trail_role_trust(call):
    """CloudTrail assumes the role without the keys aws:SourceArn and aws:SourceAccount."""
    arn = call["CloudWatchLogsRoleArn"]
    if arn is None:
        return None
    role = next((role for role in list(call.iam.roles.values()) if role.arn == arn), None)
    admitted = role and any(map(_admits_cloudtrail, statements_of(role.assume_role_policy_document) or []))
    return None if admitted else "Access denied. Verify in IAM that the role has adequate permissions."


def _admits_cloudtrail(statement):
    services = statement.get("Principal", {}).get("Service", [])
    listed = services if isinstance(services, list) else [services]
    keys = [key.lower() for tests in statement.get("Condition", {}).values() for key in tests]
    conditioned = any(key in ("aws:sourcearn", "aws:sourceaccount") for key in keys)
    return statement.get("Effect") == "Allow" and "cloudtrail.amazonaws.com" in listed and not conditioned


@rule(
    "trail-log-group",
    "https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_CreateTrail.html",
    "InvalidCloudWatchLogsLogGroupArnException",
    "cloudtrail:CreateTrail",
    "cloudtrail:UpdateTrail",
)
def trail_log_group(call):
    arn = call["CloudWatchLogsLogGroupArn"]
    if arn is None:
        return None
    name = arn.removesuffix(":*").split(":log-group:")[-1]
    if name not in call.regional("logs").groups:
        return "Access denied. Check the permissions for your role."
    return None


@rule(
    "trail-bucket-policy",
    f"{CLOUDTRAIL}create-s3-bucket-policy-for-cloudtrail.html",
    "InsufficientS3BucketPolicyException",
    "cloudtrail:CreateTrail",
    "cloudtrail:UpdateTrail",
)
def trail_bucket_policy(call):
    from moto.backends import get_backend

    name = call["S3BucketName"]
    bucket = get_backend("s3")[call.account]["aws"].buckets.get(name) if name else None
    if bucket is None:
        return None
    text = bucket.policy.decode() if isinstance(bucket.policy, bytes) else bucket.policy
    if {"s3:getbucketacl", "s3:putobject"} <= _granted_to_cloudtrail(text):
        return None
    return f"Incorrect S3 bucket policy is detected for bucket: {name}"


def _granted_to_cloudtrail(text):
    return {
        str(action).lower()
        for statement in statements_of(text or "") or []
        if statement.get("Effect") == "Allow" and "cloudtrail.amazonaws.com" in str(statement.get("Principal"))
        for action in (statement["Action"] if isinstance(statement["Action"], list) else [statement["Action"]])
    }


@rule(
    "trail-key",
    "https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_CreateTrail.html",
    "KmsKeyNotFoundException",
    "cloudtrail:CreateTrail",
    "cloudtrail:UpdateTrail",
)
def trail_key(call):
    """The key is in the region of the trail's bucket, which here is that of the trail. The words are the sandbox's."""
    key = _named_key(call)
    return f"KMS key not found: {call['KmsKeyId']}" if call["KmsKeyId"] and key is None else None


@rule(
    "trail-key-policy",
    f"{CLOUDTRAIL}create-kms-key-policy-for-cloudtrail.html",
    "InsufficientEncryptionPolicyException",
    "cloudtrail:CreateTrail",
    "cloudtrail:UpdateTrail",
)
def trail_key_policy(call):
    key = _named_key(call)
    if key is None:
        return None
    granted = _granted_to_cloudtrail(key.policy)
    if all(
        any(_covers(pattern, action) for pattern in granted)
        for action in ("kms:generatedatakey", "kms:describekey")
    ):
        return None
    return "Insufficient permissions to access S3 bucket or KMS key."


def _named_key(call):
    """The key that the request names; an empty name takes a trail's key away."""
    name = call["KmsKeyId"]
    return call.regional("kms").keys.get(name.split("/")[-1]) if name else None


# Texts that the models leave free


@rule(
    "subscription-endpoint",
    "https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html",
    "InvalidParameter",
    "sns:Subscribe",
)
def subscription_endpoint(call):
    form = {
        "email": r"[^@\s]+@[^@\s]+",
        "email-json": r"[^@\s]+@[^@\s]+",
        "https": r"https://\S+",
        "http": r"http://\S+",
        "sms": r"\+?[0-9][0-9 ()-]*",
        "sqs": r"arn:aws:sqs:\S+",
        "lambda": r"arn:aws:lambda:\S+",
        "firehose": r"arn:aws:firehose:\S+",
        "application": r"arn:aws:sns:\S+",
    }.get(call["Protocol"])
    if form is None:
        return f"Invalid parameter: Does not support this protocol string: {call['Protocol']}"
    if re.fullmatch(form, call["Endpoint"] or "") is None:
        return f"Invalid parameter: Endpoint Reason: not an endpoint of the protocol {call['Protocol']}"
    return None


_SECURITY_GROUP_TEXT = r"[a-zA-Z0-9 ._\-:/()#,@\[\]+=&;{}!$*]{0,255}"


@rule(
    "security-group-text",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html",
    "InvalidParameterValue",
    "ec2:CreateSecurityGroup",
    "ec2:AuthorizeSecurityGroupIngress",
    "ec2:AuthorizeSecurityGroupEgress",
)
def security_group_text(call):
    places = [
        place.get("Description")
        for permission in call["IpPermissions"] or []
        for kind in ("IpRanges", "Ipv6Ranges", "PrefixListIds", "UserIdGroupPairs")
        for place in permission.get(kind) or []
    ]
    for text in [call["GroupName"], call["Description"], *places]:
        if text is not None and re.fullmatch(_SECURITY_GROUP_TEXT, text) is None:
            return f"Invalid text {text}: at most 255 characters of a-zA-Z0-9. _-:/()#,@[]+=&;{{}}!$*"
    return None


@rule(
    "secret-name",
    "https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_CreateSecret.html",
    "ValidationException",
    "secretsmanager:CreateSecret",
)
def secret_name(call):
    if re.fullmatch(r"[a-zA-Z0-9/_+=.@!-]{1,512}", call["Name"]) is None:
        return (
            "Invalid name. Must be a valid name containing alphanumeric characters, or any of the following: -/_+=.@!"
        )
    return None


# Tags: their number, and the prefix that is AWS's own


def _tag_rule(name, source, code, message, *operations):
    @rule(f"tags-of-{name}", source, code, *operations)
    def breach(call):
        keys = _tag_keys(call)
        if any(key.lower().startswith("aws:") for key in keys):
            return "aws: prefixed tag key names are not allowed for external use."
        return message if len(keys) > 50 else None


def _tag_keys(call):
    tags = call["Tags"] or call["TagsList"] or (call["Tagging"] or {}).get("TagSet") or []
    for specification in call["TagSpecifications"] or []:
        tags = [*tags, *(specification.get("Tags") or [])]
    named = tags if isinstance(tags, dict) else [tag.get("Key") or tag.get("TagKey") or "" for tag in tags]
    return list(named)


_TAGS = "https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html"
_tag_rule("topic", _TAGS, "TagLimitExceeded", "Could not complete request: tag quota of per resource exceeded", "sns:CreateTopic", "sns:TagResource")
_tag_rule("key", _TAGS, "TagException", "Too many tags", "kms:CreateKey", "kms:TagResource")
_tag_rule("alarm", _TAGS, "InvalidParameterValue", "Too many tags", "cloudwatch:PutMetricAlarm", "cloudwatch:TagResource")
_tag_rule("bucket", _TAGS, "BadRequest", "Bucket tag count cannot be greater than 50", "s3:PutBucketTagging")
_tag_rule("trail", _TAGS, "TagsLimitExceededException", "Too many tags", "cloudtrail:CreateTrail", "cloudtrail:AddTags")
_tag_rule("security-group", _TAGS, "TagLimitExceeded", "Too many tags", "ec2:CreateSecurityGroup", "ec2:CreateTags")
_tag_rule("secret", _TAGS, "InvalidParameterException", "Too many tags", "secretsmanager:CreateSecret", "secretsmanager:TagResource")
