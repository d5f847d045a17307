"""What the worker and the person find out together: needs, goals, strengths, screens."""
