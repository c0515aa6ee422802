"""Every attack of the tests through every place at which something enters a command: a process each, measured.

    python bench/command_inputs.py OUT.jsonl [ROW [ATTACK]]      (patterns of their names)

Of the attacks that are made for other kinds of files a row is given one in twenty, each row others. Takes an hour or two.
One line of JSON a run; what is not refused or read as it must be (within 5 seconds of processor time and 300 MB, in Chinese,
by status 0 or 2, nothing else in the folder changed) is printed. Processes are forked from one that has everything imported
and is larger than any command; whatever takes more than it may is measured again as a user would start it. Linux alone."""

import atexit
import gc
import hashlib
import json
import os
import re
import shutil
import sys
import tempfile
import time
import traceback
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path

import tests.preloaded  # noqa: F401
from monitor import terminal
from monitor.cli import app
from tests.command_inputs import INPUTS, Input, Kind, make_world
from tests.commandline import every_module, gongkai
from tests.hostile_files import archives, office_texts, pdfs, templates, texts, word_files, workbooks
from tests.hostile_files.odd_paths import odd_paths
from tests.hostile_pages import attacks as pages

NOT_CONTENT = (Kind.TRUSTED, Kind.ADDRESS, Kind.MIRROR, Kind.OUT_FILE, Kind.OUT_FOLDER)
SECONDS, MEGABYTES, CLOCK = 5.0, 300.0, 60.0
DOCUMENTS = (".docx", ".xlsx", ".pdf", ".zip", ".html", ".txt", ".csv")
TABLES = (".xlsx", ".docx", ".csv", ".txt", ".html")
ATTACKS: dict[str, Callable[[], bytes]] = {
    name: build
    for module in (archives, workbooks, word_files, templates, pdfs, texts, office_texts)
    for name, build in module.ATTACKS.items()
} | {f"page {name}.html": build for name, build in pages.every()}


@dataclass(frozen=True)
class Run:
    row: str
    attack: str
    status: int
    seconds: float  # of the processor, children included
    clock: float
    megabytes: float  # the most at one time, children included
    out: str
    err: str
    changed: list[str]
    good: tuple[int, ...]

    @property
    def fault(self) -> str:
        """What is wrong with it; "" if nothing."""
        said = self.err.strip()
        faults = {
            "status": self.status not in (0, *self.good),
            "time": self.seconds > SECONDS,
            "memory": self.megabytes > MEGABYTES,
            "traceback": "Traceback" in said,
            "silent": self.status == 2 and not re.search("[\u4e00-\u9fff]", said),
            "babble": len(said) > 4_000,
            "changed": bool(self.changed),
        }
        return "、".join(name for name, wrong in faults.items() if wrong)


def offered(row: Input, folder: Path, world: Path) -> Iterator[tuple[str, str, dict[str, str]]]:
    """(attack, what the command is given, variables) of each attack on a row."""
    suffix = row.kind.value.strip()
    for number, (name, build) in enumerate(ATTACKS.items(), INPUTS.index(row)):
        if row.kind is Kind.TABLE and Path(name).suffix not in TABLES:
            continue
        if number % 20 and not _is_made_for(name, row.kind):
            continue
        ending = suffix if suffix.startswith(".") and row.kind is not Kind.TABLE else Path(name).suffix
        if row.kind is Kind.SITES:
            ending = ".toml"
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        file = folder / f"f{ending}"
        yield from _given(name, row, file, build, world)
    if row.kind.value.startswith(".") or row.kind is Kind.REPORT:
        shutil.rmtree(folder, ignore_errors=True)
        folder.mkdir()
        for name, path in odd_paths(folder, suffix if row.kind is not Kind.TABLE else ".csv").items():
            if "\0" in path or "\ud800" in path:
                continue  # no process can be started with it
            yield f"path: {name}", path, _variables(row, path)


def _is_made_for(attack: str, kind: Kind) -> bool:
    """Whether an attack's ending is that of what a row takes."""
    ending = Path(attack).suffix
    if kind in (Kind.REPORT, Kind.TABLE):
        return ending in DOCUMENTS and not attack.startswith("page ")
    if kind in (Kind.SITES, Kind.DATABASE):
        return ending == ".toml"
    return ending == kind.value.strip()


def _given(
    name: str, row: Input, file: Path, build: Callable[[], bytes], world: Path
) -> Iterator[tuple[str, str, dict[str, str]]]:
    if row.kind is Kind.SITES and row.is_variable:  # the kept pages themselves
        for kept in sorted((world / "evidence").rglob("*.warc.gz"))[:20]:
            (file.parent / kept.relative_to(world / "evidence")).parent.mkdir(parents=True, exist_ok=True)
            (file.parent / kept.relative_to(world / "evidence")).write_bytes(build())
        yield name, "", {row.parameter: str(file.parent)}
        return
    file.write_bytes(build())
    thing = str(file.parent if row.kind is Kind.SITES else file)
    yield name, thing, _variables(row, thing)


def _variables(row: Input, thing: str) -> dict[str, str]:
    if not row.is_variable:
        return {}
    return {row.parameter: f"sqlite:///{thing}" if row.kind is Kind.DATABASE else thing}


def run(
    row: Input,
    attack: str,
    thing: str,
    variables: dict[str, str],
    world: Path,
    said: Path,
    fresh: bool = False,
) -> Run:
    before, started = state(world), time.monotonic()
    child = os.fork()
    if not child:
        _be(row, thing, variables, world, said, fresh)
    peak = 0.0
    while not (ended := os.wait4(child, os.WNOHANG))[0]:
        family = _family(child)
        peak = max(peak, sum(map(_share, family)))
        if time.monotonic() - started > CLOCK:
            for each in family:
                os.kill(each, 9)
        time.sleep(0.03)
    out, err = ((said / name).read_text(errors="replace") for name in ("out", "err"))
    seconds, clock = ended[2].ru_utime + ended[2].ru_stime, time.monotonic() - started
    after = state(world)
    changed = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
    return Run(
        row.id, attack, os.waitstatus_to_exitcode(ended[1]), round(seconds, 2), round(clock, 1), round(peak),
        out[-300:], err[-4_100:], changed[:5], row.good,
    )  # fmt: skip


def _be(row: Input, thing: str, variables: dict[str, str], world: Path, said: Path, fresh: bool) -> None:
    """The rest of the child's life: it never comes back to what its parent does."""
    status = 99
    try:
        for number, name in ((1, "out"), (2, "err")):
            os.dup2(os.open(said / name, os.O_WRONLY | os.O_CREAT | os.O_TRUNC), number)
        os.environ.update(
            {"GONGKAI_DATABASE_URL": f"sqlite:///{world}/gongkai.db", "GONGKAI_SOFFICE": ""} | variables
        )
        os.chdir(world)
        terminal.out.width = terminal.err.width = 2_000
        sys.argv = ["gongkai", *row.words(thing)]
        if fresh:
            os.execv(sys.executable, [sys.executable, "-m", "monitor", *sys.argv[1:]])  # noqa: S606
        app.main()
    except SystemExit as end:
        status = end.code if isinstance(end.code, int) else 0
        atexit._run_exitfuncs()
    except BaseException:
        traceback.print_exc()
    finally:
        sys.stdout.flush()
        sys.stderr.flush()
        os._exit(status)


def state(world: Path) -> dict[str, str]:
    """What stands in the folder, papers apart; SQLite's own files beside a database come and go."""
    kept = [
        each
        for each in world.iterdir()
        if each.name not in ("out", "drafted.toml") and not each.name.endswith(("-shm", "-wal", ".lock"))
    ]
    return {
        each.name: hashlib.sha256(each.read_bytes()).hexdigest()
        if each.is_file()
        else str(each.stat().st_mtime_ns)
        for each in kept
    }


def _share(process: int) -> float:
    """Megabytes of a process, those shared with others divided among them."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
        return next(int(line.split()[1]) / 1e3 for line in lines if line.startswith("Pss:"))
    except (OSError, StopIteration):
        return 0.0


def _family(process: int) -> list[int]:
    found = [process]
    for each in found:
        try:
            for thread in Path(f"/proc/{each}/task").iterdir():
                found += map(int, (thread / "children").read_text().split())
        except OSError:
            continue
    return found


def main(out: str, of_row: str = "", of_attack: str = "") -> None:
    for module in every_module():
        import_module(module)
    gc.collect()
    gc.freeze()
    # No TemporaryDirectory: it would go with the first child that ends.
    folder = Path(tempfile.mkdtemp(prefix="gk"))
    try:
        faults = _all(folder, Path(out).absolute(), of_row, of_attack)
    finally:
        shutil.rmtree(folder)
    print(f"{faults} faults")


def _all(folder: Path, out: Path, of_row: str, of_attack: str) -> int:
    world, said, things = (folder / name for name in ("world", "said", "f"))
    said.mkdir()
    night, faults = out.with_suffix(".night"), 0
    if not night.exists():
        gongkai(said, "demo", "--out", night)
    make_world(world, night)
    with out.open("a", encoding="utf-8") as told:
        for row in INPUTS:
            if not re.search(of_row, row.id) or row.kind in NOT_CONTENT:
                continue
            for attack, thing, variables in offered(row, things, world):
                if not re.search(of_attack, attack):
                    continue
                done = run(row, attack, thing, variables, world, said)
                if done.seconds > SECONDS or done.megabytes > MEGABYTES:
                    done = run(row, attack, thing, variables, world, said, fresh=True)
                print(
                    json.dumps(asdict(done) | {"fault": done.fault}, ensure_ascii=False),
                    file=told,
                    flush=True,
                )
                if done.fault:
                    faults += 1
                    print(
                        done.fault,
                        done.row,
                        done.attack,
                        done.status,
                        done.seconds,
                        done.megabytes,
                        flush=True,
                    )
                if done.changed:
                    shutil.rmtree(world)
                    make_world(world, night)
    return faults


if __name__ == "__main__":
    main(*sys.argv[1:])
