"""No refusal is silent: the title says it first, the summary takes the focus, the field has it.

By reflection: each form of each page of endpoints.csv is sent empty, and sent with what cannot be.
"""

import pytest
from access.untouched import Found, every_page
from bs4 import BeautifulSoup, Tag
from flask.testing import FlaskClient
from support.html import read

ENDLESS = "7" * 1_100
# what is wrong with no field, but with all of them
OF_ALL_OF_IT = {
    "Choose at least one service and how much to tell it. If none fits, record the unmet need.",
    "Say how serious at least one need is, or save a draft and finish later.",
    "Answer at least one measure, or leave this page.",
}
SEARCHES = {
    "/accounts",
    "/cases",
    "/cases/<case_id>/notes",
    "/trail",
}  # to look for nothing shows everything


def sendings(form: Found) -> dict[str, dict[str, object]]:
    """The form with nothing in it, nonsense in each of its fields, and without what it hides."""
    hidden = {name: value for name, value in form.sent.items() if name not in form.names}
    bare = {name: hidden[name] for name in ("csrf_token", "submit_key") if name in hidden}
    broken = hidden | dict.fromkeys(form.names, ENDLESS)
    return {"empty": hidden, "broken": broken, "bare": bare}


def faults(page: BeautifulSoup) -> list[str]:
    """What is wrong with a page that refuses."""
    found = []
    if not page.title or not page.title.text.startswith("Error:"):
        found.append("title")
    summary = page.select_one(".govuk-error-summary[data-module=govuk-error-summary]")
    said = summary.select(".govuk-error-summary__list li") if summary else []
    if not said:
        return [*found, "no summary"]
    for one in said:
        link = one.select_one("a[href^='#']")
        if link is None:
            found += [] if one.text.strip() in OF_ALL_OF_IT else [f"no field: {one.text.strip()}"]
        elif not _stands(page, link["href"].removeprefix("#")):
            found.append(f"not at the field: {one.text.strip()}")
    return found


def _stands(page: Tag, name: str) -> bool:
    """Whether there is such a field, its error beside it, and neither is folded away."""
    field, error = page.find(id=name), page.find(id=f"{name}-error")
    folded = error.find_parent("details") if error else None
    return field is not None and error is not None and (folded is None or folded.has_attr("open"))


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_form_that_is_refused_says_so_at_the_field(site):
    wrong, tried = [], set()
    for page in every_page(site):
        for form in page:
            if not form.shows or form.rule in tried:
                continue
            tried.add(form.rule)
            for how, sent in sendings(form).items():
                browser = site.visitors[form.who]
                browser._cookies = dict(site.cookies[form.who])
                answer = FlaskClient.open(
                    browser, form.action, method="POST", data=sent, buffered=True
                )
                site.put_back()
                if answer.status_code >= 500 or answer.status_code == 400:
                    wrong.append(f"{form.rule} {how}: {answer.status_code}")
                elif (
                    how != "bare"
                    and answer.status_code != 303
                    and not (form.rule in SEARCHES and how == "empty")
                ):
                    found = faults(read(answer.text))
                    wrong += [f"{form.rule} {how} {answer.status_code}: {one}" for one in found]
    assert wrong == [], "\n".join(wrong)
    assert len(tried) > 50


SOUND = """<title>Error: Offer</title>
<div class="govuk-error-summary" data-module="govuk-error-summary">
<ul class="govuk-error-summary__list"><li><a href="#name">Enter it</a></li></ul></div>
<details open><p id="name-error">Enter it</p><input id="name"></details>"""


@pytest.mark.parametrize(
    ("is_there", "instead", "said"),
    [
        ("Error: ", "", "title"),
        ("govuk-error-summary__list", "", "no summary"),
        ('<a href="#name">Enter it</a>', "Enter it", "no field: Enter it"),
        ('id="name-error"', "", "not at the field: Enter it"),
        ("<details open>", "<details>", "not at the field: Enter it"),
    ],
)
def test_a_silent_refusal_is_noticed(is_there, instead, said):
    assert faults(read(SOUND)) == []
    assert faults(read(SOUND.replace(is_there, instead))) == [said]
