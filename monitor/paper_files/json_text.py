"""A value as JSON text: of the papers, of `--json` and of what the nights log. Apart from files, so that a command that only
speaks need not import what writes them."""

import json
from datetime import date
from typing import Any

from rules.scanners.masking_in_force import masked_value
from rules.vocabulary.unprinted import UNPRINTED


def json_text(value: Any, indent: int | None = 1) -> str:
    """A value as the papers and the terminal hold JSON: Chinese as it is, days in ISO, one blank a level (`indent` None:
    one line); what is obeyed or hidden instead of printed as \\u escapes, so that nothing of it is lost.
    Personal numbers are masked."""
    text = json.dumps(masked_value(value), ensure_ascii=False, indent=indent, default=iso, allow_nan=False)
    return UNPRINTED.sub(lambda found: json.dumps(found[0])[1:-1], text) + "\n"


def iso(day: date) -> str:
    """A day as JSON holds it."""
    return day.isoformat()
