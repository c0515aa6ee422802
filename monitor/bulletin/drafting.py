"""From a judged site to its bulletin's papers: composed, printed aside, checked against SQL, put in place, published."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from db.connect import Engine
from db.counting.bulletins import Frozen, counted_anew, freeze, frozen, letters_received, mailbox_exactness
from monitor.bulletin.compose import Bulletin, Edits, compose_bulletin
from monitor.bulletin.papers import write_bulletin
from monitor.bulletin.publishing import correction_text, differences, facts_of, hashes_of, refuse_overwriting
from monitor.bulletin.ties.ties import check_ties
from monitor.bulletin.word_template import TEMPLATE
from monitor.clock import shanghai_now
from monitor.judge.context import Context
from monitor.judge.judging import judge_period
from monitor.paper_files.data_files import put_in_place
from rules.dates.periods import Period
from rules.errors import GongkaiError

CORRECTION = "correction.txt"


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


@dataclass(frozen=True, slots=True)
class Printed:
    """The papers as put in place; the published bulletin before, and the differences from it; the number of the
    record if this one was published."""

    bulletin: Bulletin
    papers: list[Path]
    before: Frozen | None = None
    corrections: tuple[str, ...] = ()
    number: int | None = None


def print_bulletin(
    engine: Engine,
    context: Context,
    period: Period,
    folder: Path,
    edits: Edits | None = None,
    template: Path = TEMPLATE,
    publish: bool = False,
) -> Printed:
    """The papers put in place, and frozen if they are to be published. What was published before stays as it is:
    the differences are printed as a correction."""
    composed = compose(engine, context, period, edits)
    with engine.connect() as connection:
        history = frozen(connection, context.site.key, period)
    before = history[-1] if history else None
    with checked_papers(engine, composed, template) as papers:
        files = hashes_of(papers)
        corrections = tuple(differences(before, composed, files)) if before else ()
        refuse_overwriting(history, folder, files)
        if before and corrections and not composed.draft:
            papers.append(papers[0].with_name(CORRECTION))
            papers[-1].write_text(correction_text(before, composed, corrections), encoding="utf-8")
            files = hashes_of(papers)
        placed = put_in_place(papers, folder)
    freezes = publish and (bool(corrections) or not before)
    return Printed(
        composed, placed, before, corrections, _freeze(engine, composed, files) if freezes else None
    )


def _freeze(engine: Engine, composed: Bulletin, files: dict[str, str]) -> int:
    judgement = composed.judgement
    command = " ".join(["gongkai", *sys.argv[1:]])
    with engine.begin() as connection:
        return freeze(
            connection, judgement.site.key, judgement.period, composed.as_of, shanghai_now(), command,
            facts_of(composed), files,
        )  # fmt: skip
