"""A proposal written as a site file: TOML with Chinese comments; every doubt is a line `# 待核：…`. The file's form is
templates/site.toml.j2; here stand the order of its parts and what makes the pages' words harmless in it."""

import json
import re
from collections.abc import Callable, Iterable, Iterator
from itertools import groupby
from urllib.parse import quote

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from crawler.discovery.field_names import match_field
from crawler.discovery.proposal import ColumnProposal, MailboxProposal, Proposal, UnitProposal
from rules.scanners.masking_in_force import masked_text
from rules.vocabulary.terms import UnitKind
from rules.vocabulary.unprinted import CONTROL, FORMAT, UNPRINTED

_ADDRESS = re.compile(r"[\s{}\"<>\\^`|\x00-\x1f\x7f]")
# Seconds between two requests: what a small server bears at night.
POLITE = 1.0
KINDS = (UnitKind.STREET, UnitKind.TOWN, UnitKind.DEPARTMENT)
PLACEHOLDER_UNIT = UnitProposal(
    "unit1", "（请填写单位名称）", UnitKind.DEPARTMENT, doubts=("没有找到工作机构，请照此填写单位",)
)
PLACEHOLDER_COLUMN = ColumnProposal(("", "（请填写栏目名称）"), "/", doubts=("没有找到栏目，请照此填写栏目",))

Group = tuple[str, list[ColumnProposal]]
Part = tuple[str, list[ColumnProposal], list[Group]]


def write_draft(proposal: Proposal) -> str:
    """The site file's text; `crawler.sites.load.parse_site` accepts it whatever the pages said."""
    units = proposal.units or (PLACEHOLDER_UNIT,)
    written = _templates().get_template("site.toml.j2").render(
        name=proposal.name, home=proposal.home, hosts=proposal.hosts, office=proposal.office,
        delay=max(proposal.delay, POLITE), pages=proposal.pages, waiting=proposal.waiting, marks=proposal.unsure,
        doubts=proposal.doubts, kinds=[(kind, [unit for unit in units if unit.kind is kind]) for kind in KINDS],
        parts=list(_parts(proposal)), mailboxes=list(_mailboxes(proposal.mailboxes)), left_out=proposal.left_out,
    )  # fmt: skip
    return written.rstrip("\n") + "\n"


def _templates() -> Environment:
    templates = Environment(
        loader=PackageLoader("crawler.discovery"), undefined=StrictUndefined, autoescape=select_autoescape(),
        trim_blocks=True, lstrip_blocks=True,
    )  # fmt: skip
    templates.filters |= {"text": text, "texts": _texts, "address": address, "comment": _comment}
    return templates


def _parts(proposal: Proposal) -> Iterator[Part]:
    """Title, columns, and these in groups: those in a row that share what stands over them."""
    columns = proposal.columns or (PLACEHOLDER_COLUMN,)
    # The draft lists the units by kind.
    names = {unit.id: unit.name for unit in sorted(proposal.units, key=lambda unit: KINDS.index(unit.kind))}
    order = {unit_id: place for place, unit_id in enumerate(names)}
    trees = [c for c in columns if c.tree]
    units = [c for c in columns if not c.tree and c.units]
    portal = [c for c in columns if not c.tree and not c.units]
    units.sort(key=lambda column: order.get(column.units[0], len(order)))
    yield _part("基层政务公开、重点领域", _by_field(trees), _field_over)
    yield _part("各单位自己的栏目", units, lambda column: names.get(column.units[0], ""))
    yield _part("门户自有，不属于基层政务公开", _by_field(portal), _field_over)


def _part(title: str, columns: list[ColumnProposal], over: Callable[[ColumnProposal], str]) -> Part:
    return title, columns, [(heading, list(group)) for heading, group in groupby(columns, key=over)]


def _field_over(column: ColumnProposal) -> str:
    """A field's name, and what the national catalogue says of it."""
    field = column.path[0]
    found = match_field(field) if field else None
    if found is None or not found.sure:
        return field
    name = "" if found.field.name in field else f"国家试点领域：{found.field.name}；"
    return f"{field}（{name}公开时限：{found.field.deadline}）"


def _by_field(columns: list[ColumnProposal]) -> list[ColumnProposal]:
    """Fields in the order in which the site shows them; what belongs to none last."""
    order = {field: n for n, field in enumerate(dict.fromkeys(column.path[0] for column in columns))}
    return sorted(columns, key=lambda column: (column.path[0] == "", order[column.path[0]]))


def _mailboxes(boxes: Iterable[MailboxProposal]) -> Iterator[tuple[str, MailboxProposal]]:
    """Each with the mark before its lines: what is not to be read, or was named already, is a comment."""
    taken: set[str] = set()
    for box in boxes:
        yield "" if box.enabled and box.url not in taken else "# ", box
        taken.add(box.url)


def text(value: str) -> str:
    """A TOML basic string, whatever is in it."""
    return json.dumps(_comment(value).strip() or "（无）", ensure_ascii=False)


def address(url: str) -> str:
    """An address that a site file takes: nothing in it that is a blank or a brace."""
    return UNPRINTED.sub(_escaped, _ADDRESS.sub(_escaped, url))


def _escaped(found: re.Match[str]) -> str:
    return quote(found[0], errors="replace")


def _texts(values: Iterable[str]) -> str:
    return "[" + ", ".join('""' if value == "" else text(value) for value in values) + "]"


def _comment(value: str) -> str:
    return masked_text(CONTROL.sub(" ", FORMAT.sub("", value)))[:200]
