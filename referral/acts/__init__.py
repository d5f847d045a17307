"""What an act changed, kept so that it can be taken back exactly."""
