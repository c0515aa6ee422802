"""Scanners of texts and links: what they find depends on the text alone."""
