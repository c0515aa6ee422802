"""Content management platforms: what the generic readers cannot know."""
