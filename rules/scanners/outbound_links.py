"""Links of a page, and the words by which one is suspected to sell something.

The words are looked for in the link's own text and in the title of the page it leads to, never in its address: an
address says whose a page is, not what it is. A suspicion is a notice to a person, who looks.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

from rules.vocabulary.words import word_list


@dataclass(frozen=True, slots=True)
class Link:
    """One link to another site, or (`own`) from a text to another page of the site itself. `text` is what is shown,
    `title` the title of the page it leads to (if that was asked for). `dead_nights`: on how many different nights running it
    did not open (0: it opened, or was not tried). `hidden`: a citizen cannot see it (display:none, no size, colour of the
    ground, off the screen). `sponsored`: the page marks it as an advertisement."""

    url: str
    text: str = ""
    title: str = ""
    dead_nights: int = 0
    hidden: bool = False
    sponsored: bool = False
    own: bool = False

    @property
    def official(self) -> bool:
        """It leads to a government's site, by the suffixes that nobody else is given."""
        try:
            host = (urlsplit(self.url).hostname or "").rstrip(".")
        except ValueError:
            return False
        return host == "gov.cn" or host.endswith((".gov.cn", ".政务", ".xn--zfr164b"))


SHOWN = 3

COMMERCIAL_WORDS: tuple[str, ...] = (
    *word_list("suspicious.gambling"),
    *word_list("suspicious.lewd"),
    *word_list("suspicious.forgery"),
    *word_list("suspicious.lending"),
    *word_list("suspicious.selling"),
    *word_list("suspicious.healing"),
)


def commercial_word(link: Link) -> str | None:
    """The first word by which a link is suspected to sell something; None for a government's site."""
    if link.official or link.own:
        return None
    shown = f"{link.text} {link.title}"
    found = next((word for word in COMMERCIAL_WORDS if word in shown), None)
    return found or ("广告标记" if link.sponsored else None)


def listed(named: Sequence[str]) -> str:
    """The first few links by name, and how many there are if more."""
    more = f"等 {len(named)} 个" if len(named) > SHOWN else ""
    return "、".join(named[:SHOWN]) + more
