"""What a scheme file may say, key by key. Everything unknown is refused."""

from collections import Counter
from collections.abc import Iterable
from decimal import Decimal
from typing import Annotated, Any

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, model_validator

from crawler.sites.schema import Kind, Text
from monitor.scores.scheme import Joint, Ties


def _no_flag(value: Any) -> Any:
    """true is no number of points, though Python counts with it."""
    if isinstance(value, bool | float):
        raise ValueError("应为分数，如 4 或 0.5")
    return value


Points = Annotated[
    Decimal, BeforeValidator(_no_flag), Field(ge=0, le=100000, max_digits=10, decimal_places=4)
]
Times = Annotated[int, Field(ge=1, le=1000, strict=True)]
Name = Annotated[Text, Field(max_length=40)]


class Declaration(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class PostingsDeclaration(Declaration):
    path: Annotated[tuple[str, ...], Field(max_length=3)] = ()
    points: Points
    cap: Points | None = None


class BonusDeclaration(Declaration):
    item: Name
    points: Points | None = None
    times: Times | None = None
    cap: Points | None = None


class DeductionDeclaration(Declaration):
    rule: Text
    points: Points
    cap: Points | None = None


class ComponentDeclaration(Declaration):
    name: Name
    fixed: Points = Decimal(0)
    cap: Points | None = None
    postings: tuple[PostingsDeclaration, ...] = ()
    bonuses: tuple[BonusDeclaration, ...] = ()
    deductions: tuple[DeductionDeclaration, ...] = ()

    @model_validator(mode="after")
    def _worth(self) -> "ComponentDeclaration":
        if not (self.fixed or self.postings or self.bonuses):
            raise ValueError("这一项没有分：应有 fixed、postings 或 bonuses")
        if self.cap is not None and self.fixed > self.cap:
            raise ValueError("fixed 超过了 cap")
        return self


class GroupDeclaration(Declaration):
    name: Name
    kinds: Annotated[tuple[Kind, ...], Field(min_length=1)]


class SchemeDeclaration(Declaration):
    title: Text
    components: Annotated[tuple[ComponentDeclaration, ...], Field(min_length=1, max_length=20)]
    groups: Annotated[tuple[GroupDeclaration, ...], Field(min_length=1)]
    carry: bool = True
    first: int = Field(1, ge=1, le=12)
    ties: Ties = Ties.SHARED
    joint: Joint = Joint.NOBODY
    best: int = Field(2, ge=0, le=50)
    worst: int = Field(1, ge=0, le=50)

    @model_validator(mode="after")
    def _once(self) -> "SchemeDeclaration":
        parts = self.components
        _refuse_twice("得分项", (part.name for part in parts))
        _refuse_twice("组", (group.name for group in self.groups))
        _refuse_twice("单位类别", (kind for group in self.groups for kind in group.kinds))
        _refuse_twice("加分项", (bonus.item for part in parts for bonus in part.bonuses))
        _refuse_twice("栏目", ("›".join(p.path) or "（全部）" for part in parts for p in part.postings))
        return self


def _refuse_twice(what: str, names: Iterable[str]) -> None:
    twice = [name for name, times in Counter(names).items() if times > 1]
    if twice:
        raise ValueError(f"{what}“{twice[0]}”写了两次")
