"""Jinja templates of a room: every value is one line of inert text, escaped in HTML; a missing word is an error."""

from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from monitor.paper_files.inert import plain


def render_template(room: str, template: str, **words: Any) -> str:
    """A template in the folder `templates` of a package (`monitor.alerts`), filled with words."""
    return _templates(room).get_template(template).render(words)


@cache
def _templates(room: str) -> Environment:
    return Environment(
        loader=PackageLoader(room), undefined=StrictUndefined, autoescape=select_autoescape(["html.j2"]),
        trim_blocks=True, lstrip_blocks=True, finalize=_inert,
    )  # fmt: skip


def _inert(value: Any) -> Any:
    # What a macro wrote was made inert value by value.
    return plain(value) if isinstance(value, str) and not isinstance(value, Markup) else value
