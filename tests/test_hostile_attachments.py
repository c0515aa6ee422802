"""A crawl of postings whose attachments attack: the postings are read, each file says why it was not, the night goes on."""

import json
import sqlite3
from pathlib import Path
from urllib.parse import quote, unquote

from tests.hostile_files import archives, pdfs, texts, word_files, workbooks
from tests.hostile_server import Hostile, serving
from tests.test_hostile_crawl import column, county
from tests.test_unwell_hosts import crawled

# One of each way in which a parser is stopped, and a sound file between them.
ATTACHED = {
    "300 pages share a stream.pdf": pdfs.ATTACKS,
    "8 million operators.pdf": pdfs.ATTACKS,
    "letters that become texts.pdf": pdfs.ATTACKS,
    "one merged cell over the sheet.xlsx": workbooks.ATTACKS,
    "a formula in each of 300 k cells.xlsx": workbooks.ATTACKS,
    "overlapping.docx": archives.ATTACKS,
    "zstd.docx": archives.ATTACKS,
    "100 k namespaces.docx": word_files.ATTACKS,
    "nested tables under an old name.doc": texts.ATTACKS,
    "personal numbers.txt": texts.ATTACKS,
}
SOUND = "公告.docx"
READ_ALL_THE_SAME = {"one merged cell over the sheet.xlsx", SOUND}
ARTICLE = """<html><head><title>关于第{n}批专项资金安排情况的公告-某县人民政府</title></head><body>
<h1>关于第{n}批专项资金安排情况的公告</h1><div>发布时间：2023-05-{n} 来源：甲局</div>
<div class="content"><p>{text}</p>{files}</div></body></html>"""


def answer(path: str) -> bytes | None:
    """Columns /c0/ and /c1/; the postings of the first hand out three files each."""
    name = unquote(path.rpartition("/")[2])
    if name == SOUND:
        return archives.packed(archives.sound_word())
    if name in ATTACHED:
        return ATTACHED[name][name]()
    if path.startswith("/c0/") and name:
        first = 3 * (int(name[:2]) - 10)
        offered = [*ATTACHED, SOUND][first : first + 3]
        files = "".join(f'<p><a href="/f/{quote(one)}">附件：{one}</a></p>' for one in offered)
        return ARTICLE.format(n=name[:2], text="现将安排情况公告如下。" * 20, files=files).encode()
    return column(path)


def test_the_postings_are_read_and_the_files_say_why_they_were_not(tmp_path: Path) -> None:
    with serving(Hostile(answer)) as port:
        site = county(tmp_path, f"http://127.0.0.1:{port}/", ["/c0/", "/c1/"])
        site.write_text(
            site.read_text("utf-8")
            .replace("articles = 0", "articles = 50")
            .replace("timeout = 1.0", "timeout = 20"),
            encoding="utf-8",
        )
        said = crawled(site)
    assert said.status == 0, said.err
    assert "Traceback" not in said.err
    assert said.json["columns"]["read"] == 2
    with sqlite3.connect(tmp_path / "gongkai.db") as database:
        facts = [
            json.loads(row[0])
            for row in database.execute("SELECT facts FROM articles WHERE facts IS NOT NULL")
        ]
    unscanned = [one for each in facts for one in each.get("unscanned", ())]
    told = {name for name in ATTACHED if any(name in one for one in unscanned)}
    assert told == set(ATTACHED) - READ_ALL_THE_SAME, unscanned
    assert not any(SOUND in one for one in unscanned)
