"""The word lists: each says what it is for and who uses it, and loading them all costs next to nothing."""

import re
import time
import tomllib
from pathlib import Path

import pytest

from rules.vocabulary.words import HERE, alternatives, word_list

ROOT = Path(__file__).parent.parent
LISTS = {
    f"{table.stem}.{name}": said
    for table in sorted(HERE.glob("*.toml"))
    for name, said in tomllib.loads(table.read_text(encoding="utf-8")).items()
}


@pytest.mark.parametrize("name", LISTS)
def test_a_list_says_what_it_is_for_and_who_uses_it(name: str) -> None:
    said = LISTS[name]
    assert set(said) == {"about", "used_by", "words"}
    assert said["about"].endswith(".")
    using = {
        ".".join(module.relative_to(ROOT).with_suffix("").parts)
        for package in ("rules", "crawler", "monitor")
        for module in (ROOT / package).rglob("*.py")
        if module.parent != HERE
        and re.search(rf"""["']{re.escape(name)}["']""", module.read_text(encoding="utf-8"))
    }
    assert set(said["used_by"]) == using


@pytest.mark.parametrize("name", LISTS)
def test_no_word_stands_twice_in_a_list(name: str) -> None:
    words = word_list(name)
    assert words
    assert len(words) == len(set(words))


def test_the_longest_word_is_tried_first() -> None:
    assert re.fullmatch(rf"(.*?){alternatives('offices.office')}", "县教育局办公室")
    assert re.match(alternatives("navigation.next_page"), "下一页").group() == "下一页"
    assert re.fullmatch(alternatives("navigation.next_page", spaced=True), "下 一 页")


def test_all_tables_are_read_in_a_moment() -> None:
    start = time.process_time()
    for table in HERE.glob("*.toml"):
        tomllib.loads(table.read_text(encoding="utf-8"))
    assert time.process_time() - start < 0.02
