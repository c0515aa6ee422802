"""A proposal written as a site file: TOML with Chinese comments; every doubt is a line `# 待核：…`."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from urllib.parse import quote

from crawler.discovery.field_names import match_field
from crawler.discovery.proposal import ColumnProposal, MailboxProposal, Proposal, UnitProposal
from rules.vocabulary.terms import UnitKind

_COMMENT = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff\u202a-\u202e\u2066-\u2069]+")
_ADDRESS = re.compile(r"[\s{}\"<>\\^`|\x00-\x1f\x7f]")
# Seconds between two requests: what a small server bears at night.
POLITE = 1.0
KINDS = (UnitKind.STREET, UnitKind.TOWN, UnitKind.DEPARTMENT)
PLACEHOLDER_UNIT = UnitProposal(
    "unit1", "（请填写单位名称）", UnitKind.DEPARTMENT, doubts=("没有找到工作机构，请照此填写单位",)
)
PLACEHOLDER_COLUMN = ColumnProposal(("", "（请填写栏目名称）"), "/", doubts=("没有找到栏目，请照此填写栏目",))


def write_draft(proposal: Proposal) -> str:
    """The site file's text; `crawler.sites.load.parse_site` accepts it whatever the pages said."""
    lines = [
        *_head(proposal), *_units(proposal), *_columns(proposal), *_mailboxes(proposal.mailboxes), *_unread(proposal)
    ]  # fmt: skip
    return "\n".join(lines).rstrip("\n") + "\n"


def _head(proposal: Proposal) -> Iterator[str]:
    yield f"# {_comment(proposal.name)}：站点文件草稿，由 gongkai init 生成，读了 {proposal.pages} 个页面。"
    yield f"# 程序没有把握的地方标有“待核”，共 {proposal.unsure} 处；核对后删去该行。改完请运行 gongkai site check。"
    if proposal.waiting:
        yield f"# 还有 {proposal.waiting} 个链接没有访问，需要时用 --pages 增加页数重新生成。"
    yield ""
    yield from _doubts(proposal.doubts)
    yield f"name = {text(proposal.name)}"
    yield f"home = {text(address(proposal.home))}"
    yield ""
    yield "[crawl]"
    yield f"delay = {max(proposal.delay, POLITE):.1f}          # 两次请求之间的秒数"
    if proposal.hosts:
        yield f"hosts = {_texts(proposal.hosts)}  # 同属本站的其他域名"
    yield "max_pages = 60       # 每个列表最多翻多少页"
    yield ""
    yield "[expect]"
    yield "read = 0.9           # 能读到的栏目低于这一比例，视为本程序的问题"
    yield ""
    if proposal.office:
        yield "[office]             # 政务公开主管科室，门户自有栏目由它负责"
        yield "# 待核：取自页脚的主办（承办）单位"
        yield f"name = {text(proposal.office)}"
        yield '# email = "政务公开科邮箱"'
        yield ""


def _units(proposal: Proposal) -> Iterator[str]:
    units = proposal.units or (PLACEHOLDER_UNIT,)
    for kind in KINDS:
        of_kind = [unit for unit in units if unit.kind is kind]
        if of_kind:
            yield f"# ── 单位：{kind.value}（{len(of_kind)} 个）──"
            yield ""
        for unit in of_kind:
            yield from _unit(unit)


def _unit(unit: UnitProposal) -> Iterator[str]:
    yield "[[units]]"
    yield from _doubts(unit.doubts)
    yield f"id = {text(unit.id)}"
    yield f"name = {text(unit.name)}"
    yield f"kind = {text(unit.kind.value)}"
    if unit.aliases:
        yield f"aliases = {_texts(unit.aliases)}"
    if unit.emails:
        yield f"email = {_texts(unit.emails)}"
    yield ""


def _columns(proposal: Proposal) -> Iterator[str]:
    columns = proposal.columns or (PLACEHOLDER_COLUMN,)
    names = _owners(proposal.units)
    trees = [c for c in columns if c.tree]
    units = [c for c in columns if not c.tree and c.units]
    portal = [c for c in columns if not c.tree and not c.units]
    order = {unit_id: place for place, unit_id in enumerate(names)}
    units.sort(key=lambda column: order.get(column.units[0], len(order)))
    yield from _part("基层政务公开、重点领域", _by_field(trees), _field_over)
    yield from _part("各单位自己的栏目", units, lambda column: names.get(column.units[0], ""))
    yield from _part("门户自有，不属于基层政务公开", _by_field(portal), _field_over)


def _part(title: str, columns: list[ColumnProposal], over: Callable[[ColumnProposal], str]) -> Iterator[str]:
    """The columns of one part, those in a row that share what stands over them under one line."""
    if columns:
        yield f"# ── 栏目：{title}（{len(columns)} 个）──"
        yield ""
    for heading, group in groupby(columns, key=over):
        if heading:
            yield f"# {_comment(heading)}"
        for column in group:
            yield from _column(column)


def _owners(units: Iterable[UnitProposal]) -> dict[str, str]:
    """Id → name, in the order in which the draft lists the units."""
    return {unit.id: unit.name for unit in sorted(units, key=lambda unit: KINDS.index(unit.kind))}


def _field_over(column: ColumnProposal) -> str:
    field = column.path[0]
    return f"{field}{_standard(field)}" if field else ""


def _standard(field: str) -> str:
    """What the national catalogue says of a field, behind its name."""
    found = match_field(field)
    if found is None or not found.sure:
        return ""
    name = "" if found.field.name in field else f"国家试点领域：{found.field.name}；"
    return f"（{name}公开时限：{found.field.deadline}）"


def _by_field(columns: list[ColumnProposal]) -> list[ColumnProposal]:
    """Fields in the order in which the site shows them; what belongs to none last."""
    order = {field: n for n, field in enumerate(dict.fromkeys(column.path[0] for column in columns))}
    return sorted(columns, key=lambda column: (column.path[0] == "", order[column.path[0]]))


def _column(column: ColumnProposal) -> Iterator[str]:
    yield "[[columns]]"
    yield from _doubts(column.doubts)
    if column.remark:
        yield f"# {_comment(column.remark)}"
    if column.units:
        yield f"units = {_texts(column.units)}"
    yield f"path = {_texts(column.path)}"
    if column.url is not None:
        yield f"url = {text(address(column.url))}"
    else:
        yield f"elsewhere = {text(column.elsewhere)}"
    if column.cycle:
        yield f"cycle = {column.cycle}  # 页面上写明的更新周期，天"
    if column.outside:
        yield "outside = true"
    yield ""


def _mailboxes(boxes: Iterable[MailboxProposal]) -> Iterator[str]:
    yield "# ── 信箱 ──"
    yield ""
    taken: set[str] = set()
    for box in boxes:
        mark = "" if box.enabled and box.url not in taken else "# "
        taken.add(box.url)
        yield from _doubts(box.doubts)
        yield f"{mark}[[mailboxes]]"
        yield f"{mark}name = {text(box.name)}"
        yield f"{mark}url = {text(address(box.url))}"
        yield f"{mark}reply_within = 5  # 工作日"
        yield ""
    if not taken:
        yield "# 没有找到信箱。写法：[[mailboxes]]，name、url、reply_within（工作日）"
        yield ""


def _unread(proposal: Proposal) -> Iterator[str]:
    if proposal.unread:
        yield "# ── 菜单里有、但没能打开或不是列表的页面（未写入上面）──"
    for page in proposal.unread:
        yield f"# {_comment(page.name)}　{_comment(page.url)}　{_comment(page.why)}"


def _doubts(doubts: Iterable[str]) -> Iterator[str]:
    return (f"# 待核：{_comment(doubt)}" for doubt in doubts)


def text(value: str) -> str:
    """A TOML basic string, whatever is in it."""
    shown = json.dumps(_COMMENT.sub(" ", value)[:200].strip() or "（无）", ensure_ascii=False)
    return shown.replace("\x7f", "\\u007f")


def address(url: str) -> str:
    """An address that a site file takes: nothing in it that is a blank or a brace."""
    return _ADDRESS.sub(lambda match: quote(match[0]), url)


def _texts(values: Iterable[str]) -> str:
    return "[" + ", ".join('""' if value == "" else text(value) for value in values) + "]"


def _comment(value: str) -> str:
    return _COMMENT.sub(" ", value)[:200]
