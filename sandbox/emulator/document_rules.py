"""The grammar of policy documents, as far as moto does not hold it, and the principals that they name."""

import json
import re
from fnmatch import fnmatchcase

from call import iam_of
from moto.core.utils import get_service_model
from moto.iam.policy_validation import BaseIAMPolicyValidator
from rule_table import held_by_moto, rule

GRAMMAR = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_grammar.html"
SID = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_sid.html"
PRINCIPAL = "https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_principal.html"
MALFORMED = "MalformedPolicyDocument"

IDENTITY = (
    "iam:CreatePolicy",
    "iam:CreatePolicyVersion",
    "iam:PutUserPolicy",
    "iam:PutGroupPolicy",
    "iam:PutRolePolicy",
)
TRUST = ("iam:CreateRole", "iam:UpdateAssumeRolePolicy")

held_by_moto("document-version", GRAMMAR, MALFORMED, *IDENTITY)
held_by_moto("document-elements", GRAMMAR, MALFORMED, *IDENTITY)
held_by_moto("sid-once", SID, MALFORMED, *IDENTITY)


def statements_of(text):
    """The statements of a document; None where it is none."""
    try:
        statements = json.loads(text)["Statement"]
    except (ValueError, KeyError, TypeError):
        return None
    listed = statements if isinstance(statements, list) else [statements]
    return listed if all(isinstance(statement, dict) for statement in listed) else None


def _document(call):
    return call["AssumeRolePolicyDocument"] or call["PolicyDocument"]


@rule("sid-characters", SID, MALFORMED, *IDENTITY, *TRUST)
def sid_characters(call):
    for statement in statements_of(_document(call)) or []:
        if re.fullmatch(r"[0-9A-Za-z]*", str(statement.get("Sid", ""))) is None:
            return (
                "Statement IDs (SID) must be alpha-numeric. Check that your input satisfies the regular expression [0-9A-Za-z]*"
            )
    return None


@rule("no-principal-in-identity-policy", PRINCIPAL, MALFORMED, *IDENTITY)
def no_principal(call):
    for statement in statements_of(_document(call)) or []:
        if "Principal" in statement or "NotPrincipal" in statement:
            return "Policy document should not specify a principal."
    return None


# CreateRole and UpdateAssumeRolePolicy hold a trust alike. moto looks at the latter alone, and refuses versions that IAM takes.


@rule("trust-syntax", GRAMMAR, MALFORMED, *TRUST)
def trust_syntax(call):
    try:
        BaseIAMPolicyValidator(_document(call))._validate_syntax()
    except Exception:
        return "Syntax errors in policy."
    return None


@rule("trust-values", GRAMMAR, MALFORMED, *TRUST)
def trust_values(call):
    """The case of effects, and dates of conditions."""
    validator = BaseIAMPolicyValidator(_document(call))
    validator._statements = statements_of(_document(call)) or []
    try:
        validator._perform_first_legacy_parsing()
    except Exception:
        return "The policy failed legacy parsing"
    return None


@rule("trust-has-actions", GRAMMAR, MALFORMED, *TRUST)
def trust_has_actions(call):
    for statement in statements_of(_document(call)) or []:
        if not statement.get("Action") and not statement.get("NotAction"):
            return "Policy statement must contain actions."
    return None


@rule(
    "trust-actions",
    "https://docs.aws.amazon.com/service-authorization/latest/reference/list_awssecuritytokenservice.html",
    MALFORMED,
    *TRUST,
)
def trust_actions(call):
    for statement in statements_of(_document(call)) or []:
        for action in _listed(statement.get("Action", [])):
            if not any(fnmatchcase(f"sts:{name}".lower(), str(action).lower()) for name in _STS_ACTIONS):
                return "AssumeRole policy may only specify STS AssumeRole actions."
    return None


# The operations of STS, and the actions beside AssumeRole that no operation has.
_STS_ACTIONS = (*get_service_model("sts").operation_names, "SetContext", "SetSourceIdentity", "TagSession")


@rule("trust-elements", GRAMMAR, MALFORMED, *TRUST)
def trust_elements(call):
    statements = statements_of(_document(call))
    if not statements:
        return "Syntax errors in policy."
    for statement in statements:
        if "Resource" in statement or "NotResource" in statement:
            return "Has prohibited field Resource"
        if "Principal" not in statement and "NotPrincipal" not in statement:
            return "Missing required field Principal"
    sids = [statement["Sid"] for statement in statements if statement.get("Sid")]
    return "Statement IDs (SID) in a single policy must be unique." if len(set(sids)) < len(sids) else None


@rule("principal-forms", PRINCIPAL, MALFORMED, *TRUST)
def principal_forms(call):
    for statement in statements_of(_document(call)) or []:
        for element in ("Principal", "NotPrincipal"):
            if element in statement:
                wrong = _wrong_principal(statement[element])
                if wrong:
                    return f"Invalid principal in policy: {wrong}"
    return None


_ACCOUNT_PART = r"arn:aws[a-z-]*:{service}::[0-9]{{12}}:"
_NAME = r"[\w+=,.@-]+"
_PRINCIPAL_FORMS = {
    "AWS": "|".join(
        (
            r"\*|[0-9]{12}",
            # The id of a user, a role or an access key's owner, which IAM shows where the ARN is gone.
            r"A[A-Z0-9]{15,127}",
            _ACCOUNT_PART.format(service="iam") + rf"(root|(user|role)/([!-)+->@-~]+/)?{_NAME})",
            _ACCOUNT_PART.format(service="sts") + rf"(assumed-role/{_NAME}/{_NAME}|federated-user/{_NAME})",
        )
    ),
    "Service": r"([a-z0-9_-]+\.)+(amazonaws\.com(\.cn)?|amazon\.com|aws\.internal|api\.aws)",
    "Federated": r".*",
    "CanonicalUser": r"[0-9a-f]{64}",
}


def _wrong_principal(principal):
    """What a principal names that is none, in IAM's words; None where all are."""
    if principal == "*":
        return None
    if not isinstance(principal, dict) or not principal:
        return json.dumps(principal)
    for kind, names in principal.items():
        if not _listed(names):
            return f'"{kind}":[]'
        for name in _listed(names):
            form = _PRINCIPAL_FORMS.get(kind)
            if form is None or re.fullmatch(form, str(name), re.ASCII) is None:
                return f'"{kind if kind == "AWS" else kind.upper()}":"{name}"'
    return None


@rule("federated-principal-forms", PRINCIPAL, MALFORMED, *TRUST)
def federated_principal_forms(call):
    form = r"([A-Za-z0-9-]+\.)+[A-Za-z]{2,}|arn:aws[a-z-]*:iam::[0-9]{12}:(saml|oidc)-provider/\S+"
    if all(re.fullmatch(form, str(name)) for name in _federated(call)):
        return None
    return "Federated principals must be valid domain names or SAML metadata ARNs"


@rule("saml-provider-exists", PRINCIPAL, MALFORMED, *TRUST)
def saml_provider_exists(call):
    """Of accounts that the emulator has."""
    for arn in map(str, _federated(call)):
        parts = re.fullmatch(r"arn:aws:iam::(\d{12}):saml-provider/.*", arn)
        iam = iam_of(parts[1]) if parts else None
        if iam is not None and all(provider.arn != arn for provider in list(iam.saml_providers.values())):
            return f'Invalid principal in policy: "FEDERATED":"{arn}"'
    return None


def _federated(call):
    for statement in statements_of(_document(call)) or []:
        principal = statement.get("Principal")
        yield from _listed(principal.get("Federated", [])) if isinstance(principal, dict) else []


def _listed(value):
    return value if isinstance(value, list) else [value]


@rule("principals-exist", PRINCIPAL, MALFORMED, *TRUST)
def principals_exist(call):
    """Of accounts that the emulator has; of others nobody knows here."""
    missing = missing_principal(_document(call))
    return missing and f'Invalid principal in policy: "AWS":"{missing}"'


def missing_principal(text):
    """A user or role that a document names as principal and that its account does not have."""
    for statement in statements_of(text) or []:
        principal = statement.get("Principal")
        named = principal.get("AWS", []) if isinstance(principal, dict) else []
        for arn in named if isinstance(named, list) else [named]:
            if _is_missing(str(arn)):
                return arn
    return None


def _is_missing(arn):
    parts = re.fullmatch(r"arn:aws:iam::(\d{12}):(user|role)/(?:.*/)?([^/]+)", arn)
    iam = iam_of(parts[1]) if parts else None
    if iam is None:
        return False
    known = iam.users.values() if parts[2] == "user" else iam.roles.values()
    return not any(one.arn == arn for one in list(known))
