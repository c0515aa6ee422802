"""Texts, tables of text and pages: long lines, many lines, deep nesting, cells that claim to be wide."""

from collections.abc import Callable, Mapping

HEAD = "<html><head><meta charset=utf-8><title>报告</title></head><body>".encode()
ATTACKS: Mapping[str, Callable[[], bytes]] = {
    "8 MB of one line.txt": lambda: b"1" * 8_000_000,
    "8 MB of words.txt": lambda: "共收到申请12件，".encode() * 300_000,
    "8 MB of short lines.txt": lambda: b"1\n" * 4_000_000,
    "8 MB of tabs.txt": lambda: b"\t" * 8_000_000,
    "8 MB of rows.txt": lambda: "教育局\t1\t2\t3\n".encode() * 450_000,
    "8 MB of indented cells.txt": lambda: b"\tx\n" * 2_700_000,
    "8 MB of markup in a text.txt": lambda: b"<b <b " * 1_300_000,
    "8 MB of strange bytes.txt": lambda: bytes(range(128, 256)) * 60_000,
    "8 MB of escapes.txt": lambda: b"\\\\\\\\ud83d" * 900_000,
    "personal numbers.txt": lambda: b"410522199003070011 13812345678 6222021702012345678\n" * 300_000,
    "8 MB of commas.csv": lambda: b"," * 8_000_000,
    "8 MB of quotes.csv": lambda: b'"' * 8_000_000,
    "a quote that never closes.csv": lambda: b'a,"' + b"b\n" * 4_000_000,
    "8 MB of rows.csv": lambda: b"1,2,3,4\n" * 1_450_000,
    "a quote and NUL.csv": lambda: b'"a\x00b",1\n' * 100_000,
    "100 k nested boxes.html": lambda: HEAD + b"<div>" * 100_000,
    "100 k nested tables.html": lambda: HEAD + b"<table><tr><td>" * 100_000,
    "wide cells.html": lambda: HEAD + b"<table>" + b"<tr><td colspan=1000000 rowspan=1000000>1" * 20_000,
    "wide cells of long words.html": lambda: (
        HEAD + b"<table>" + (b"<tr><td colspan=99999 rowspan=99999>" + b"x" * 1_900) * 5_000
    ),
    "a million cells.html": lambda: HEAD + b"<table><tr>" + b"<td>1" * 1_000_000,
    "8 MB of open tags.html": lambda: HEAD + b"<p>" * 2_700_000,
    "8 MB of one tag.html": lambda: HEAD + b"<p " + b"a " * 4_000_000 + b">",
    "8 MB of entities.html": lambda: HEAD + b"&lt;" * 2_000_000,
    "8 MB of comments.html": lambda: HEAD + b"<!--" * 2_000_000,
    "a table of 8 MB under an old name.xls": lambda: b"<table>" + b"<tr><td>1" * 1_300_000,
    "nested tables under an old name.doc": lambda: b"<table><tr><td>" * 100_000,
}
