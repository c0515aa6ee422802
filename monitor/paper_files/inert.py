"""Text from anywhere made harmless: for an Office file's XML, a mail's header, a page. Personal numbers are masked here again,
for whatever never stood in the database."""

from xml.sax.saxutils import escape

from rules.scanners.masking_in_force import masked_text
from rules.vocabulary.unprinted import CONTROL, FORMAT


def plain(text: str) -> str:
    """One line without characters that are obeyed or hidden instead of printed."""
    text = masked_text(text)
    if text.isascii() and text.isprintable():
        return text
    return CONTROL.sub(" ", FORMAT.sub("", text)).strip() if CONTROL.search(text) else FORMAT.sub("", text)


def escaped(text: str) -> str:
    """Plain text as XML content."""
    return escape(plain(text))
