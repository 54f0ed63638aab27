"""Reports: what the cells of a run say, for a terminal, a page, a file, a CI."""
