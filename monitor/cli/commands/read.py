"""`gongkai read`: what the readers see on one page, or on every page of a manifest."""

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from crawler.fetching.destinations import ADVICE, SAVE_IT, FetchFailed
from monitor.cli.checked import refuse_no_website
from monitor.cli.options import AsOf, Json, day
from monitor.clock import shanghai_now
from monitor.pages.page_facts import (
    Facts,
    facts_of,
    facts_of_address,
    facts_unanswered,
    fetch_page,
    is_address,
    kind_of,
    load_page,
    read_manifest,
)
from monitor.progress import waiting
from monitor.terminal import say, say_json
from rules.errors import WrongInput
from rules.vocabulary.terms import Outcome

EXAMPLE = "https://www.example.gov.cn/zwgk/"
Source = Annotated[str | None, typer.Argument(metavar="文件或网址", help="本地 HTML 文件，或 http(s) 网址")]
Url = Annotated[str | None, typer.Option("--url", metavar="网址", help="文件原来的网址，相对链接据此补全")]
Manifest = Annotated[
    Path | None,
    typer.Option(
        "--manifest",
        metavar="清单",
        help="逐页读取：JSONL 清单，每行含 id、file、kind、url；每页输出一行 JSON",
    ),
]


def read_lists(
    source: Source = None,
    url: Url = None,
    manifest: Manifest = None,
    as_of: AsOf = None,
    as_json: Json = False,
) -> None:
    """读取栏目列表页：标题、链接、日期、下一页、总数。"""
    _read("list", source, url, manifest, as_json, as_of)


def read_articles(
    source: Source = None, url: Url = None, manifest: Manifest = None, as_json: Json = False
) -> None:
    """读取信息正文页：标题、发布日期、来源、文号、成文日期、正文、附件。"""
    _read("article", source, url, manifest, as_json)


def read_mailboxes(
    source: Source = None, url: Url = None, manifest: Manifest = None, as_json: Json = False
) -> None:
    """读取信箱列表页：编号、标题、来信与答复日期、单位、状态。"""
    _read("letters", source, url, manifest, as_json)


def read_single_letters(
    source: Source = None, url: Url = None, manifest: Manifest = None, as_json: Json = False
) -> None:
    """读取一封信件的页面：来信与答复的时间、单位、状态和内容。"""
    _read("letter", source, url, manifest, as_json)


def _read(
    kind: str,
    source: str | None,
    url: str | None,
    manifest: Path | None,
    as_json: bool,
    as_of: str | None = None,
) -> None:
    if (source is None) == (manifest is None):
        raise WrongInput("请给出一个文件或网址，或用 --manifest 给出清单，二者只能取其一。")
    if manifest is not None:
        _read_manifest(kind, manifest, _asked_day(as_of))
        return
    if url is not None:
        refuse_no_website(url, "--url 的网址", EXAMPLE)
    facts = _facts(kind, source or "", url, _asked_day(as_of))
    if as_json:
        say_json(facts)
    else:
        # Of a page that was not seen whole, what is not there was not read: nothing is said to be none, and none counted.
        _PRINTERS[kind](facts, Outcome(facts["outcome"]).good)
        _say_outcome(facts)


def _facts(kind: str, source: str, url: str | None, as_of: date | None) -> Facts:
    """A page fetched now is read as of today; one from a file only as of a day that is given."""
    if not is_address(source):
        return facts_of(kind, load_page(Path(source), url or ""), as_of)
    refuse_no_website(source, "网址", EXAMPLE)
    try:
        with waiting(source):
            page, ask = fetch_page(source)
            return facts_of_address(kind, page, as_of or shanghai_now().date(), ask)
    except FetchFailed as failure:
        return facts_unanswered(kind, failure.kind)


def _asked_day(text: str | None) -> date | None:
    return day(text, date.min) if text else None


def _read_manifest(kind: str, manifest: Path, as_of: date | None) -> None:
    """One line of JSON a page, each read as its own kind."""
    for one in read_manifest(manifest):
        facts = facts_of(kind_of(one.kind, kind), load_page(one.file, one.url), as_of)
        say_json({"id": one.id, **facts}, indent=None)


def _say_outcome(facts: Facts) -> None:
    label = Outcome(facts["outcome"]).label
    told = facts["sentence"] or facts.get("witness")
    if facts["cause"] in ADVICE:
        told = f"{told}；{SAVE_IT}"
    say(f"结果：{label}" + (f"（{told}）" if told else ""))


def _say_list(facts: Facts, whole: bool) -> None:
    for one in facts["entries"]:
        doubt = _DATE_DOUBTS.get(one.get("date_kind"), "")
        say(f"{one['date'] or '（无日期）'}{doubt}　{one['title']}　{one['url'] or '（无链接）'}")
    _say_whole(facts, whole)


def _say_letters(facts: Facts, whole: bool) -> None:
    names = {
        "number": "编号", "received": "来信", "answered": "答复", "unit": "单位", "status": "状态", "url": "链接",
    }  # fmt: skip
    for one in facts["entries"]:
        known = [f"{name} {one[key]}" for key, name in names.items() if one[key]]
        say("　".join([one["subject"], *known]))
    _say_whole(facts, whole)


def _say_whole(facts: Facts, whole: bool) -> None:
    known: list[str] = []
    if whole:
        known += [f"本页 {len(facts['entries'])} 条"]
        known += [f"共 {facts['stated_total']} 条"] if facts["stated_total"] is not None else []
        known += [f"共 {facts['stated_pages']} 页"] if facts["stated_pages"] is not None else []
    known += [f"下一页 {facts['next_page']}"] if facts["next_page"] else []
    if known:
        say("，".join(known) + "。")


def _say_article(facts: Facts, whole: bool) -> None:
    names = {
        "title": "标题", "published": "发布日期", "source": "来源", "document_number": "文号", "signed": "成文日期",
    }  # fmt: skip
    found = "、".join(f"{_DATE_KINDS.get(kind, kind)} {shown}" for kind, shown in facts["dates"].items())
    _say_values({**facts, "found": found}, names | {"found": "日期依据"}, whole)
    for one in facts["attachments"]:
        say(f"附件：{one['name']}　{one['url']}")
    if whole or facts["text"]:
        say(facts["text"] or "（没有读出正文）")


def _say_letter(facts: Facts, whole: bool) -> None:
    names = {
        "number": "编号", "subject": "标题", "sender": "来信人", "received": "来信时间", "answered": "答复时间",
        "unit": "单位", "status": "状态", "question": "来信内容", "answer": "答复内容",
    }  # fmt: skip
    _say_values(facts, names, whole)


def _say_values(facts: Facts, names: dict[str, str], whole: bool) -> None:
    for key, name in names.items():
        if whole or facts[key]:
            say(f"{name}：{facts[key] or '无'}")


# A row's day that is not surely the day of publication.
_DATE_DOUBTS = {
    "yearless": "（年份是推定的）",
    "unsure": "（更新、发文日期，是否发布日期待核）",
    "other": "（不是发布日期）",
}
_DATE_KINDS = {
    "shown": "页面显示", "meta": "META 标签", "script": "脚本", "url": "网址", "stamp": "文末标注", "drawn_up": "成文或生成日期",
}  # fmt: skip
_PRINTERS = {"list": _say_list, "article": _say_article, "letters": _say_letters, "letter": _say_letter}
