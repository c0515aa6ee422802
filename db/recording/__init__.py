"""Writing what was declared and seen."""
