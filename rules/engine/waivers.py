"""Waivers (豁免、报备) applied to findings: a waived finding is kept and set aside, with who, why and until when."""

from collections.abc import Iterable
from datetime import date

from rules.engine.finding import Finding
from rules.vocabulary.places import Waiver


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
