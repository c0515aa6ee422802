"""Reading annual reports from files and web pages."""
