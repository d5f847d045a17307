"""What is counted: one report object, rendered as page, CSV and PDF, protected before rendering."""
