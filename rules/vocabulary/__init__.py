"""The field's words as values: terms, places, the 26 领域, kinds of columns."""
