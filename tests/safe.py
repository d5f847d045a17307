"""Settings with which production starts."""

PRODUCTION = {
    "production": True,
    "secret_key": "s" * 32,
    "audit_key": "a" * 32,
    "public_url": "https://referral.test",
    "mail_from": "no-reply@referral.test",
    "trusted_hosts": ("referral.test",),
}
