"""Word papers once more as PDF, made by LibreOffice where the machine has one: in a process of its own with a time limit,
a profile of its own, no macro, and nothing fetched that a document names."""

import os
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory

from db.private_files import place
from monitor.bounded_process import run_until

NAMES = ("soffice", "libreoffice")
# Seconds for all papers of a command: the first start with a fresh profile takes five, a paper one.
LONGEST = 90.0
SCRIPTING = "/org.openoffice.Office.Common/Security/Scripting"
SETTINGS = {
    (SCRIPTING, "MacroSecurityLevel"): "3",
    (SCRIPTING, "DisableMacrosExecution"): "true",
    (SCRIPTING, "DisableActiveContent"): "true",
    (SCRIPTING, "BlockUntrustedRefererLinks"): "true",
    ("/org.openoffice.Office.Writer/Content/Update", "Link"): "0",
}


@dataclass(frozen=True, slots=True)
class PdfCopies:
    """The PDF files made, and one sentence where some were not ("": nothing to say)."""

    made: tuple[Path, ...]
    note: str = ""


def office_program() -> str | None:
    """The path of LibreOffice; GONGKAI_SOFFICE names it where it is elsewhere, and empty says that none is wanted."""
    named = os.environ.get("GONGKAI_SOFFICE")
    if named is not None:
        return named or None
    return next((path for name in NAMES if (path := shutil.which(name))), None)


def make_pdf_copies(papers: Sequence[Path], overwrite: bool = False) -> PdfCopies:
    """A PDF beside each Word paper; one that is there stays as it is, unless `overwrite`."""
    words = [paper for paper in papers if paper.suffix == ".docx"]
    wanted = [paper for paper in words if overwrite or not os.path.lexists(paper.with_suffix(".pdf"))]
    kept = "、".join(paper.with_suffix(".pdf").name for paper in words if paper not in wanted)
    stays = f"已有 {kept}，没有重新生成，要重新生成请加 --force。" if kept else ""
    program = office_program()
    if program is None:
        missing = "没有找到 LibreOffice（soffice），没有另存 PDF，其余文件不受影响。"
        return PdfCopies((), "" if os.environ.get("GONGKAI_SOFFICE") == "" else missing)
    if not wanted:
        return PdfCopies((), stays)
    with TemporaryDirectory(prefix="gongkai-") as aside:
        fault = _convert(program, wanted, Path(aside))
        made = tuple(
            place(paper.with_suffix(".pdf"), copy.read_bytes())
            for paper in wanted
            if (copy := Path(aside) / "pdf" / f"{paper.stem}.pdf").is_file()
        )
    missed = len(wanted) - len(made)
    failed = f"LibreOffice {fault}，有 {missed} 个文件没有另存 PDF，其余文件不受影响。" if missed else ""
    return PdfCopies(made, failed + stays)


def _convert(program: str, papers: Sequence[Path], aside: Path) -> str:
    """Converts copies of the papers into `aside`/pdf; says what went wrong where something did."""
    profile, source = aside / "profile", aside / "word"
    (profile / "user").mkdir(parents=True)
    (profile / "user" / "registrymodifications.xcu").write_text(_settings(), encoding="utf-8")
    source.mkdir()
    copies = [str(shutil.copy(paper, source)) for paper in papers]
    command = [
        program, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore", "--nologo",
        "--convert-to", "pdf", "--outdir", str(aside / "pdf"), *copies,
    ]  # fmt: skip
    # No proxy, no display, no home of the user's: the program has no business beyond the copies.
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(profile),
        "TMPDIR": str(aside),
        "LANG": "C.UTF-8",
    }
    try:
        status = run_until(command, environment, LONGEST, quiet=True)
    except OSError as error:
        return f"无法启动（{error.strerror}）"
    if status is None:
        return f"没有在 {LONGEST:g} 秒内转换完成"
    return "转换出错"


def _settings() -> str:
    items = "".join(
        f'<item oor:path="{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for (path, name), value in SETTINGS.items()
    )
    return f'<?xml version="1.0" encoding="UTF-8"?><oor:items xmlns:oor="http://openoffice.org/2001/registry">{items}</oor:items>'
