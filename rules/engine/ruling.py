"""A finding together with what sets it aside."""

from dataclasses import dataclass

from rules.engine.finding import Finding


@dataclass(frozen=True, slots=True)
class Ruling:
    """A finding, with the reason of the waiver that sets it aside, and the reason why another finding or the night
    inhibits it (None: nothing does)."""

    finding: Finding
    waived: str | None = None
    inhibited: str | None = None

    @property
    def reported(self) -> bool:
        """Whether papers and mails report it."""
        return self.waived is None and self.inhibited is None

    @property
    def keeps_open(self) -> bool:
        """Whether the remembered finding opens or stays open by it; a waiver does not change that."""
        return self.inhibited is None and not self.finding.settled
