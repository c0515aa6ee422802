"""The crawler sees: it asks politely, reads pages without selectors, and names what it could not see."""
