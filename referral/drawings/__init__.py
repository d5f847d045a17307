"""How a table of a report looks: each drawing as places and words, for page and paper alike."""
