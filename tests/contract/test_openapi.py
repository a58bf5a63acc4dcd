"""The OpenAPI documents: valid, secured, with links and examples that hold."""

from __future__ import annotations

import pytest
from openapi_spec_validator import OpenAPIV31SpecValidator

OPERATIONS = {
    "pinch": {
        "createUploadUrl",
        "createJob",
        "listJobs",
        "getJob",
        "getJobResult",
        "putUpload",
        "getDownload",
    },
    "panjaya": {
        "createAsset",
        "uploadAsset",
        "listAssets",
        "getAsset",
        "addLanguages",
        "getVersion",
        "reviseVersion",
        "dubbingCallback",
    },
}
WITHOUT_KEY = {"putUpload", "getDownload", "dubbingCallback"}
CLOSING = ("additionalProperties", "unevaluatedProperties")


@pytest.fixture(scope="session")
def links(specs):
    """Every link with the operation whose answer holds it."""
    return [
        (operation, specs.resolve(link))
        for operation, definition in specs.operations.items()
        for answer in definition["responses"].values()
        for link in specs.resolve(answer).get("links", {}).values()
    ]


def test_document_is_valid_openapi(specs):
    """openapi.yaml is valid OpenAPI 3.1."""
    errors = [error.message for error in OpenAPIV31SpecValidator(specs.document).iter_errors()]

    assert errors == []
    assert specs.document["openapi"].startswith("3.1.")


def test_operations_are_the_agreed_ones(specs):
    """Operations and webhooks carry exactly the names by which everything else refers to them."""
    assert set(specs.operations) == OPERATIONS[specs.api]


def test_every_operation_states_its_security(specs):
    """Each operation needs the key, except storage and the webhook, which say so themselves."""
    keyless = {name for name, operation in specs.operations.items() if operation["security"] == []}

    assert keyless == WITHOUT_KEY & set(specs.operations)


def test_security_schemes_are_bearer_tokens(specs):
    """The named scheme exists and is HTTP bearer authentication."""
    named = {
        scheme
        for operation in specs.operations.values()
        for choice in operation["security"]
        for scheme in choice
    }
    schemes = specs.document["components"]["securitySchemes"]

    assert {(schemes[name]["type"], schemes[name]["scheme"]) for name in named} == {
        ("http", "bearer")
    }


def test_storage_is_marked(specs):
    """Presigned storage carries x-storage, and nothing else does."""
    marked = {name for name, operation in specs.operations.items() if operation.get("x-storage")}

    assert marked == {"putUpload", "getDownload"} & set(specs.operations)


def test_answers_are_open_to_extra_fields(specs):
    """No answer schema forbids fields that it does not know."""
    closed = [
        (operation, status, branch)
        for operation in specs.operations
        for kind in ("2XX", "4XX", "5XX")
        for status, schema in specs.answers(operation, kind)
        for branch in specs.branches_everywhere(schema)
        if any(branch.get(word) is False for word in CLOSING)
    ]

    assert closed == []


def test_links_name_operations_that_exist(specs, links):
    """Each link leads to an operation of the same document."""
    lost = [link for _, link in links if link.get("operationId") not in specs.operations]

    assert links != []
    assert lost == []


def test_links_fill_parameters_that_exist(specs, links):
    """Each parameter of a link is one of the operation that it leads to."""
    unknown = [
        (link["operationId"], name)
        for _, link in links
        for name in link.get("parameters", {})
        if name.rpartition(".")[2] not in _parameters(specs, link["operationId"])
    ]

    assert unknown == []


def test_links_fill_every_path_parameter(specs, links):
    """A link leaves no required path parameter of its target unfilled."""
    unfilled = [
        (operation, link["operationId"], name)
        for operation, link in links
        for name, parameter in _parameters(specs, link["operationId"]).items()
        if parameter["in"] == "path" and name not in link.get("parameters", {})
    ]

    assert unfilled == []


def test_links_read_fields_that_exist(specs, links):
    """Each link that reads a field of an answer body reads one that the answer declares."""
    read = {
        (operation, str(value).removeprefix("$response.body#"))
        for operation, link in links
        for value in [*link.get("parameters", {}).values(), *_request_values(link)]
        if str(value).startswith("$response.body#")
    }

    missing = [
        (operation, pointer)
        for operation, pointer in sorted(read)
        if not _declares(specs, operation, pointer)
    ]

    assert missing == []


def _parameters(specs, operation: str) -> dict[str, dict]:
    resolved = [specs.resolve(item) for item in specs.operations[operation]["parameters"]]
    return {parameter["name"]: parameter for parameter in resolved}


def _request_values(link: dict) -> list:
    body = link.get("requestBody")
    return list(body.values()) if isinstance(body, dict) else [body]


def _declares(specs, operation: str, pointer: str) -> bool:
    place = "/".join("*" if part.isdigit() else part for part in pointer.split("/"))
    return all(place in specs.places(schema) for _, schema in specs.answers(operation, "2XX"))
