"""Outgoing post: messages, and the links in them."""
