"""One answer of a web server, as bytes, with its text and its tree made once and only when asked for."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property

from lxml import html

from crawler.reading.decode import decode


@dataclass(frozen=True)
class Page:
    """`url` is the live address after redirects; `asked` the one that was asked for (same if None).
    Header names are lower case. Values never change, so text and tree are computed once."""

    url: str
    body: bytes
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    asked: str | None = None

    @cached_property
    def text(self) -> str:
        """The body as text; whatever it declares, see `crawler.reading.decode`."""
        return decode(self.body, self.headers.get("content-type", ""))

    @cached_property
    def tree(self) -> html.HtmlElement:
        """The lxml tree; an empty body gives an empty <html>. Links stay as printed."""
        source = self.text.strip() or "<html></html>"
        try:
            return html.document_fromstring(source)
        except (ValueError, html.etree.ParserError):
            # An XML declaration with an encoding is refused in text; a body of comments alone has no root.
            try:
                return html.document_fromstring(
                    source.encode("utf-8"), parser=html.HTMLParser(encoding="utf-8")
                )
            except html.etree.ParserError:
                return html.document_fromstring("<html></html>")
