"""An office's own template for the bulletin, made to hang, fill or fool: filled, or refused in one sentence, in bounded time."""

import io
from pathlib import Path

import docx
import pytest

from crawler.documents.sandbox import Limits
from monitor.bulletin import template_filling
from monitor.bulletin.template_filling import fill_words, pack_filled
from monitor.bulletin.word_template import TEMPLATE
from rules.errors import WrongInput
from tests.hostile_files.templates import ATTACKS, SOUND, saying

WORDS = {"层级": "县", "信息总数": "12"}
# What nothing but the child's limits stops; the rest is refused in it, and is tried without one.
RUN_AWAY = {
    "a loop of billions.docx": "超时",
    "a text of gigabytes.docx": "内存",
    "a text that doubles.docx": "内存",
    "a list of billions.docx": "内存",
    "a number of a billion digits.docx": "超时",
}
OTHERS = {
    "a text of gigabytes by a filter.docx", "a text of gigabytes by a format.docx", "20,000 paragraphs.docx", "a million filters.docx",
}  # fmt: skip


@pytest.mark.parametrize("name", RUN_AWAY)
def test_words_that_run_away_are_stopped(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(template_filling, "LIMITS", Limits(processor=0.6, memory=100_000_000))
    (tmp_path / "own.docx").write_bytes(ATTACKS[name]())
    with pytest.raises(WrongInput, match=RUN_AWAY[name]) as refused:
        fill_words(tmp_path / "own.docx", WORDS)
    assert "own.docx" in str(refused.value) and str(refused.value).count("。") == 1


@pytest.mark.parametrize("name", sorted(ATTACKS.keys() - RUN_AWAY.keys() - OTHERS))
def test_words_that_lead_out_and_odd_files_are_refused(name: str) -> None:
    """Or are filled: those that Word takes as tags of its own, or that stand for nothing."""
    try:
        made = pack_filled(ATTACKS[name](), WORDS)
    except WrongInput as refused:
        assert len(str(refused)) < 60_000
    else:
        assert name in ("tags of Word alone.docx", "controls.docx")
        assert len(made) < 100_000


def test_a_sound_template_is_filled_in_the_child_as_in_this_process(tmp_path: Path) -> None:
    (tmp_path / "own.docx").write_bytes(saying(SOUND))
    filled = docx.Document(io.BytesIO(fill_words(tmp_path / "own.docx", WORDS)))
    assert [each.text for each in filled.paragraphs] == ["县府办通报12条"]


def test_our_own_template_is_within_the_bounds_of_an_office_s() -> None:
    template_filling._check(TEMPLATE.read_bytes())
