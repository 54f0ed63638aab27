"""The comparison of two runs as a report: terminal, Markdown and one HTML page."""
