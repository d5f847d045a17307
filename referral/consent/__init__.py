"""What the person agreed to: purpose by recipient. Every disclosure asks here."""
