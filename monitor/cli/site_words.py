"""What a user names of a site (a rule, a column) and how it is written: found, or refused with what may have been meant."""

from collections.abc import Iterable

from rules.book import BOOK
from rules.errors import WrongInput
from rules.vocabulary.places import Column, Site
from rules.vocabulary.suggestions import did_you_mean

Path = tuple[str, ...]


def waivable_rule(rule: str) -> str:
    """The id of a rule, or the beginning of several with `*` behind it. Raises WrongInput."""
    ids = [each.id for each in BOOK]
    if rule in ids or (rule.endswith("*") and any(each.startswith(rule[:-1]) for each in ids)):
        return rule
    by_name = {each.name: each.id for each in BOOK}
    meant = did_you_mean(rule, ids) or did_you_mean(rule, by_name)
    named = f"，编号是 {by_name[rule]}" if rule in by_name else meant
    raise WrongInput(f"没有编号为“{rule}”的规则{named}，请用 gongkai rules 查看全部编号。")


def waivable_path(site: Site, text: str, unit: str = "") -> Path:
    """The path of a column, or the beginning of several columns' paths, written 领域/一级/二级; with `unit` (a key) of one
    that the unit owes. Raises WrongInput."""
    wanted = written(text.split("/"))
    if wanted not in _beginnings(site.columns):
        meant = did_you_mean(wanted, _beginnings(site.columns))
        raise WrongInput(f"站点“{site.name}”没有路径为“{wanted}”的栏目{meant}，请查看站点文件中的 columns。")
    owed = _beginnings(column for column in site.columns if not unit or owes(column, unit))
    if wanted not in owed:
        name = site.unit(unit).name
        raise WrongInput(f"{name}没有“{wanted}”这一栏目{did_you_mean(wanted, owed)}，请核对单位和栏目。")
    return owed[wanted]


def columns_named(site: Site, unit: str, text: str) -> list[Column]:
    """The columns that a unit (a key) owes and a user means by an address, a key, a path or the last names of one; several
    where their last names are the same. Raises WrongInput."""
    wanted, owed = written(text.split("/")), [column for column in site.columns if owes(column, unit)]
    whole = [column for column in owed if text in (column.key, column.url) or written(column.path) == wanted]
    found = whole or [column for column in owed if f"/{written(column.path)}".endswith(f"/{wanted}")]
    if not found or not wanted:
        names = [name for column in owed for name in (column.path[-1], written(column.path))]
        raise WrongInput(
            f"{site.unit(unit).name}没有“{text}”这一栏目{did_you_mean(wanted, names)}，请核对单位和栏目。"
        )
    return found


def owes(column: Column, unit: str) -> bool:
    return any(unit in duty.units for duty in column.duties)


def written(path: Iterable[str]) -> str:
    """A path as users write it, with / between its names (which may hold one themselves)."""
    parts = (part.strip() for name in path for part in name.split("›"))
    return "/".join(part for part in parts if part)


def _beginnings(columns: Iterable[Column]) -> dict[str, Path]:
    """Every path as written, and every beginning of one."""
    paths = [column.path[:length] for column in columns for length in range(1, len(column.path) + 1)]
    return {written(path): path for path in paths}
