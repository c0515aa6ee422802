"""Waivers (豁免、报备) applied to findings: a waived finding is kept and set aside, with who, why and until when."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from rules.engine.finding import Finding
from rules.engine.ruling import Ruling
from rules.vocabulary.places import Waiver


def waive(rulings: Iterable[Ruling], waivers: Sequence[Waiver], as_of: date) -> list[Ruling]:
    """The rulings, with the reason of the waiver that covers each finding on a day, if one does."""
    covering = ((ruling, waiver_of(ruling.finding, waivers, as_of)) for ruling in rulings)
    return [replace(ruling, waived=reason_of(waiver)) if waiver else ruling for ruling, waiver in covering]


def waiver_of(finding: Finding, waivers: Iterable[Waiver], as_of: date) -> Waiver | None:
    """The first waiver that covers a finding on a day; None where none does, or none does any more."""
    return next((w for w in waivers if as_of <= w.until and covers(w, finding)), None)


def covers(waiver: Waiver, finding: Finding) -> bool:
    """Whether a waiver is for this finding, whatever the day."""
    prefix = waiver.rule.removesuffix("*")
    fits_rule = finding.rule.startswith(prefix) if prefix != waiver.rule else finding.rule == waiver.rule
    fits_unit = not waiver.unit or waiver.unit in finding.units
    return fits_rule and fits_unit and finding.path[: len(waiver.path)] == waiver.path


def reason_of(waiver: Waiver) -> str:
    """The waiver as it is printed beside the finding."""
    who = f"，{waiver.who}" if waiver.who else ""
    return f"{waiver.why}（豁免至 {waiver.until:%Y-%m-%d}{who}）"
