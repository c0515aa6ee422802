"""The content systems the county's pages come from: how each pages, names an article, links and encodes."""

import posixpath
from dataclasses import dataclass
from urllib.parse import urlsplit

from demo.archive import Column, File, Posting


@dataclass(frozen=True, slots=True)
class Cms:
    """`size` rows a page; `turn` is how a page after the first is called (None: the whole list is in one
    page) and `article` a posting's own; `cut` characters of a title are shown in a list (the whole is in its
    title attribute); links are printed `relative`, from the `root` or `absolute` (to the live host); a
    `dynamic` system sends no validators."""

    name: str
    size: int
    turn: str | None
    article: str
    links: str = "root"
    encoding: str = "utf-8"
    content_type: str = "text/html; charset=utf-8"
    cut: int = 200
    dynamic: bool = False


TRS = Cms(
    "trs",
    15,
    "{url}index_{before}.html",
    "{url}{day:%Y%m}/t{day:%Y%m%d}_{id}.html",
    links="relative",
    cut=28,
)
EMPIRE = Cms(
    "empire",
    20,
    "{url}index_{page}.html",
    "{url}{day:%Y-%m-%d}/{id}.html",
    links="absolute",
    content_type="text/html",
)
# 大汉 keeps three pages' rows in the first one's script; the county never fills more.
HANWEB = Cms("hanweb", 45, None, "/art/{day.year}/{day.month}/{day.day}/art_{no}_{id}.html", cut=30)
# 博达 counts pages backwards: the oldest is number 1.
BODA = Cms("boda", 12, "{stem}/{rest}.htm", "/info/{no}/{id}.htm", links="relative")
TABLE = Cms("table", 10, "{url}{join}page={page}", "/xxgk/show?id={id}", dynamic=True)
ASP = Cms(
    "asp",
    15,
    "{url}{join}page={page}",
    "{folder}/view.asp?id={id}",
    links="relative",
    encoding="gb18030",
    content_type="text/html",
)
CMS = {cms.name: cms for cms in (TRS, EMPIRE, HANWEB, BODA, TABLE, ASP)}


def pages_of(cms: Cms, rows: int) -> int:
    return max(1, -(-rows // cms.size))


def list_url(column: Column, page: int, pages: int) -> str:
    """The address of page `page` (from 1) of a column that has one. Raises ValueError where the whole list
    should have been in one page."""
    url, turn = column.url or "", CMS[column.cms].turn
    if page == 1:
        return url
    if turn is None:
        raise ValueError(f"{url}: this system keeps its whole list in one page, there is no page {page}")
    return turn.format(
        url=url,
        stem=url.removesuffix(".htm").rstrip("/"),
        join="&" if "?" in url else "?",
        page=page,
        before=page - 1,
        rest=pages - page + 1,
    )


def article_url(column: Column, posting: Posting) -> str:
    """The address of a posting's own page."""
    url = column.url or ""
    folder = posixpath.dirname(urlsplit(url).path)
    return CMS[column.cms].article.format(
        url=url, folder=folder, day=posting.day, id=posting.id, no=1000 + column.no
    )


def file_url(column: Column, posting: Posting, file: File) -> str:
    """The address of a file: beside the page that offers it."""
    return posixpath.join(posixpath.dirname(urlsplit(article_url(column, posting)).path), file.name)


def printed(kind: str, home: str, here: str, target: str) -> str:
    """`target` (from the root) as a page at `here` prints it."""
    if kind == "absolute":
        return home.rstrip("/") + target
    if kind == "root":
        return target
    path, _, query = target.partition("?")
    folder = posixpath.dirname(urlsplit(here).path) or "/"
    near = posixpath.relpath(path, folder) + ("/" if path.endswith("/") else "")
    return near + (f"?{query}" if query else "")
