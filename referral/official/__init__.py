"""Figures of others, set beside ours: custody throughput, and who is referred to treatment."""
