"""What every case has in common: the subject that a rule is applied to."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Case:
    """`subject` distinguishes it from the others of its kind; `units` are the keys of the units
    whose it is, `unit_names` these as they are printed."""

    subject: str
    units: tuple[str, ...]
    unit_names: str
