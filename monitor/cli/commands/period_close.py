"""What the service drafts once a period has ended: the quarter's bulletin, the month's score sheet. What stands there already
is left alone, and so is whoever drafts by hand."""

from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path

from crawler.sites.load import load_site
from monitor.cli.commands.bulletin import bulletin
from monitor.cli.commands.scores import scores
from monitor.paper_files.paper_names import paper_name, period_folder, place_of
from monitor.scores.compose import month_before, month_of
from monitor.scores.scheme import scheme_path
from monitor.terminal import say_error
from rules.dates.periods import Period, quarter_before, quarter_of
from rules.errors import GongkaiError

# Nights after a period's end on which its papers are drafted, if they are not there: the first may have been missed, or have
# gone badly. (A night that covers the site's every column makes a draft complete; a later one is the office's to order.)
NIGHTS = 10

Draft = Callable[[Path, Period, Path, date], None]


def draft_ended(sites: Path, papers: Path, night: date) -> None:
    """Drafts what is due on a night, of every site of a folder. What goes wrong is said, and stops nothing else."""
    for file in sorted(sites.glob("*.toml")):
        for kind, ended, draft in _due(night):
            try:
                place = place_of(load_site(file))
                there = period_folder(papers, ended).glob(f"{paper_name(kind, ended.key, place)}*")
                if not any(there):
                    draft(file, ended, papers, night)
            except GongkaiError as error:
                say_error(f"{file.stem}：{ended.title}的{kind}没有起草：{error}")


def _due(night: date) -> Iterator[tuple[str, Period, Draft]]:
    month = month_before(month_of(f"{night:%Y-%m}"))
    for kind, ended, draft in (
        ("通报", quarter_before(quarter_of(night)), _bulletin),
        ("得分表", month, _scores),
    ):
        if (night - ended.end).days < NIGHTS:
            yield kind, ended, draft


def _bulletin(file: Path, ended: Period, papers: Path, night: date) -> None:
    bulletin(str(file), ended.key, papers, draft=True, as_of=night.isoformat())


def _scores(file: Path, ended: Period, papers: Path, night: date) -> None:
    """A score sheet, where the office has a scheme; sums are carried on from the sheet of the month before."""
    if not scheme_path(file).is_file():
        return
    before = month_before(ended)
    name = paper_name("得分表", before.key, place_of(load_site(file)))
    carried = period_folder(papers, before) / f"{name}.json"
    carry = carried if carried.is_file() else None
    scores(str(file), ended.key, papers, carry=carry, as_of=night.isoformat())
