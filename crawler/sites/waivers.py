"""Waivers written into a site file's text and taken out of it. Everything else in the text stays as the office wrote it:
comments, order, ends of lines."""

import json
import re
from collections.abc import Callable, Sequence
from typing import Any

from rules.errors import WrongSiteFile
from rules.vocabulary.places import Waiver
from rules.vocabulary.toml_text import parse_toml

HEADER = re.compile(r"\s*\[\[\s*waivers\s*\]\]\s*(#.*)?")
NEXT = re.compile(r"\s*\[")
BLANK = re.compile(r"\s*(#.*)?")
BY_HAND = "站点文件中豁免的写法与通常的 [[waivers]] 表不同，没有改动，请手工修改。"


def with_waiver(text: str, waiver: Waiver) -> str:
    """The text with one more [[waivers]] table at its end. Raises WrongSiteFile where it would come to say anything else."""
    end = "\r\n" if "\r\n" in text else "\n"
    written: dict[str, str | list[str]] = {
        "rule": waiver.rule, "unit": waiver.unit, "path": list(waiver.path), "why": waiver.why, "who": waiver.who,
    }  # fmt: skip
    lines = [f"{key} = {_toml(value)}" for key, value in written.items() if value]
    table = ["[[waivers]]", *lines, f"until = {waiver.until.isoformat()}"]
    changed = text.rstrip() + end * 2 + end.join(table) + end
    added = {key: value for key, value in written.items() if value} | {"until": waiver.until}
    _refuse_other(changed, text, lambda waivers: [*waivers, added])
    return changed


def without_waivers(text: str, places: Sequence[int]) -> str:
    """The text without the waivers at these places among its waivers (from 0). Raises WrongSiteFile as above."""
    lines = text.splitlines(keepends=True)
    starts = [number for number, line in enumerate(lines) if HEADER.fullmatch(line.rstrip("\r\n"))]
    if places and max(places) >= len(starts):
        raise WrongSiteFile(BY_HAND)
    gone = {number for place in places for number in range(starts[place], _end_of(lines, starts[place]))}
    changed = "".join(line for number, line in enumerate(lines) if number not in gone)
    _refuse_other(
        changed, text, lambda waivers: [each for n, each in enumerate(waivers) if n not in set(places)]
    )
    return changed


def _end_of(lines: Sequence[str], start: int) -> int:
    """After a table's last line, and the blank one behind it: comments before the next table are the next one's."""
    following = (number for number in range(start + 1, len(lines)) if NEXT.match(lines[number]))
    end = next(following, len(lines))
    last = end
    while BLANK.fullmatch(lines[last - 1].rstrip("\r\n")):
        last -= 1
    return last + 1 if last < end and not lines[last].strip() else last


def _refuse_other(changed: str, text: str, expected: Callable[[list[Any]], list[Any]]) -> None:
    """A text may be laid out as no line-by-line reading foresees: what it says now is compared with what it should."""
    before, after = (parse_toml(each, "站点文件", WrongSiteFile) for each in (text, changed))
    wanted, found = expected(before.pop("waivers", [])), after.pop("waivers", [])
    if (before, wanted) != (after, found):
        raise WrongSiteFile(BY_HAND)


def _toml(value: str | list[str]) -> str:
    """A JSON string is a TOML one, but for the character DEL, which TOML wants escaped."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
