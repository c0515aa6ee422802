"""`make audit`: known holes in what is pinned. A registry that does not answer for a package has not cleared it, and is told as
such; pip-audit itself would say "No known vulnerabilities found".

Exit status: 0 every package was looked up and none has a known hole, 1 holes, 2 some or all were not looked up."""

import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import Any

COMMAND = ("pip-audit", "--disable-pip", "--require-hashes", "--format", "json", "--progress-spinner", "off")
MOST_NAMED = 5


def audited(pinned: Path) -> list[dict[str, Any]] | str:
    """What pip-audit says of each package of a file of pinned requirements; its own words where it says nothing."""
    tool = Path(sys.executable).with_name(COMMAND[0])
    try:
        done = subprocess.run(  # noqa: S603
            [str(tool), *COMMAND[1:], "-r", str(pinned)], capture_output=True, text=True, check=False
        )
    except OSError as error:
        return str(error)
    try:
        packages: list[dict[str, Any]] = json.loads(done.stdout)["dependencies"]
    except (ValueError, KeyError):
        return done.stderr.strip().splitlines()[-1] if done.stderr.strip() else f"status {done.returncode}"
    return packages


def verdict(name: str, packages: Sequence[dict[str, Any]] | str) -> tuple[int, str]:
    """Exit status and sentence on one file."""
    if isinstance(packages, str):
        return 2, f"{name}: NOT AUDITED, pip-audit gave no answer ({packages})."
    holes = [
        f"{one['name']} {one['version']}: {hole['id']}, fixed in {', '.join(hole['fix_versions']) or 'no version'}"
        for one in packages
        for hole in one.get("vulns", ())
    ]
    if holes:
        return 1, f"{name}: {len(holes)} known holes.\n" + "\n".join(f"  {hole}" for hole in holes)
    skipped = [one["name"] for one in packages if "skip_reason" in one]
    if skipped or not packages:
        named = ", ".join(skipped[:MOST_NAMED]) + (" …" if len(skipped) > MOST_NAMED else "")
        return 2, (
            f"{name}: NOT AUDITED, the registry in use knows nothing of holes in {len(skipped)} of {len(packages)} packages"
            f" ({named}); run this where the public registry answers."
        )
    return 0, f"{name}: {len(packages)} packages looked up, no known hole."


def main() -> int:
    verdicts = [verdict(name, audited(Path(name))) for name in sys.argv[1:]]
    for _, sentence in verdicts:
        sys.stdout.write(sentence + "\n")
    statuses = {status for status, _ in verdicts}
    return 1 if 1 in statuses else max(statuses, default=2)


if __name__ == "__main__":
    sys.exit(main())
