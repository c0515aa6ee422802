"""What the generic reader cannot know of a content management system, one small module each."""
