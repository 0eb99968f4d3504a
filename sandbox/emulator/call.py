"""A request as its service's model reads it, and moto's accounts that it is about."""

import re
from dataclasses import dataclass

from moto.backends import get_backend
from moto.iam.models import get_account_id_from, iam_backends

PARTITION = "aws"


@dataclass(frozen=True)
class Call:
    service: str
    operation: object
    # By the names of the model: {"UserName": "sarah"}.
    parameters: dict
    request: object

    def __getitem__(self, name):
        return self.parameters.get(name)

    @property
    def account(self):
        key = re.search(r"Credential=([^/]+)/", self.request.headers.get("Authorization", ""))
        return get_account_id_from(key[1] if key else "")

    @property
    def region(self):
        scope = re.search(r"Credential=[^/]+/[^/]+/([^/]+)/", self.request.headers.get("Authorization", ""))
        return scope[1] if scope else "us-east-1"

    @property
    def iam(self):
        """IAM of the caller's account."""
        return iam_backends[self.account][PARTITION]

    def regional(self, service):
        """A service of the caller's account and region."""
        return get_backend(service)[self.account][self.region]


def iam_of(account):
    """IAM of an account that the emulator has; None where it does not know the account."""
    return iam_backends[account][PARTITION] if account in list(iam_backends.keys()) else None
