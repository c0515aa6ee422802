"""From the chosen rows to what the product keeps: title, address, date, unit."""

import re
from collections import Counter
from dataclasses import replace
from datetime import date
from itertools import pairwise

from lxml import html

from crawler.page.addresses import link_address
from crawler.page.dates import find_date, find_month_day
from crawler.page.marks import PARTIAL, PURE, SUREST, Mark, labelled_kind
from crawler.page.page_words import OFFICE_END
from crawler.page.titles import find_title, find_url, tidy
from crawler.page.tokens import TokenStream
from crawler.page.values import DayKind, Entry
from crawler.page.years import MonthDay, date_in_url, infer_years, year_by_link
from crawler.readers.lists.groups import Group
from crawler.readers.lists.row_days import days_under, find_absurd, read_years
from crawler.readers.lists.rows import Row
from crawler.readers.lists.table_heads import Head, read_head
from rules.vocabulary.words import alternatives

_LABELS = alternatives("labels.source", "labels.issuer", "labels.row_author")
_SOURCE = re.compile(rf"{_LABELS}\s?[:：]\s?([^\s:：|]{{2,24}})")
_UNIT = re.compile(rf"[\[【(（]?([^\[\]【】()（）\d]{{2,20}}{OFFICE_END})[\]】)）]?")
_BRACKETED = re.compile(r"\s*[\[【(（].{1,20}[\]】)）]\s*")
# Under SHORT a link is a category or a button where another is longer; under MOST_NAME it may be an office's name.
SHORT, MOST_NAME = 6, 16


# A row as read by itself, the month and day of a date without a year, and the year of the heading it stands under.
YearlessRow = tuple[Entry, MonthDay | None, int | None]


def make_entries(stream: TokenStream, group: Group, base: str, as_of: date | None) -> tuple[Entry, ...]:
    """The group's rows as entries; rows without a title are none. `base` resolves the links."""
    repeated = _repeated_links(stream, group)
    head = read_head(group.rows[0].box) if group.rows[0].box.tag == "tr" else None
    read: list[YearlessRow] = []
    for row, year in zip(group.rows, read_years(stream, group), strict=True):
        mark = _mark(stream, row, head)
        entry = _read(stream, row, head, repeated, base)
        if entry.title:
            shown = _partial(mark)
            day = _whole_day(stream, row, shown) if shown else mark.day if mark else None
            dated = replace(entry, date=day, kind=mark.kind) if mark else entry
            read.append((dated, None if day else shown, year))
    entries = _dated(_once(read), as_of)
    absurd = find_absurd([entry.date for entry in entries], as_of)
    return tuple(
        replace(entry, absurd=True) if bad else entry for entry, bad in zip(entries, absurd, strict=True)
    )


def _once(rows: list[YearlessRow]) -> list[YearlessRow]:
    """A posting listed twice (pinned and in its place, for wide and for narrow screens) is one; where one copy
    shows its day and another does not, the day is that of both."""
    first: dict[object, YearlessRow] = {}
    days: dict[tuple[object, ...], set[object]] = {}
    for row in rows:
        entry, shown, _ = row
        who: tuple[object, ...] = (entry.url, entry.title) if entry.url else (id(row),)
        first.setdefault((*who, entry.date, shown), row)
        days.setdefault(who, set()).add((entry.date, shown))
    for who in (who for who, shown in days.items() if len(shown) > 1):
        first.pop((*who, None, None), None)
    return list(first.values())


def _dated(rows: list[YearlessRow], as_of: date | None) -> list[Entry]:
    """The rows with their days; a year that is not printed is said by the link or by a heading, and else only
    inferred from the rows around."""
    entries, partial, years = [row[0] for row in rows], [row[1] for row in rows], [row[2] for row in rows]
    if not any(partial):
        return entries
    urls = [one.url for one in entries]
    silent = [None if url and date_in_url(url) else part for url, part in zip(urls, partial, strict=True)]
    headed = days_under(years, silent, as_of)
    linked = [year_by_link(part, url) for part, url in zip(partial, urls, strict=True)]
    said = [one.date or day or link for one, day, link in zip(entries, headed, linked, strict=True)]
    return [
        replace(one, date=day, kind=one.kind if sure or one.kind is DayKind.OTHER else DayKind.YEARLESS)
        if day
        else one
        for one, sure, day in zip(entries, said, infer_years(said, partial, as_of), strict=True)
    ]


def _read(stream: TokenStream, row: Row, head: Head | None, repeated: set[str], base: str) -> Entry:
    """A row without its day."""
    main = _main_link(stream, row, head, repeated)
    source = _source(stream, row, head)
    if main is None:
        return Entry(_bare_title(stream, row), _any_url(stream, row, base), None, source)
    link = stream.links[main]
    title = find_title(stream, link, dated=_linked(stream, row))
    return Entry(title, link_address(base, find_url(link.element)), None, source if source != title else None)


def _linked(stream: TokenStream, row: Row) -> bool:
    """Whether the row has its date in a link only."""
    return bool(row.dates) and all(stream.tokens[i].link >= 0 for i in row.dates)


def _repeated_links(stream: TokenStream, group: Group) -> set[str]:
    """Addresses that several rows share: their category's, not their own."""
    shown = Counter(
        href for row in group.rows for href in {stream.links[i].element.get("href") or "" for i in row.links}
    )
    return {href for href, times in shown.items() if times > 1}


def _main_link(stream: TokenStream, row: Row, head: Head | None, repeated: set[str]) -> int | None:
    """The first link that is a sentence, else the longest: of the column the head names, if it names one;
    categories in brackets or shared by rows, and units, last."""
    cell = head.cell(row.box, head.title) if head and not row.flat else None
    inside = stream.links_in(stream.extent(cell)) if cell is not None else ()
    links = [i for i in row.links if i in inside] or row.links
    if len(links) == 1:
        return links[0]
    titles = {i: find_title(stream, stream.links[i]) for i in links}
    own = [i for i in links if not _is_category(stream, i, titles[i], repeated)] or links
    whole = [i for i in own if len(titles[i]) >= SHORT]
    return whole[0] if whole else max(own, key=lambda i: len(titles[i]), default=None)


def _is_category(stream: TokenStream, index: int, title: str, repeated: set[str]) -> bool:
    link = stream.links[index]
    around = stream.texts(max(0, link.start - 1), link.end + 1)
    bracketed = bool(_BRACKETED.fullmatch("".join(around))) or bool(_BRACKETED.fullmatch(title))
    named = len(title) < MOST_NAME and not title.startswith("关于") and bool(_UNIT.fullmatch(title))
    return (bracketed and len(title) < MOST_NAME) or named or (link.element.get("href") or "") in repeated


def _mark(stream: TokenStream, row: Row, head: Head | None) -> Mark | None:
    """The row's date: of the column the head names, else the surest, and of equals the first. Of two days that nothing
    names either may be another than that of publication."""
    marks = [(i, stream.tokens[i].mark) for i in row.dates]
    known = [(i, _named(stream, row, head, i, mark)) for i, mark in marks if mark]
    cell = head.cell(row.box, head.date) if head and not row.flat else None
    if cell is not None:
        low, high = stream.extent(cell)
        known = [(i, mark) for i, mark in known if low <= i < high] or known
    found = [mark for _, mark in known]
    best = max(found, key=lambda mark: (-SUREST.index(mark.kind), mark.named, mark.strength), default=None)
    days = {mark.day for mark in found if mark.kind is DayKind.PUBLISHED and mark.strength == PURE}
    doubtful = best and best.kind is DayKind.PUBLISHED and not best.named and cell is None and len(days) > 1
    return replace(best, kind=DayKind.UNSURE) if best and doubtful else best


def _named(stream: TokenStream, row: Row, head: Head | None, at: int, mark: Mark) -> Mark:
    """The mark with what else says which day it is: a label in an element before it (成文日期), its column's head."""

    def holds(cell: html.HtmlElement) -> bool:
        low, high = stream.extent(cell)
        return low <= at < high

    if mark.named or mark.kind is not DayKind.PUBLISHED:
        return mark
    before = stream.tokens[at - 1] if at > row.extent[0] else None
    kind = labelled_kind(before.text) if before is not None and before.link < 0 else None
    named = kind is DayKind.PUBLISHED
    kind = kind or (head.kind_of(row.box, holds) if head and not row.flat else None)
    return replace(mark, kind=kind, named=named) if kind else mark


def _source(stream: TokenStream, row: Row, head: Head | None) -> str | None:
    cell = head.cell(row.box, head.source) if head and not row.flat else None
    if cell is not None:
        return tidy("".join(stream.texts(*stream.extent(cell)))) or None
    texts = stream.texts(*row.extent)
    labelled = _SOURCE.search(" ".join(texts)[:400])
    if labelled:
        return tidy(labelled[1])
    plain = [text for before, text in pairwise(["", *texts]) if before.strip()[-1:] not in (":", "：")]
    unit = (_UNIT.fullmatch(text.strip()) for text in plain if len(text) < 24)
    return next((tidy(match[1]) for match in unit if match), None)


def _bare_title(stream: TokenStream, row: Row) -> str:
    """The longest text of a row whose title is no link."""
    texts = [token.text for token in stream.tokens[slice(*row.extent)] if token.text and not token.mark]
    return tidy(max(texts, key=len, default=""))


def _any_url(stream: TokenStream, row: Row, base: str) -> str | None:
    found = [find_url(stream.links[i].element) for i in stream.links_in(row.extent)] or [find_url(row.box)]
    return next((link_address(base, href) for href in found if href), None)


def _partial(mark: Mark | None) -> MonthDay | None:
    return find_month_day(mark.part) if mark and mark.strength == PARTIAL else None


def _whole_day(stream: TokenStream, row: Row, shown: MonthDay) -> date | None:
    """The day that a row shows as month and day and carries whole: <time datetime="2025-12-28">12-28</time>, or in
    the tip of its link (更新时间：2025-12-28)."""
    elements = [
        *(stream.tokens[i].element for i in row.dates),
        *(stream.links[i].element for i in row.links),
    ]
    values = (value for element in elements for name, value in element.attrib.items() if name != "href")
    days = (find_date(value) for value in values)
    return next((day for day in days if day and (day.month, day.day) == shown), None)
