"""Two values that must be one."""

from rules.errors import GongkaiError


class Mismatch(GongkaiError):
    """Two numbers that must be one are not. The text names the place and both."""


def require_same(place: str, ours: object, theirs: object) -> None:
    """Raises Mismatch if two values that must be one are not."""
    if ours != theirs or type(ours) is not type(theirs):
        raise Mismatch(f"数字核对不一致：{place}应为“{ours}”，读回为“{theirs}”，没有写入任何文件。")
