"""
Security Hub's standards and controls, which moto does not have. Nothing is checked: this remembers what was switched on and off.
"""

from datetime import datetime, timezone

from moto.core.responses import ActionResult, EmptyResult
from moto.securityhub import urls
from moto.securityhub.models import SecurityHubBackend
from moto.securityhub.responses import SecurityHubResponse

# What Security Hub calls a subscription: the ARN of the standard within the account.
# https://docs.aws.amazon.com/securityhub/1.0/APIReference/API_StandardsSubscription.html
_STANDARD = "standards/"


def _settings(backend):
    return backend.__dict__.setdefault(
        "settings", {"AutoEnableControls": True, "ControlFindingGenerator": "SECURITY_CONTROL"}
    )


def _standards(backend):
    return backend.__dict__.setdefault("standards", {})


def _associations(backend):
    return backend.__dict__.setdefault("associations", {})


def enable_security_hub(response):
    answer = _enable(response)
    backend = response.securityhub_backend
    backend.settings = {
        "AutoEnableControls": True,
        "ControlFindingGenerator": response._get_param("ControlFindingGenerator") or "SECURITY_CONTROL",
    }
    backend.standards = {}
    backend.associations = {}
    return answer


def describe_hub(response):
    backend = response.securityhub_backend
    hub = {"HubArn": f"arn:aws:securityhub:{backend.region_name}:{backend.account_id}:hub/default"}
    return ActionResult({**hub, "SubscribedAt": backend.enabled_at, **_settings(backend)})


def update_security_hub_configuration(response):
    settings = _settings(response.securityhub_backend)
    for name in settings:
        given = response._get_param(name)
        settings[name] = settings[name] if given is None else given
    return EmptyResult()


def batch_enable_standards(response):
    backend = response.securityhub_backend
    made = []
    for request in response._get_param("StandardsSubscriptionRequests"):
        standard = request["StandardsArn"]
        name = standard.split(_STANDARD, 1)[-1]
        arn = f"arn:aws:securityhub:{backend.region_name}:{backend.account_id}:subscription/{name}"
        subscription = {
            "StandardsSubscriptionArn": arn,
            "StandardsArn": standard,
            "StandardsInput": {},
            "StandardsStatus": "READY",
            "StandardsControlsUpdatable": "READY_FOR_UPDATES",
        }
        _standards(backend)[arn] = subscription
        made.append(subscription)
    return ActionResult({"StandardsSubscriptions": made})


def get_enabled_standards(response):
    asked = response._get_param("StandardsSubscriptionArns")
    found = [one for arn, one in _standards(response.securityhub_backend).items() if not asked or arn in asked]
    return ActionResult({"StandardsSubscriptions": found})


def batch_disable_standards(response):
    standards = _standards(response.securityhub_backend)
    gone = [standards.pop(arn) for arn in response._get_param("StandardsSubscriptionArns") if arn in standards]
    return ActionResult({"StandardsSubscriptions": [{**one, "StandardsStatus": "DELETING"} for one in gone]})


def batch_update_standards_control_associations(response):
    backend = response.securityhub_backend
    known = {one["StandardsArn"] for one in _standards(backend).values()}
    refused = []
    for update in response._get_param("StandardsControlAssociationUpdates"):
        if update["StandardsArn"] not in known:
            refused.append(
                {
                    "StandardsControlAssociationUpdate": update,
                    "ErrorCode": "NOT_FOUND",
                    "ErrorReason": f"The standard {update['StandardsArn']} is not enabled.",
                }
            )
            continue
        key = (update["SecurityControlId"], update["StandardsArn"])
        _associations(backend)[key] = {**update, "UpdatedAt": datetime.now(timezone.utc)}
    return ActionResult({"UnprocessedAssociationUpdates": refused})


def list_standards_control_associations(response):
    """Every control is in every standard that is on, unless it was changed: this emulator knows none of them by name."""
    backend = response.securityhub_backend
    control = response._get_param("SecurityControlId")
    arn = f"arn:aws:securityhub:{backend.region_name}:{backend.account_id}:security-control/{control}"
    summaries = []
    for one in _standards(backend).values():
        standard = one["StandardsArn"]
        changed = _associations(backend).get((control, standard), {"AssociationStatus": "ENABLED"})
        summaries.append(
            {**changed, "StandardsArn": standard, "SecurityControlId": control, "SecurityControlArn": arn}
        )
    return ActionResult({"StandardsControlAssociationSummaries": summaries})


_enable = SecurityHubResponse.enable_security_hub
for _operation in (
    enable_security_hub,
    describe_hub,
    update_security_hub_configuration,
    batch_enable_standards,
    get_enabled_standards,
    batch_disable_standards,
    batch_update_standards_control_associations,
    list_standards_control_associations,
):
    setattr(SecurityHubResponse, _operation.__name__, _operation)

for _path in ("standards/register", "standards/get", "standards/deregister", "associations"):
    urls.url_paths[f"{{0}}/{_path}$"] = SecurityHubResponse.dispatch
