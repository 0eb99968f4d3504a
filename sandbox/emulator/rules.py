"""
What AWS refuses and no service model says: one table, each rule with its source.

`python rules.py` prints the table as JSON; the tests hold a case against each row.
"""

import json
import sys
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


_table: list[Rule] = []
_by_operation: dict[str, list[Rule]] = defaultdict(list)


def rule(name, source, code, *operations):
    """Puts a function of a call into the table: it returns AWS's message where the call breaks the rule."""

    def add(breach):
        entry = Rule(name, source, operations, breach, code)
        _table.append(entry)
        for operation in operations:
            _by_operation[operation].append(entry)
        return breach

    return add


def held_by_moto(name, source, code, *operations):
    """A rule that moto holds already. It stands in the table so that it is tried as the others are."""
    _table.append(Rule(name, source, operations, None, code))


def broken_rule(call):
    """The error of the first rule that a call breaks; None where it breaks none."""
    for entry in _by_operation.get(f"{call.service}:{call.operation.name}", ()):
        message = entry.breach(call)
        if message:
            return AwsError(entry.code, message)
    return None


def table():
    # Importing fills the table.
    import detector_rules  # noqa: F401
    import document_rules  # noqa: F401
    import iam_rules  # noqa: F401
    import other_rules  # noqa: F401
    import value_rules  # noqa: F401

    return _table


if __name__ == "__main__":
    # Under its own name, so that the modules of rules fill this very table.
    import rules

    rows = [
        {"name": row.name, "source": row.source, "heldBy": "moto" if row.breach is None else "sandbox"}
        for row in rules.table()
    ]
    json.dump(rows, sys.stdout)
