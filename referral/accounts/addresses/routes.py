"""The page on which a second person proves a service's new address."""

from uuid import UUID

from flask import Blueprint, render_template, url_for
from flask.typing import ResponseReturnValue

from referral.access.guard import acting, requires
from referral.access.permissions import Permission
from referral.accounts.addresses import actions
from referral.accounts.addresses.forms import AddressCodeForm
from referral.accounts.addresses.models import AddressChange
from referral.accounts.addresses.queries import change_for, changes_for, may_prove
from referral.clock import now
from referral.db import whole
from referral.web.done import done
from referral.web.forms import keeping
from referral.web.paging import this_page

blueprint = Blueprint("addresses", __name__, url_prefix="/addresses")


@blueprint.get("")
@requires(Permission.PROVE_ADDRESSES)
def addresses() -> ResponseReturnValue:
    """The addresses that wait for their code: of one's own services, or of those to be rung."""
    found = changes_for(acting(), this_page())
    return render_template("accounts/addresses/addresses.html", found=found, at=now())


@blueprint.route("/<uuid:change_id>", methods=["GET", "POST"])
@requires(Permission.PROVE_ADDRESSES)
def prove(change_id: UUID) -> ResponseReturnValue:
    """Type in the code that was sent to the new address."""
    change = change_for(acting(), change_id)
    form = AddressCodeForm()
    with keeping(form):
        if form.validate_on_submit():
            if actions.prove(change, form.code.data or "", acting(), now()):
                return done(url_for(".addresses"))
            form.tell(form.code, "That code is wrong. After five wrong ones it is worth nothing")
    return _page(change, form)


@blueprint.post("/<uuid:change_id>/keep")
@requires(Permission.PROVE_ADDRESSES)
def keep(change_id: UUID) -> ResponseReturnValue:
    """The old address stays; nothing goes to the one that was typed."""
    actions.forget(change_for(acting(), change_id).service, acting(), now())
    return done(url_for(".addresses"))


def _page(change: AddressChange, form: AddressCodeForm) -> ResponseReturnValue:
    page = render_template(
        "accounts/addresses/prove.html",
        change=whole(change, "service.organisation"),
        form=form,
        mine=may_prove(acting(), change),
        rings=acting().organisation_id != change.service.organisation_id,
    )
    return page, form.status
