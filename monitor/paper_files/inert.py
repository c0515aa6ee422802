"""Text from anywhere made harmless for an Office file's XML."""

import re
from xml.sax.saxutils import escape

# Besides what XML forbids: what ends a line, and what turns the direction of writing.
FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufffe\uffff]+")


def plain(text: str) -> str:
    """One line without control characters."""
    return FORBIDDEN.sub(" ", text).strip() if FORBIDDEN.search(text) else text


def escaped(text: str) -> str:
    """Plain text as XML content."""
    return escape(plain(text))
