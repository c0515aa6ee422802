"""What JSON answers say of themselves, in the words of many systems."""

import json
from typing import Any

import pytest

from crawler.page.answers import failure_of, goes_on, parse_answer, succeeds

WELL: list[Any] = [
    {"code": 200, "msg": "操作成功", "data": {"total": 0, "list": []}},
    {"status": {"code": 1}, "custom": {"count": 0}},
    {"code": "00000", "message": "一切正常", "data": []},
    {"error": 0, "rows": []},
    {"error": None, "code": 20000, "data": []},
    {"errcode": 0, "errmsg": "no error"},
    {"code": "A1", "msg": "查询成功"},
    {"code": 200, "msg": "暂无数据", "data": []},
    {"total": 0, "articles": []},
    [],
]
FAILED: list[Any] = [
    {"code": 500, "msg": "系统繁忙，请稍后再试", "data": {"total": 0, "list": []}},
    {"success": False, "data": {"list": []}},
    {"code": 200, "success": False, "rows": []},
    {"error": "参数错误", "articles": [], "total": 0},
    {"code": 200, "data": {"code": 500, "list": []}},
    {"head": {"retCode": "-1"}, "body": {"list": []}},
    {"code": 200, "msg": "查询失败", "data": []},
    {"code": 200, "msg": "操作未成功", "data": []},
    {"timestamp": 1, "status": 404, "error": "Not Found", "path": "/api"},
    {"ret": -3, "tip": "请先登录"},
    {"flag": False, "rows": []},
    {"exception": "java.lang.NullPointerException", "data": {"total": 0, "list": []}},
    {"stackTrace": "at com.gov.List", "rows": [], "total": 0},
]


@pytest.mark.parametrize("answer", WELL, ids=str)
def test_an_answer_that_does_not_say_that_it_failed(answer: Any) -> None:
    assert failure_of(answer, rows=False) == ""


@pytest.mark.parametrize("answer", FAILED, ids=str)
def test_a_failure_is_seen_with_rows_and_without(answer: Any) -> None:
    assert failure_of(answer, rows=False)
    assert failure_of(answer, rows=True)
    assert not succeeds(answer)


def test_a_code_that_nobody_knows_fails_only_an_answer_without_rows() -> None:
    assert failure_of({"code": 40001, "list": []}, rows=False) == "40001"
    assert failure_of({"code": 40001, "list": [{}]}, rows=True) == ""


def test_success_must_be_said() -> None:
    assert succeeds({"code": 200, "data": []})
    assert succeeds({"success": True})
    assert not succeeds({"rows": []})
    assert not succeeds([])


@pytest.mark.parametrize(
    ("answer", "number", "more"),
    [
        ({"hasMore": True}, 1, True),
        ({"data": {"has_more": 0}}, 1, False),
        ({"page": {"hasNextPage": False, "pages": 3}}, 3, False),
        ({"page": {"hasNextPage": False, "pages": 3}}, 1, True),
        ({"last": True, "number": 0}, 1, False),
        ({"isLastPage": "false"}, 1, True),
        ({"lastPage": 3}, 3, False),
        ({"nextPage": 0}, 4, False),
        ({"nextPage": 2}, 1, True),
        ({"nextPage": 2}, 2, False),
        ({"next": None, "count": 3}, 1, False),
        ({"next": "https://www.mou.example/api?page=2"}, 1, True),
        ({"nextCursor": "eyJpZCI6M30"}, 1, True),
        ({"nextCursor": ""}, 2, False),
        ({"total": 62}, 1, None),
        # What stands in a row, and a number that may count, say nothing of the list.
        ({"rows": [{"next": 1, "last": True}]}, 1, None),
        ({"last": 1}, 1, None),
    ],
    ids=str,
)
def test_whether_the_list_goes_on(answer: Any, number: int, more: bool | None) -> None:
    assert goes_on(answer, number) is more


@pytest.mark.parametrize("text", ['cb({"a":1});', '/**/jQuery1_2 ({"a": 1})', '\ufeff{"a":1}'])
def test_json_with_a_callback_or_a_mark_before_it(text: str) -> None:
    assert parse_answer(text) == {"a": 1}


@pytest.mark.parametrize("text", ["", "<html></html>", "[" * 3000, json.dumps({"a": 1})[:-1]])
def test_what_is_no_json_is_none(text: str) -> None:
    assert parse_answer(text) is None
