"""The email address of a service is a key: it carries nothing until a second person proved it."""
