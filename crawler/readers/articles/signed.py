"""When a document was drawn up (成文日期): as its record says, or under the name that closes it (落款)."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from crawler.page.dates import find_date, spans
from crawler.page.labels import Field
from crawler.page.lines import Line
from crawler.page.office_names import may_sign
from crawler.readers.articles.article_labels import DRAWN_UP, SIGNED
from crawler.readers.articles.body import Body
from crawler.readers.articles.zone import PROSE, Zone, bare_date, labelled_above


def read_signed(lines: Sequence[Line], fields: Sequence[Field], zone: Zone, body: Body) -> date | None:
    """成文日期: labelled in the record, else the day under the name that closes the body (落款)."""
    closing = first_labelled(fields, zone, body, SIGNED)
    inside = sorted(body.inside)
    for before, at in pairwise(inside):
        text = lines[at].text
        if closing or len(text) > 60:
            continue
        closing = (
            find_date(text)
            if bare_date(text) and "年" in text and _closes(lines[before].text[-8:])
            else _after_name(text)
        )
    return closing or first_labelled(fields, zone, body, DRAWN_UP) or _last_line(lines, inside)


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


def first_labelled(fields: Sequence[Field], zone: Zone, body: Body, labels: frozenset[str]) -> date | None:
    """The first day given to one of the labels outside the prose."""
    for one in fields:
        if one.label in labels and (one.at in zone.record or one.at not in body.inside):
            day = find_date(one.rest)
            if day:
                return day
    return None
