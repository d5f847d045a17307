"""The person across episodes: who they are, whenever they come."""
