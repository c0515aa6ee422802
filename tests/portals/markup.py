"""Pieces of a portal's pages: lists of postings, ways to a page, menus; and the portal itself as data.

A page's address is its path with its query. What is not among the pages answers 404."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta

Pages = Mapping[str, str]
# address → owner's name ("" for the portal), then the path
Columns = Mapping[str, tuple[str, ...]]
NEWEST = date(2026, 3, 25)
SAYINGS = (
    "关于做好{}有关工作的通知",
    "{}工作会议召开",
    "县里部署{}重点任务",
    "{}办理结果公示（第{}批）",
    "{}情况通报",
    "{}专项检查的公告",
)


@dataclass(frozen=True)
class Portal:
    """`pages`: address → HTML; `columns`, `units` (name → kind) and `mailboxes` (name, address) are what must be found;
    `left_out`: addresses that must be listed with a reason; `marked`: columns whose 待核 must hold these words."""

    name: str
    pages: Pages
    units: Mapping[str, str]
    columns: Columns
    mailboxes: tuple[tuple[str, str], ...] = ()
    left_out: tuple[str, ...] = ()
    marked: Mapping[str, str] = field(default_factory=dict)
    ended: tuple[str, ...] = ()


@dataclass(frozen=True)
class Posting:
    title: str
    url: str
    day: date


def postings(word: str, folder: str, number: int = 6, newest: date = NEWEST, step: int = 6) -> list[Posting]:
    """Postings about something, newest first; their addresses are of `folder`."""
    days = (newest - timedelta(days=step * n) for n in range(number))
    return [
        Posting(SAYINGS[n % len(SAYINGS)].format(word, n), f"{folder}t{day:%Y%m%d}_{n}.html", day)
        for n, day in enumerate(days)
    ]


def listing(rows: Iterable[Posting], heading: str = "") -> str:
    """A list with a pager that says so: 共1页."""
    items = "".join(f'<li><a href="{p.url}">{p.title}</a><span>{p.day}</span></li>' for p in rows)
    over = f"<h2>{heading}</h2>" if heading else ""
    return f'<div class="main">{over}<ul class="rows">{items}</ul><div class="page">共1页 首页 上一页 下一页 尾页</div></div>'


def crumbs(*way: tuple[str, str]) -> str:
    """当前位置：首页 > … ; a step without an address is the page itself."""
    steps = " &gt; ".join(
        f'<a href="{url}">{name}</a>' if url else f"<span>{name}</span>" for name, url in way
    )
    return f'<div class="where">当前位置：<a href="/">首页</a> &gt; {steps}</div>'


def menu(*entries: tuple[str, str], css: str = "nav") -> str:
    items = "".join(f'<li><a href="{url}">{name}</a></li>' for name, url in entries)
    return f'<ul class="{css}">{items}</ul>'


def document(title: str, *body: str, head: str = "") -> str:
    return f'<html><head><meta charset="utf-8"><title>{title}</title>{head}</head><body>{"".join(body)}</body></html>'
