"""What the papers must say, put together from the counts anew and in another way than the papers are. Pure."""

from collections.abc import Sequence
from pathlib import Path

import docx
from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from monitor.bounded_check import check_bounded
from monitor.bulletin.annex_blocks import AnnexBlock
from monitor.bulletin.compose import Bulletin
from monitor.bulletin.template_words import words_of
from monitor.bulletin.ties.readback import Matrix
from monitor.paper_files.inert import plain
from monitor.wording import Total, shown, shown_total
from rules.errors import WrongInput

BLOCK_TAGS = ("{%p ", "{%tr ", "{%tc ", "{%r ")


def expected_rows(bulletin: Bulletin, annex: int) -> Matrix:
    """Every place of an annex's table below its headings."""
    blocks, total = _annex(bulletin, annex)
    levels = max(len(count.column.path) for block in blocks for count in block.rows) or 1
    rows: Matrix = []
    for block in blocks:
        place = _place(block)
        sum_ = shown_total(block.total)
        for count in block.rows:
            path: list[str | int] = list(count.column.path) or [""]
            names: list[str | int] = path + path[-1:] * (levels - len(path))
            numbers = [shown(count), sum_]
            rows.append(
                [place, block.unit, *names, *numbers] if annex == 1 else [place, *names, *numbers, block.unit]
            )
    label: list[str | int] = ["合计"] * (levels + 2 if annex == 1 else levels + 1)
    bottom: list[str | int] = [shown_total(total)] * 2
    rows.append(label + bottom + ([] if annex == 1 else [""]))
    return [[plain(each) if isinstance(each, str) else each for each in row] for row in rows]


def expected_lines(bulletin: Bulletin) -> list[str]:
    """The annexes as plain text prints them, without blank lines and the lines around."""
    lines: list[str] = []
    for annex in (1, 2):
        blocks, total = _annex(bulletin, annex)
        for block in blocks:
            lines.append(f"{_place(block)}. {block.unit}  {shown_total(block.total)}")
            lines += [f"{'›'.join(count.column.path)}  {shown(count)}" for count in block.rows]
        lines += [f"合计  {shown_total(total)}"] if blocks else []
    return [plain(line) for line in lines]


def expected_prose(bulletin: Bulletin, template: Path) -> list[str]:
    """The prose, by filling in the template's words without Word. Raises WrongInput where only Word's way fills it."""
    source = "\n".join(p.text.replace("\n", "") for p in docx.Document(str(template)).paragraphs)
    for tag in BLOCK_TAGS:
        source = source.replace(tag, "{% ")
    environment = SandboxedEnvironment(undefined=StrictUndefined, autoescape=False)
    words = {name: plain(value) for name, value in words_of(bulletin).items()}
    try:
        text = check_bounded(lambda: environment.from_string(source).render(words))
    except TemplateError as error:
        raise WrongInput(
            f"通报模板 {template} 的写法无法核对（{str(error)[:200]}），没有写入任何文件，可用的写法见 docs/bulletin.md。"
        ) from None
    return [line.strip() for line in text.split("\n") if line.strip()]


def _place(block: AnnexBlock) -> str | int:
    elsewhere = all(count.column.elsewhere for count in block.rows)
    return block.rank or ("—" if elsewhere else "未排名")


def _annex(bulletin: Bulletin, annex: int) -> tuple[Sequence[AnnexBlock], Total]:
    if annex == 1:
        return bulletin.annex1, bulletin.annex1_total
    return bulletin.annex2, bulletin.annex2_total
