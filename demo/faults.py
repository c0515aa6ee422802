"""What can go wrong between a crawler and a county: a path is given the name of a fault, and answers so.

An answer is made by `ANSWERS[name]` from the answer the site would have given (None where it has none);
the names in `WIRE` are not answers but things that happen to the connection.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace

from demo.answer import Answer
from demo.frame import STYLES

RETRY_AFTER = 2
WIRE = ("reset", "slow", "truncated")
Fault = Callable[[Answer | None], Answer]


def _page(name: str, status: int = 200, *headers: tuple[str, str]) -> Fault:
    body = STYLES.get_template(f"faults/{name}.html").render().encode()
    answer = Answer(body, status=status, headers=headers)
    return lambda _: answer


def _redirect(target: str) -> Fault:
    answer = Answer(b"", status=302, headers=(("Location", target),))
    return lambda _: answer


def _empty(usual: Answer | None) -> Answer:
    """A 200 with nothing in it."""
    return replace(usual or Answer(b""), body=b"", status=200, modified=None)


ANSWERS: Mapping[str, Fault] = {
    "403": _page("403", 403),
    "412": _page("412", 412, ("Set-Cookie", "demo_challenge=0; Path=/; HttpOnly")),
    "429": _page("429", 429, ("Retry-After", str(RETRY_AFTER))),
    "500": _page("500", 500),
    "503": _page("503", 503),
    "521": _page("521", 521, ("Set-Cookie", "__jsl_clearance_s=0|-1|demo; Path=/; HttpOnly")),
    "empty": _empty,
    "home": _redirect("/"),
    "js": _page("js"),
    "login": _redirect("/login"),
    "maintenance": _page("maintenance"),
    "soft404": _page("soft404"),
}
NAMES = (*ANSWERS, *WIRE)


class Faults(dict[str, str]):
    """Path → name of a fault. Raises ValueError for a name nobody knows."""

    def __init__(self, faults: Mapping[str, str] | None = None) -> None:
        super().__init__()
        for path, name in (faults or {}).items():
            self[path] = name

    def __setitem__(self, path: str, name: str) -> None:
        if name not in NAMES:
            raise ValueError(f"no fault is called {name}")
        super().__setitem__(path, name)
