"""Reading papers back and comparing every number."""
