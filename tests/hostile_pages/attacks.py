"""Pages that would hold up, fill or stop a reader, each with its relatives. Small: a reader that takes time with the
length of the page alone reads each in a fraction of a second."""

from collections.abc import Callable, Iterator

Build = Callable[[], bytes]

ROWS = "".join(
    f'<li><a href="/xw/2023/t{n}.html">关于第{n}批专项资金安排情况的公告</a><span>2023-05-{n}</span></li>'
    for n in range(10, 20)
)
HEAD = '<html><head><title>通知公告-某县人民政府</title></head><body><div>当前位置：<a href="/">首页</a> &gt; 通知公告</div>'
LIST = f"{HEAD}<ul>{ROWS}</ul><div>共10条 1/1页</div>"


def page(markup: str) -> Build:
    """A list of ten rows with something behind it."""
    return lambda: f"{LIST}{markup}</body></html>".encode("utf-8", errors="surrogatepass")


def script(code: str) -> Build:
    return page(f"<script>{code}</script>")


def numbered(pattern: str, times: int) -> str:
    """The pattern, N in it counted up."""
    return "".join(pattern.replace("N", str(n)) for n in range(times))


def records(times: int) -> bytes:
    return numbered('{"title":"公告","url":"/N.html"},', times).encode()


# What no reader has to take: the outcome is `too_costly`.
REFUSED: dict[str, Build] = {
    "one element of 40,000 attributes": page(f"<p {numbered('aN ', 40_000)}>"),
    "its attributes hold what looks like its end": page("<p " + numbered("aN='>' ", 15_000) + ">"),
    "they stand behind a script that seems to go on": page(
        "<script><!--<script></script><q x='--></script><p " + numbered("aN ", 15_000) + ">'"
    ),
    "they stand behind a comment that seems to go on": page(f"<!--><p {numbered('aN/', 15_000)}>-->"),
    "they stand on a closing tag that was opened so too": page(f"<b {numbered('aN=1 ', 15_000)}></b>"),
    "100 elements of 200 attributes": page(("<p " + numbered("aN ", 200) + ">") * 100),
    "7,000 elements of 60 attributes": page(("<p " + numbered("aN ", 60) + ">") * 7_000),
    "58,000 elements of 10 attributes": page(
        f"<p {' '.join(f'{name}=1' for name in 'abcdefghij')}>" * 58_000
    ),
    "5,000 divs, one in the other": page("<div>" * 5_000 + "公告"),
    "tables in tables": page("<table><tr><td>" * 900),
    "lists in lists, unclosed": page("<ul><li>公告" * 1_500),
    "fonts, unclosed": page("<font>公告" * 3_000),
    "55,000 elements of 5 attributes": page("<p a=1 b=2 c=3 d=4 e=5>" * 55_000),
    "100,000 rows": page("<li>公告</li>" * 100_000),
    "100,000 options": page("<select>" + "<option>公告" * 100_000 + "</select>"),
    "tags inside a script": script("'<b>'+" * 70_000),
    "3 million characters, one of them an emoji": page("a" * 3_100_000 + "\U0001f600"),
    "7 MB of text": page("一" * 2_400_000 + "a" * 4_000_000),
    "7 MB of one attribute": page(f"<img src='data:{'A' * 7_000_000}'>"),
}

# What is read: its ten rows, or a fault by another name.
READ: dict[str, Build] = {
    "800 rows": page(numbered('<li><a href="/xN.html">关于第N批资金的公告</a> 2023-05-01</li>', 800)),
    "dates without links": page("<p>2023-05-01</p>" * 3_000),
    "4,000 pagers": page("<a>下一页</a>" * 2_000 + "共3条 1/1页" * 2_000),
    "5,000 frames": page("<iframe src=/a.html></iframe>" * 5_000),
    "2,000 scripts": page("<script>var a = 1;</script>" * 2_000),
    "calls of a pager, unclosed": script("createPageHTML(" * 20_000),
    "texts added to texts": script("var s = " + '"a" + ' * 30_000),
    "JSON that never closes": script("var data = " + '[{"title":' * 30_000),
    "JSON 50,000 deep": script("var data = " + "[" * 50_000 + "]" * 50_000),
    "quotes": script("\"'" * 60_000),
    "backslashes": page("\\" * 60_000 + "u12"),
    "halves of surrogate pairs": page("\\ud83d" * 20_000),
    "lone surrogates as bytes": page("\ud83d" * 20_000),
    "NULs": page("\0" * 100_000 + "\\u0000" * 10_000),
    "digits": page("共" + "1" * 100_000 + "条，第" + "9" * 100_000 + "页"),
    "digits of a script": script("total=" + "9" * 100_000),
    "blanks": page("共" + " " * 60_000 + "条 日期" + "\u3000" * 60_000),
    "years": page("2023年" * 20_000 + "年" * 20_000),
    "brackets": page("〔" * 20_000 + "（" * 20_000 + "[" * 20_000),
    "brackets, not closed": page("《" * 30_000 + "“" * 30_000),
    "opened tags": page("<li " * 5_000 + "<" * 20_000),
    "an attribute that never closes": page("<a href='" + "x>" * 30_000),
    "a comment that never closes": page("<!--" + "<li>公告" * 10_000),
    "CDATA that never closes": page("<![CDATA[" * 10_000),
    "entities": page("&#50;&lt;" * 60_000 + "&amp" * 20_000),
    "a style sheet": page("<style>" + ".none{display:none}" * 10_000 + "</style><p class=none>暂无信息</p>"),
    "a style": page(f"<p style='{'display : ' * 20_000}none'>公告</p>"),
    "classes": page(f"<p class='{numbered('cN ', 20_000)}'>公告</p>"),
    "cells that span a million": page("<table><tr><td rowspan=1000000 colspan=1000000>公告</td></tr></table>" * 50),
    "rows that span each other": page("<table>" + "<tr><td rowspan=9999 colspan=9999>公告</td>" * 500 + "</table>"),
    "a base of 60,000 folders": page(f"<base href='/{'a/' * 60_000}'>" + "<a href=../x.html>公告</a>" * 500),
    "an address of folders": page(f"<li><a href='{'../' * 30_000}x.html'>关于资金的公告</a> 2023-05-01</li>"),
    "pages that send on to themselves": page("<meta http-equiv=refresh content='0;url=/a/'>" * 3_000),
    "refreshes of blanks": page(f"<meta http-equiv=refresh content='0;{' ' * 590}>'>" * 50),
    "a tip that goes on": page(f"<li><a href=/y.html title='{'标题：' + ' ' * 60_000}x'>公告</a> 2023-05-01</li>"),
    "dots behind a title": page(f"<li><a href=/y.html title='公告'>{'…' * 60_000}x</a> 2023-05-01</li>"),
    "breadcrumbs": page("<div>当前位置：" + "<a href=/>首页</a> &gt; " * 2_000 + "</div>"),
    "totals": page("共3条" * 20_000),
    "statements that nothing is there": page("<p>暂无信息</p>" * 2_000),
    "labels": page("来信时间：答复内容：" * 5_000 + "<p>来源：</p>" * 1_000),
    "one long title": page("<h1>" + "关于资金的公告" * 10_000 + "</h1>"),
    "one long word": page("a" * 200_000),
}  # fmt: skip

# What is no web page at all, or in no encoding of the web.
ODD: dict[str, Build] = {
    "JSON 100,000 deep": lambda: b"[" * 100_000 + b"]" * 100_000,
    "JSON objects 100,000 deep": lambda: b'{"a":' * 100_000 + b"1" + b"}" * 100_000,
    "JSON with endless numbers": lambda: (
        b'{"total":1e999999,"count":' + b"9" * 100_000 + b',"rows":[{"title":"a","date":1e999}]}'
    ),
    "JSON that reads as a tag whose attributes look like namespaces": lambda: (
        b'["<B", {}, {"rows": null, "data": null, "total": ">"}]'
    ),
    "JSON that is no number": lambda: b'{"total":NaN,"rows":[{"title":"a","publishDate":-Infinity}]}',
    "JSON of 3,000 rows": lambda: b'{"rows":[' + records(3_000) + b"{}]}",
    "a callback that never closes": lambda: b"callback(" * 30_000,
    "blanks behind a callback": lambda: b"callback({})" + b" " * 300_000 + b"x",
    "blanks before what is no callback": lambda: b" " * 300_000 + b"!",
    "a callback that seems to close": lambda: b"callback(" + b") " * 300_000 + b"x",
    "comments alone": lambda: b"<!---->" * 8_000,
    "declarations": lambda: b"<?xml " * 20_000 + b"<!DOCTYPE " * 20_000,
    "metas that never close": lambda: b"<meta " * 9_000 + b"charset",
    "punycode": lambda: b"<meta charset=punycode>" + b"a" * 9_000 + b"-\xff" + b"z" * 9_000,
    "idna": lambda: b"<meta charset=idna>" + b"a." * 9_000 + b"\xff",
    "UTF-7": lambda: b"<meta charset=utf-7>" + b"+AAAA" * 9_000 + b"\xff",
    "hz": lambda: b"<meta charset=hz>" + b"~{" * 9_000 + b"\xff",
    "escapes of Python": lambda: b"<meta charset=unicode_escape>" + b"\\u4e00" * 9_000 + b"\xff",
    "shift states": lambda: b"<meta charset=iso-2022-kr>" + b"\xff\x0e\x1b$)C" * 9_000,
    "UTF-32": lambda: LIST.encode("utf-32"),
    "UTF-16, cut in the middle": lambda: LIST.encode("utf-16")[:-1],
    "gzip in gzip": lambda: b"\x1f\x8b\x08\x00" * 9_000,
    "every byte": lambda: bytes(n * 7919 % 256 for n in range(60_000)),
}


def every() -> Iterator[tuple[str, Build]]:
    yield from {**REFUSED, **READ, **ODD}.items()
