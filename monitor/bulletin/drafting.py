"""From a judged site to its bulletin's papers: composed, printed aside, checked against SQL, then put in place."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from db.connect import Engine
from db.counting.bulletins import counted_anew, letters_received, mailbox_exactness
from monitor.bulletin.compose import Bulletin, Edits, compose_bulletin
from monitor.bulletin.papers import write_bulletin
from monitor.bulletin.ties.ties import check_ties
from monitor.bulletin.word_template import TEMPLATE
from monitor.judge.context import Context
from monitor.judge.judging import judge_period
from rules.dates.periods import Period
from rules.errors import GongkaiError


class NotReady(GongkaiError):
    """Too little was read, or the numbers are not likely: nothing may be published, nothing was written."""


def compose(engine: Engine, context: Context, period: Period, edits: Edits | None = None) -> Bulletin:
    """Counts, judges and composes; the database stays as it is. Raises NotReady where the numbers may not be
    published and no draft was asked for, WrongInput where the edits are unfair."""
    edits = edits or Edits()
    with engine.connect() as connection:
        judgement = judge_period(connection, context, period)
        mailboxes = mailbox_exactness(connection, context.site, period, context.as_of)
    bulletin = compose_bulletin(judgement, mailboxes, edits)
    if bulletin.doubts and not edits.draft:
        raise NotReady(
            f"{context.site.name} {period.title}的通报不能印发：{'；'.join(bulletin.doubts)}；"
            f"没有写入任何文件，可用 --draft 起草标明“草稿”的文件。"
        )
    return bulletin


@contextmanager
def checked_papers(engine: Engine, bulletin: Bulletin, template: Path = TEMPLATE) -> Iterator[list[Path]]:
    """The papers in a temporary folder, every number of them checked. Raises Mismatch."""
    site, period, as_of = bulletin.judgement.site, bulletin.judgement.period, bulletin.as_of
    with TemporaryDirectory(prefix="gongkai-") as folder:
        papers = write_bulletin(bulletin, Path(folder), template)
        with engine.connect() as connection:
            counted = counted_anew(connection, site, period, as_of)
            letters = letters_received(connection, site, period, as_of)
        check_ties(bulletin, counted, letters, Path(folder), template)
        yield papers
