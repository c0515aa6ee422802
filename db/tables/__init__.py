"""The tables, one module a family."""
