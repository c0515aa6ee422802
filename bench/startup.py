"""Start-up: processor time of commands that need no crawl, beside that of an interpreter that does nothing.

`python bench/startup.py` prints seconds (the least of five runs) and the ratio to `python -c pass`."""

import os
import resource
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parent.parent
SITE = str(ROOT / "demo" / "site.toml")
COMMANDS = {
    "python -c pass": ["-c", "pass"],
    "gongkai --help": ["-m", "monitor", "--help"],
    "gongkai rules": ["-m", "monitor", "rules"],
    "gongkai site check": ["-m", "monitor", "site", "check", SITE],
    "gongkai count --help": ["-m", "monitor", "count", "--help"],
    "gongkai check --help": ["-m", "monitor", "check", "--help"],
    "gongkai crawl --help": ["-m", "monitor", "crawl", "--help"],
}
RUNS = 5


def seconds(arguments: list[str]) -> float:
    """Processor time of one run."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(  # noqa: S603
        [sys.executable, *arguments],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        check=True,
        env={**os.environ, **PLACE},
    )
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime - before.ru_utime + after.ru_stime - before.ru_stime


if __name__ == "__main__":
    with tempfile.TemporaryDirectory() as folder:
        PLACE = {"GONGKAI_DATABASE_URL": f"sqlite:///{folder}/gongkai.db"}
        least = {name: min(seconds(arguments) for _ in range(RUNS)) for name, arguments in COMMANDS.items()}
    for name, spent in least.items():
        print(f"{name:24} {spent:6.3f} s {spent / least['python -c pass']:7.0f} x")
