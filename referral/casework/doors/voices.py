"""What becomes of who only called and was never met."""

NEVER_MET = "UNMET"  # in the list of reasons why a case is closed; the program alone sets it
