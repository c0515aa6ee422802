"""One road for listing: page → rows → sightings, for the crawl, for `read`, for `prove` and for discovery. Pure."""
