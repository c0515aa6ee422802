"""How a mail leaves: by SMTP or by a web hook. Both report answers; neither decides what becomes of the mail."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

from db.mail.delivery import Answer, Claimed

# Called with the answers so far when everything but the mail's last byte is out. False: stop.
HandOver = Callable[[Sequence[Answer]], bool]


@dataclass(frozen=True, slots=True)
class SendResult:
    """The result of sending one mail. `trouble`: it was certainly not sent, and why; then there are no answers.
    `hopeless`: no other mail can be sent now either."""

    answers: tuple[Answer, ...] = ()
    trouble: str = ""
    hopeless: bool = False


class Transport(Protocol):
    """Sends one mail at a time; must call `hand_over` before the step that cannot be undone."""

    def send(self, mail: Claimed, hand_over: HandOver) -> SendResult: ...

    def close(self) -> None: ...
