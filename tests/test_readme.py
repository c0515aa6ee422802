"""Both READMEs' commands run on the demo as they stand; every command that a guide names is one, with its options."""

import re
import shlex
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from demo.county import County
from demo.server import serve
from monitor.cli.app import app
from monitor.cli.usage import Listed
from tests.commandline import ROOT, gongkai

READMES = ("README.md", "README.zh-CN.md")
GUIDES = (*READMES, *(f"docs/zh/{path.name}" for path in sorted((ROOT / "docs" / "zh").glob("*.md"))))
COUNTY = "http://127.0.0.1:8023/"
NAMED = re.compile(r"(?:^|`)(?:\.venv/bin/)?gongkai ([a-z][^`\n#]*)", re.M)


def blocks(name: str) -> list[list[list[str]]]:
    """The words of each command of each block that holds some, in order."""
    text = (ROOT / name).read_text(encoding="utf-8")
    found = [
        re.findall(r"^gongkai (.*)$", block, re.M) for block in re.findall(r"```sh\n(.*?)```", text, re.S)
    ]
    return [[shlex.split(line, comments=True) for line in lines] for lines in found if lines]


@pytest.fixture
def demo(demo_night: Path, tmp_path: Path) -> Path:
    folder = tmp_path / "out"
    shutil.copytree(demo_night, folder)
    return folder


def test_the_examples_run_on_the_demo_as_they_stand(demo: Path) -> None:
    offline, online = blocks(READMES[0])
    for words in offline:
        done = gongkai(demo, *words)
        assert done.status == 0 and done.out, (words, done.err)
    with serve(County(date(2023, 7, 3))) as server:
        for words in online:
            # A draft of the whole county is made in tests/test_init_command.py.
            few = ("--pages", 30) if words[0] == "init" else ()
            done = gongkai(demo, *(word.replace(COUNTY, server.url) for word in words), *few)
            assert done.status == 0, (words, done.err)


def test_both_readmes_have_the_same_examples() -> None:
    assert blocks(READMES[0]) == blocks(READMES[1])


def named(name: str) -> Iterator[list[str]]:
    """The words of each command that a page names, in its blocks or within its sentences."""
    for line in NAMED.findall((ROOT / name).read_text(encoding="utf-8")):
        yield shlex.split(line)


@pytest.mark.parametrize("name", GUIDES)
def test_every_command_that_is_named_is_one_with_these_options(name: str) -> None:
    for words in named(name):
        command: Any = app
        while hasattr(command, "commands") and words:
            assert words[0] in command.commands, words
            command = command.commands[words.pop(0)]
        options = {
            option
            for each in (command.loaded() if isinstance(command, Listed) else command).params
            for option in each.opts
        }
        assert {word for word in words if word.startswith("--")} <= options | {"--help"}, (
            command.name,
            words,
        )
