"""IAM's quotas, names and order of deletion."""

import json
import os
import re

from rule_table import held_by_moto, rule
from tag_keys import tag_keys

QUOTAS = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html"
TAGS = "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_tags.html"
API = "https://docs.aws.amazon.com/IAM/latest/APIReference/API_"

LIMIT, CONFLICT, EXISTS = "LimitExceeded", "DeleteConflict", "EntityAlreadyExists"


# By IAM's names of them.
DEFAULTS = {
    "ACLSizePerRole": 2048,
    "GroupsPerAccount": 300,
    "GroupsPerUser": 10,
    "MFADevicesPerUser": 8,
    "PoliciesPerAccount": 1500,
    "PoliciesPerGroup": 10,
    "PoliciesPerRole": 10,
    "PoliciesPerUser": 10,
    "PolicySize": 6144,
    "RolesPerAccount": 1000,
    "UsersPerAccount": 5000,
}
TAGS_PER_RESOURCE = 50


def _exceeds(call, quota, count):
    most = _raised(call.account).get(quota, DEFAULTS[quota])
    return _exceeded(quota, most) if count > most else None


def _exceeded(quota, most):
    return f"Cannot exceed quota for {quota}: {most}"


def _size(document):
    """IAM counts no white space."""
    return len(re.sub(r"\s", "", document))


# Names


def _taken(kind, name, names):
    if name.lower() in (other.lower() for other in names):
        return f"{kind} with name {name} already exists."
    return None


@rule("user-names-without-case", QUOTAS, EXISTS, "iam:CreateUser", "iam:UpdateUser")
def user_name(call):
    name = call["NewUserName"] or (call["UserName"] if call.operation.name == "CreateUser" else None)
    # A name that a user has already is no news of theirs: UpdateUser may repeat it beside a new path.
    if name is None or name == call["UserName"] and call.operation.name == "UpdateUser":
        return None
    return _taken("User", name, list(call.iam.users))


@rule("group-names-without-case", QUOTAS, EXISTS, "iam:CreateGroup", "iam:UpdateGroup")
def group_name(call):
    name = call["NewGroupName"] or (call["GroupName"] if call.operation.name == "CreateGroup" else None)
    if name is None or name == call["GroupName"] and call.operation.name == "UpdateGroup":
        return None
    return _taken("Group", name, list(call.iam.groups))


@rule("role-names-without-case", QUOTAS, EXISTS, "iam:CreateRole")
def role_name(call):
    return _taken("Role", call["RoleName"], [role.name for role in list(call.iam.roles.values())])


@rule("policy-names-without-case", f"{API}CreatePolicy.html", EXISTS, "iam:CreatePolicy")
def policy_name(call):
    own = [policy.name for arn, policy in list(call.iam.managed_policies.items()) if ":aws:policy/" not in arn]
    return _taken("Policy", call["PolicyName"], own)


held_by_moto("device-left-behind", f"{API}CreateVirtualMFADevice.html", EXISTS, "iam:CreateVirtualMFADevice")


# Tags


@rule("tags-per-resource", TAGS, LIMIT, "iam:TagUser", "iam:TagRole", "iam:TagPolicy", "iam:TagOpenIDConnectProvider")
def tags_per_resource(call):
    kind, present = _tags(call)
    keys = {_as_compared(call, key) for key in (*present, *(tag["Key"] for tag in call["Tags"] or []))}
    return _exceeded(f"TagsPer{kind}", TAGS_PER_RESOURCE) if len(keys) > TAGS_PER_RESOURCE else None


def _tags(call):
    iam = call.iam
    if call["UserName"]:
        return "User", tag_keys(iam.users.get(call["UserName"]))
    if call["RoleName"]:
        return "Role", tag_keys(_role(call))
    if call["PolicyArn"]:
        return "Policy", tag_keys(iam.managed_policies.get(call["PolicyArn"]))
    provider = iam.open_id_providers.get(call["OpenIDConnectProviderArn"])
    return "OpenIdConnectProvider", tag_keys(provider)


_TAGGING = (
    "iam:CreateUser",
    "iam:TagUser",
    "iam:CreateRole",
    "iam:TagRole",
    "iam:CreatePolicy",
    "iam:TagPolicy",
    "iam:CreateOpenIDConnectProvider",
    "iam:TagOpenIDConnectProvider",
)


@rule("tag-keys-once", TAGS, "InvalidInput", *_TAGGING)
def tag_keys_once(call):
    keys = [_as_compared(call, tag["Key"]) for tag in call["Tags"] or []]
    return "Duplicate tag keys found. Please note that Tag keys are case insensitive." if len(set(keys)) < len(keys) else None


def _as_compared(call, key):
    """The case of keys means nothing on users and roles, and something on policies and identity providers."""
    of_principal = call["UserName"] or call["RoleName"]
    return key.lower() if of_principal else key


@rule("tag-keys-of-aws", TAGS, "InvalidInput", *_TAGGING)
def tag_keys_of_aws(call):
    for tag in call["Tags"] or []:
        if tag["Key"].lower().startswith("aws:"):
            return f"Tag key {tag['Key']} begins with the reserved prefix aws:"
    return None


@rule("tag-values-of-aws", TAGS, "InvalidInput", *_TAGGING)
def tag_values_of_aws(call):
    for tag in call["Tags"] or []:
        if tag["Value"].lower().startswith("aws:"):
            return f"Tag value {tag['Value']} begins with the reserved prefix aws:"
    return None


# Values that the model leaves free


@rule(
    "account-alias-digits",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/console-account-alias.html",
    "ValidationError",
    "iam:CreateAccountAlias",
)
def account_alias_digits(call):
    if re.fullmatch(r"[0-9]{12}", call["AccountAlias"]):
        return "The account alias must not be 12 digits, as an account's id is."
    return None


@rule("identity-provider-https", f"{API}CreateOpenIDConnectProvider.html", "InvalidInput", "iam:CreateOpenIDConnectProvider")
def identity_provider_https(call):
    return None if call["Url"].startswith("https://") else "Invalid Open ID Connect Provider URL: it must begin with https://"


@rule(
    "password-policy",
    "https://docs.aws.amazon.com/IAM/latest/UserGuide/id_credentials_passwords_account-policy.html",
    "PasswordPolicyViolation",
    "iam:CreateLoginProfile",
    "iam:UpdateLoginProfile",
)
def password_policy(call):
    password, policy = call["Password"], call.iam.account_password_policy
    if password is None:
        return None
    kinds = {
        "uppercase letter": re.search("[A-Z]", password),
        "lowercase letter": re.search("[a-z]", password),
        "number": re.search("[0-9]", password),
        "symbol": re.search(r"[!@#$%^&*()_+\-=\[\]{}|']", password),
    }
    least = int(policy.minimum_password_length) if policy else 8
    if len(password) < least:
        return f"Password should have a minimum length of {least}"
    if policy is None:
        few = sum(map(bool, kinds.values())) < 3
        return "Password should have at least three kinds of characters" if few else None
    required = {
        "uppercase letter": policy.require_uppercase_characters,
        "lowercase letter": policy.require_lowercase_characters,
        "number": policy.require_numbers,
        "symbol": policy.require_symbols,
    }
    missing = next((kind for kind, needed in required.items() if needed and not kinds[kind]), None)
    return missing and f"Password should have at least one {missing}"


# Sizes of documents


@rule("managed-policy-size", QUOTAS, LIMIT, "iam:CreatePolicy", "iam:CreatePolicyVersion")
def managed_policy_size(call):
    return _exceeds(call, "PolicySize", _size(call["PolicyDocument"]))


def _inline(call, owner, kind, most):
    others = [text for name, text in (owner.policies.items() if owner else []) if name != call["PolicyName"]]
    total = sum(map(_size, [*others, call["PolicyDocument"]]))
    return f"Maximum policy size of {most} bytes exceeded for {kind}" if total > most else None


@rule("inline-policies-of-user", QUOTAS, LIMIT, "iam:PutUserPolicy")
def inline_user(call):
    return _inline(call, call.iam.users.get(call["UserName"]), f"user {call['UserName']}", 2048)


@rule("inline-policies-of-group", QUOTAS, LIMIT, "iam:PutGroupPolicy")
def inline_group(call):
    return _inline(call, call.iam.groups.get(call["GroupName"]), f"group {call['GroupName']}", 5120)


@rule("inline-policies-of-role", QUOTAS, LIMIT, "iam:PutRolePolicy")
def inline_role(call):
    return _inline(call, _role(call), f"role {call['RoleName']}", 10240)


@rule("trust-policy-size", QUOTAS, LIMIT, "iam:CreateRole", "iam:UpdateAssumeRolePolicy")
def trust_size(call):
    return _exceeds(call, "ACLSizePerRole", _size(call["AssumeRolePolicyDocument"] or call["PolicyDocument"]))


def _raised(account):
    """The quotas that AWS has raised in an account, as the sandbox has written them down."""
    file = os.environ.get("MUSTER_SANDBOX_QUOTAS")
    if file is None or not os.path.exists(file):
        return {}
    with open(file, encoding="utf-8") as quotas:
        return json.load(quotas).get(account, {})


# Counts

held_by_moto("policy-versions", QUOTAS, LIMIT, "iam:CreatePolicyVersion")
held_by_moto("access-keys-of-user", QUOTAS, LIMIT, "iam:CreateAccessKey")


@rule("policies-attached-to-user", QUOTAS, LIMIT, "iam:AttachUserPolicy")
def attached_to_user(call):
    return _attached(call, call.iam.users.get(call["UserName"]), "PoliciesPerUser")


@rule("policies-attached-to-group", QUOTAS, LIMIT, "iam:AttachGroupPolicy")
def attached_to_group(call):
    return _attached(call, call.iam.groups.get(call["GroupName"]), "PoliciesPerGroup")


@rule("policies-attached-to-role", QUOTAS, LIMIT, "iam:AttachRolePolicy")
def attached_to_role(call):
    return _attached(call, _role(call), "PoliciesPerRole")


def _attached(call, owner, quota):
    arns = set(owner.managed_policies if owner else ())
    return _exceeds(call, quota, len(arns | {call["PolicyArn"]}))


@rule("groups-of-user", QUOTAS, LIMIT, "iam:AddUserToGroup")
def groups_of_user(call):
    user = call.iam.users.get(call["UserName"])
    joined = [name for name, group in list(call.iam.groups.items()) if user in group.users]
    return _exceeds(call, "GroupsPerUser", len({*joined, call["GroupName"]}))


@rule("devices-of-user", QUOTAS, LIMIT, "iam:EnableMFADevice")
def devices_of_user(call):
    user = call.iam.users.get(call["UserName"])
    return _exceeds(call, "MFADevicesPerUser", len({*(user.mfa_devices if user else ()), call["SerialNumber"]}))


@rule("users-of-account", QUOTAS, LIMIT, "iam:CreateUser")
def users_of_account(call):
    return _exceeds(call, "UsersPerAccount", len(call.iam.users) + 1)


@rule("groups-of-account", QUOTAS, LIMIT, "iam:CreateGroup")
def groups_of_account(call):
    return _exceeds(call, "GroupsPerAccount", len(call.iam.groups) + 1)


@rule("roles-of-account", QUOTAS, LIMIT, "iam:CreateRole")
def roles_of_account(call):
    return _exceeds(call, "RolesPerAccount", len(call.iam.roles) + 1)


@rule("policies-of-account", QUOTAS, LIMIT, "iam:CreatePolicy")
def policies_of_account(call):
    own = [arn for arn in list(call.iam.managed_policies) if ":aws:policy/" not in arn]
    return _exceeds(call, "PoliciesPerAccount", len(own) + 1)


# Order of deletion


@rule("user-with-belongings", f"{API}DeleteUser.html", CONFLICT, "iam:DeleteUser")
def user_with_belongings(call):
    user = call.iam.users.get(call["UserName"])
    if user is None:
        return None
    belongings = {
        "must delete login profile first": user.password,
        "must delete access keys first": user.access_keys,
        "must delete MFA device first": user.mfa_devices,
        "must delete SSH public keys first": user.ssh_public_keys,
        "must delete signing certificates first": user.signing_certificates,
        "must delete service specific credentials first": user.__dict__.get("service_specific_credentials"),
        "must remove user from groups first": any(user in group.users for group in list(call.iam.groups.values())),
    }
    first = next((way for way, there in belongings.items() if there), None)
    return first and f"Cannot delete entity, {first}."


held_by_moto("user-with-policies", f"{API}DeleteUser.html", CONFLICT, "iam:DeleteUser")
held_by_moto("role-with-policies", f"{API}DeleteRole.html", CONFLICT, "iam:DeleteRole")


@rule("group-with-contents", f"{API}DeleteGroup.html", CONFLICT, "iam:DeleteGroup")
def group_with_contents(call):
    group = call.iam.groups.get(call["GroupName"])
    if group is None:
        return None
    if group.users:
        return "Cannot delete entity, must remove users from group first."
    if group.managed_policies:
        return "Cannot delete entity, must detach all policies first."
    return "Cannot delete entity, must delete policies first." if group.policies else None


@rule("policy-in-use", f"{API}DeletePolicy.html", CONFLICT, "iam:DeletePolicy")
def policy_in_use(call):
    policy = call.iam.managed_policies.get(call["PolicyArn"])
    if policy is None:
        return None
    if policy.attachment_count > 0:
        return "Cannot delete a policy attached to entities."
    if len(policy.versions) > 1:
        return "This policy has more than one version. Before you delete a policy, you must delete the policy's versions."
    return None


@rule(
    "boundary-exists",
    f"{API}PutRolePermissionsBoundary.html",
    "NoSuchEntity",
    "iam:CreateRole",
    "iam:CreateUser",
    "iam:PutRolePermissionsBoundary",
    "iam:PutUserPermissionsBoundary",
)
def boundary_exists(call):
    arn = call["PermissionsBoundary"]
    if not arn or ":policy/" not in arn or arn in call.iam.managed_policies:
        return None
    return f"Scope ARN: {arn} does not exist or is not attachable."


@rule("identity-provider-once", f"{API}CreateOpenIDConnectProvider.html", EXISTS, "iam:CreateOpenIDConnectProvider")
def identity_provider_once(call):
    issuer = call["Url"].removeprefix("https://")
    taken = any(arn.split(":oidc-provider/")[-1] == issuer for arn in list(call.iam.open_id_providers))
    return f"Provider with url {call['Url']} already exists." if taken else None


@rule("boundary-in-use", f"{API}DeletePolicy.html", CONFLICT, "iam:DeletePolicy")
def boundary_in_use(call):
    return _serves_as_boundary(call["PolicyArn"], call.iam.roles.values())


@rule("boundary-of-user-in-use", f"{API}DeletePolicy.html", CONFLICT, "iam:DeletePolicy")
def boundary_of_user_in_use(call):
    return _serves_as_boundary(call["PolicyArn"], call.iam.users.values())


def _serves_as_boundary(arn, principals):
    boundaries = (principal.permissions_boundary for principal in list(principals))
    if any(boundary and boundary["PermissionsBoundaryArn"] == arn for boundary in boundaries):
        return "Cannot delete a policy attached to entities as a permissions boundary."
    return None


held_by_moto("default-version", f"{API}DeletePolicyVersion.html", CONFLICT, "iam:DeletePolicyVersion")


@rule("device-in-use", f"{API}DeleteVirtualMFADevice.html", CONFLICT, "iam:DeleteVirtualMFADevice")
def device_in_use(call):
    if any(call["SerialNumber"] in user.mfa_devices for user in list(call.iam.users.values())):
        return "MFA VirtualDevice in use. Must deactivate first."
    return None


def _role(call):
    return next((role for role in list(call.iam.roles.values()) if role.name == call["RoleName"]), None)
