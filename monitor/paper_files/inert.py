"""Text from anywhere made harmless: for an Office file's XML, a mail's header, a page."""

from xml.sax.saxutils import escape

from rules.vocabulary.unprinted import CONTROL, FORMAT


def plain(text: str) -> str:
    """One line without characters that are obeyed or hidden instead of printed."""
    if text.isascii() and text.isprintable():
        return text
    return CONTROL.sub(" ", FORMAT.sub("", text)).strip() if CONTROL.search(text) else FORMAT.sub("", text)


def escaped(text: str) -> str:
    """Plain text as XML content."""
    return escape(plain(text))
