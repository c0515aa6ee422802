"""Pagers: what comes after a page, and how much there should be."""
