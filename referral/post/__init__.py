"""What goes out: messages, and the links in them."""
