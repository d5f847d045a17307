"""The published contract is what the API answers to invented requests."""

import pytest
import schemathesis
from api.test_referrals import program, token_of  # noqa: F401 - the fixture
from hypothesis import HealthCheck, given, settings
from schemathesis import checks

from referral.access.permissions import Role

AS_DECLARED = [
    checks.not_a_server_error,
    checks.status_code_conformance,
    checks.content_type_conformance,
    checks.response_schema_conformance,
]
NO_SUCH = "00000000-0000-4000-8000-000000000000"


def contract(app):
    return app.test_client().get("/api/openapi.json").json


def declared(app, method: str, path: str, status: int) -> dict:
    """What the contract says of an answer, its references followed."""
    whole = contract(app)
    answers = whole["paths"][f"/api/v1{path}"][method]["responses"]
    answer = answers.get(str(status), answers["default"])
    return whole["components"]["responses"][answer["$ref"].rsplit("/", 1)[-1]]


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
@pytest.mark.parametrize(
    ("status", "body", "headers"),
    [
        (401, {}, {"Authorization": "Bearer ar_wrong"}),
        (404, {"version": 1, "move": "accept"}, {}),
        (422, {"nonsense": 1}, {}),
    ],
)
def test_an_error_is_of_the_kind_that_the_contract_declares(app, program, status, body, headers):  # noqa: F811
    answer = program("POST", f"/referrals/{NO_SUCH}/reply", body, **headers)
    assert answer.status_code == status
    said = declared(app, "post", "/referrals/{referral_id}/reply", status)
    assert answer.mimetype in said["content"]
    fields = contract(app)["components"]["schemas"]["ProblemOut"]["properties"]
    assert set(answer.json) <= set(fields)
    assert answer.json["status"] == status


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_a_wrong_method_is_told_the_right_ones(program):  # noqa: F811
    answer = program("DELETE", "/referrals")
    assert (answer.status_code, answer.headers["Allow"]) == (405, "GET, HEAD, OPTIONS")


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_contract_says_how_to_come_in_and_how_to_send_twice(app):
    whole = contract(app)
    assert whole["security"] == [{"token": []}]
    assert whole["components"]["securitySchemes"]["token"]["scheme"] == "bearer"
    posts = [path["post"] for path in whole["paths"].values() if "post" in path]
    assert len(posts) == 6
    for post in posts:
        assert "Idempotency-Key" in [each["name"] for each in post["parameters"]]


MAY_BE_NULL = {
    ("PersonOut", "needs"),
    ("PersonOut", "date_of_birth"),
    ("PersonOut", "sex"),
    ("AppointmentOut", "took_place"),
    ("AppointmentOut", "came"),
    ("AppointmentOut", "not_held"),
    ("AppointmentOut", "moved_by"),
    ("AppointmentOut", "cannot_since"),
    ("EventOut", "reason"),
    ("WholeReferralOut", "reason"),
    ("PersonOut", "rules"),
    ("WholeReferralOut", "person"),
}


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_the_contract_names_all_that_may_be_unknown_or_untold_and_nothing_else(app):
    schemas = contract(app)["components"]["schemas"]
    nullable = {
        (name, field)
        for name, schema in schemas.items()
        for field, says in schema.get("properties", {}).items()
        if any(kind.get("nullable") for kind in says.get("anyOf", [says]))
    }
    assert {(name, field) for name, field in nullable if name.endswith("Out")} == MAY_BE_NULL


@pytest.mark.parametrize("database", ["sqlite"], indirect=True)
def test_whatever_a_program_sends_the_answer_is_as_the_contract_declares(app, program):  # noqa: F811
    schema = schemathesis.openapi.from_wsgi("/api/openapi.json", app)
    token = token_of(app, Role.SERVICE_WORKER)
    for operation in (found.ok() for found in schema.get_all_operations()):

        @settings(
            max_examples=4, deadline=None, derandomize=True, suppress_health_check=HealthCheck
        )
        @given(case=operation.as_strategy())
        def tried(case):
            answer = case.call(headers={"Authorization": f"Bearer {token}"})
            case.validate_response(answer, AS_DECLARED)

        tried()
