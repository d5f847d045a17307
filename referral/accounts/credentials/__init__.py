"""What opens an account, and how it is given anew: invitation, new password, lost app, command."""
