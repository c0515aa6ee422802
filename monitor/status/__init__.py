"""How the watching of a site stands."""
