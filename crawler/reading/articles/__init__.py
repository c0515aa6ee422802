"""Articles: title, day, source, text and attachments of a posting's own page."""
