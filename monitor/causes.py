"""A cause's code as a Chinese sentence, for the terminal and the papers."""

from crawler.outcomes.causes import CAUSES


def sentence_of(cause: str) -> str:
    """The sentence of a cause's code; the code itself where it is unknown."""
    known = CAUSES.get(cause)
    return known.sentence if known else cause
