"""What the readers make of one page, as values for JSON: days, None for what is not shown."""

from collections.abc import Callable
from dataclasses import asdict
from datetime import date
from typing import Any

from crawler.listing.source import ListSource, read_letters, read_list, read_page
from crawler.outcomes.outcome import see_article, see_failure, see_letter, see_letters, see_list
from crawler.page.page import Page
from crawler.page.values import LetterList, Listing, PageOutcome, PageRequest
from crawler.readers.articles.article import read_article
from crawler.readers.letters.letter import read_letter

Facts = dict[str, Any]
Ask = Callable[[PageRequest], Page]
KINDS = ("list", "article", "letters", "letter")
_OTHER_NAMES = {"mailbox_list": "letters", "mailbox_letter": "letter"}


def facts_of(kind: str, page: Page, as_of: date | None = None) -> Facts:
    """The facts of a page read as `kind`, one of KINDS. `as_of` is the day on which it was read, where known."""
    return _READERS[kind](page, as_of)


def facts_of_address(kind: str, page: Page, as_of: date, ask: Ask) -> Facts:
    """The facts of a page fetched just now; what it leaves to an endpoint is asked for with `ask`."""
    return list_facts(page, as_of, ask) if kind == "list" else facts_of(kind, page, as_of)


def facts_unanswered(kind: str, failure: str) -> Facts:
    """The facts of a page that never came; `failure` is one of `outcome.FAILURES`."""
    return {**facts_of(kind, Page("", b"")), **_seen(see_failure(failure))}


def kind_of(name: str, default: str) -> str:
    """The kind that a manifest names; `default` for a name that is none."""
    kind = _OTHER_NAMES.get(name, name)
    return kind if kind in KINDS else default


def list_facts(page: Page, as_of: date | None, ask: Ask | None = None) -> Facts:
    """The facts of a list's page. With `ask`, a shell's list is asked for where the page says."""
    reading = read_page(page, ListSource(page.asked or page.url), 1, as_of)
    listing, outcome = reading.listing, reading.outcome
    if reading.source and ask:
        answer = read_page(ask(reading.source.first_request()), reading.source, 1, as_of)
        listing, outcome = answer.listing, answer.outcome
    elif reading.source:
        listing = read_list(page, as_of)
        outcome = see_list(page, listing, None)
    rows = [{"title": one.title, "url": one.url, "date": one.date} for one in listing.entries]
    return {"entries": rows, **_whole(listing), **_seen(outcome)}


def letters_facts(page: Page, _as_of: date | None) -> Facts:
    letters = read_letters(page)
    rows = [asdict(one) for one in letters.entries]
    return {"entries": rows, **_whole(letters), **_seen(see_letters(page, letters, None))}


def article_facts(page: Page, _as_of: date | None) -> Facts:
    article = read_article(page)
    return {
        "title": article.title,
        "published": article.published,
        "source": article.source,
        "document_number": article.document_number,
        "signed": article.signed,
        "text": article.text,
        "attachments": [asdict(one) for one in article.attachments],
        "dates": article.dates,
        **_seen(see_article(page, article, None)),
    }


def letter_facts(page: Page, _as_of: date | None) -> Facts:
    letter = read_letter(page)
    return {**asdict(letter), "replied": letter.answered, **_seen(see_letter(page, letter, None))}


def _whole(listing: Listing | LetterList) -> Facts:
    """What a list says of itself beyond this page."""
    return {
        "next_page": listing.next_page.url if listing.next_page else None,
        "stated_total": listing.stated_total,
        "stated_pages": listing.stated_pages,
        "says_empty": listing.says_empty,
    }


def _seen(page_outcome: PageOutcome) -> Facts:
    return {
        "outcome": str(page_outcome.outcome),
        "cause": page_outcome.cause,
        "sentence": page_outcome.sentence,
    }


_READERS: dict[str, Callable[[Page, date | None], Facts]] = {
    "list": list_facts,
    "article": article_facts,
    "letters": letters_facts,
    "letter": letter_facts,
}
