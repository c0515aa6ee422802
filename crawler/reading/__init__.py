"""Reading pages: bytes in, values out. Nothing here asks the network, the clock or the database."""
