"""The grammar of policy documents, as far as moto does not hold it, and the principals that they name."""

import json
import re

from call import iam_of
from rules import held_by_moto, rule

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
        actions = statement.get("Action", [])
        for action in actions if isinstance(actions, list) else [actions]:
            if not str(action).lower().startswith("sts:"):
                return "AssumeRole policy may only specify STS AssumeRole actions."
    sids = [statement["Sid"] for statement in statements if statement.get("Sid")]
    return "Statement IDs (SID) in a single policy must be unique." if len(set(sids)) < len(sids) else None


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
