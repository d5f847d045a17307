"""A peer mentor meets somebody at the gate, or goes along to a first appointment."""
