"""Rules about saved filters; each docstring is the sentence that the user reads."""

from referral.errors import RuleBroken


class TooManyFilters(RuleBroken):
    """You have 20 saved filters already. Remove one, then save this."""

    fields = ("name",)


class CalledSoAlready(RuleBroken):
    """You have a filter of this name. Choose another name."""

    fields = ("name",)


class NamesSomebody(RuleBroken):
    """That is the name, number or birth date of somebody. Say what the filter finds instead."""

    fields = ("name",)


class OnlyLeadsShare(RuleBroken):
    """Only the team lead lets the whole team open a filter. Save it for yourself."""

    fields = ("shared",)
