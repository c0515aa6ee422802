"""A scoring scheme (评分方案): what is worth how many points (分), and what its file may say. Everything unknown is
refused."""

from collections import Counter
from collections.abc import Iterable, Iterator
from decimal import Decimal
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError, model_validator

from crawler.sites.load import MOST_FAULTS, REASONS, fault_sentence, line_of, reason_of
from crawler.sites.office_files import read_text
from crawler.sites.schema import Kind, Text
from rules.errors import WrongInput
from rules.vocabulary.toml_text import parse_toml


def _no_flag(value: Any) -> Any:
    """true is no number of points, though Python counts with it."""
    if isinstance(value, bool | float):
        raise ValueError("应为分数，如 4 或 0.5")
    return value


Points = Annotated[
    Decimal, BeforeValidator(_no_flag), Field(ge=0, le=100000, max_digits=10, decimal_places=4)
]
Name = Annotated[Text, Field(max_length=40)]


class Ties(StrEnum):
    """并列: whether equal totals share a rank (1, 2, 2, 4) or stand one after the other (1, 2, 3, 4)."""

    SHARED = "shared"
    CONSECUTIVE = "consecutive"


class Joint(StrEnum):
    """共担: whether a joint duty scores for nobody, as in the counts, or in full for each of its units."""

    NOBODY = "nobody"
    EACH = "each"


class _Declared(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PostingPoints(_Declared):
    """Points a posting under the columns whose path begins with `path`; `cap` limits what a month earns."""

    path: Annotated[tuple[str, ...], Field(max_length=3)] = ()
    points: Points
    cap: Points | None = None

    def covers(self, path: tuple[str, ...]) -> bool:
        return path[: len(self.path)] == self.path


class Bonus(_Declared):
    """Points for what the office notes by hand (采用、领导访谈 …); counted at most `times` times a month."""

    item: Name
    points: Points | None = None
    times: Annotated[int, Field(ge=1, le=1000, strict=True)] | None = None
    cap: Points | None = None


class Deduction(_Declared):
    """Points off for each standing finding of a rule; `cap` limits what a month costs."""

    rule: Text
    points: Points
    cap: Points | None = None


class Component(_Declared):
    """One column of the sheet (得分项). Never below zero, never above `cap`."""

    name: Name
    fixed: Points = Decimal(0)
    cap: Points | None = None
    postings: tuple[PostingPoints, ...] = ()
    bonuses: tuple[Bonus, ...] = ()
    deductions: tuple[Deduction, ...] = ()

    @model_validator(mode="after")
    def _worth(self) -> "Component":
        if not (self.fixed or self.postings or self.bonuses):
            raise ValueError("这一项没有分：应有 fixed、postings 或 bonuses")
        if self.cap is not None and self.fixed > self.cap:
            raise ValueError("fixed 超过了 cap")
        return self


class PeerGroup(_Declared):
    """Units that are ranked among each other, in a table of their own."""

    name: Name
    kinds: Annotated[tuple[Kind, ...], Field(min_length=1)]


class Scheme(_Declared):
    """The whole scheme. `carry`: last month's total is carried over, anew each year from month `first`.
    `best` and `worst`: how many units a group's prose names."""

    title: Text
    components: Annotated[tuple[Component, ...], Field(min_length=1, max_length=20)]
    groups: Annotated[tuple[PeerGroup, ...], Field(min_length=1)]
    carry: bool = True
    first: int = Field(1, ge=1, le=12)
    ties: Ties = Ties.SHARED
    joint: Joint = Joint.NOBODY
    best: int = Field(2, ge=0, le=50)
    worst: int = Field(1, ge=0, le=50)

    @model_validator(mode="after")
    def _once(self) -> "Scheme":
        _refuse_twice("得分项", (part.name for part in self.components))
        _refuse_twice("组", (group.name for group in self.groups))
        _refuse_twice("单位类别", (kind for group in self.groups for kind in group.kinds))
        _refuse_twice("加分项", (bonus.item for part in self.components for bonus in part.bonuses))
        _refuse_twice("栏目", ("›".join(amount.path) or "（全部）" for _, amount in self.amounts))
        return self

    def worth(self, path: tuple[str, ...]) -> tuple[Component, PostingPoints] | None:
        """The one component and amount a posting under a path scores for: the longest prefix that fits."""
        fits = [(c, p) for c, p in self.amounts if p.covers(path)]
        return max(fits, key=lambda pair: len(pair[1].path), default=None)

    @property
    def amounts(self) -> Iterator[tuple[Component, PostingPoints]]:
        return ((component, amount) for component in self.components for amount in component.postings)

    @property
    def items(self) -> dict[str, tuple[Component, Bonus]]:
        """Bonus item → its component and amount."""
        return {bonus.item: (part, bonus) for part in self.components for bonus in part.bonuses}


def _refuse_twice(what: str, names: Iterable[str]) -> None:
    twice = [name for name, times in Counter(names).items() if times > 1]
    if twice:
        raise ValueError(f"{what}“{twice[0]}”写了两次")


FOLDER = "scores"
POINT_REASONS = {
    **dict.fromkeys(("decimal_type", "decimal_parsing", "finite_number"), "应为分数，如 4 或 0.5"),
    **dict.fromkeys(("decimal_max_digits", "decimal_whole_digits", "less_than"), "数值太大"),
    "decimal_max_places": "小数最多四位",
}


def scheme_path(site_file: Path) -> Path:
    """Where a site's scheme is looked for: scores/<key>.toml beside the site file."""
    return site_file.parent / FOLDER / site_file.name


def load_scheme(path: Path) -> Scheme:
    """The scheme of a file, at its top or under [scores]. Raises WrongInput with one sentence a fault."""
    return parse_scheme(read_text(path, "评分方案"), path)


def parse_scheme(source: str, path: Path) -> Scheme:
    """The scheme a file's text declares; `path` names it in complaints."""
    table = parse_toml(source, f"评分方案 {path}", parse_float=Decimal)
    if not table:
        raise WrongInput(f"评分方案 {path} 是空的，请先编写，样本见 demo/sample/scores.toml。")
    nested = isinstance(table.get("scores"), dict)
    try:
        return Scheme.model_validate(table["scores"] if nested else table)
    except ValidationError as error:
        faults = []
        for fault in error.errors()[:MOST_FAULTS]:
            key = ("scores", *fault["loc"]) if nested else fault["loc"]
            line = None if nested else line_of(source, key)
            reason = reason_of(fault, REASONS | POINT_REASONS)
            faults.append(fault_sentence(f"评分方案 {path}", key, reason, line))
        raise WrongInput("\n".join(faults)) from None
