"""What AWS refuses and no service model says: a rule has its source. `rules.py` lists all of them."""

from collections import defaultdict
from dataclasses import dataclass
from typing import Callable

from aws_error import AwsError


@dataclass(frozen=True)
class Rule:
    name: str
    source: str
    operations: tuple[str, ...]
    # Returns a message, or an error, where the call breaks the rule. None where moto itself holds it.
    breach: Callable | None
    code: str


table: list[Rule] = []
_by_operation: dict[str, list[Rule]] = defaultdict(list)


def rule(name, source, code, *operations):
    """Puts a function of a call into the table: it returns AWS's message where the call breaks the rule."""

    def add(breach):
        entry = Rule(name, source, operations, breach, code)
        table.append(entry)
        for operation in operations:
            _by_operation[operation].append(entry)
        return breach

    return add


def held_by_moto(name, source, code, *operations):
    """A rule that moto holds already. It stands in the table so that it is tried as the others are."""
    table.append(Rule(name, source, operations, None, code))


def broken_rule(call):
    """The error of the first rule that a call breaks; None where it breaks none."""
    for entry in _by_operation.get(f"{call.service}:{call.operation.name}", ()):
        message = entry.breach(call)
        if message:
            return AwsError(entry.code, message)
    return None
