"""Holds every request against AWS's own service model, and against the rules that no model says, before moto sees it."""

import sys

import refusal
import rules  # noqa: F401 (importing it fills the table)
from call import Call
from constraints import violations
from flask import Response, request as flask_request
from aws_error import AwsError
from moto.core.parse import PROTOCOL_PARSERS
from moto.core.request import determine_request_protocol
from moto.core.responses import boto3_service_name
from moto.core.routing import get_service_router
from moto.core.utils import get_service_model
from patterns import ForeignPattern
from rule_table import broken_rule
from werkzeug.exceptions import NotFound

# Not AWS's: moto's own pages, and what machines ask about themselves.
NOT_OF_AWS = {"moto_api", "instance_metadata"}


def make_strict(app):
    """Has moto's app of one service refuse what AWS refuses."""
    if app.service in NOT_OF_AWS:
        return app
    service = boto3_service_name.get(app.service, app.service)
    app.before_request(lambda: refused(service, flask_request._get_current_object()))
    app.register_error_handler(NotImplementedError, lambda _: not_implemented(service))
    return app


def not_implemented(service):
    """The refusal of what AWS's model has and moto does not, which it would answer with a page in HTML."""
    request = flask_request._get_current_object()
    operation, _ = operation_of(service, request)
    told = f"The sandbox does not have {service}:{operation.name}, or not in this form; AWS has."
    return refusal.response(AwsError("NotImplemented", told), operation, request)


def refused(service, request):
    """AWS's refusal of a request; None where neither its model nor a rule says anything against it."""
    if request.method == "OPTIONS":
        return None
    try:
        operation, uri = operation_of(service, request)
    except (NotFound, NotImplementedError, LookupError) as problem:
        return unknown(service, request, problem)
    try:
        call = Call(service, operation, parameters(operation, uri, request), request)
        found = violations(operation.input_shape, call.parameters) if operation.input_shape else []
    except ForeignPattern as problem:
        return unknown(service, request, problem)
    except ValueError as problem:
        return refusal.response(AwsError("MalformedInput", str(problem)), operation, request)
    error = refusal.of_violations(service, found) if found else broken_rule(call)
    return error and refusal.response(error, operation, request)


def operation_of(service, request):
    """The operation of a request and what its path says. AWS takes a target with and without the namespace before it."""
    model, (_, _, name) = get_service_model(service), request.headers.get("X-Amz-Target", "").rpartition(".")
    if model.metadata.get("targetPrefix") and name in model.operation_names:
        return model.operation_model(name), {}
    return get_service_router(service).match(request)


def parameters(operation, uri, request):
    protocol = determine_request_protocol(operation.service_model, request.content_type)
    parser = PROTOCOL_PARSERS[protocol](operation)
    return parser.parse(
        {
            "method": request.method,
            "values": request.values,
            "headers": request.headers,
            "body": request.data,
            "url_path": request.path,
            "url_params": uri,
        }
    )


def unknown(service, request, problem):
    """What could not be held against a model does not pass: a sandbox that looks away proves nothing."""
    asked = request.headers.get("X-Amz-Target") or request.values.get("Action") or f"{request.method} {request.path}"
    told = f"The sandbox cannot hold {service} {asked} against AWS's service model: {problem or type(problem).__name__}"
    print(told, file=sys.stderr, flush=True)
    return Response(told, status=501, content_type="text/plain")
