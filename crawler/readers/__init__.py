"""Readers: from a page to lists, pagers, articles and letters."""
