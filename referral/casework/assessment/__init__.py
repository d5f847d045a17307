"""The assessment that worker and person make together: needs, goals, strengths, screens."""
