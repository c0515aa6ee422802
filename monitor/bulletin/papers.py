"""Printing a bulletin: every paper from one composed value (JSON, CSV, text, one web page that needs nothing from outside,
Word, Excel), the prose from one template."""

from pathlib import Path
from typing import Any

from db.counting.counts import Count
from monitor.bulletin.annex_blocks import AnnexBlock
from monitor.bulletin.annexes import anchors_of, annexes_of
from monitor.bulletin.compose import Bulletin
from monitor.bulletin.excel import write_excel, write_postings
from monitor.bulletin.naming import NamingDecision, named
from monitor.bulletin.template_words import copies_of
from monitor.bulletin.word_paper import (
    DRAFT,
    ProseParagraph,
    draft_line,
    fill_template,
    prose_of,
    title_of,
    write_word,
    write_working,
)
from monitor.bulletin.word_template import TEMPLATE
from monitor.bulletin.working_copy import HEADING, working_parts
from monitor.paper_files.data_files import write_csv
from monitor.paper_files.json_text import json_text
from monitor.paper_files.paper_names import paper_name, place_of
from monitor.paper_files.posting_rows import is_link
from monitor.paper_files.templates import render_template
from monitor.wording import Total, day_of, shown, shown_total, spaced, written_days
from rules.engine.finding import Finding
from rules.vocabulary.terms import Exactness

TAGS = {"公文标题": "h1", "一级标题": "h2"}
LOOKS = {
    "发文机关": "issuer",
    "主送机关": "flush",
    "附件说明": "list",
    "附件说明续": "list",
    "成文日期": "date",
    "红头": "head",
    "期号": "number",
    "红头署名": "signed",
}


def as_html(bulletin: Bulletin, prose: list[ProseParagraph]) -> str:
    """The page: prose and annexes as the Word paper has them. Whatever the units and columns are called is text."""
    return render_template(
        "monitor.bulletin",
        "bulletin.html.j2",
        title=title_of(prose),
        draft=draft_line(bulletin) if bulletin.draft else "",
        prose=prose,
        annexes=annexes_of(bulletin),
        copies=copies_of(bulletin),
        lists=bulletin.lists,
        anchors=anchors_of(bulletin),
        reach=bulletin.reach,
        shown=shown,
        day_of=day_of,
        is_link=is_link,
        written_days=written_days,
        tag=lambda paragraph: TAGS.get(paragraph.style, "p"),
        look=lambda paragraph: LOOKS.get(paragraph.style, ""),
    )


def as_text(bulletin: Bulletin, prose: list[ProseParagraph]) -> str:
    """The whole text; `prose` is what the Word template made of the bulletin."""
    blocks = {1: (bulletin.annex1, bulletin.annex1_total), 2: (bulletin.annex2, bulletin.annex2_total)}
    return render_template(
        "monitor.bulletin",
        "bulletin.txt.j2",
        draft=draft_line(bulletin) if bulletin.draft else "",
        prose=[spaced(paragraph.text, names_in(bulletin)) for paragraph in prose],
        copies=copies_of(bulletin),
        annexes=[(annex, *blocks[annex.number]) for annex in annexes_of(bulletin)],
        shown=shown,
        shown_total=shown_total,
        heading=HEADING,
        parts=working_parts(bulletin),
    )


def names_in(bulletin: Bulletin) -> set[str]:
    """Names that prose may hold and nothing may be put into: units', columns', mailboxes'."""
    site = bulletin.judgement.site
    columns = {part for column in site.columns for part in column.path}
    return columns | {unit.name for unit in site.units} | {box.name for box in site.mailboxes}


HEADER = ("unit", "field", "level1", "level2", "count", "exactness", "status", "url")
COUNTS, WORKING, POSTINGS = "_信息数.csv", "_工作底稿.docx", "_工作底稿.xlsx"
ENDINGS = (COUNTS, ".json", ".txt", ".html", ".docx", ".xlsx", WORKING, POSTINGS)


def stem_of(bulletin: Bulletin, correction: int = 0) -> str:
    """通报_2023Q2_北关区: what all its papers' names begin with; a published bulletin's corrections have their number."""
    judgement = bulletin.judgement
    corrected, draft = f"更正{correction}" if correction else "", "草稿" if bulletin.draft else ""
    return paper_name("通报", judgement.period.key, place_of(judgement.site), corrected, draft)


def write_bulletin(bulletin: Bulletin, folder: Path, template: Path = TEMPLATE) -> list[Path]:
    """Writes the papers into a folder (made if need be) and returns their paths. Raises WrongInput where the
    template cannot be filled."""
    filled = fill_template(bulletin, template)
    prose = prose_of(filled)
    folder.mkdir(parents=True, exist_ok=True)
    papers = {ending: folder / f"{stem_of(bulletin)}{ending}" for ending in ENDINGS}
    write_counts(bulletin.counts, papers[COUNTS])
    texts = {
        ".json": json_text(as_json(bulletin)),
        ".txt": as_text(bulletin, prose),
        ".html": as_html(bulletin, prose),
    }
    for ending, text in texts.items():
        papers[ending].write_text(text, encoding="utf-8")
    write_word(bulletin, filled, papers[".docx"])
    write_excel(bulletin, papers[".xlsx"], DRAFT if bulletin.draft else "")
    write_working(bulletin, papers[WORKING])
    write_postings(bulletin, papers[POSTINGS])
    return list(papers.values())


def write_counts(counts: list[Count], path: Path) -> None:
    """A row a duty; an external column has no number, and neither has what could not be read."""
    write_csv(path, [HEADER, *([count.row[name] for name in HEADER] for count in counts)])


def as_json(bulletin: Bulletin) -> dict[str, Any]:
    """The bulletin for programs. Totals are {"count", "exactness"}."""
    judgement, naming = bulletin.judgement, bulletin.naming
    return {
        "site": judgement.site.key,
        "name": judgement.site.name,
        "period": judgement.period.key,
        "as_of": judgement.as_of.isoformat(),
        "draft": bulletin.draft,
        "doubts": list(bulletin.doubts),
        "total": _total(bulletin.total),
        "grassroots": _total(bulletin.grassroots),
        "annex1_total": _total(bulletin.annex1_total),
        "annex2_total": _total(bulletin.annex2_total),
        "annex1": [_block(block) for block in bulletin.annex1],
        "annex2": [_block(block) for block in bulletin.annex2],
        "outside": [count.row for count in bulletin.outside],
        "letters": _letters(bulletin),
        "proposed": {
            "streets_and_towns": [_finding(finding) for finding in bulletin.few_local],
            "departments": [_finding(finding) for finding in bulletin.few_departments],
        },
        "named": {
            "streets_and_towns": [verdict.unit.name for verdict in named(naming.local)],
            "departments": [verdict.unit.name for verdict in named(naming.departments)],
        },
        "naming": [_verdict(verdict) for verdict in naming.verdicts],
        "silent": [_finding(finding) for finding in bulletin.silent],
        "unread": [count.row for count in bulletin.unread],
    }


def _letters(bulletin: Bulletin) -> dict[str, Any]:
    letters = bulletin.letters
    return {
        "received": letters.figures.received if letters.read else None,
        "closed": letters.figures.closed if letters.read else None,
        "rate": letters.rate,
        "valid": letters.figures.valid if letters.read else None,
        "on_time": letters.figures.on_time if letters.read else None,
        "mean_days": float(letters.mean_days) if letters.mean_days else None,
        "longest_days": max(letters.figures.days, default=None),
        "unknown": letters.figures.unknown if letters.read else None,
        "exactness": _exactness(letters.exact),
        "closed_exactness": _exactness(letters.closed_exact),
        "slow_units": list(letters.slow_units),
        "slow": [_finding(finding) for finding in letters.slow],
    }


def _verdict(verdict: NamingDecision) -> dict[str, Any]:
    return {
        "unit": verdict.unit.name,
        "count": verdict.case.count,
        "exactness": _exactness(verdict.case.exact),
        "owed": verdict.case.owed,
        "rate": round(verdict.case.rate, 2),
        "middle": round(verdict.middles[0], 2),
        "middle_rate": round(verdict.middles[1], 2),
        "named": verdict.named,
        "edited": verdict.edited,
        "why": verdict.why,
    }


def _exactness(exact: bool) -> str:
    return (Exactness.EXACT if exact else Exactness.AT_LEAST).value


def _total(total: Total) -> dict[str, Any]:
    return {"count": total.number, "exactness": _exactness(total.exact)}


def _block(block: AnnexBlock) -> dict[str, Any]:
    rows = [count.row for count in block.rows]
    return {"rank": block.rank, "unit": block.unit, "total": _total(block.total), "rows": rows}


def _finding(finding: Finding) -> dict[str, Any]:
    return {"rule": finding.rule, "units": finding.unit_names, "sentence": finding.sentence}
