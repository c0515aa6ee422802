"""What a JSON answer says of itself: whether the request failed, and whether the list goes on behind its rows.

Every system has names of its own for these (code, errcode, success; hasMore, last, nextPage). They are looked for in the
answer's objects, never in its rows."""

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any

from crawler.page.budget import check_data
from crawler.page.whole_numbers import whole_number
from rules.vocabulary.words import alternatives

# Not HTML, of which the parser would find no more.
_BEGINS_DATA = re.compile(r"\s*+[{\[]")
CALLBACK = re.compile(r"^\s*+(?:/\*{2}/\s*+)?[\w$.]{1,80}+\s?\((.*)\)\s*+;?\s*+$", re.DOTALL)
_MESSAGES = (
    "msg",
    "message",
    "errmsg",
    "errormsg",
    "errormessage",
    "error",
    "errordescription",
    "info",
    "tip",
    "exception",
)
_CODES = (
    "code",
    "status",
    "errcode",
    "errorcode",
    "errno",
    "statuscode",
    "retcode",
    "ret",
    "resultcode",
    "state",
)
# What only a failed program prints beside its answer.
_TRACES = ("exception", "stacktrace", "error")
_FLAGS = ("success", "issuccess", "succeed", "succ", "ok", "flag", "result", "status", "state")
_WELL = frozenset({"0", "1", "200", "20000", "ok", "success", "succeed", "true", "y", "yes", "", "none"})
_ZEROS = re.compile(r"[A-Za-z]?0+")
_FAILED_CODE = re.compile(r"-\d+|[45]\d\d|error|err|fail(?:ed|ure)?|false|n|no", re.IGNORECASE)
_NO_ERROR = re.compile(r"no[ _]errors?", re.IGNORECASE)
_FAILED = re.compile(alternatives("interfaces.failed"), re.IGNORECASE)
_SAID_WELL = re.compile(alternatives("interfaces.well"), re.IGNORECASE)
_MORE = frozenset({
    "hasmore", "ismore", "havemore", "more", "hasnext", "hasnextpage", "havenext", "existnext", "canloadmore",
    "hasmorepages", "hasmoredata",
})  # fmt: skip
_LAST = frozenset({
    "islast", "last", "islastpage", "lastpage", "isend", "end", "finished", "isfinish", "nomore", "completed", "iscomplete",
})  # fmt: skip
# The number of the following page, or its address, or a mark to ask for it by; nothing of these at the end.
_NEXT = frozenset({
    "nextpage", "next", "nextcursor", "nextid", "nexturl", "nextpageurl", "nextpagetoken", "nexttoken", "nextmarker",
    "nextoffset",
})  # fmt: skip
_PAGES = frozenset(
    {"pages", "totalpages", "totalpage", "pagecount", "pagetotal", "maxpage", "lastpage", "countpage"}
)
# Deeper than this no system wraps its list.
_MOST_DEPTH = 4


def parse_answer(text: str) -> Any:
    """The object or array of an answer in JSON, or in JSONP without its callback; None where it is neither. Raises
    TooCostly."""
    wrapped = CALLBACK.match(text)
    inner = wrapped.group(1) if wrapped else text.lstrip("\ufeff")
    if not _BEGINS_DATA.match(inner):
        return None
    check_data(inner)
    try:
        return json.loads(inner)
    except (ValueError, RecursionError):
        return None


def failure_of(answer: Any, *, rows: bool) -> str:
    """The words with which an answer says that the request failed; "" if it does not. Where no `rows` came, a code that is
    not known to mean success is a failure too: an error is never an empty list."""
    for at, fields in enumerate(_objects(answer)):
        said = _message(fields)
        if _fails(fields, said) or (at == 0 and not rows and _is_doubtful(fields, said)):
            code = next((str(fields[name]) for name in _CODES if _is_plain(fields.get(name))), "error")
            return said or code or "error"
    return ""


def succeeds(answer: Any) -> bool:
    """Whether an answer says outright that the request went well (code 200, success, 操作成功)."""
    fields: Mapping[str, Any] = next(_objects(answer), {})
    codes = [*_codes(fields), *(_code(fields[name]) for name in _FLAGS if fields.get(name) is True)]
    well = any(code and _is_well(code) for code in codes) or bool(_SAID_WELL.search(_message(fields)))
    return well and not failure_of(answer, rows=False)


def goes_on(answer: Any, number: int | None) -> bool | None:
    """Whether rows follow those of page `number` (from 1; None: not known), by any flag of the answer's; None where it says
    nothing."""
    signs = {sign for fields in _objects(answer) for sign in _signs(fields, number)}
    return any(signs) if signs else None


def _objects(answer: Any, depth: int = 0) -> Iterator[Mapping[str, Any]]:
    """The answer's objects with plain names, the outermost first; what stands in arrays are rows."""
    if not isinstance(answer, dict):
        return
    yield {re.sub(r"[-_]", "", str(name)).lower(): value for name, value in answer.items()}
    if depth < _MOST_DEPTH:
        for value in answer.values():
            yield from _objects(value, depth + 1)


def _message(fields: Mapping[str, Any]) -> str:
    said = next((fields[name] for name in _MESSAGES if isinstance(fields.get(name), str)), "")
    return _NO_ERROR.sub("", said)


def _fails(fields: Mapping[str, Any], said: str) -> bool:
    """A flag that is false, an error, a code of failure, words of failure."""
    flagged = any(fields.get(name) is False for name in _FLAGS)
    traces = [fields[name] for name in _TRACES if _is_plain(fields.get(name)) and fields[name] is not False]
    return (
        flagged
        or bool(_FAILED.search(said))
        or not all(_is_well(_code(one)) for one in traces)
        or any(_FAILED_CODE.fullmatch(code) for code in _codes(fields))
    )


def _is_doubtful(fields: Mapping[str, Any], said: str) -> bool:
    """A code of which nothing says that it means success."""
    return not _SAID_WELL.search(said) and not all(map(_is_well, _codes(fields)))


def _codes(fields: Mapping[str, Any]) -> list[str]:
    return [_code(fields[name]) for name in _CODES if _is_plain(fields.get(name))]


def _is_plain(value: Any) -> bool:
    return value is not None and not isinstance(value, dict | list)


def _code(value: Any) -> str:
    """A plain value as written; "" for an array or an object, which may be the whole answer."""
    return "" if isinstance(value, dict | list) else str(value).strip().lower()


def _is_well(code: str) -> bool:
    return code in _WELL or bool(_ZEROS.fullmatch(code))


def _signs(fields: Mapping[str, Any], number: int | None) -> Iterator[bool]:
    for name, value in fields.items():
        yes = _truth(name, value)
        if name in _MORE and yes is not None:
            yield yes
        elif name in _LAST and yes is not None:
            yield not yes
        elif name in _NEXT:
            yield _leads_on(value, number)
        elif name in _PAGES and number is not None and (pages := whole_number(value)):
            yield number < pages


def _truth(name: str, value: Any) -> bool | None:
    """True or false as systems write it; None for a word, and for a number where it may count (last: 1)."""
    if isinstance(value, bool):
        return value
    words = {"true": True, "false": False}
    asks = name.startswith(("is", "has", "have"))
    return (words | {"0": False, "1": True, "y": True, "n": False} if asks else words).get(_code(value))


def _leads_on(value: Any, number: int | None) -> bool:
    """Whether what stands for the following page is one: not null, 0, -1, "" or this page's own number."""
    page = whole_number(value)
    if page is not None:
        return page > (number or 0)
    return bool(value) and (not _is_plain(value) or _code(value) not in ("null", "none", "false", "-1", ""))
