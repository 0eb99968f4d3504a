"""An error as AWS answers it."""

from moto.core.exceptions import ServiceException


class AwsError(ServiceException):
    """With a code and a message. A class of its own: moto looks for the service of its own classes in their module."""
