"""What rules take from a posting's page: whether it is bare, what it carries, what leaks. Cases stand in `body_*.json`
beside their pages, under `facts`; the rest of each is read by `test_article`."""

import json
from pathlib import Path

import pytest

from crawler.crawling.article_facts import FileText, describe
from crawler.page.page import Page
from crawler.readers.articles.article import read_article
from crawler.readers.articles.unread import may_hold_text
from rules.scanners.masking_in_force import masked_value

PAGES = Path(__file__).parent / "pages" / "articles"
NAMES = sorted(path.stem for path in PAGES.glob("body_*.json"))
HOSTS = ("www.example.gov.cn",)
ID = "110101199003077758"  # made up; its check digit is right


@pytest.mark.parametrize(
    "name", [name for name in NAMES if "facts" in (PAGES / f"{name}.json").read_text("utf-8")]
)
def test_facts_of_a_page(name: str) -> None:
    told = json.loads((PAGES / f"{name}.json").read_text(encoding="utf-8"))
    page = Page(told["url"], (PAGES / f"{name}.html").read_bytes())
    article = read_article(page)
    said = describe(page, article, [], HOSTS)
    carried = bool(said["pictures"] or said["embedded"] or said["attachments"])
    said["bare"] = not (said["length"] or carried or may_hold_text(page, article))
    said["missing"] = bool(said["facts"]["promised"]) and not carried
    said["hits"] = [hit["masked"] for hit in said["facts"]["hits"]]
    said["hidden"] = [link["url"] for link in said["facts"]["links"] if link["hidden"]]
    assert {key: said[key] for key in told["facts"]} == told["facts"]


def test_no_number_is_kept_unmasked() -> None:
    body = (
        f"<h1>关于{ID}的公告</h1><p>发布时间：2023-05-06</p><p>证号{ID}，现予公告，特此通知。</p>"
        f"<p>附件：{ID}清单</p><a href='http://shop.example.com/'>{ID}</a>"
    )
    page = Page("http://www.example.gov.cn/1.html", body.encode())
    files = [FileText(f"{ID}.txt", f"证号 {ID}"), FileText(f"{ID}.doc", None, "文件已损坏")]
    said = describe(page, read_article(page), files, HOSTS)
    assert {hit["place"] for hit in said["facts"]["hits"]} >= {"标题", "正文"}
    assert said["facts"]["unscanned"] and said["facts"]["links"] and said["facts"]["promised"]
    assert ID not in str(masked_value(said["facts"]))
