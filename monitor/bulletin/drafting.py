"""From a judged site to its bulletin's papers: composed, printed aside, checked against SQL, put in place, published.
Publishing freezes the numbers; a later count is printed as a correction (更正), never in their place."""

import hashlib
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from db.connect import Engine
from db.counting.bulletins import Frozen, counted_anew, freeze, frozen, letters_received, mailbox_exactness
from db.counting.counts import counts_as_of
from db.counting.posting_list import listed_postings
from db.readings import last_readings
from monitor.bulletin.compose import Beside, Bulletin, Edits, compose_bulletin
from monitor.bulletin.naming import NamingEdit, named
from monitor.bulletin.papers import stem_of, write_bulletin
from monitor.bulletin.ties.ties import check_ties
from monitor.bulletin.word_template import TEMPLATE
from monitor.clock import shanghai_now
from monitor.judge.context import Context
from monitor.judge.judging import judge_period
from monitor.paper_files.data_files import put_in_place
from monitor.wording import day_of, shown, shown_total, spaced, tight
from rules.dates.periods import Period, period_before
from rules.errors import GongkaiError, WrongInput
from rules.vocabulary.places import Site

Facts = Mapping[str, Any]


def facts_of(bulletin: Bulletin) -> dict[str, Any]:
    """The facts of a bulletin to be frozen: each duty's count as printed, sums, letters, names."""
    letters = bulletin.letters
    return {
        "counts": {count.subject: [count.name, f"{shown(count)}"] for count in bulletin.counts},
        "sums": {
            "信息总数": f"{shown_total(bulletin.total)}",
            "基层政务公开信息数": f"{shown_total(bulletin.grassroots)}",
            **{
                f"“{block.unit}”合计": f"{shown_total(block.total)}"
                for block in bulletin.annex1 + bulletin.annex2
            },
            "留言受理数": f"{letters.figures.received}",
            "留言办结数": f"{letters.figures.closed}",
        },
        "named": sorted(verdict.unit.name for verdict in named(bulletin.naming.verdicts)),
        "slow": sorted(letters.slow_units),
        "edits": [
            ["name" if verdict.named else "skip", verdict.unit.key, verdict.why]
            for verdict in bulletin.naming.verdicts
            if verdict.edited
        ],
    }


def hashes_of(papers: Sequence[Path]) -> dict[str, str]:
    """Name → SHA-256 of each paper."""
    return {paper.name: hashlib.sha256(paper.read_bytes()).hexdigest() for paper in papers}


def correction_number(history: Sequence[Frozen], bulletin: Bulletin) -> int:
    """0: nothing else was published of the period; 1: the first correction of what was; … What was published last stays
    what it was."""
    if not history:
        return 0
    same = not any(_facts_that_differ(history[-1].facts, facts_of(bulletin)))
    return len(history) - same


def differences(before: Frozen, bulletin: Bulletin, files: Mapping[str, str]) -> list[str]:
    """The differences from the published bulletin, in sentences; none if there are none."""
    found = list(_facts_that_differ(before.facts, facts_of(bulletin)))
    changed = [name for name, sha in files.items() if before.files.get(name) != sha]
    if found or not changed or bulletin.as_of != before.as_of:
        return found
    return [f"数字没有变化，但文件 {'、'.join(changed)} 的内容与发布时不同。"]


def _facts_that_differ(old: Facts, new: Facts) -> Iterator[str]:
    for name in (*new["sums"], *(each for each in old["sums"] if each not in new["sums"])):
        yield from _changed(name, old["sums"].get(name), new["sums"].get(name))
    for key in (*new["counts"], *(each for each in old["counts"] if each not in new["counts"])):
        was, is_ = old["counts"].get(key), new["counts"].get(key)
        yield from _changed((is_ or was)[0], was and was[1], is_ and is_[1])
    for what, key in (("点名的单位", "named"), ("留言回复较慢的单位", "slow")):
        more = [each for each in new[key] if each not in old[key]]
        less = [each for each in old[key] if each not in new[key]]
        if more:
            yield f"{what}增加{'、'.join(more)}。"
        if less:
            yield f"{what}减少{'、'.join(less)}。"


def _changed(name: str, was: str | None, is_: str | None) -> Iterator[str]:
    if was is None:
        yield f"{name}：{spaced(f'发布时没有列入，现为{is_}。')}"
    elif is_ is None:
        yield f"{name}：{spaced(f'发布时为{was}，现在不再列入。')}"
    elif was != is_:
        yield f"{name}：{spaced(f'发布时为{was}，现为{is_}。')}"


def correction_text(before: Frozen, bulletin: Bulletin, found: Sequence[str]) -> str:
    """The correction as a paper."""
    judgement = bulletin.judgement
    lines = [
        f"关于{judgement.site.name}{tight(judgement.period.title)}政务公开工作通报的更正",
        "",
        f"{day_of(before.as_of)}印发的通报（第 {before.number} 号记录）与{day_of(bulletin.as_of)}的数据相比，有以下不同：",
        "",
        *(f"{number}. {sentence}" for number, sentence in enumerate(found, start=1)),
    ]
    return "\n".join(lines) + "\n"


def refuse_overwriting(history: Sequence[Frozen], folder: Path, files: Mapping[str, str]) -> None:
    """WrongInput if a folder holds a published paper that would be written over by another."""
    published = {sha for before in history for sha in before.files.values()}
    for name, sha in files.items():
        path = folder / name
        if not path.is_file():
            continue
        there = hashlib.sha256(path.read_bytes()).hexdigest()
        if there in published and there != sha:
            raise WrongInput(
                f"目录 {folder} 中的 {name} 是已经发布的通报，与这次的内容不同，没有写入任何文件，请用 --out 换一个目录。"
            )


CORRECTION = "_说明.txt"


class NotReady(GongkaiError):
    """Too little was read, or the numbers are not likely: nothing may be published, nothing was written."""


def compose(engine: Engine, context: Context, period: Period, edits: Edits | None = None) -> Bulletin:
    """Counts, judges and composes; the database stays as it is. What the editor said of naming in the published bulletin
    of the period stands until something else is said of that unit. Raises NotReady where the numbers may not be
    published and no draft was asked for, WrongInput where the edits are unfair."""
    site, as_of = context.site, context.as_of
    with engine.connect() as connection:
        judgement = judge_period(connection, context, period)
        history = frozen(connection, site.key, period)
        beside = Beside(
            mailbox_exactness(connection, site, period, as_of),
            last_readings(connection, site.key, as_of).read_on,
            counts_as_of(connection, site, period_before(period), as_of),
            listed_postings(connection, site.key, _shared(site), period, as_of),
        )
    edits = _with_kept(edits or Edits(), site, history)
    bulletin = compose_bulletin(judgement, edits, beside)
    # Of the last that was otherwise: the papers of a correction stay the same once it was published itself.
    found = (tuple(_facts_that_differ(each.facts, facts_of(bulletin))) for each in reversed(history))
    bulletin = replace(bulletin, corrections=next(filter(None, found), ()))
    if bulletin.doubts and not edits.draft:
        raise NotReady(
            f"{context.site.name} {period.title}的通报不能印发：{'；'.join(bulletin.doubts)}；"
            f"没有写入任何文件，可用 --draft 起草标明“草稿”的文件。"
        )
    return bulletin


def _shared(site: Site) -> frozenset[str]:
    return frozenset(column.key for column in site.columns if column.shared)


def _with_kept(edits: Edits, site: Site, history: Sequence[Frozen]) -> Edits:
    """The edits with those of the bulletin published last, for units of which these say nothing."""
    given = {edit.unit for edit in (*edits.names, *edits.skips)}
    spoken_of = {unit.key for unit in site.units if given & {unit.key, *unit.names}}
    published = history[-1].facts.get("edits", ()) if history else ()
    kept = [
        (option, NamingEdit(key, why, kept=True)) for option, key, why in published if key not in spoken_of
    ]
    return replace(
        edits,
        names=(*edits.names, *(edit for option, edit in kept if option == "name")),
        skips=(*edits.skips, *(edit for option, edit in kept if option == "skip")),
    )


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
    overwrite: bool = False,
) -> Printed:
    """The papers put in place, and frozen if they are to be published. What was published before stays as it is:
    the differences are printed as a correction, in papers of their own names. Raises WrongInput where other papers
    stand under theirs, unless `overwrite`; what was published is never overwritten."""
    composed = compose(engine, context, period, edits)
    with engine.connect() as connection:
        history = frozen(connection, context.site.key, period)
    before = history[-1] if history else None
    with checked_papers(engine, composed, template) as printed:
        stem = stem_of(composed, correction_number(history, composed))
        papers = [_named(paper, stem_of(composed), stem) for paper in printed]
        files = hashes_of(papers)
        corrections = tuple(differences(before, composed, files)) if before else ()
        refuse_overwriting(history, folder, files)
        if before and corrections and not composed.draft:
            papers.append(papers[0].with_name(stem + CORRECTION))
            papers[-1].write_text(correction_text(before, composed, corrections), encoding="utf-8")
            files = hashes_of(papers)
        placed = put_in_place(papers, folder, overwrite)
    freezes = publish and (bool(corrections) or not before)
    return Printed(
        composed, placed, before, corrections, _freeze(engine, composed, files) if freezes else None
    )


def _named(paper: Path, old: str, new: str) -> Path:
    return paper.rename(paper.with_name(new + paper.name.removeprefix(old)))


def _freeze(engine: Engine, composed: Bulletin, files: dict[str, str]) -> int:
    judgement = composed.judgement
    command = " ".join(["gongkai", *sys.argv[1:]])
    with engine.begin() as connection:
        return freeze(
            connection, judgement.site.key, judgement.period, composed.as_of, shanghai_now(), command,
            facts_of(composed), files,
        )  # fmt: skip
