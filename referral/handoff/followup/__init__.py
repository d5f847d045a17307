"""What came of it: appointments, attempts to reach the person, and outcomes."""
