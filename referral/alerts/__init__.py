"""Public-health alerts of an ADP, shown at the desks and to the workers of its area."""
