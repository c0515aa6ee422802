"""White space in names and labels: pages break and pad them as they like."""


def squeeze(text: str) -> str:
    """The text without any white space: a name broken over two lines is one name."""
    return "".join(text.split())
