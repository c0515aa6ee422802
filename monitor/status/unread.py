"""What was not, or not wholly, read, grouped by cause. Pure."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from crawler.outcomes.causes import sentence_of
from rules.vocabulary.places import Column, Site
from rules.vocabulary.terms import Outcome

NEVER = "站点文件中有而还没有采集过，请运行 gongkai crawl"

# Names on one line of a status: more are a site that failed as a whole, and nobody reads them one by one.
MOST = 20


@dataclass(frozen=True, slots=True)
class UnreadGroup:
    """The columns and mailboxes that fell short for one cause: `outcome` is None where they were never asked for; `cause` is
    its code, `sentence` what the user is told of it; `names` name units and columns."""

    outcome: Outcome | None
    cause: str
    sentence: str
    names: tuple[str, ...]

    @property
    def line(self) -> str:
        """被拦截 2 个：县财政局“…”、县民政局“…”。原因"""
        label = self.outcome.label if self.outcome else "未采集"
        rest = f" 等 {len(self.names)} 个（全部见 --json）" if len(self.names) > MOST else ""
        return f"{label} {len(self.names)} 个（{self.sentence}）：{'、'.join(self.names[:MOST])}{rest}"


def column_name(column: Column) -> str:
    """县财政局“财政预决算领域›部门预算”."""
    return f"{owner_of(column)}“{'›'.join(column.path)}”"


def owner_of(column: Column) -> str:
    """The name of whoever owes a column; a shared list is nobody's."""
    return "多单位共用" if column.shared else column.duties[0].label


def unread_groups(
    site: Site, columns: Mapping[str, tuple[Outcome, str]], mailboxes: Mapping[str, tuple[Outcome, str]]
) -> list[UnreadGroup]:
    """The groups of what is not good among these outcomes and causes by key, the largest first; what the site file names and
    has no outcome was never asked for."""
    seen = [(column_name(each), columns.get(each.key)) for each in site.columns if each.url]
    seen += [(f"信箱“{box.name}”", mailboxes.get(box.key)) for box in site.mailboxes]
    return grouped((name, *(found or (None, ""))) for name, found in seen)


def grouped(found: Iterable[tuple[str, Outcome | None, str]]) -> list[UnreadGroup]:
    """(name, outcome, cause) grouped by outcome and cause, without what is good."""
    groups: dict[tuple[Outcome | None, str], list[str]] = {}
    for name, outcome, cause in found:
        if outcome is None or not outcome.good:
            groups.setdefault((outcome, cause), []).append(name)
    told = [
        UnreadGroup(outcome, cause, sentence_of(cause) if outcome else NEVER, tuple(names))
        for (outcome, cause), names in groups.items()
    ]
    return sorted(told, key=lambda group: -len(group.names))


def as_json(group: UnreadGroup) -> dict[str, Any]:
    outcome = group.outcome.value if group.outcome else None
    return {"outcome": outcome, "cause": group.cause, "sentence": group.sentence, "names": list(group.names)}
