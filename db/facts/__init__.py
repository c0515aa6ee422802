"""The facts that rules look at: cases built from what was seen, and nothing judged. One module a family."""
