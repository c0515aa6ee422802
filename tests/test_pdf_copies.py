"""Word papers also as PDF: made where LibreOffice is, within a time, and never in the way of the papers themselves."""

import os
import shutil
import time
from pathlib import Path

import docx
import pytest
from pypdf import PdfReader

from monitor.cli.pdf_option import with_pdf
from monitor.paper_files import pdf_copies
from monitor.paper_files.pdf_copies import make_pdf_copies

SOFFICE = shutil.which("soffice") or shutil.which("libreoffice")
needs_office = pytest.mark.skipif(SOFFICE is None, reason="没有 LibreOffice（soffice）：PDF 测试跳过")


@pytest.fixture
def paper(tmp_path: Path) -> Path:
    document = docx.Document()
    document.add_paragraph("通报 2023年第二季度")
    path = tmp_path / "out" / "通报_2023Q2_北关区.docx"
    path.parent.mkdir()
    document.save(str(path))
    return path


def program(tmp_path: Path, script: str) -> str:
    path = tmp_path / "office.sh"
    path.write_text(f"#!/bin/sh\n{script}\n")
    path.chmod(0o755)
    return str(path)


@needs_office
def test_a_copy_of_each_word_paper(paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("GONGKAI_SOFFICE", str(SOFFICE))
    other = paper.with_suffix(".txt")
    other.write_text("x")
    monkeypatch.setattr(pdf_copies, "LONGEST", 200.0)  # a busy machine is slow, not wrong
    copies = make_pdf_copies([paper, other])
    assert (copies.made, copies.note) == ((paper.with_suffix(".pdf"),), "")
    assert "第二季度" in "".join(PdfReader(copies.made[0]).pages[0].extract_text().split())
    assert copies.made[0].stat().st_mode & 0o777 == 0o600
    assert sorted(path.name for path in paper.parent.iterdir()) == [
        f"通报_2023Q2_北关区.{ending}" for ending in ("docx", "pdf", "txt")
    ]


def test_without_the_program_one_sentence_and_the_rest(
    paper: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv("GONGKAI_SOFFICE")
    monkeypatch.setattr(pdf_copies, "NAMES", ("no-such-office",))
    assert with_pdf([paper], True, False) == [paper]
    said = capsys.readouterr().err
    assert "没有找到 LibreOffice" in said and said.count("\n") == 1
    assert with_pdf([paper], False, False) == [paper]
    assert capsys.readouterr().err == ""


def test_a_program_that_does_not_come_back_is_ended(
    paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pdf_copies, "LONGEST", 0.2)
    monkeypatch.setattr("monitor.bounded_process.LAST_WORDS", 0.3)
    monkeypatch.setenv("GONGKAI_SOFFICE", program(tmp_path, f"sleep 60 & echo $! > {tmp_path}/child; wait"))
    copies = make_pdf_copies([paper])
    assert copies.made == () and "没有在 0.2 秒内转换完成" in copies.note
    child = int((tmp_path / "child").read_text())
    for _ in range(50):
        if not Path(f"/proc/{child}").exists() or "Z" in Path(f"/proc/{child}/stat").read_text().split()[2]:
            return
        time.sleep(0.1)
    pytest.fail("LibreOffice 的子进程没有结束")


@pytest.mark.parametrize("script", ["exit 3", "exit 0"])
def test_a_program_that_makes_nothing_is_told(
    paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, script: str
) -> None:
    monkeypatch.setenv("GONGKAI_SOFFICE", program(tmp_path, script))
    copies = make_pdf_copies([paper])
    assert (
        copies.made == ()
        and copies.note == "LibreOffice 转换出错，有 1 个文件没有另存 PDF，其余文件不受影响。"
    )


def test_one_that_cannot_be_started_is_told(
    paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GONGKAI_SOFFICE", str(tmp_path / "nowhere"))
    assert "无法启动" in make_pdf_copies([paper]).note


WRITES = """for word in "$@"; do last=$word; [ "$before" = --outdir ] && out=$word; before=$word; done
mkdir -p "$out"; echo new > "$out/$(basename "$last" .docx).pdf"; env > {folder}/env"""


def test_a_pdf_that_is_there_stays_unless_it_is_asked_for(
    paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GONGKAI_SOFFICE", program(tmp_path, WRITES.format(folder=tmp_path)))
    signed = paper.with_suffix(".pdf")
    signed.write_text("signed")
    copies = make_pdf_copies([paper])
    assert (copies.made, signed.read_text()) == ((), "signed")
    assert "已有 通报_2023Q2_北关区.pdf，没有重新生成，要重新生成请加 --force" in copies.note
    assert make_pdf_copies([paper], overwrite=True).made == (signed,)
    assert signed.read_text() == "new\n"


def test_the_program_gets_nothing_of_our_environment(
    paper: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GONGKAI_SOFFICE", program(tmp_path, WRITES.format(folder=tmp_path)))
    monkeypatch.setenv("GONGKAI_SMTP_PASSWORD", "secret")
    monkeypatch.setenv("https_proxy", "http://proxy.example")
    make_pdf_copies([paper])
    told = (tmp_path / "env").read_text()
    assert "secret" not in told and "proxy" not in told and os.environ["HOME"] + "\n" not in told
