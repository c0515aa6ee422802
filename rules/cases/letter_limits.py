"""How many working days a letter's unit has for its answer. Pure."""

from rules.scanners.letter_kind import is_kind
from rules.vocabulary.places import Mailbox

# The word in a mailbox's limits for letters whose time was prolonged.
EXTENDED = "延期"


def limit_of(box: Mailbox, kind: str | None, *, extended: bool) -> int | None:
    """Working days from receipt to answer for a letter of the kind that its page prints (None: it prints none), which was
    `extended` or not; None where nobody knows.

    A limit's word is looked for in the kind (投诉 fits 投诉举报); of several that fit the longest holds, and where the page
    tells no kind the longest of all: whoever may have more time is not late. A kind that is told and has no limit of its own
    has the mailbox's. An extended letter has the limit of 延期 if there is one: nobody knows for how long it was extended."""
    if extended:
        return box.limits.get(EXTENDED)
    kinds = {word: days for word, days in box.limits.items() if word != EXTENDED}
    fitting = [days for word, days in kinds.items() if kind and word.removesuffix("类") in kind]
    if fitting:
        return max(fitting)
    told = kind is not None and is_kind(kind)
    return box.reply_within if told else max(box.reply_within, *kinds.values(), 0)
