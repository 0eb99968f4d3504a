"""The emulator: moto's server, with what it gets wrong put right, and as strict as AWS."""

import os
import threading
import time
from datetime import datetime, timezone

# What these services lack is put in by being imported.
import access_analyzer  # noqa: F401
import guard_duty  # noqa: F401
import security_hub  # noqa: F401
from moto import server
from moto.cloudtrail.models import Trail
from moto.core.responses import ActionResult, EmptyResult
from moto.iam import policy_validation
from moto.iam.models import SERVICE_NAME_CONVERSION, IAMBackend, User
from moto.iam.responses import IamResponse
from moto.iam.utils import random_resource_id
from moto.logs.metric_filters import MetricFilters
from moto.rds.models import RDSBackend
from moto.s3.responses import S3Response
from moto.secretsmanager.exceptions import SecretNotFoundException
from moto.secretsmanager.models import SecretsManagerBackend
from strictness import make_strict
from tag_keys import tag_keys

# AWS takes `arn:aws:iam::<account>:*`; its error message says so, and moto repeats the message without doing it:
# 'IAM resource path must either be "*" or start with user/, ...'.
policy_validation.VALID_RESOURCE_PATH_STARTING_VALUES["iam"]["values"].append("*")


# https://docs.aws.amazon.com/config/latest/developerguide/using-service-linked-roles.html
SERVICE_NAME_CONVERSION["config"] = "Config"


def put_filter(filters, filter_name, filter_pattern, log_group_name, metric_transformations):
    """PutMetricFilter "creates or updates"; moto only ever adds."""
    filters.delete_filter(filter_name, log_group_name)
    add_filter(filters, filter_name, filter_pattern, log_group_name, metric_transformations)


add_filter = MetricFilters.add_filter
MetricFilters.add_filter = put_filter


def move_user(iam, user_name, new_path=None, new_user_name=None):
    """UpdateUser keeps a user's tags and access keys; moto files them under the old ARN and the old name."""
    user = iam.get_user(user_name)
    old_arn = user.arn
    update_user(iam, user_name, new_path, new_user_name)
    if user.arn != old_arn:
        iam.tagger.copy_tags(old_arn, user.arn)
        iam.tagger.delete_all_tags_for_resource(old_arn)
    for key in user.access_keys:
        key.user_name = user.name


update_user = IAMBackend.update_user
IAMBackend.update_user = move_user


def without_case(tag, find):
    """The keys of users' and roles' tags are one key without case: a tag replaces another of the same key."""

    def tag_once(iam, name, tags):
        present = tag_keys(find(iam, name))
        given = {entry["Key"].lower(): entry["Key"] for entry in tags}
        old = [key for key in present if given.get(key.lower(), key) != key]
        if old:
            untag[tag](iam, name, old)
        return tag(iam, name, tags)

    return tag_once


untag = {IAMBackend.tag_user: IAMBackend.untag_user, IAMBackend.tag_role: IAMBackend.untag_role}
IAMBackend.tag_user = without_case(IAMBackend.tag_user, IAMBackend.get_user)
IAMBackend.tag_role = without_case(IAMBackend.tag_role, IAMBackend.get_role)


def verify_tags(iam, tags):
    """By their keys as they are. The rules refuse keys that are one without case, where IAM does; moto does everywhere."""
    return {tag["Key"]: tag for tag in tags}


def untag_policy(iam, policy_arn, tag_keys):
    remove_tags(iam.get_policy(policy_arn), tag_keys)


def untag_identity_provider(iam, arn, tag_keys):
    remove_tags(iam.get_open_id_connect_provider(arn), tag_keys)


def remove_tags(resource, keys):
    for key in keys:
        resource.tags.pop(key, None)


IAMBackend._tag_verification = verify_tags
IAMBackend.untag_policy = untag_policy
IAMBackend.untag_open_id_connect_provider = untag_identity_provider


def schedule_rotation(secrets, secret_id, rotation_lambda_arn=None, rotation_rules=None, **_):
    """RotateSecret keeps the schedule. moto calls the function, and there are no functions here: nothing rotates."""
    if not secrets._is_valid_identifier(secret_id):
        raise SecretNotFoundException()
    secret = secrets.secrets[secret_id]
    secret.rotation_requested = secret.rotation_enabled = True
    secret.rotation_lambda_arn = rotation_lambda_arn or secret.rotation_lambda_arn
    secret.auto_rotate_after_days = (rotation_rules or {}).get("AutomaticallyAfterDays", secret.auto_rotate_after_days)
    return secret.to_short_dict()


SecretsManagerBackend.rotate_secret = schedule_rotation


def replace_subnets(rds, subnet_name, description, subnets):
    """ModifyDBSubnetGroup keeps a group that it cannot change; moto takes it away first."""
    [group] = rds.describe_db_subnet_groups(subnet_name)
    group.subnets = subnets
    if description is not None:
        group.description = description
    return group


RDSBackend.modify_db_subnet_group = replace_subnets


def add_client_id(response):
    """AddClientIDToOpenIDConnectProvider, which moto does not know."""
    clients = client_ids(response)
    if response._get_param("ClientID") not in clients:
        clients.append(response._get_param("ClientID"))
    return EmptyResult()


def remove_client_id(response):
    """RemoveClientIDFromOpenIDConnectProvider, which moto does not know."""
    clients = client_ids(response)
    if response._get_param("ClientID") in clients:
        clients.remove(response._get_param("ClientID"))
    return EmptyResult()


def client_ids(response):
    arn = response._get_param("OpenIDConnectProviderArn")
    return response.backend.get_open_id_connect_provider(arn).client_id_list


IamResponse.add_client_id_to_open_id_connect_provider = add_client_id
IamResponse.remove_client_id_from_open_id_connect_provider = remove_client_id


def keep_description(iam, role_name, role_description, max_session_duration):
    """UpdateRole without a description keeps it; moto forgets it."""
    kept = iam.get_role(role_name).description if role_description is None else role_description
    return update_role(iam, role_name, kept, max_session_duration)


update_role = IAMBackend.update_role
IAMBackend.update_role = keep_description


def replace_trust(iam, role_name, policy_document):
    """UpdateAssumeRolePolicy, held against the rules of `document_rules`; moto's own refuse what IAM takes."""
    iam.get_role(role_name).assume_role_policy_document = policy_document


IAMBackend.update_assume_role_policy = replace_trust


def create_password(response):
    """CreateLoginProfile keeps PasswordResetRequired; moto forgets it."""
    answer = create_login_profile(response)
    user = response.backend.get_user(response._get_param("UserName"))
    user.password_reset_required = response._get_param("PasswordResetRequired") or False
    return answer


create_login_profile = IamResponse.create_login_profile
IamResponse.create_login_profile = create_password


def put_user_boundary(response):
    """PutUserPermissionsBoundary, which moto does not know."""
    set_user_boundary(response, response._get_param("PermissionsBoundary"))
    return EmptyResult()


def delete_user_boundary(response):
    """DeleteUserPermissionsBoundary, which moto does not know."""
    set_user_boundary(response, None)
    return EmptyResult()


def create_bounded_user(response):
    """CreateUser keeps the boundary; moto forgets it."""
    answer = create_user(response)
    set_user_boundary(response, response._get_param("PermissionsBoundary"))
    return answer


def set_user_boundary(response, arn):
    response.backend.get_user(response._get_param("UserName")).permissions_boundary = arn and {
        "PermissionsBoundaryType": "PermissionsBoundaryPolicy",
        "PermissionsBoundaryArn": arn,
    }


User.permissions_boundary = None
create_user = IamResponse.create_user
IamResponse.create_user = create_bounded_user
IamResponse.put_user_permissions_boundary = put_user_boundary
IamResponse.delete_user_permissions_boundary = delete_user_boundary


def service_credentials_of(response):
    user = response.backend.get_user(response._get_param("UserName"))
    return user.__dict__.setdefault("service_specific_credentials", [])


def create_service_credential(response):
    """moto has no service-specific credentials. Without the password: nothing here takes one."""
    credential = {
        "UserName": response._get_param("UserName"),
        "ServiceName": response._get_param("ServiceName"),
        "ServiceSpecificCredentialId": "ACCA" + random_resource_id(16).upper(),
        "Status": "Active",
        "CreateDate": datetime.now(timezone.utc),
    }
    service_credentials_of(response).append(credential)
    return ActionResult({"ServiceSpecificCredential": credential})


def list_service_credentials(response):
    return ActionResult({"ServiceSpecificCredentials": service_credentials_of(response)})


def delete_service_credential(response):
    credentials = service_credentials_of(response)
    credential_id = response._get_param("ServiceSpecificCredentialId")
    credentials[:] = [one for one in credentials if one["ServiceSpecificCredentialId"] != credential_id]
    return EmptyResult()


IamResponse.create_service_specific_credential = create_service_credential
IamResponse.list_service_specific_credentials = list_service_credentials
IamResponse.delete_service_specific_credential = delete_service_credential


def bucket_encryption(response):
    """Every bucket has an encryption, S3's own by default; moto has none by default, and forgets which ones are blocked.

    https://docs.aws.amazon.com/AmazonS3/latest/userguide/default-encryption-faq.html
    """
    response.data["Action"] = "GetBucketEncryption"
    rule = (response.backend.get_bucket_encryption(response.bucket_name) or {}).get("Rule", {})
    answer = {
        "ApplyServerSideEncryptionByDefault": rule.get(
            "ApplyServerSideEncryptionByDefault", {"SSEAlgorithm": "AES256"}
        ),
        "BucketKeyEnabled": rule.get("BucketKeyEnabled") == "true",
    }
    blocked = (rule.get("BlockedEncryptionTypes") or {}).get("EncryptionType", [])
    if blocked:
        answer["BlockedEncryptionTypes"] = {
            "EncryptionType": blocked if isinstance(blocked, list) else [blocked]
        }
    return response.serialized(ActionResult({"ServerSideEncryptionConfiguration": {"Rules": [answer]}}))


S3Response.get_bucket_encryption = bucket_encryption


def put_event_selectors(trail, event_selectors, advanced_event_selectors):
    """Each form of selectors replaces the other; in moto, basic ones leave advanced ones in place.

    https://docs.aws.amazon.com/awscloudtrail/latest/APIReference/API_PutEventSelectors.html
    """
    trail.event_selectors = event_selectors or []
    trail.advanced_event_selectors = [] if event_selectors else advanced_event_selectors or []


def put_insight_selectors(trail, insight_selectors):
    """PutInsightSelectors replaces; moto adds. An empty list ends them."""
    trail.insight_selectors = list(insight_selectors)


def describe_trail(trail, include_region=False):
    """A trail says whether it has selectors; moto says that it has none, and keeps a topic that was taken away."""
    told = trail_description(trail, include_region)
    told["HasCustomEventSelectors"] = bool(trail.event_selectors or trail.advanced_event_selectors)
    told["HasInsightSelectors"] = bool(trail.insight_selectors)
    return {key: value for key, value in told.items() if not key.startswith("SnsTopic") or value}


trail_description = Trail.description
Trail.put_event_selectors = put_event_selectors
Trail.put_insight_selectors = put_insight_selectors
Trail.description = describe_trail


def end_with_the_sandbox(record):
    """Nobody can stop an emulator that is written down nowhere: it ends when its sandbox is deleted."""
    while os.path.exists(record):
        time.sleep(2)
    os._exit(0)


record = os.environ["MUSTER_SANDBOX_RECORD"]
threading.Thread(target=end_with_the_sandbox, args=(record,), daemon=True).start()

create_backend_app = server.create_backend_app
server.create_backend_app = lambda service: make_strict(create_backend_app(service))
server.main()
