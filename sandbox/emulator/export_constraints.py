"""
Prints what the service models say about inputs, named as `iam:CreateUser.Tags[].Key`, as JSON with the version of
botocore: the pattern, the least and the greatest length, the words. An input that no model has is missing.
"""

import json
import sys

import botocore
from moto.core.utils import get_service_model

KEPT = ("pattern", "min", "max", "enum")


def constraints_of(shape, path, seen=()):
    if shape.type_name == "structure" and shape.name not in seen:
        for name, member in shape.members.items():
            yield from constraints_of(member, f"{path}.{name}", (*seen, shape.name))
    elif shape.type_name == "list":
        yield from constraints_of(shape.member, f"{path}[]", seen)
    elif shape.type_name == "map":
        yield from constraints_of(shape.key, f"{path}{{key}}", seen)
        yield from constraints_of(shape.value, f"{path}{{value}}", seen)
    elif shape.type_name == "string":
        kept = {key: shape.metadata[key] for key in KEPT if key in shape.metadata}
        yield path, kept


if __name__ == "__main__":
    inputs = sys.argv[1:]
    constraints = {}
    for name in sorted({name.split(".")[0] for name in inputs}):
        service, operation = name.split(":")
        shape = get_service_model(service).operation_model(operation).input_shape
        constraints.update((path, kept) for path, kept in constraints_of(shape, name) if path in inputs)
    json.dump({"botocore": botocore.__version__, "constraints": constraints}, sys.stdout, indent=2, ensure_ascii=False)
    print()
