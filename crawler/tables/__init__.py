"""Reading tables out of the office's files: .xlsx, .docx, .csv, .txt, and the scheme and notes it keeps."""
