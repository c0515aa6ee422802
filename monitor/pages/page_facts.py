"""One page on demand: from a file, an address or the lines of a manifest; and what the readers make of it, as values for
JSON: days, None for what is not shown."""

import json
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any

from crawler.fetching.client import MOST_BYTES, Client
from crawler.fetching.destinations import typed
from crawler.listing.own_pages import read_posting, read_single_letter
from crawler.listing.source import ListSource, read_list, read_mailbox, read_page
from crawler.outcomes.costly import within_budget
from crawler.outcomes.outcome import see_failure, see_list
from crawler.page.page import Page
from crawler.page.values import DayKind, Entry, LetterList, Listing, PageOutcome, PageRequest
from crawler.sites.office_files import is_there, read_bytes, read_text
from rules.errors import WrongInput

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
        listing, outcome = within_budget(
            page, lambda: _without_endpoint(page, as_of), lambda costly: (Listing(), costly)
        )
    rows = [{"title": one.title, "url": one.url, "date": one.date, **_doubt(one)} for one in listing.entries]
    return {"entries": rows, **_whole(listing), **_seen(outcome)}


def _without_endpoint(page: Page, as_of: date | None) -> tuple[Listing, PageOutcome]:
    listing = read_list(page, as_of)
    return listing, see_list(page, listing, None)


def _doubt(entry: Entry) -> Facts:
    """`date_kind`, where the row's day is not surely that of publication."""
    return {"date_kind": str(entry.kind)} if entry.date and entry.kind is not DayKind.PUBLISHED else {}


def letters_facts(page: Page, _as_of: date | None) -> Facts:
    reading = read_mailbox(page)
    rows = [asdict(one) for one in reading.listing.entries]
    return {"entries": rows, **_whole(reading.listing), **_seen(reading.outcome)}


def article_facts(page: Page, _as_of: date | None) -> Facts:
    article, outcome = read_posting(page)
    return {
        "title": article.title,
        "published": article.published,
        "source": article.source,
        "document_number": article.document_number,
        "signed": article.signed,
        "text": article.text,
        "attachments": [asdict(one) for one in article.attachments],
        "dates": article.dates,
        **_seen(outcome),
    }


def letter_facts(page: Page, _as_of: date | None) -> Facts:
    letter, outcome = read_single_letter(page)
    return {**asdict(letter), "replied": letter.answered, **_seen(outcome)}


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
    } | ({"witness": page_outcome.witness} if page_outcome.witness else {})


_READERS: dict[str, Callable[[Page, date | None], Facts]] = {
    "list": list_facts,
    "article": article_facts,
    "letters": letters_facts,
    "letter": letter_facts,
}


@dataclass(frozen=True, slots=True)
class ManifestLine:
    """One line of a manifest: what the page is called, its file, its address ("" if unknown), its kind."""

    id: str
    file: Path
    url: str
    kind: str


def is_address(source: str) -> bool:
    return source.lower().startswith(("http://", "https://"))


def load_page(file: Path, url: str = "") -> Page:
    """The page in a file. Where its address is not known its name stands for it, so that links stay as printed. Raises
    WrongInput: not there, larger than an answer may be."""
    return Page(url or file.name, read_bytes(file, most=MOST_BYTES))


def fetch_page(address: str) -> tuple[Page, Ask]:
    """The page at an address, redirects followed; and what asks for an endpoint that the page names: such an answer is
    not redirected, for the endpoint is on the page's own host. Raises FetchFailed, also later."""
    client = Client(typed(address))
    page = client.fetch(PageRequest(address))
    return page, lambda request: client.fetch(request, follow=False)


def read_manifest(manifest: Path) -> list[ManifestLine]:
    """The lines of a manifest (JSON with id, file, kind, url; file from the manifest's folder). Raises WrongInput."""
    return list(_manifest_lines(manifest, read_text(manifest, "清单")))


def _manifest_lines(manifest: Path, text: str) -> Iterator[ManifestLine]:
    # Not `splitlines`: JSON may hold a U+2028.
    for number, line in enumerate(text.split("\n"), 1):
        if line.strip():
            one = _parsed(manifest, number, line)
            file = manifest.parent / one["file"]
            if not is_there(file):
                raise WrongInput(
                    f"清单 {manifest} 第 {number} 行的文件 {one['file'][:200]} 不存在，没有读取任何页面。"
                )
            yield ManifestLine(
                str(one.get("id") or one["file"]), file, one.get("url") or "", one.get("kind") or ""
            )


def _parsed(manifest: Path, number: int, line: str) -> dict[str, Any]:
    try:
        one = json.loads(line)
    except (ValueError, RecursionError):
        one = None
    if not isinstance(one, dict) or not isinstance(one.get("file"), str):
        raise WrongInput(f"清单 {manifest} 第 {number} 行无法识别，应为含 id、file、kind、url 的 JSON 对象。")
    wrong = [key for key in ("url", "kind") if not isinstance(one.get(key), str | None)]
    if wrong:
        raise WrongInput(f"清单 {manifest} 第 {number} 行的 {wrong[0]} 应为文字，没有读取任何页面。")
    return one
