"""Rules about cases; each docstring is the sentence that the user reads."""

from referral.errors import RuleBroken


class CaseClosed(RuleBroken):
    """This case is closed, so nothing can be added to it. A new stay begins a new one.

    In an emergency call 999.
    """

    status = 409


class ColleagueHasIt(RuleBroken):
    """A colleague has this case. Ask them or your team lead to hand it over to you."""

    status = 409


class NotTheirWorker(RuleBroken):
    """Only the person’s own worker can write down that workers may see their history.

    Take the case first.
    """

    fields = ("history",)


class DeclinedYetContact(RuleBroken):
    """They said no to a worker and yes to be contacted. Ask which it is, and choose it."""

    fields = ("though_declined",)


class NoTeam(RuleBroken):
    """No arrest referral team covers this custody centre. Tell your administrator."""


class NotMet(RuleBroken):
    """Their word by telephone is provisional. First say that you met them, or rang them back."""

    status = 409


class NotYours(RuleBroken):
    """You can only hand over your own cases. Ask your team lead to hand over this one."""


class NobodySaidSeen(RuleBroken):
    """Nobody has said that they were seen, or it is to be done again already. Reload the page."""

    status = 409


class NotInTeam(RuleBroken):
    """Choose somebody in your own team who works cases."""


class TheirsAlready(RuleBroken):
    """They have this case already."""


class NothingChosen(RuleBroken):
    """None of these cases can be given. Look at the list again."""

    fields = ("cases",)
    status = 409
