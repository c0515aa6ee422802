"""Letters of the mailboxes: how long each has waited, by the office's working days."""

from collections.abc import Iterable

from fastapi import APIRouter
from starlette.responses import Response

from monitor.web.downloads import download
from monitor.web.looks import page
from monitor.web.periods import period_of
from monitor.web.security.guards import CurrentRequest
from monitor.web.tables import Cell, Table, cells
from rules.cases import LetterCase
from rules.cases.letter_figures import days_taken, within

routes = APIRouter()
HEADS = ("信箱", "标题", "单位", "来信", "答复", "状态", "工作日", "时限")
NONE = "没有信件，或者信箱没有读到。"


def letter_table(letters: Iterable[LetterCase], name: str) -> Table:
    """Letters as a table, those that wait longest first."""
    ordered = sorted(letters, key=lambda letter: (letter.settled, letter.received is None, letter.received))
    return Table(name, HEADS, [_row(letter) for letter in ordered], NONE)


def _row(letter: LetterCase) -> tuple[Cell, ...]:
    days = days_taken(letter)
    late = days is not None and not within(letter, days)
    state = "已办结" if letter.settled else "未答复" if letter.known else "不明"
    return cells(
        letter.mailbox, Cell(letter.title, letter.url), letter.unit_names or "未标明", letter.received,
        letter.answered, Cell(state, "", "" if letter.settled else "unknown" if not letter.known else "waits"),
        Cell(days, "", "late" if late else ""), letter.reply_within,
    )  # fmt: skip


@routes.get("/s/{site_key}/letters")
def letters_page(
    asked: CurrentRequest, site_key: str, period: str = "", open_only: bool = False, form: str = ""
) -> Response:
    site = asked.site(site_key)
    chosen = period_of(period, asked.sources.today)
    letters = [
        letter
        for letter in asked.sources.judgement(site, chosen).letters
        if asked.viewer.sees_units(site_key, letter.units) and not (open_only and letter.settled)
    ]
    table = letter_table(letters, f"{site.name}_信件")
    if form:
        return download(table, form)
    return page(
        "letters", asked.session, here=asked.here, site=site, period=chosen, table=table, open_only=open_only, title="信件"
    )  # fmt: skip
