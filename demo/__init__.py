"""A false county on loopback: the site that the quick start crawls, and that tests set on fire."""
