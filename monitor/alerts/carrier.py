"""What carries mails: SMTP, or a web hook. Both give answers; neither decides what becomes of a mail."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from db.mail.delivery import Answer, Claimed

# Called with the answers so far when everything but the mail's last byte is out. False: stop.
HandOver = Callable[[Sequence[Answer]], bool]


@dataclass(frozen=True, slots=True)
class Carried:
    """What came of carrying one mail. `trouble`: it surely did not go, and why; then there are no answers.
    `hopeless`: nor would any other go now."""

    answers: tuple[Answer, ...] = ()
    trouble: str = ""
    hopeless: bool = False


class Carrier(Protocol):
    """Carries one mail; must call `hand_over` before what cannot be taken back."""

    def carry(self, mail: Claimed, hand_over: HandOver) -> Carried: ...

    def close(self) -> None: ...
