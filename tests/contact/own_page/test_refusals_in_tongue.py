"""Whatever a form or a rule can say to a person on their page is a sentence of the catalogue."""

import ast
import inspect
import re
import textwrap
from collections.abc import Callable, Iterator
from types import FunctionType, ModuleType

import pytest
from contact.own_page.test_languages import accented
from markupsafe import Markup
from wtforms.widgets import HiddenInput

from referral.contact.own_page import actions, stopped_actions, tongue_actions
from referral.contact.own_page.catalogue import shipped
from referral.contact.own_page.forms import EnterForm, ReachForm, WordForm
from referral.contact.own_page.standing import HELPED, IN_WORDS
from referral.contact.worth_it.forms import WorthForm
from referral.errors import RuleBroken
from referral.locks import Busy
from referral.web import fields, forms, reading
from referral.web.tongue import Tongue

PERSONS = Tongue("pl", "Polski", shipped(), {n: accented(t) for n, t in shipped().items()})
ACTS = (
    actions.enter, actions.change_reach, actions.say_word, actions.say_worth, actions.ask_for_help,
    actions.say_cannot, actions.stop, stopped_actions.take_back, stopped_actions.leave_stopped,
    tongue_actions.choose,
)  # fmt: skip
# what the moves of others need: to stop is one that needs nothing, at this moment, while it is open
NEVER_HERE = {
    "IllegalMove", "InTheFuture", "NoConsent", "NoteNeeded", "OutcomeNeeded", "ReasonNeeded",
    "ServiceClosed", "TimeOutside", "TooEarly",
}  # fmt: skip


def untranslated(sentence: str) -> list[str]:
    """The plain words that are left of a sentence once it is said on the page."""
    return re.findall(r"[A-Za-z]+", Markup(PERSONS.of(sentence)).striptags())  # noqa: S704 - our own


def named(function: FunctionType, node: ast.expr) -> object:
    """What a name in a function stands for; None where it is a local one or a method."""
    if isinstance(node, ast.Name):
        return function.__globals__.get(node.id)
    if isinstance(node, ast.Attribute):
        owner = named(function, node.value)
        return getattr(owner, node.attr, None) if isinstance(owner, ModuleType) else None
    return None


def refusals(of: Callable[..., object], seen: set[object]) -> Iterator[type[RuleBroken]]:
    """Each rule that an act can break, in itself or in what it calls."""
    if not isinstance(of, FunctionType) or of in seen or not of.__module__.startswith("referral"):
        return
    seen.add(of)
    for node in ast.walk(ast.parse(textwrap.dedent(inspect.getsource(of)))):
        found = named(of, node) if isinstance(node, ast.Name | ast.Attribute) else None
        if isinstance(found, type) and issubclass(found, RuleBroken):
            yield found
        elif isinstance(found, FunctionType):
            yield from refusals(found, seen)


def test_each_rule_that_a_person_can_break_is_said_in_their_language():
    seen: set[object] = set()
    broken = {Busy, actions.NotTogether}
    for act in ACTS:
        broken |= set(refusals(act, seen))
    assert len(broken) > 8
    left = {one.__name__ for one in broken if untranslated(one().sentence)}
    assert left == NEVER_HERE


def spoken(node: ast.expr) -> list[str]:
    """The texts that an expression can be, with something in the place of each value."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return [node.value]
    if isinstance(node, ast.JoinedStr):
        return ["".join(p.value if isinstance(p, ast.Constant) else "7" for p in node.values)]
    if isinstance(node, ast.IfExp):
        return [*spoken(node.body), *spoken(node.orelse)]
    if isinstance(node, ast.Name):
        return [getattr(reading, node.id)]
    return []


def of_a_validator(check: object) -> list[str]:
    """What a validator of a field says: its message, or what a function of ours was given."""
    if isinstance(check, FunctionType):
        return [cell.cell_contents for cell in check.__closure__ or ()]
    return [str(message)] if (message := getattr(check, "message", None)) else []


@pytest.mark.parametrize("kind", [EnterForm, ReachForm, WordForm, WorthForm])
def test_each_field_of_the_page_is_named_and_refused_in_their_language(app, kind):
    with app.test_request_context():
        form = kind()
        shown = [one for one in form if not isinstance(one.widget, HiddenInput)]
        said = [str(one.label.text) for one in shown]
        said += [str(c.label) for one in shown for c in getattr(one, "choices", None) or ()]
        said += [told for one in shown for v in one.validators for told in of_a_validator(v)]
    assert len(said) > len(shown)
    assert [told for told in said if untranslated(told)] == []


def test_each_sentence_about_what_was_typed_is_said_in_their_language():
    typed = ast.walk(ast.parse(inspect.getsource(reading)))
    phone = ast.walk(ast.parse(textwrap.dedent(inspect.getsource(fields.PhoneField.pre_validate))))
    raised = [one for one in (*typed, *phone) if isinstance(one, ast.Call)]
    refused = [one for one in raised if ast.unparse(one.func) in {"Unreadable", "StopValidation"}]
    said = [told for one in refused for told in spoken(one.args[0])]
    assert len(said) > 10
    said += [*forms.Sentences.OTHER.values(), *IN_WORDS.values(), *dict(HELPED).values()]
    assert [told for told in said if untranslated(told)] == []


def test_words_that_no_catalogue_has_are_marked_as_english():
    assert PERSONS.of("Never heard of") == '<span lang="en-GB" dir="ltr">Never heard of</span>'
    assert "<script>" not in PERSONS.of("<script>")
