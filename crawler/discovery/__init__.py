"""Discovery: from a home page to a draft of its site file. Pure, except for `run` and the spider."""
