"""The service's pages: who may see them, what they show, how they look. Asking for a page changes nothing."""
