"""Site files: schema, resolution, loading."""
