"""Word documents: page, styles, tables."""
