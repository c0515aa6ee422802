"""What a site file may say, key by key. Everything unknown is refused."""

import re
from datetime import date
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

import jmespath
from pydantic import AfterValidator, BaseModel, ConfigDict, Field, model_validator

from crawler.page.links import HOST
from crawler.sites.politeness import LONGEST
from rules.scanners.masking import FurtherKind
from rules.vocabulary.column_kinds import ColumnKind
from rules.vocabulary.file_names import FILE_NAME_RULE, is_file_name
from rules.vocabulary.terms import UnitKind
from rules.vocabulary.unprinted import UNPRINTED

_ODD_IN_ADDRESS = re.compile(r"[\s\\]")
LONGEST_PATH = 200  # characters: of a JMESPath expression
_NO_STEPS = frozenset({"function_expression", "expref", "multi_select_list", "multi_select_dict"})
DECLARED_KINDS = (UnitKind.DEPARTMENT, UnitKind.TOWN, UnitKind.STREET)


def _address(value: str) -> str:
    if (
        _ODD_IN_ADDRESS.search(value)
        or UNPRINTED.search(value)
        or not re.match(r"(https?://[^/\s]+|/|\./|[^/:\s]+/|[^/:\s]+$)", value)
    ):
        raise ValueError("网址不对，应以 http:// 或 https:// 开头，或是从 / 开始的站内路径")
    _split(value)
    return value


def _home(value: str) -> str:
    if (
        _ODD_IN_ADDRESS.search(value)
        or UNPRINTED.search(value)
        or not re.fullmatch(r"https?://[^/?#]+(/[^?#]*)?", value)
    ):
        raise ValueError("网址不对，首页应是以 http:// 或 https:// 开头的完整网址")
    _split(value)
    return value if value.count("/") > 2 else value + "/"


def _split(address: str) -> None:
    """Refuses a host or a port that is none (http://[a/, http://a:b/): `resolve` joins addresses without asking."""
    try:
        parts = urlsplit(address)
        _port = parts.port
    except ValueError:
        raise ValueError("网址不对，主机名或端口无法识别") from None
    if "@" in parts.netloc:
        raise ValueError("网址不对，主机名前不能带用户名（@）")


def _email(value: str) -> str:
    if not re.fullmatch(r"[^@\s<>,;\"]+@[^@\s<>,;\"]+\.[^@\s<>,;\"]+", value):
        raise ValueError(f"“{value}”不是邮箱地址")
    return value


def _kind(value: UnitKind) -> UnitKind:
    if value not in DECLARED_KINDS:
        raise ValueError(f"单位类别应为：{'、'.join(DECLARED_KINDS)}")
    return value


def compile_path(expression: str) -> None:
    """Refuses what JMESPath cannot read, and what is more than a path: functions fail on answers that they do not expect,
    and with selections they make a short text as large as one likes."""
    if len(expression) > LONGEST_PATH:
        raise ValueError(f"JMESPath 表达式过长，至多 {LONGEST_PATH} 字")
    try:
        parsed = jmespath.compile(expression).parsed
    except (jmespath.exceptions.JMESPathError, ValueError, RecursionError):
        raise ValueError(f"“{expression}”不是正确的 JMESPath 表达式") from None
    waiting = [parsed]
    while waiting:
        step = waiting.pop()
        inside = step["children"]
        if step["type"] in _NO_STEPS or (step["type"] == "slice" and inside[2] == 0):
            raise ValueError(f"“{expression}”不是路径：不能用函数、多选，切片的步长不能是 0")
        waiting += [one for one in inside if isinstance(one, dict)]


def _day_of_year(value: str) -> str:
    try:
        date.fromisoformat(f"2000-{value}")  # a year that has every day
    except ValueError:
        raise ValueError('应为每年的月和日，如 "09-20"') from None
    return value


def _line(value: str) -> str:
    if re.search(r"[\t\n]", value) or UNPRINTED.search(value):
        raise ValueError("不能有换行或控制字符，也不能有不可见的字符")
    return value


def _host(value: str) -> str:
    if not HOST.fullmatch(value):
        raise ValueError(f"“{value}”不是主机名，应如 zwgk.example.gov.cn")
    return value


def _issue(value: str) -> str:
    if unknown := set(re.findall(r"\{[^}]*\}?|\}", value)) - {"{年}", "{期}"}:
        raise ValueError(
            f"期号中不认识{'、'.join(sorted(unknown))}，可用 {{年}} 和 {{期}}，如“〔{{年}}〕{{期}}号”"
        )
    return value


def _key(value: str) -> str:
    if not is_file_name(value):
        raise ValueError(FILE_NAME_RULE)
    return value


DayOfYear = Annotated[str, Field(pattern=r"^\d\d-\d\d$"), AfterValidator(_day_of_year)]
Address = Annotated[str, AfterValidator(_address)]
Home = Annotated[str, AfterValidator(_home)]
Email = Annotated[str, AfterValidator(_email)]
Kind = Annotated[UnitKind, AfterValidator(_kind)]
Text = Annotated[str, Field(min_length=1, max_length=200), AfterValidator(_line)]
Part = Annotated[str, Field(max_length=200), AfterValidator(_line)]
Workdays = Annotated[int, Field(ge=1, le=365)]
Number = Annotated[int, Field(ge=0, le=100_000_000)]
Host = Annotated[str, AfterValidator(_host)]
Key = Annotated[str, Field(pattern=r"^[A-Za-z0-9][A-Za-z0-9_.\-]*$", max_length=80), AfterValidator(_key)]


class Declaration(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False)

    @model_validator(mode="before")
    @classmethod
    def _lists(cls, table: Any) -> Any:
        """A single value may stand where a list is wanted: `email = "…"`, `each = "街道"`."""
        if not isinstance(table, dict):
            return table
        single = ("email", "each", "aliases", "units", "hosts", "neutral", "also")
        return {k: [v] if k in single and isinstance(v, str) else v for k, v in table.items()}


class CrawlDeclaration(Declaration):
    delay: float = Field(default=1.0, ge=0, le=LONGEST)
    hosts: tuple[Host, ...] = ()
    max_pages: int = Field(default=60, ge=1, le=5000)
    max_hours: float = Field(default=6, gt=0, le=24)
    timeout: float = Field(default=30, gt=0, le=600)
    obey_robots: bool = True
    reread_days: int = Field(default=7, ge=1, le=366)
    articles: int = Field(default=500, ge=0, le=100_000)
    stock_pages: int = Field(default=5, ge=0, le=100_000)
    home_links: int = Field(default=4, ge=0, le=1000)
    neutral: tuple[Home, ...] = ()
    why: Text | None = None


class ExpectDeclaration(Declaration):
    read: float = Field(default=0.9, ge=0, le=1)
    postings: tuple[Number, Number] | None = None


class OfficeDeclaration(Declaration):
    name: Text | None = None
    email: tuple[Email, ...] = ()
    wording: Text | None = None
    mobiles: tuple[Annotated[str, Field(pattern=r"^1[3-9]\d{9}$")], ...] = ()


class PapersDeclaration(Declaration):
    head: Part = ""
    issue: Annotated[Part, AfterValidator(_issue)] = ""
    to: Part = ""
    copies: Part = ""
    ties: Literal["shared", "consecutive"] = "shared"


class PrivacyDeclaration(Declaration):
    also: tuple[FurtherKind, ...] = ()
    keep_letters: int = Field(default=24, ge=12, le=1200)


class UnitDeclaration(Declaration):
    id: Key
    name: Text
    kind: Kind
    aliases: tuple[Text, ...] = ()
    email: tuple[Email, ...] = ()


class EndpointDeclaration(Declaration):
    url: Address
    rows: Text
    title: Text
    date: Text
    link: str = ""
    total: str = ""
    first: int = Field(default=1, ge=0)
    size: int = Field(default=20, ge=1, le=1000)
    form: dict[str, str] | None = None

    @model_validator(mode="after")
    def _turns(self) -> "EndpointDeclaration":
        for name in ("rows", "title", "date", "link", "total"):
            expression = getattr(self, name)
            if expression and not (name == "link" and "{" in expression):
                compile_path(expression)
        return self


class ColumnDeclaration(Declaration):
    id: Text | None = None
    each: tuple[Kind, ...] | None = None
    units: tuple[Text, ...] | None = None
    shared: bool = False
    path: Annotated[tuple[Part, ...], Field(min_length=1, max_length=3)]
    url: Address | None = None
    elsewhere: Text | None = None
    outside: bool = False
    api: EndpointDeclaration | None = None
    browser: bool = False
    kind: ColumnKind | None = None
    platform: Text | None = None
    cycle: int | None = Field(default=None, ge=1, le=3660)
    due: DayOfYear | None = None

    @property
    def due_day(self) -> tuple[int, int] | None:
        """`due` as (month, day)."""
        return (int(self.due[:2]), int(self.due[3:])) if self.due else None

    @model_validator(mode="after")
    def _whole(self) -> "ColumnDeclaration":
        if not any(self.path) or any(not part for part in self.path[1:]):
            raise ValueError("path 应为 [领域, 一级栏目, 二级栏目]，领域可以是空文字，其余各级不能空")
        if (self.url is None) == (self.elsewhere is None):
            raise ValueError("栏目应有 url；开设在外部网站的栏目写 elsewhere 而不写 url")
        if self.each and self.units:
            raise ValueError("each 与 units 只能写一个")
        if self.shared and self.elsewhere:
            raise ValueError("shared 的栏目不能是 elsewhere")
        if self.units is not None and len(set(self.units)) != len(self.units):
            raise ValueError("units 中有重复的单位")
        if self.each and self.url and not self.shared and "{unit}" not in self.url:
            raise ValueError(
                "each 的栏目每个单位一个网址，url 中应写 {unit}；共用一个列表的请写 shared = true"
            )
        if self.url and "{" in self.url and (not self.each or self.shared):
            raise ValueError("只有 each 的栏目，url 中才可以写 {unit}")
        return self


class MailboxDeclaration(Declaration):
    id: Key | None = None
    name: Text
    url: Address
    kind: Literal["找错"] | None = None
    reply_within: Workdays | None = None
    limits: dict[Text, Workdays] = {}


class WaiverDeclaration(Declaration):
    rule: Text
    unit: Text | None = None
    path: tuple[Part, ...] = ()
    why: Text
    who: Part = ""
    until: date


class SiteDeclaration(Declaration):
    name: Text
    home: Home
    platform: Text | None = None
    crawl: CrawlDeclaration = CrawlDeclaration()
    expect: ExpectDeclaration = ExpectDeclaration()
    office: OfficeDeclaration = OfficeDeclaration()
    privacy: PrivacyDeclaration = PrivacyDeclaration()
    papers: PapersDeclaration = PapersDeclaration()
    units: Annotated[tuple[UnitDeclaration, ...], Field(min_length=1)]
    columns: Annotated[tuple[ColumnDeclaration, ...], Field(min_length=1)]
    mailboxes: tuple[MailboxDeclaration, ...] = ()
    waivers: tuple[WaiverDeclaration, ...] = ()
    rules: dict[str, dict[str, Any]] = {}
