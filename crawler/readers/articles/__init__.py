"""Reading a posting's own page."""
