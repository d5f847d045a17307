"""The commands: thin, each calls one thing and commits."""
