"""How each of AWS's services refuses a request: the error's code and words, in the service's protocol."""

from flask import Response
from aws_error import AwsError
from moto.core.request import determine_request_protocol
from moto.core.serialize import get_serializer_class

# The code of what a service's model does not allow, where it is not ValidationException.
# Seen in the services' answers and named in their API references under "Common Errors".
_CODES = {
    "cloudwatch": "ValidationError",
    "ec2": "InvalidParameterValue",
    "iam": "ValidationError",
    "logs": "InvalidParameterException",
    "s3": "InvalidArgument",
    "sns": "ValidationError",
    "sts": "ValidationError",
}


def of_violations(service, violations):
    """The error that a service answers to values that its model does not allow."""
    if service == "ec2":
        return _of_ec2(violations[0])
    told = "; ".join(_sentence(service, violation) for violation in violations)
    plural = "error" if len(violations) == 1 else "errors"
    code = _CODES.get(service, "ValidationException")
    return AwsError(code, f"{len(violations)} validation {plural} detected: {told}")


def _sentence(service, violation):
    return f"Value{_shown(service, violation)} at '{violation.path}' failed to satisfy constraint: {violation.constraint}"


def _shown(service, violation):
    """IAM does not repeat values, which may be secret."""
    if violation.missing:
        return " null"
    return "" if service == "iam" else f" '{violation.value}'"


def _of_ec2(violation):
    parameter = violation.path.split(".")[-1]
    if violation.missing:
        return AwsError("MissingParameter", f"The request must contain the parameter {parameter}")
    return AwsError(
        "InvalidParameterValue",
        f"Value ({violation.value}) for parameter {parameter} is invalid. {violation.constraint}",
    )


def response(error, operation, request):
    """The error as an answer in the protocol of the request."""
    model = operation.service_model
    protocol = determine_request_protocol(model, request.content_type)
    serializer = get_serializer_class(model.service_name, protocol)(operation_model=operation)
    answer = serializer.serialize(error)
    return Response(answer["body"], status=answer["status_code"], headers=answer["headers"])
