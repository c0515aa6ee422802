"""What a user names of a site (a rule, a column) and how it is written: found, or refused with what may have been meant."""

from collections.abc import Iterable

from rules.book import BOOK
from rules.errors import WrongInput
from rules.vocabulary.places import Column, Site
from rules.vocabulary.suggestions import did_you_mean

Path = tuple[str, ...]


def waivable_rule(rule: str) -> str:
    """The id of a rule given by it or by its name, or the beginning of several with `*` behind it. Raises WrongInput."""
    if rule.endswith("*") and any(each.id.startswith(rule[:-1]) for each in BOOK):
        return rule
    return known_rule(rule)


def known_rule(rule: str) -> str:
    """The id of a rule given by it or by its name. Raises WrongInput."""
    ids, by_name = [each.id for each in BOOK], {each.name: each.id for each in BOOK}
    if rule in ids:
        return rule
    if rule in by_name:
        return by_name[rule]
    meant = did_you_mean(rule, ids) or did_you_mean(rule, by_name)
    raise WrongInput(f"没有编号或名称为“{rule}”的规则{meant}，请用 gongkai rules 查看全部规则。")


def waivable_path(site: Site, text: str, unit: str = "") -> Path:
    """The path of a column, or the beginning of several columns' paths, written 领域/一级/二级, or the last names of one path
    alone; with `unit` (a key) of one that the unit owes. Raises WrongInput."""
    wanted = written(text.split("/"))
    owed = _beginnings(column for column in site.columns if not unit or owes(column, unit))
    ending = {path for path in owed if f"/{path}".endswith(f"/{wanted}")}
    if wanted in owed or (wanted and len(ending) == 1):
        return owed[wanted if wanted in owed else ending.pop()]
    if unit:
        raise WrongInput(_not_owed(site, unit, wanted, sorted(ending) or list(owed)))
    meant = did_you_mean(wanted, sorted(ending) or list(owed))
    raise WrongInput(f"站点“{site.name}”没有路径为“{wanted}”的栏目{meant}，请查看站点文件中的 columns。")


def columns_named(site: Site, unit: str, text: str) -> list[Column]:
    """The columns that a unit (a key) owes and a user means by an address, a key, a path, the last names of one, or the
    beginning of several; several also where their last names are the same. Raises WrongInput."""
    wanted, owed = written(text.split("/")), [column for column in site.columns if owes(column, unit)]
    paths = [(column, f"/{written(column.path)}/") for column in owed]
    tries = (
        [column for column, path in paths if text in (column.key, column.url) or path == f"/{wanted}/"],
        [column for column, path in paths if path.endswith(f"/{wanted}/")],
        [column for column, path in paths if path.startswith(f"/{wanted}/")],
    )
    found = next(filter(None, tries), [])
    if not found or not wanted:
        names = [name for column in owed for name in (column.path[-1], written(column.path))]
        raise WrongInput(_not_owed(site, unit, text, names))
    return found


def _not_owed(site: Site, unit: str, text: str, names: Iterable[str]) -> str:
    """The unit has no such column: who has, or what may have been meant."""
    wanted = written(text.split("/"))
    others = [
        column for column in site.columns if wanted and wanted in (column.path[-1], written(column.path))
    ]
    whose = "、".join(dict.fromkeys("多单位共用" if each.shared else each.duties[0].label for each in others))
    meant = f"，该栏目的责任单位是 {whose}" if whose else did_you_mean(wanted, names)
    return f"{site.unit(unit).name}没有“{text}”这一栏目{meant}，请核对单位和栏目。"


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
