"""Reading single pages on demand, and proving counts from kept pages."""
