"""One person handed to a service: the referral, what became of it, answers by link, withdrawal."""
