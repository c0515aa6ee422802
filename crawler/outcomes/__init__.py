"""What a page's reading came to: read, empty, blocked, unreadable …, each with a cause."""
