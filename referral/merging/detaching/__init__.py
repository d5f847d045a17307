"""A stay that was put on the wrong record: it goes to a record of its own, with what it brought."""
