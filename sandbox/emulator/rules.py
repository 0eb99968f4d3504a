"""
All rules of the emulator: importing this module fills the table of `rule_table.py`.

`python rules.py` prints the table as JSON; the tests hold a case against each row.
"""

import json
import sys

import detector_rules  # noqa: F401
import document_rules  # noqa: F401
import iam_rules  # noqa: F401
import other_rules  # noqa: F401
import value_rules  # noqa: F401
from rule_table import table

if __name__ == "__main__":
    rows = [
        {"name": row.name, "source": row.source, "heldBy": "moto" if row.breach is None else "sandbox"}
        for row in table
    ]
    json.dump(rows, sys.stdout)
