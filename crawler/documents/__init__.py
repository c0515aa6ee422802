"""Files (pdf, docx, xlsx, text) and web pages read into one neutral document."""
