"""How the name of an office ends, as parts of patterns: the more the place proves, the looser the ending may be."""

import re

from rules.vocabulary.words import alternatives

# Proof by itself: in a row, in brackets.
OFFICE_END = alternatives("offices.office")
# Where a label or a place says that an office stands there.
LABELLED_END = alternatives("offices.office", "offices.office_short")
_SIGNING_END = re.compile(
    alternatives("offices.office", "offices.office_short", "offices.office_loose") + "$"
)


def may_sign(name: str) -> bool:
    """Whether a name ends as one who signs or supplies a text: an office, a newspaper, a school."""
    return bool(_SIGNING_END.search(name))
