"""Rules of the services that look for threats and mistakes."""

from rule_table import rule


@rule(
    "detectors-of-region",
    "https://docs.aws.amazon.com/guardduty/latest/ug/guardduty_limits.html",
    "BadRequestException",
    "guardduty:CreateDetector",
)
def detectors_of_region(call):
    if call.regional("guardduty").detectors:
        return "The request is rejected because a detector already exists for the current account."
    return None


@rule(
    "analyzers-of-name",
    "https://docs.aws.amazon.com/access-analyzer/latest/APIReference/API_CreateAnalyzer.html",
    "ConflictException",
    "accessanalyzer:CreateAnalyzer",
)
def analyzers_of_name(call):
    name = call["analyzerName"]
    return f"The analyzer {name} exists already." if name in call.regional("accessanalyzer").analyzers else None


# One of a kind in each region of an account. The words of both refusals are the sandbox's: no answer of AWS was found published.
@rule(
    "analyzers-of-kind",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-quotas.html",
    "ServiceQuotaExceededException",
    "accessanalyzer:CreateAnalyzer",
)
def analyzers_of_kind(call):
    analyzers = call.regional("accessanalyzer").analyzers.values()
    taken = any(one["type"] == call["type"] for one in analyzers)
    return "You have reached the limit of analyzers of this type." if taken else None


@rule(
    "hub-switched-on",
    "https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_BatchEnableStandards.html",
    "InvalidAccessException",
    "securityhub:BatchDisableStandards",
    "securityhub:BatchEnableStandards",
    "securityhub:BatchUpdateStandardsControlAssociations",
    "securityhub:DescribeHub",
    "securityhub:DisableSecurityHub",
    "securityhub:GetEnabledStandards",
    "securityhub:ListStandardsControlAssociations",
    "securityhub:UpdateSecurityHubConfiguration",
)
def hub_switched_on(call):
    if call.regional("securityhub").enabled:
        return None
    return f"Account {call.account} is not subscribed to AWS Security Hub"
