"""Values that a service's reference limits in words, and its model does not."""

import re

from rule_table import rule

CLOUDWATCH = "https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_PutMetricAlarm.html"


@rule(
    "trail-name",
    "https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-trail-naming-requirements.html",
    "InvalidTrailNameException",
    "cloudtrail:CreateTrail",
)
def trail_name(call):
    if re.search(r"[._-]{2}", call["Name"]):
        return "Trail name cannot have adjacent periods (.), hyphens (-), or underscores (_)."
    if _is_ip_address(call["Name"]):
        return "Trail name cannot be formatted as an IP address."
    return None


@rule(
    "bucket-name",
    "https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html",
    "InvalidBucketName",
    "s3:CreateBucket",
)
def bucket_name(call):
    name = call["Bucket"]
    formed = re.fullmatch(r"[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]", name) and ".." not in name and not _is_ip_address(name)
    reserved = name.startswith(("xn--", "sthree-", "amzn-s3-demo-")) or name.endswith(
        ("-s3alias", "--ol-s3", ".mrap", "--x-s3", "--table-s3")
    )
    return None if formed and not reserved else "The specified bucket is not valid."


def _is_ip_address(name):
    return re.fullmatch(r"\d{1,3}(\.\d{1,3}){3}", name) is not None


@rule("alarm-period", CLOUDWATCH, "ValidationError", "cloudwatch:PutMetricAlarm")
def alarm_period(call):
    period = int(call["Period"] or 60)
    return None if period in (10, 20, 30) or period % 60 == 0 else "Period must be 10, 20, 30 or a multiple of 60"


@rule("alarm-datapoints", CLOUDWATCH, "ValidationError", "cloudwatch:PutMetricAlarm")
def alarm_datapoints(call):
    if int(call["DatapointsToAlarm"] or 1) > int(call["EvaluationPeriods"] or 1):
        return "DatapointsToAlarm must be less than or equal to EvaluationPeriods"
    return None


@rule("alarm-missing-data", CLOUDWATCH, "ValidationError", "cloudwatch:PutMetricAlarm")
def alarm_missing_data(call):
    treatment = call["TreatMissingData"]
    if treatment in (None, "breaching", "notBreaching", "ignore", "missing"):
        return None
    return f"Unsupported value for TreatMissingData: {treatment}"


_RETENTIONS = (1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653)


@rule(
    "log-retention",
    "https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html",
    "InvalidParameterException",
    "logs:PutRetentionPolicy",
)
def log_retention(call):
    days = int(call["retentionInDays"])
    return None if days in _RETENTIONS else f"Retention in days {days} is not one of {', '.join(map(str, _RETENTIONS))}"


@rule(
    "key-deletion-window",
    "https://docs.aws.amazon.com/kms/latest/APIReference/API_ScheduleKeyDeletion.html",
    "ValidationException",
    "kms:ScheduleKeyDeletion",
)
def key_deletion_window(call):
    if 7 <= int(call["PendingWindowInDays"] or 30) <= 30:
        return None
    return "PendingWindowInDays must be between 7 and 30"


@rule(
    "key-alias-of-aws",
    "https://docs.aws.amazon.com/kms/latest/APIReference/API_CreateAlias.html",
    "InvalidAliasNameException",
    "kms:CreateAlias",
)
def key_alias_of_aws(call):
    return "Alias names that begin with alias/aws/ are reserved." if call["AliasName"].startswith("alias/aws/") else None


@rule(
    "security-group-name",
    "https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html",
    "InvalidParameterValue",
    "ec2:CreateSecurityGroup",
)
def security_group_name(call):
    name = call["GroupName"]
    if name.startswith("sg-"):
        return f"Invalid value '{name}' for groupName. Group names may not be in the format sg-*."
    return None
