"""Everything that opens an account, and how it is renewed: invitation, password, app, command."""
