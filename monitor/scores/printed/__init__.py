"""Printed score tables: read, re-added, re-ranked. Pure but for reading.py."""
