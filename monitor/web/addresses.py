"""Addresses of our own pages."""

from urllib.parse import urlencode


def path(site: str, *parts: str, **query: str | int) -> str:
    """/s/柘城/units/czj?period=2023Q2; what is empty is left out of the query."""
    told = {name: value for name, value in query.items() if value != ""}
    return "/".join(("/s", site, *parts)) + (f"?{urlencode(told)}" if told else "")
