"""Work that happens later and must not be lost: written down with its cause, done by workers."""
