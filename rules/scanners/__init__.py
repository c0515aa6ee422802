"""Scanners of texts and links: what a text says, without knowing whose it is."""
