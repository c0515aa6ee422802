"""Monthly score sheets: composed from counts, or read from print and re-added."""
