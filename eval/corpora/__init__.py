"""Third-party corpora as gold: loaders for files a user has; no text of them is shipped."""
