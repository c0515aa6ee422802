"""Printed score tables: re-added, re-ranked, set against the prose. Pure."""
