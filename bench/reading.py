"""How well the reader reads, measured on the hand-labelled corpus, beside htmldate, trafilatura and gne.

    python bench/reading.py [--corpus ../shared/corpus] [--out DIR]

Writes one file of predictions a reader, scores each with the corpus's own score.py and prints one table and
the times. Exit status 2 where the corpus is not there. The libraries beside us read articles only.
"""

import argparse
import json
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterable
from importlib.metadata import version
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.table import Table

from crawler.listing.source import read_list
from crawler.page.page import Page
from crawler.readers.articles.article import read_article
from crawler.readers.letters.letter import read_letter

ROOT = Path(__file__).resolve().parent.parent
CORPUS = ROOT.parent / "shared" / "corpus"
SLOWEST_ALLOWED, MEDIAN_ALLOWED = 200.0, 5.0
FIGURES = {
    "list rows": "列表条目 F1",
    "list dates": "列表日期",
    "lists perfect": "列表全对",
    "next page": "下一页",
    "article title": "文章标题",
    "article date": "文章日期",
    "article source": "文章来源",
    "letter fields": "信件字段",
}
# The field of a prediction without which a reader has not tried for the figure.
TRIED = {
    "list rows": "entries",
    "list dates": "entries",
    "lists perfect": "entries",
    "next page": "entries",
    "article title": "title",
    "article date": "published",
    "article source": "source",
    "letter fields": "subject",
}
Prediction = dict[str, Any]
Reader = Callable[[Page], Prediction]


def main() -> int:
    options = argparse.ArgumentParser(description="在标注语料上测量阅读准确率")
    options.add_argument("--corpus", type=Path, default=CORPUS, help="语料目录（默认 ../shared/corpus）")
    options.add_argument("--out", type=Path, help="预测结果的保存目录（默认不保存）")
    chosen = options.parse_args()
    if not (chosen.corpus / "manifest.jsonl").exists():
        sys.stderr.write(f"找不到语料：{chosen.corpus}（需要 manifest.jsonl、pages/ 和 score.py）。\n")
        return 2
    with tempfile.TemporaryDirectory() as scratch:
        run(chosen.corpus, chosen.out or Path(scratch))
    return 0


def run(corpus: Path, out: Path) -> None:
    out.mkdir(parents=True, exist_ok=True)
    pages = load(corpus)
    scores = {
        name: measure(corpus, out / f"{name}.jsonl", pages, readers) for name, readers in READERS.items()
    }
    console = Console()
    console.print(as_table(scores))
    for line in timing(pages):
        console.print(line)


def load(corpus: Path) -> list[tuple[Prediction, Page]]:
    """(manifest line, page) of all pages. Labels keep links as printed; so a page whose address is not
    known is given its file's own name for one, and its links stay as printed."""
    lines = (corpus / "manifest.jsonl").read_text(encoding="utf-8").splitlines()
    known = [json.loads(line) for line in lines]
    return [
        (one, Page(one["url"] or Path(one["path"]).name, (corpus / one["file"]).read_bytes()))
        for one in known
    ]


def measure(
    corpus: Path, file: Path, pages: Iterable[tuple[Prediction, Page]], readers: dict[str, Reader]
) -> dict[str, str]:
    """The figures of score.py by their names, for the kinds of page that the readers read."""
    said = [{"id": one["id"], **readers[one["kind"]](page)} for one, page in pages if one["kind"] in readers]
    file.write_text("".join(json.dumps(one, ensure_ascii=False) + "\n" for one in said), encoding="utf-8")
    command = [sys.executable, str(corpus / "score.py"), str(file)]
    answer = subprocess.run(command, capture_output=True, text=True, check=True)  # noqa: S603 - our own interpreter
    figures = dict(re.findall(r"^(\w+ \w+) {2,}(.+)$", answer.stdout, re.M))
    tried = {field for one in said for field, value in one.items() if value is not None}
    return {name: _short(figure) for name, figure in figures.items() if TRIED[name] in tried}


def _short(figure: str) -> str:
    """`P 1.000  R 1.000  F1 0.998 …` and `0.985 (64/65), 1 wrong rather …` in the words of the table."""
    wrong = re.search(r"(\d+) wrong", figure)
    value = re.search(r"F1 ([\d.]+)", figure) or re.match(r"([\d./]+)", figure)
    return (value[1] if value else figure) + (f"（错 {wrong[1]}）" if wrong else "")


def our_list(page: Page) -> Prediction:
    listing = read_list(page)
    rows = [
        {"title": one.title, "url": one.url, "date": one.date and one.date.isoformat()}
        for one in listing.entries
    ]
    return {"entries": rows, "next_page": listing.next_page.url if listing.next_page else None}


def our_article(page: Page) -> Prediction:
    article = read_article(page)
    day = article.published.isoformat() if article.published else None
    return {"title": article.title, "published": day, "source": article.source}


def our_letter(page: Page) -> Prediction:
    letter = read_letter(page)
    return {"subject": letter.subject, "received": letter.received, "replied": letter.answered}


def by_htmldate(page: Page) -> Prediction:
    from htmldate import find_date

    return {"published": find_date(page.text)}


def by_trafilatura(page: Page) -> Prediction:
    from trafilatura import bare_extraction

    found = bare_extraction(page.text, with_metadata=True)
    known = found if isinstance(found, dict) or found is None else found.as_dict()
    return {"title": known["title"], "published": known["date"]} if known else {}


def by_gne(page: Page) -> Prediction:
    from gne import GeneralNewsExtractor
    from gne.exceptions import NoContentException

    try:
        found = GeneralNewsExtractor().extract(page.text)
    except NoContentException:
        return {}
    return {
        "title": found["title"],
        "published": found["publish_time"][:10] or None,
        "source": found["author"],
    }


READERS: dict[str, dict[str, Reader]] = {
    "gongkai": {"list": our_list, "article": our_article, "mailbox_letter": our_letter},
    "htmldate": {"article": by_htmldate},
    "trafilatura": {"article": by_trafilatura},
    "gne": {"article": by_gne},
}


def as_table(scores: dict[str, dict[str, str]]) -> Table:
    table = Table(title="阅读准确率（语料与评分见 ../shared/corpus）")
    table.add_column("项目")
    for name in scores:
        table.add_column(f"{name} {version(name)}", justify="right")
    for name, label in FIGURES.items():
        table.add_row(label, *(figures.get(name, "—") for figures in scores.values()))
    return table


def timing(pages: list[tuple[Prediction, Page]]) -> list[str]:
    """Parsing and reading together, each page on its own; the list reader reads every page of the corpus."""
    spent = {one["id"]: (one["kind"], _milliseconds(page)) for one, page in pages}
    lists = [taken for kind, taken in spent.values() if kind == "list"]
    slowest = max(spent, key=lambda known: spent[known][1])
    return [
        f"列表页用时：中位 {statistics.median(lists):.1f} 毫秒（限 {MEDIAN_ALLOWED:.0f}），最慢 {max(lists):.1f} 毫秒",
        f"全部 {len(spent)} 页中最慢：{slowest} 号 {spent[slowest][1]:.1f} 毫秒（限 {SLOWEST_ALLOWED:.0f}）",
    ]


def _milliseconds(page: Page) -> float:
    fresh = Page(page.url, page.body)
    start = time.perf_counter()
    read_list(fresh)
    return (time.perf_counter() - start) * 1000


if __name__ == "__main__":
    sys.exit(main())
