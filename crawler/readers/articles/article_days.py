"""Which day an article was published: every candidate by where it stood, and the one to be believed.

The order of trust was decided on the corpus; docs/reading.md gives the figures.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from lxml import html

from crawler.page.dates import all_dates, find_compact, find_date, find_epoch, make_date
from crawler.page.labels import Field
from crawler.page.lines import Line
from crawler.page.meta import first
from crawler.page.written_numbers import published_literals
from crawler.readers.articles.article_labels import DRAWN_UP, PLAIN, PUBLISHED, SOURCE, UPDATED
from crawler.readers.articles.bare import NEAR, bare_days, closing_stamp, timed_element
from crawler.readers.articles.body import Body
from crawler.readers.articles.others import of_another
from crawler.readers.articles.signed import first_labelled
from crawler.readers.articles.zone import Zone, dates_event

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


def read_dates(
    tree: html.HtmlElement,
    lines: Sequence[Line],
    fields: Sequence[Field],
    title_at: int | None,
    zone: Zone,
    body: Body,
    meta: Mapping[str, str],
    linked: Mapping[str, str],
    addresses: Sequence[str],
) -> dict[str, date]:
    """Every candidate by its kind: shown, written (by a script into the byline), meta, script (a variable),
    stamp (in or under the text), url, drawn_up (发文日期, where nothing else is)."""
    found = {
        **_shown(lines, fields, title_at, zone, body),
        "meta": find_date(first(meta, META) or first(linked, _LINKED) or "")
        or timed_element(lines, title_at, body),
        "script": _in_scripts(tree),
        "stamp": _stamped(lines, fields, body),
        "url": next(filter(None, map(url_date, addresses)), None),
        "drawn_up": first_labelled(fields, zone, body, DRAWN_UP),
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
    for match in _PATH_DAY.finditer(path):
        day = make_date(int(match[1]), int(match[2]), int(match[3]))
        if day:
            return day
    return find_compact(path)


def _shown(
    lines: Sequence[Line], fields: Sequence[Field], title_at: int | None, zone: Zone, body: Body
) -> dict[str, date | None]:
    """The day in the byline, under `written` where only a script printed it."""
    days = [] if title_at is None else bare_days(lines, title_at, body)
    ranked = [(2, _distance(at, title_at), at, day) for at, day in days]
    for one in fields:
        rank = None if dates_event(lines, one) else _rank(one, title_at, zone, body)
        day = find_date(one.rest) if rank is not None else None
        if rank is not None and day and (one.at in zone.record or not of_another(lines, one.at, title_at)):
            ranked.append((rank, _distance(one.at, title_at), one.at, day))
    if len({day for rank, _, _, day in ranked if rank == _FAR}) > 1:
        ranked = [one for one in ranked if one[0] != _FAR]
    if not ranked:
        return {}
    _, _, at, day = min(ranked)
    return {"written" if find_date(lines[at].written) == day else "shown": day}


def _rank(field: Field, title_at: int | None, zone: Zone, body: Body) -> int | None:
    """0: labelled as published; 1: plainly labelled; 2: behind the source (or not labelled); 3: labelled as
    changed; 4: labelled far from the title, believed only where all such days agree. None: no candidate."""
    if field.at in body.inside and field.at not in zone.record:
        return None
    near = title_at is not None and 0 <= field.at - title_at <= NEAR and field.at < body.start
    if field.label in PUBLISHED:
        return 0 if near or field.at in zone.record or _just_above(field.at, title_at) else _FAR
    if not near:
        return None
    if field.label in SOURCE:
        return 2 if len(all_dates(field.rest)) == 1 else None
    return 1 if field.label in PLAIN else 3 if field.label in UPDATED else None


def _just_above(at: int, title_at: int | None) -> bool:
    return title_at is not None and 0 < title_at - at <= 3


def _distance(at: int, title_at: int | None) -> int:
    """Lines from the title; those above it count more, for a byline follows."""
    if title_at is None:
        return at
    return at - title_at if at >= title_at else 2 * (title_at - at)


def _stamped(lines: Sequence[Line], fields: Sequence[Field], body: Body) -> date | None:
    """Labelled in a short line of the text, or closing it: a system's stamp."""
    for one in fields:
        if (
            one.at in body.inside
            and one.label in PUBLISHED
            and not one.alone
            and len(lines[one.at].text) <= 80
            and not of_another(lines, one.at, None)
        ):
            day = find_date(one.rest)
            if day:
                return day
    return closing_stamp(lines, body)


def _in_scripts(tree: html.HtmlElement) -> date | None:
    """The day that scripts give to publication; several that differ are those of other articles."""
    literals = (one for script in tree.iter("script") for one in published_literals(script.text or ""))
    days = {find_date(one) or find_epoch(one) for one in literals} - {None}
    return days.pop() if len(days) == 1 else None
