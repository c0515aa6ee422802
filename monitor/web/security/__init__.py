"""What stands between the pages and whoever asks for them: headers, signing in, roles, forged requests."""
