"""One page as every reader sees it: text, addresses, dates, labels."""
