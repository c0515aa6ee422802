"""The pages of the columns: lists, page after page, and each posting's own."""

from collections.abc import Iterator
from datetime import date, datetime, time
from functools import partial

from demo.answer import Answer
from demo.archive import Column, File, Posting
from demo.cms import CMS, article_url, file_url, list_url, pages_of
from demo.frame import Frame, Link, Maker, Seen
from demo.prose import paragraphs
from demo.writing import rng_of

TREE = "/jczwgk/"
SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def pages(county: Seen) -> Iterator[tuple[str, Maker]]:
    """Every list page, article and file of the county with what makes it."""
    for column in county.archive.columns:
        if column.url is None:
            continue
        cms = CMS[column.cms]
        rows = county.rows(column)
        count = pages_of(cms, len(rows))
        for number in range(1, count + 1):
            yield list_url(column, number, count), partial(_list, county, column, number)
        for posting in rows:
            yield article_url(column, posting), partial(_article, county, column, posting)
            for file in posting.files:
                yield file_url(column, posting, file), partial(_file, posting, file)


def _list(county: Seen, column: Column, number: int) -> Answer:
    cms = CMS[column.cms]
    rows = county.rows(column)
    count = pages_of(cms, len(rows))
    here = list_url(column, number, count)
    day = county.day if cms.dynamic else county.made(column)
    frame = _frame(county, column, here, day, column.name)
    first = (number - 1) * cms.size
    shown = [frame.row(p, first + n) for n, p in enumerate(rows[first : first + cms.size], start=1)]
    links = {n: frame.href(list_url(column, n, count)) for n in range(1, count + 1)}
    return frame.answer(
        f"{cms.name}/list.html",
        column=column,
        rows=shown,
        number=number,
        pages=count,
        total=len(rows),
        links=links,
    )


def _article(county: Seen, column: Column, posting: Posting) -> Answer:
    frame = _frame(county, column, article_url(column, posting), posting.online, posting.title)
    body = paragraphs(county.archive, posting)
    files = [(file.title, frame.href(file_url(column, posting, file))) for file in posting.files]
    return frame.answer(
        f"{column.cms}/article.html",
        column=column,
        posting=posting,
        body=body,
        files=files,
        moment=_moment(posting),
    )


def _file(posting: Posting, file: File) -> Answer:
    return Answer(file.body, SHEET, modified=posting.online)


def _moment(posting: Posting) -> datetime:
    rng = rng_of(f"time {posting.id}")
    return datetime.combine(posting.day, time(rng.randint(8, 18), rng.randint(0, 59)))


def _frame(county: Seen, column: Column, here: str, day: date, title: str) -> Frame:
    sides = {"最新信息": county.latest(day, column), "热点信息": county.hot(day, column)}
    return Frame(
        county,
        CMS[column.cms],
        here,
        day,
        title,
        crumbs=_crumbs(column),
        menu=_menu(county, column),
        sides=sides,
    )


def _crumbs(column: Column) -> tuple[Link, ...]:
    top = (("政务公开", "/zwgk/tzgg/"),) if column.outside else (("基层政务公开", TREE),)
    middle = ((part, TREE) for part in column.parts[:-1])
    assert column.url
    return (("首页", "/"), *top, *middle, (column.name, column.url))


def _menu(county: Seen, column: Column) -> tuple[Link, ...]:
    """The columns beside this one: of the same owner, or the portal's own."""
    beside = (c for c in county.archive.columns if c.url and c.owner == column.owner)
    return tuple((c.name, c.url) for c in beside if c.url)
