"""Which thing of a site a case or a finding is about, by its keys."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Reference:
    """`column` and `duty` (within the column), or `mailbox`, are keys of the site file; `identity` is that of one
    posting of the column, or of one letter of the mailbox. All empty: it is about no one of them (a unit, the whole
    site, a text that several letters share)."""

    column: str = ""
    duty: str = ""
    mailbox: str = ""
    identity: str = ""


NOTHING = Reference()
