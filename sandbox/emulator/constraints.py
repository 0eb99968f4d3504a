"""What AWS's service models say about a request's values: patterns, lengths, enumerations, ranges, required members."""

from dataclasses import dataclass

from patterns import compiled


@dataclass(frozen=True)
class Violation:
    """A value that AWS refuses, in AWS's words."""

    path: str
    value: object
    constraint: str

    @property
    def missing(self):
        return self.value is None


def violations(shape, value, path=""):
    """What of a parsed request its input shape does not allow, in the order of the model."""
    if value is None:
        return []
    return _CHECKS.get(shape.type_name, _nothing)(shape, value, path)


def _nothing(_shape, _value, _path):
    return []


def _structure(shape, value, path):
    if shape.is_document_type:
        return []
    if not isinstance(value, dict):
        return [_wrong_type(path, value, "a structure")]
    found = []
    for name, member in shape.members.items():
        at = f"{path}.{_lower(name)}" if path else _lower(name)
        given = value.get(name)
        if given is None:
            if name in shape.required_members:
                found.append(Violation(at, None, "Member must not be null"))
            continue
        found.extend(violations(member, given, at))
    return found


def _list(shape, value, path):
    if not isinstance(value, list):
        return [_wrong_type(path, value, "a list")]
    found = _sized(shape, value, len(value), path)
    for index, item in enumerate(value, start=1):
        found.extend(violations(shape.member, item, f"{path}.{index}.member"))
    return found


def _map(shape, value, path):
    if not isinstance(value, dict):
        return [_wrong_type(path, value, "a map")]
    found = _sized(shape, value, len(value), path)
    for key, item in value.items():
        for violation in violations(shape.key, key, path):
            found.append(Violation(path, value, f"Map keys must satisfy constraint: [{violation.constraint}]"))
        found.extend(violations(shape.value, item, f"{path}.{key}.member"))
    return found


def _string(shape, value, path):
    if not isinstance(value, str):
        return [_wrong_type(path, value, "a string")]
    found = _sized(shape, value, len(value), path)
    pattern, enum = shape.metadata.get("pattern"), shape.metadata.get("enum")
    if pattern is not None and compiled(pattern).fullmatch(value) is None:
        found.append(Violation(path, value, f"Member must satisfy regular expression pattern: {pattern}"))
    if enum is not None and value not in enum:
        found.append(Violation(path, value, f"Member must satisfy enum value set: [{', '.join(enum)}]"))
    return found


def _number(shape, value, path):
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return [_wrong_type(path, value, "a number")]
    return _bounded(shape, value, value, path, "value")


def _boolean(_shape, value, path):
    return [] if isinstance(value, bool) else [_wrong_type(path, value, "a boolean")]


def _sized(shape, value, size, path):
    return _bounded(shape, value, size, path, "length")


def _bounded(shape, value, measure, path, what):
    low, high = shape.metadata.get("min"), shape.metadata.get("max")
    found = []
    if low is not None and measure < low:
        found.append(Violation(path, value, f"Member must have {what} greater than or equal to {low}"))
    if high is not None and measure > high:
        found.append(Violation(path, value, f"Member must have {what} less than or equal to {high}"))
    return found


def _wrong_type(path, value, expected):
    return Violation(path, value, f"Member must be {expected}")


def _lower(name):
    return name[:1].lower() + name[1:]


_CHECKS = {
    "structure": _structure,
    "list": _list,
    "map": _map,
    "string": _string,
    "integer": _number,
    "long": _number,
    "float": _number,
    "double": _number,
    "boolean": _boolean,
}
