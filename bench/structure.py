"""Prints the size and shape of the product: lines, classes, rooms, arrows between rooms, circles of rooms.

`python bench/structure.py [FOLDER]` reads a checkout as text; nothing of it is imported or run. A room is a folder two
levels deep (three under crawler/readers); an arrow is one room importing from another."""

import ast
import sys
from collections import defaultdict
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

PACKAGES = ("rules", "db", "crawler", "monitor")
DEEPER = ("crawler", "readers")


def main() -> None:
    root = Path(sys.argv[1]) if len(sys.argv) > 1 else Path(__file__).parent.parent
    trees = {path.relative_to(root): path.read_text(encoding="utf-8") for path in _sources(root)}
    arrows = _arrows({path: ast.parse(text) for path, text in trees.items()})
    classes = sum(
        isinstance(node, ast.ClassDef) for text in trees.values() for node in ast.walk(ast.parse(text))
    )
    lines = dict.fromkeys(PACKAGES, 0)
    for path, text in trees.items():
        lines[path.parts[0]] += text.count("\n")
    print(
        f"lines    {sum(lines.values())}  ({', '.join(f'{name} {count}' for name, count in lines.items())})"
    )
    print(f"modules  {sum(path.name != '__init__.py' for path in trees)}")
    print(f"classes  {classes}")
    print(f"rooms    {len(arrows)}, the largest with {max(_sizes(trees).values())} modules")
    print(f"arrows   {sum(map(len, arrows.values()))}")
    print(f"circles  {_circle(arrows) or 'none'}")


def _sources(root: Path) -> Iterator[Path]:
    for package in PACKAGES:
        yield from sorted(path for path in (root / package).rglob("*.py") if "versions" not in path.parts)


def _room(parts: tuple[str, ...]) -> str:
    return ".".join(parts[: 3 if parts[:2] == DEEPER else 2])


def _sizes(trees: dict[Path, str]) -> dict[Path, int]:
    sizes: dict[Path, int] = defaultdict(int)
    for path in trees:
        sizes[path.parent] += path.name != "__init__.py"
    return sizes


def _arrows(trees: dict[Path, ast.Module]) -> dict[str, set[str]]:
    """Room → the rooms that it imports from."""
    modules = {path.with_suffix("").parts for path in trees}
    arrows: dict[str, set[str]] = {}
    for path, tree in trees.items():
        parts = path.with_suffix("").parts
        here = _room(parts if parts[-1] != "__init__" else parts[:-1])
        mine = arrows.setdefault(here, set())
        for name in _imported(tree):
            if name[0] in PACKAGES:
                target = _room(name if name in modules or (*name, "__init__") in modules else name[:-1])
                mine |= {target} - {here}
    return arrows


def _imported(tree: ast.Module) -> Iterator[tuple[str, ...]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (tuple(alias.name.split(".")) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield from ((*node.module.split("."), alias.name) for alias in node.names)


def _circle(arrows: dict[str, set[str]]) -> str:
    try:
        TopologicalSorter(arrows).prepare()
    except CycleError as error:
        return " → ".join(error.args[1])
    return ""


if __name__ == "__main__":
    main()
