"""Finishes the OpenAPI 3.1 document: problems as the answer of every refusal, the two ways to sign in, examples."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.openapi.utils import get_openapi
from pydantic import TypeAdapter

from release.web.api.shapes import Problem
from release.web.problem import MEDIA_TYPE

DESCRIPTION = """Everything the pages can do.  Errors are `application/problem+json` with every reason in `refusals`.
What you may not see is answered like what does not exist: 404.  Keys go in the header, never in an address."""

FILE = {"type": "string", "format": "binary"}
FORM = {
    "multipart/form-data": {
        "schema": {
            "type": "object",
            "required": ["file", "title"],
            "properties": {
                "file": FILE,
                "title": {"type": "string"},
                "description": {"type": "string"},
                "keywords": {"type": "string", "description": "separated by commas"},
                "policy": {"type": "string"},
            },
        }
    },
    "application/octet-stream": {"schema": FILE},
}
BARE_FORM = {
    "multipart/form-data": {"schema": {"type": "object", "required": ["file"], "properties": {"file": FILE}}},
    "application/octet-stream": {"schema": FILE},
}
UPLOADS = {"upload_dataset": FORM, "upload_version": BARE_FORM, "replace_file": BARE_FORM}

EXAMPLES: dict[str, Any] = {
    "sign_up": {"login": "ada", "password": "correct horse battery", "name": "Ada"},
    "log_in": {"login": "ada", "password": "correct horse battery"},
    "change_password": {"old": "correct horse battery", "new": "another long password"},
    "create_key": {"label": "laptop", "days": 90},
    "add_person": {"login": "bo", "password": "correct horse battery", "name": "Bo", "roles": ["steward"]},
    "set_roles": {"roles": ["reviewer"], "organisation": "市数据局"},
    "set_active": {"active": False},
    "describe": {"title": "门诊就诊记录", "description": "2025 年", "keywords": ["卫生"]},
    "override": {"field": "mc", "category": "person.name", "reason": "字段为姓名"},
    "disagree": {"field": "mc", "category": "person.name", "reason": "内容是姓名"},
    "retract_disagreement": {"comment": "核对后同意"},
    "overrule_disagreement": {"comment": "字段已按目录定义"},
    "confirm_label": {"comment": "核对过原始登记"},
    "remove_label": {"comment": "定义已变更"},
    "regrade": {"policy": ""},
    "close_regrading": {"comment": "已核对"},
    "revert_ranker": {"comment": "效果变差"},
    "make_plan": {"openness": "conditional", "policy": "", "search": {"suppression_limit": 0.05}},
    "approve": {"comment": "符合要求"},
    "return_release": {"comment": "请补充字段说明"},
    "suspend": {"comment": "收到权益申诉"},
    "resume": {"comment": "核实后恢复"},
    "withdraw": {"comment": "数据有误"},
    "destroy_raw": {"comment": "保存期满"},
    "apply": {"dataset": "dat_0123", "purpose": "流行病学研究", "accept_terms": True},
    "edit_application": {"purpose": "流行病学研究", "accept_terms": True},
    "approve_application": {"comment": "同意"},
    "refuse_application": {"comment": "用途不明确"},
    "grant": {"days": 180},
    "revoke": {"comment": "违反使用条款"},
}
REFUSALS = {
    "400": "Bad request",
    "401": "Sign in first",
    "403": "Not for you, or not now",
    "404": "Not there, or not for you to see",
    "409": "Not in this state",
    "422": "Wrongly filled in",
    "429": "Too often",
}


def finish_schema(app: FastAPI) -> None:
    """Gives ``app`` its OpenAPI document, made once."""

    def openapi() -> dict[str, Any]:
        if app.openapi_schema is None:
            app.openapi_schema = _document(app)
        return app.openapi_schema

    app.openapi = openapi  # type: ignore[method-assign]


def _document(app: FastAPI) -> dict[str, Any]:
    document = get_openapi(
        title="Sluice 数闸", version=app.version, description=DESCRIPTION, routes=app.routes, openapi_version="3.1.0"
    )
    components = document.setdefault("components", {})
    schemas = components.setdefault("schemas", {})
    problem = TypeAdapter(Problem).json_schema(ref_template="#/components/schemas/{model}")
    schemas.update(problem.pop("$defs", {}))
    schemas["Problem"] = problem
    schemas.pop("HTTPValidationError", None)
    schemas.pop("ValidationError", None)
    components["securitySchemes"] = {
        "key": {"type": "http", "scheme": "bearer"},
        "session": {"type": "apiKey", "in": "cookie", "name": "sluice_session"},
    }
    for path, operations in document["paths"].items():
        for operation in operations.values():
            _finish(path, operation)
    return document


def _finish(path: str, operation: dict[str, Any]) -> None:
    name = operation["operationId"]
    operation["security"] = [{"key": []}, {"session": []}, {}]
    if name in UPLOADS:
        operation["requestBody"] = {"required": True, "content": UPLOADS[name]}
    elif name in EXAMPLES:
        operation["requestBody"]["content"]["application/json"]["example"] = EXAMPLES[name]
    answer = {MEDIA_TYPE: {"schema": {"$ref": "#/components/schemas/Problem"}}}
    for status, words in REFUSALS.items():
        operation["responses"][status] = {"description": words, "content": answer}
