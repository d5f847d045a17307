"""Reports: one object, rendered as page, CSV and PDF, protected before rendering."""
