"""Five made portals, each of another make, as data: what every address answers, and what a draft of it must say."""
