"""A service answers without an account: by a link from an e-mail, and a code where it matters."""
