"""The page's own scripts as one text. Nothing is run: readers look for literals in it."""

from lxml import html

LONGEST = 200_000  # characters; longer ones are libraries pasted into the page


def script_text(tree: html.HtmlElement) -> str:
    """The texts of the page's <script> elements, one after the other, cut at LONGEST."""
    return "\n".join(text for script in tree.iter("script") if (text := script.text))[:LONGEST]
