"""What stands around the middle of every page: navigation, breadcrumb, menus, sidebars, friendly links."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from demo.answer import Answer
from demo.archive import Archive, Column, Letter, Posting
from demo.cms import Cms, article_url, printed

Maker = Callable[[], Answer]
Link = tuple[str, str]

STYLES = Environment(
    loader=FileSystemLoader(Path(__file__).parent / "styles"),
    autoescape=True,
    trim_blocks=True,
    lstrip_blocks=True,
    undefined=StrictUndefined,
)
NAVIGATION: tuple[Link, ...] = (
    ("首页", "/"),
    ("政务动态", "/zwdt/qqdt/"),
    ("通知公告", "/zwgk/tzgg/"),
    ("政府文件", "/zwgk/zfwj/"),
    ("基层政务公开", "/jczwgk/"),
    ("工作机构", "/gzjg/"),
    ("区长信箱", "/hdjl/qzxx/"),
    ("关于本站", "/about/"),
)
FRIENDS: tuple[Link, ...] = (
    ("市政府门户网站", "https://www.shi.example/"),
    ("省政府门户网站", "https://www.sheng.example/"),
    ("政务服务网", "https://zwfw.sheng.example/"),
    ("信用信息平台", "https://xinyong.sheng.example/"),
)


class Seen(Protocol):
    """The county as its pages use it."""

    day: date
    archive: Archive

    def rows(self, column: Column) -> list[Posting]: ...
    def letters(self) -> list[Letter]: ...
    def answered(self, letter: Letter) -> date | None: ...
    def made(self, column: Column) -> date: ...
    def latest(self, day: date, but: Column | None = None, limit: int = 6) -> list[Posting]: ...
    def hot(self, day: date, but: Column, limit: int = 6) -> list[Posting]: ...


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a list or a sidebar, as printed."""

    title: str
    shown: str
    url: str
    day: date
    pinned: bool = False
    number: int = 0


@dataclass(frozen=True)
class Frame:
    """A page at `here`, of content system `cms`, made on `day`."""

    county: Seen
    cms: Cms
    here: str
    day: date
    title: str
    crumbs: tuple[Link, ...] = ()
    menu: tuple[Link, ...] = ()
    sides: dict[str, list[Posting]] = field(default_factory=dict)

    def href(self, target: str) -> str:
        return printed(self.cms.links, self.county.archive.home, self.here, target)

    def row(self, posting: Posting, number: int = 0, cut: int = 0) -> Row:
        column = self.county.archive.columns[posting.column]
        cut = cut or self.cms.cut
        shown = posting.title if len(posting.title) <= cut else posting.title[:cut] + "…"
        url = self.href(article_url(column, posting))
        return Row(posting.title, shown, url, posting.day, posting.pinned, number)

    def answer(self, template: str, **values: Any) -> Answer:
        text = STYLES.get_template(template).render(
            page=self,
            site=self.county.archive,
            nav=NAVIGATION,
            friends=FRIENDS,
            sides={name: [self.row(p, cut=20) for p in side] for name, side in self.sides.items()},
            **values,
        )
        modified = None if self.cms.dynamic else self.day
        return Answer(text.encode(self.cms.encoding), self.cms.content_type, modified=modified)
