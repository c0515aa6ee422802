"""Discovery: drafting a site file by walking the site."""
