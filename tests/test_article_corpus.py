"""Real labelled articles and letters, read as they are and with their hints taken away."""

import json
import re
import unicodedata
from collections.abc import Callable, Iterator
from functools import reduce
from pathlib import Path
from typing import Any

import pytest

from crawler.listing.source import read_letters
from crawler.page.page import Page
from crawler.readers.articles.article import read_article
from crawler.readers.letters.letter import read_letter

CORPUS = Path(__file__).parent.parent.parent / "shared" / "corpus"
needs_corpus = pytest.mark.skipif(
    not (CORPUS / "labels.jsonl").is_file(), reason="../shared/corpus is not here"
)


def without(pattern: str, instead: bytes = b"") -> Callable[[bytes], bytes]:
    return lambda body: re.sub(pattern.encode(), instead, body, flags=re.I | re.S)


NO_META, NO_TITLE = without(r"<meta[^>]*name=[^>]*>"), without(r"<title>.*?</title>")
NO_HEADINGS, NO_CLASSES = without(r"<(/?)h[1-6]\b", rb"<\1div"), without(r'\s(?:class|id)="[^"]*"')
HINTS: dict[str, tuple[Callable[[bytes], bytes], ...]] = {
    "as they are": (),
    "without meta tags": (NO_META,),
    "without title": (NO_TITLE,),
    "without meta tags and headings": (NO_META, NO_HEADINGS),
    "without classes": (NO_CLASSES,),
    "without any": (NO_META, NO_TITLE, NO_HEADINGS, NO_CLASSES),
}


def labelled(kind: str) -> Iterator[tuple[str, dict[str, Any], bytes]]:
    files = {
        one["id"]: one["file"]
        for one in map(json.loads, (CORPUS / "manifest.jsonl").read_text("utf-8").splitlines())
    }
    for one in map(json.loads, (CORPUS / "labels.jsonl").read_text("utf-8").splitlines()):
        if one["kind"] == kind:
            yield one["id"], one["labels"], (CORPUS / files[one["id"]]).read_bytes()


def plain(text: str | None) -> str:
    return re.sub(r"\s+", "", unicodedata.normalize("NFKC", text or ""))


@needs_corpus
@pytest.mark.parametrize("hints", HINTS)
def test_articles(hints):
    wrong: list[tuple[object, ...]] = []
    for name, want, body in labelled("article"):
        article = read_article(Page("", reduce(lambda rest, strip: strip(rest), HINTS[hints], body)))
        meta = "meta" not in hints and "any" not in hints
        day = want["pub_date"] if meta or want["pub_date_shown"] or want.get("pub_date_in") else None
        if plain(article.title)[:20] != plain(want["title"])[:20]:
            wrong.append((name, article.title, want["title"]))
        if (article.published and article.published.isoformat()) != day:
            wrong.append((name, article.published, day))
        sources = {plain(want.get("source_unit")), plain(want.get("source_meta")) if meta else ""} - {""}
        if sources and plain(article.source) not in sources:
            wrong.append((name, article.source, sources))
    assert len(wrong) <= (0 if hints == "as they are" else 2), wrong


@needs_corpus
def test_letters():
    for name, want, body in labelled("mailbox_letter"):
        letter = read_letter(Page("", body))
        said = (letter.subject, letter.received, letter.answered, letter.number, letter.sender)
        keys = ("subject", "received_at", "replied_at", "letter_id", "sender")
        assert said == tuple(want[key] for key in keys), name
        assert plain(letter.question).startswith(plain(want["content_first_20"])), name
        assert plain(letter.answer).endswith(plain(want["reply_last_20"])), name


@needs_corpus
def test_mailbox():
    for name, want, body in labelled("mailbox_list"):
        rows = read_letters(Page("", body)).entries
        said = [(one.subject, one.received, one.answered and one.answered.isoformat()) for one in rows]
        assert said == [(one["subject"], one["received_at"], one["replied_at"]) for one in want["items"]], (
            name
        )
