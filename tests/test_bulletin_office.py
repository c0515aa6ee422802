"""LibreOffice opens the papers: pages, page numbers, headings on every page of an annex."""

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from pypdf import PdfReader

from monitor.bulletin.papers import write_bulletin
from tests.bulletin_made import demo_bulletin, demo_engine

SOFFICE = shutil.which("soffice")
pytestmark = pytest.mark.skipif(SOFFICE is None, reason="没有 LibreOffice（soffice）：版面测试跳过")


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("office")
    write_bulletin(demo_bulletin(demo_engine(folder)), folder)
    return folder


def pages(folder: Path, name: str) -> list[str]:
    """The text of each page, without white space, of a paper made a PDF."""
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    command = [
        str(SOFFICE),
        profile,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(folder),
        str(folder / name),
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    pdf = (folder / name).with_suffix(".pdf")
    if not pdf.is_file():
        pytest.skip(f"LibreOffice 无法转换：{done.stderr[-200:]}")
    return ["".join(page.extract_text().split()) for page in PdfReader(pdf).pages]


def test_the_bulletin_prints_as_a_document(folder: Path) -> None:
    said = pages(folder, "通报_2023Q2_北关区.docx")
    assert "关于对2023年第二季度全区政务公开工作开展情况的通报" in said[0]
    starts = [number for number, text in enumerate(said) if re.match(r"附件[12]4-6月区政府网站", text)]
    assert len(starts) == 2
    for number, text in enumerate(said, start=1):
        assert f"—{number}—" in text
        if number - 1 >= starts[0]:
            assert ("排名" in text) == (number - 1 < starts[1])
            assert "发布信息数量" in text
            assert "街道办事处" in text or "柏庄镇政府" in text or re.search(r"区\w+[局委]|公安分局", text)
    assert "附件1" in said[starts[0]] and "附件2" in said[starts[1]]
    assert sum("合计" in text for text in said) == 2
    assert 10 <= len(said) <= 16


@pytest.mark.parametrize("name", ["通报_2023Q2_北关区_工作底稿.docx", "通报_2023Q2_北关区.xlsx"])
def test_the_other_papers_open(folder: Path, name: str) -> None:
    said = "".join(pages(folder, name))
    assert "红旗路街道办事处" in said
    assert "14" in said
