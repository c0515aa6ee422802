"""Which day an article was published: every candidate by where it stood, and the one to be believed.

The order of trust was decided on the corpus; docs/reading.md gives the figures. When a document was drawn up (成文日期)
is said by its record, or under the name that closes it (落款).
"""

import math
import re
from collections.abc import Mapping, Sequence
from datetime import date
from itertools import pairwise

from lxml import html

from crawler.page.dates import all_dates, find_compact, find_date, find_epoch, make_date, spans
from crawler.page.labels import Field
from crawler.page.lines import Line
from crawler.page.meta import first, linked_data
from crawler.page.page_words import may_sign
from crawler.page.scripts import published_literals
from crawler.readers.articles.bare import NEAR, bare_days, closing_stamp, of_another, timed_element
from crawler.readers.articles.body import Layout
from crawler.readers.articles.zone import (
    DRAWN_UP,
    PLAIN,
    PROSE,
    PUBLISHED,
    SIGNED,
    SOURCE,
    UPDATED,
    bare_date,
    dates_event,
    labelled_above,
)

TRUST = ("shown", "written", "meta", "script", "stamp", "url", "drawn_up")
META = (
    "pubdate", "publishdate", "pub_date", "publish_date", "publishtime", "publish_time", "article:published_time",
    "firstpublishedtime", "datepublished", "og:release_date", "dc.date.issued", "dcterms.issued", "dc.date",
    "weibo:article:create_at", "releasedate", "published",
)  # fmt: skip
_LINKED = ("datepublished", "pubdate", "uploaddate")
# The rank of a label far from the title: it is believed only where no other such label contradicts it.
_FAR = 4
_PATH_DAY = re.compile(r"/((?:19|20)\d\d)[-/]?(\d{1,2})[-/](\d{1,2})(?=/)")


def read_dates(page: Layout, addresses: Sequence[str]) -> dict[str, date]:
    """Every candidate by its kind: shown, written (by a script into the byline), meta, script (a variable),
    stamp (in or under the text), url, drawn_up (发文日期, where nothing else is)."""
    found = {
        **_shown(page),
        "meta": find_date(first(page.meta, META) or first(linked_data(page.tree), _LINKED) or "")
        or timed_element(page),
        "script": _in_scripts(page.tree),
        "stamp": _stamped(page),
        "url": next(filter(None, map(url_date, addresses)), None),
        "drawn_up": first_labelled(page, DRAWN_UP),
    }
    return {kind: day for kind, day in found.items() if day}


def believed(dates: Mapping[str, date]) -> date | None:
    """The candidate of the most trusted kind."""
    return next((dates[kind] for kind in TRUST if kind in dates), None)


def kept(dates: Mapping[str, date]) -> dict[str, date]:
    """What is handed on: shown, meta, script, url; the two weakest kinds only where nothing else is."""
    found = {kind: dates[kind] for kind in ("shown", "meta", "url") if kind in dates}
    script = dates.get("written") or dates.get("script")
    if script:
        found["script"] = script
    weak = next((kind for kind in TRUST if kind in dates), "")
    return found | ({weak: dates[weak]} if weak in ("stamp", "drawn_up") else {})


def url_date(url: str) -> date | None:
    """The day in an address: t20190520_1.html, /2019/5/20/, /2022/08-11/."""
    path = re.split("[?#]", url, maxsplit=1)[0]
    days = (make_date(*map(int, match.groups())) for match in _PATH_DAY.finditer(path))
    return next(filter(None, days), None) or find_compact(path)


def _shown(page: Layout) -> dict[str, date | None]:
    """The day in the byline, under `written` where only a script printed it."""
    lines, title_at = page.lines, page.title_at
    ranked = [(2, _distance(at, title_at), at, day) for at, day in bare_days(page)]
    for one in page.fields:
        rank = None if dates_event(lines, one) else _rank(one, page)
        day = find_date(one.rest) if rank is not None else None
        if (
            rank is not None
            and day
            and (one.at in page.zone.record or not of_another(lines, one.at, title_at))
        ):
            ranked.append((rank, _distance(one.at, title_at), one.at, day))
    if len({day for rank, _, _, day in ranked if rank == _FAR}) > 1:
        ranked = [one for one in ranked if one[0] != _FAR]
    if not ranked:
        return {}
    _, _, at, day = min(ranked)
    return {"written" if find_date(lines[at].written) == day else "shown": day}


def _rank(field: Field, page: Layout) -> int | None:
    """0: labelled as published; 1: plainly labelled; 2: behind the source (or not labelled); 3: labelled as
    changed; 4: labelled far from the title, believed only where all such days agree. None: no candidate."""
    recorded = field.at in page.zone.record
    if field.at in page.body.inside and not recorded:
        return None
    below = -math.inf if page.title_at is None else field.at - page.title_at
    near = 0 <= below <= NEAR and field.at < page.body.start
    if field.label in PUBLISHED:
        return 0 if near or recorded or -3 <= below < 0 else _FAR
    if not near:
        return None
    if field.label in SOURCE:
        return 2 if len(all_dates(field.rest)) == 1 else None
    return 1 if field.label in PLAIN else 3 if field.label in UPDATED else None


def _distance(at: int, title_at: int | None) -> int:
    """Lines from the title; those above it count more, for a byline follows."""
    if title_at is None:
        return at
    return at - title_at if at >= title_at else 2 * (title_at - at)


def _stamped(page: Layout) -> date | None:
    """Labelled in a short line of the text, or closing it: a system's stamp."""
    for one in page.fields:
        own = one.at in page.body.inside and one.label in PUBLISHED and not one.alone
        day = find_date(one.rest) if own and len(page.lines[one.at].text) <= 80 else None
        if day and not of_another(page.lines, one.at, None):
            return day
    return closing_stamp(page)


def _in_scripts(tree: html.HtmlElement) -> date | None:
    """The day that scripts give to publication; several that differ are those of other articles."""
    literals = (one for script in tree.iter("script") for one in published_literals(script.text or ""))
    days = {find_date(one) or find_epoch(one) for one in literals} - {None}
    return days.pop() if len(days) == 1 else None


def read_signed(page: Layout) -> date | None:
    """成文日期: labelled in the record, else the day under the name that closes the body (落款)."""
    lines, inside = page.lines, sorted(page.body.inside)
    closing = first_labelled(page, SIGNED)
    for before, at in pairwise(inside):
        text = lines[at].text
        if closing or len(text) > 60:
            continue
        closing = (
            find_date(text)
            if bare_date(text) and "年" in text and _closes(lines[before].text[-8:])
            else _after_name(text)
        )
    return closing or first_labelled(page, DRAWN_UP) or _last_line(lines, inside)


def _closes(name: str) -> bool:
    """Whether a name may close a document: 某某局, 某某局（盖章）."""
    name = name.strip()
    return may_sign(name) or name.endswith((")", "）"))


def _after_name(text: str) -> date | None:
    """某某局　2019年9月5日: a name without punctuation, then the day, on one line."""
    found = list(spans(text))
    if len(found) != 1 or found[0][1] < 2 or "年" not in text:
        return None
    day, start, end = found[0]
    name = text[:start].strip()
    return day if _closes(name) and not text[end:].strip() and not PROSE.search(name) else None


def _last_line(lines: Sequence[Line], inside: Sequence[int]) -> date | None:
    """The day that alone ends the text, and answers no label (会议时间)."""
    own = (at for at in reversed(inside[-6:]) if bare_date(lines[at].text) and not labelled_above(lines, at))
    last = next((lines[at].text for at in own), "")
    return find_date(last) if "年" in last else None


def first_labelled(page: Layout, labels: frozenset[str]) -> date | None:
    """The first day given to one of the labels outside the prose."""
    return next(filter(None, (find_date(one.rest) for one in page.labelled(labels))), None)
