"""What `tests/test_page_fuzz.py` draws: pages, answers, scripts, files and site files, put together from pieces of real ones and
damaged."""

import json
import os
import random
import re
import tomllib
from copy import deepcopy
from typing import Any

import tomlkit
from hypothesis import strategies as st

from tests.conftest import ROOT
from tests.hostile_files.archives import packed, sound_word, sound_workbook
from tests.hostile_files.pdfs import shared

MINUTES = float(os.environ.get("FUZZ_MINUTES", "0"))
SOURCES = sorted(path for path in (ROOT / "tests" / "pages").rglob("*.html") if path.stat().st_size < 60_000)
# By hand, other pages each time.
CHOICE = random.Random(None if MINUTES else 11)
PAGES = [path.read_bytes().decode("utf-8", "replace") for path in CHOICE.sample(SOURCES, 60)]
# What a page is cut into: tags, texts between them, statements of its scripts.
PIECES = sorted({piece for text in PAGES for piece in re.findall(r"<[^<>]{1,300}>|[^<>;]{1,200};?", text)})
TOKENS = [
    "<", ">", "</", "<!--", "-->", "<![CDATA[", "<script>", "</script>", "<style>", "<textarea>", "</html>", "<a href='",
    "\"", "'", "\\", "\\u0000", "\\ud83d", "\0", "&#x110000;", "&nbsp;", "\u3000", "\u202e", "\ufeff", "\ud83d", "9" * 5000,
    "共", "条", "页", "2023-13-45", "2023年02月30日", "0000-00-00", "〔2023〕", "第", "1e999999", "[", "]", "{", "}", ",", ":",
    '{"rows":[{"title":"公告","url":"/a.html"}]}', "createPageHTML(", "document.write(", "来信时间：", "暂无信息", "<td rowspan=99999>",
    "<base href='//['>", "<meta charset=utf-7>", "http://[", "javascript:", "%zz", "<option value=", "<iframe src=",
    "更多>>", "当前位置：", "下一页", "共3条 1/1页", "13812345678", "<noscript>", "<svg>", "<math>", "<frameset>", "<template>",
]  # fmt: skip


def one_of_many(texts: list[str]) -> st.SearchStrategy[str]:
    """One of long texts, which hypothesis need not print."""
    return st.integers(0, len(texts) - 1).map(texts.__getitem__)


piece = st.one_of(one_of_many(PIECES), one_of_many(TOKENS), st.text(max_size=12))
repeated = st.builds(lambda text, times: text * times, piece, st.sampled_from([1, 1, 1, 2, 7, 60, 900]))
soup = st.lists(repeated, max_size=25).map("".join)


@st.composite
def damaged(draw: st.DrawFn) -> str:
    """A real page with pieces put in, taken out, repeated, and parts of itself or of another put elsewhere."""
    text = draw(one_of_many(PAGES))
    for _ in range(draw(st.integers(1, 6))):
        at = draw(st.integers(0, len(text)))
        gone = draw(st.sampled_from([0, 1, 5, 80, 2000]))
        other = draw(st.one_of(st.just(text), one_of_many(PAGES)))
        start = draw(st.integers(0, len(other)))
        moved = st.sampled_from([30, 400, 4000]).map(lambda size, o=other, s=start: o[s : s + size])
        text = text[:at] + draw(st.one_of(repeated, repeated, moved)) + text[at + gone :]
    return text


TAGS = [
    "div",
    "table",
    "tr",
    "td",
    "ul",
    "li",
    "dl",
    "dd",
    "a",
    "p",
    "span",
    "font",
    "b",
    "h3",
    "form",
    "select",
    "x-y",
]
NESTED = st.recursive(
    piece,
    lambda inner: st.builds(
        lambda tag, attributes, inside, closed, times: (
            f"<{tag}{attributes}>" * times + "".join(inside) + f"</{tag}>" * times * closed
        ),
        st.sampled_from(TAGS),
        st.sampled_from(["", " class=list", " style='display:none'", " onclick=\"f('/a/1.html')\"", " href=/a/12.html", " hidden"]),
        st.lists(inner, max_size=5),
        st.booleans(),
        st.sampled_from([1, 1, 1, 3, 40]),
    ),
    max_leaves=15,
)  # fmt: skip

ROW = ("title", "url", "date")
FIELDS = [
    "title", "url", "date", "rows", "data", "list", "total", "publishDate", "html", "code", "msg", "success", "hasMore",
    "nextPage", "pages", "pageNo", "items", "content", "records", "articles", "id", "source", "", "ＵＲＬ", "__proto__",
]  # fmt: skip
plain = st.one_of(
    st.none(), st.booleans(), st.integers(), st.floats(), st.text(max_size=20), one_of_many(PIECES),
    st.sampled_from(["2023-05-01", "1683000000000", "/a/b.html", "success", "<li><a href=/a>公告</a></li>", "暂无信息", "0", "-1"]),
)  # fmt: skip
posting = st.builds(
    lambda row, more: dict(zip(ROW, row, strict=True)) | more,
    st.tuples(plain, plain, plain), st.dictionaries(st.sampled_from(FIELDS), plain, max_size=3),
)  # fmt: skip
values = st.recursive(
    st.one_of(plain, posting.map(lambda row: [row]), posting.map(lambda row: [row] * 300)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=5), st.dictionaries(st.sampled_from(FIELDS), inner, max_size=6)
    ),
    max_leaves=12,
)


@st.composite
def answer(draw: st.DrawFn) -> str:
    return json.dumps(draw(values), ensure_ascii=False)


answers = answer()
jsonp = st.builds(
    lambda text, before, after: f"{before}{text}{after}",
    answers, st.sampled_from(["cb(", "/**/jQuery1_2(", "\ufeff", "var a=", "cb("]), st.sampled_from([")", ");", "", "))", ";"]),
)  # fmt: skip


def _loose(text: str) -> str:
    """JSON as scripts write it: keys bare, quotes single, a comma too many, an expression for a value."""
    bare = re.sub(r'"([A-Za-z]\w*)":', r"\1:", text).replace("}", ",}")
    return bare.replace("null", "base+'/a/'").replace('"', "'") if "'" not in bare else bare


literals = st.one_of(answers, answers.map(_loose), soup, damaged().map(lambda text: json.dumps(text[:3000])))
CALLS = [
    "var data = {};", "rows.push({});", "document.write({});", "createPageHTML({},0,'index','html');", "pager({})", "laypage({{count:{}}})",
    "var d=[{},{}];//", "function f(){{return {}}}", "$.ajax({{url:{},data:{{}}}})", "location.href={};", "eval({})",
]  # fmt: skip
in_script = st.builds(
    lambda call, text, before: f"{before}<div id=list></div><script>{call.replace('{}', text)}</script>",
    st.sampled_from(CALLS), literals, st.one_of(st.just("<html><body>"), soup),
)  # fmt: skip
texts = st.one_of(damaged(), damaged(), soup, NESTED, answers, jsonp, in_script)
ENCODINGS = ["utf-8", "utf-8", "utf-8", "gb18030", "utf-16", "utf-32", "hz", "utf-7"]


@st.composite
def bodies(draw: st.DrawFn) -> bytes:
    return draw(scratched(draw(texts).encode(draw(st.sampled_from(ENCODINGS)), errors="replace")))


@st.composite
def scratched(draw: st.DrawFn, body: bytes) -> bytes:
    """Bytes of which a few are others."""
    for _ in range(draw(st.sampled_from([0, 0, 1, 4]))):
        at = draw(st.integers(0, len(body)))
        body = body[:at] + draw(st.binary(max_size=4)) + body[at + 1 :]
    return body


OFFICE = [sound_word(), sound_workbook()]
PDF = shared(b"words", 3)
PARTS = [
    b"<w:p>", b"</w:tbl>", b"<w:tbl><w:tr><w:tc>", b"<c r='XFD1048576' t='s'><v>99999999</v></c>",
    b"<row r='0'>", b"<mergeCell ref='A1:B'/>",
    b"<!DOCTYPE a>", b"&a;", b"&#0;", b"xml:space='x'", b"\xff\xfe", b"<v>1e999</v>", b"<t>" + b"9" * 5000 + b"</t>", b"r:id='rId999'",
    b"obj\n", b"endobj", b"stream\n", b"/Length 99999999", b"/Kids[2 0 R]", b"/Filter[/LZWDecode/ASCII85Decode]",
    b"<<" * 400, b"startxref\n9",
]  # fmt: skip


@st.composite
def broken(draw: st.DrawFn, body: bytes) -> bytes:
    """A part of a file with pieces of such parts put in, taken out, repeated."""
    for _ in range(draw(st.integers(1, 4))):
        at = draw(st.integers(0, len(body)))
        start = draw(st.integers(0, len(body)))
        put = draw(
            st.one_of(st.sampled_from(PARTS), st.just(body[start : start + 90]), st.binary(max_size=4))
        )
        body = (
            body[:at]
            + put * draw(st.sampled_from([1, 1, 50]))
            + body[at + draw(st.sampled_from([0, 1, 60])) :]
        )
    return body


@st.composite
def files(draw: st.DrawFn) -> bytes:
    """A file whose parts are broken, some missing or another's; a broken PDF; or no file of the kind at all."""
    kind = draw(st.sampled_from(["office", "office", "pdf", "page"]))
    if kind == "page":
        return draw(bodies())
    if kind == "pdf":
        return draw(broken(PDF))
    parts = dict(draw(st.sampled_from(OFFICE)))
    names = sorted(parts)
    for name in draw(st.lists(st.sampled_from(names), min_size=1, max_size=3)):
        how = draw(st.sampled_from(["broken", "broken", "broken", "gone", "another"]))
        other = parts.get(draw(st.sampled_from(names)), b"")
        parts[name] = other if how == "another" else draw(broken(parts.get(name, b"")))
        if how == "gone":
            del parts[name]
    return draw(scratched(packed(parts)))


SITE_FILES = [
    (ROOT / "demo" / "site.toml").read_text("utf-8"), (ROOT / "demo" / "month_site.toml").read_text("utf-8"),
    *[path.read_text("utf-8") for path in sorted((ROOT / "sites").glob("*.toml"))],
]  # fmt: skip
LINES = [line for text in SITE_FILES for line in text.splitlines()]
_KEYS = sorted(
    set(re.findall(r"([A-Za-z_]\w*) =", "\n".join(LINES)))
    | {"endpoint", "waivers", "browser", "platform", "form", "also"}
)
ODD_VALUES = [
    "", "..", "a/b", "\u202e", "{unit}", "{page}", "{", "http://", "http://[", "javascript:1", "//a", "ａ", "x" * 9000, -1, 0, 2**63,
    1e308, float("nan"), float("inf"), True, [], {}, [[]], [{}], {"a": {"a": {}}}, ["街道"], "2023-13-01",
]  # fmt: skip
odd = st.one_of(
    st.sampled_from(ODD_VALUES), st.text(max_size=12), one_of_many(TOKENS), st.integers(), st.dates(), st.times(),
    st.lists(st.sampled_from(ODD_VALUES), max_size=3), st.dictionaries(st.sampled_from(_KEYS), st.sampled_from(ODD_VALUES), max_size=3),
)  # fmt: skip


@st.composite
def site_files(draw: st.DrawFn) -> str:
    """A real site file, still TOML, some of whose values are others, gone, doubled or under other names; or lines that are none."""
    if draw(st.sampled_from([True, False, False])):
        line = st.one_of(one_of_many(LINES), one_of_many(LINES), one_of_many(TOKENS), st.text(max_size=30))
        wrong = st.builds(
            lambda name, value: f"{name} = {value}", st.sampled_from(_KEYS), st.one_of(answers, line)
        )
        kept = draw(st.integers(0, len(LINES)))
        return "\n".join([*LINES[:kept], *draw(st.lists(st.one_of(line, wrong), max_size=25))])
    table: Any = deepcopy(tomllib.loads(draw(one_of_many(SITE_FILES))))
    for _ in range(draw(st.integers(1, 4))):
        _change(draw, table)
    return tomlkit.dumps(table)


def _change(draw: st.DrawFn, table: Any) -> None:
    """Changes one value, wherever it stands."""
    while True:
        place = draw(st.sampled_from(sorted(table) if isinstance(table, dict) else range(len(table))))
        inner = table[place]
        if not (isinstance(inner, dict | list) and inner and draw(st.booleans())):
            break
        table = inner
    how = draw(st.sampled_from(["other", "other", "gone", "again", "name"]))
    if how == "gone":
        del table[place]
    elif isinstance(table, list):
        table.append(inner) if how == "again" else table.__setitem__(place, draw(odd))
    elif how == "name":
        table[draw(st.one_of(st.sampled_from(_KEYS), st.text(max_size=8)))] = table.pop(place)
    else:
        table[place] = draw(odd)
