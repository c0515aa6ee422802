"""Waivers put into a site file and taken out of it; the rest of the file stays as the office wrote it."""

from collections.abc import Sequence
from datetime import date
from pathlib import Path

from crawler.sites.load import parse_site
from crawler.sites.office_files import read_text
from crawler.sites.waivers import with_waiver, without_waivers
from db.private_files import place
from rules.book import RULES
from rules.engine.rulings import reason_of
from rules.errors import WrongInput, WrongSiteFile
from rules.vocabulary.places import Site, Waiver


def refuse_waiver(new: Waiver, today: date) -> None:
    """Raises WrongInput of a waiver that sets aside everything, or nothing any more, or says no reason."""
    if not new.why:
        raise WrongInput("豁免没有写明理由，没有改动站点文件。")
    if new.rule == "*" and not (new.unit or new.path):
        raise WrongInput("豁免全部规则（*）时应写明 --unit 或 --path，没有改动站点文件。")
    if new.until < today:
        raise WrongInput(f"豁免的截止日期 {new.until:%Y-%m-%d} 已经过去，没有改动站点文件。")


def put_waiver(file: Path, site: Site, new: Waiver) -> tuple[Waiver, ...]:
    """Writes a waiver into a site's file, in the place of any for the same rule, unit and columns; returns those. Raises
    WrongInput, and leaves the file as it was, where it would come to say anything else."""
    replaced = same_waivers(site, new)
    _write(file, with_waiver(without_waivers(_text(file), replaced), new))
    return tuple(site.waivers[number] for number in replaced)


def take_out(file: Path, places: Sequence[int]) -> None:
    """Takes the waivers at these places among a site's waivers (from 0) out of its file. Raises WrongInput as above."""
    _write(file, without_waivers(_text(file), places))


def same_waivers(site: Site, waiver: Waiver) -> list[int]:
    """The places of the waivers for the same rule, unit and columns."""
    wanted = (waiver.rule, waiver.unit, "/".join(waiver.path))
    return [
        number
        for number, each in enumerate(site.waivers)
        if (each.rule, each.unit, "/".join(each.path)) == wanted
    ]


def named(site: Site, waiver: Waiver) -> str:
    """column.stale 栏目更新不及时，区司法局，“公共法律服务领域”：reason, who, until."""
    rule = RULES.get(waiver.rule)
    whose = site.unit(waiver.unit).name if waiver.unit else "全部单位"
    where = f"“{'›'.join(waiver.path)}”" if waiver.path else "全部栏目"
    return f"{waiver.rule}{f' {rule.name}' if rule else ''}，{whose}，{where}：{reason_of(waiver)}"


def _text(file: Path) -> str:
    return read_text(file, "站点文件", WrongSiteFile)


def _write(file: Path, text: str) -> None:
    """Puts the text in the file's place once it has been read as a site; the file keeps its mode, a link its target."""
    try:
        parse_site(text, file)
    except WrongSiteFile as error:
        raise WrongInput(f"没有改动站点文件，写入后会出错：{error}") from None
    real = file.resolve()
    mode = real.stat().st_mode
    place(real, text.encode()).chmod(mode)
