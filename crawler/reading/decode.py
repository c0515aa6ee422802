"""Bytes to text, whatever the page declares."""


def decode(body: bytes, content_type: str = "") -> str:
    """The text of an HTML body."""
    return body.decode("utf-8", errors="replace")
