"""The option of commands that write papers: their Word files also as PDF."""

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer

from monitor.paper_files.pdf_copies import make_pdf_copies
from monitor.terminal import say_error

Pdf = Annotated[bool, typer.Option("--pdf/--no-pdf", help="Word 文件另存一份 PDF（本机有 LibreOffice 时）")]


def with_pdf(papers: Sequence[Path], wanted: bool, overwrite: bool) -> list[Path]:
    """The papers, and the PDF copies made of them if wanted; what could not be made is said on standard error."""
    if not wanted or not papers:
        return [*papers]
    copies = make_pdf_copies(papers, overwrite)
    if copies.note:
        say_error(copies.note)
    return [*papers, *copies.made]
