"""What is known of a person: who said what and when, and what of it counts now."""
