"""The OpenAPI document of the API. Rules: https://spec.openapis.org/oas/v3.1.0."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from peelsite.exports.api_records import Endpoint, Shapes, endpoints
from peelsite.exports.api_schemas import Schema, ref
from peelsite.exports.licences import LICENCES
from peelsite.exports.version import SCHEMA_VERSION


def document(
    made_of: Shapes, every: Mapping[str, Schema], *, title: str, server: str, about: str
) -> Schema:
    """Return the OpenAPI document of the API called ``title``, whose files stand at ``server``.

    ``about`` is the address of the page about the data.
    """
    own = LICENCES["summaries"]
    return {
        "openapi": "3.1.0",
        "info": {
            "title": title,
            "summary": "What inspectors found about police forces and regional organised crime "
            "units, with the source of every statement.",
            "description": _ABOUT,
            "version": SCHEMA_VERSION,
            "license": {"name": own.name, "url": own.url},
        },
        "externalDocs": {"description": "The page about the data", "url": about},
        "servers": [{"url": server}],
        "paths": {f"/{each.path}": {"get": _get(each)} for each in endpoints(made_of)},
        "components": {"schemas": dict(every)},
    }


_ABOUT: Final = (
    "Files on a web server, made anew with every change of the data: there is nothing to ask but "
    "for a file. A field is null where there is nothing of the kind or it is not known. Texts are "
    "plain or Markdown as written, never HTML: escape them before you show them. Fields, and words "
    "to choose from, may be added without a new version of the API, so pass over what you do not "
    "know."
)


def _get(endpoint: Endpoint) -> Schema:
    content = {"application/json": {"schema": ref(endpoint.component)}}
    told: Schema = {
        "operationId": endpoint.name,
        "summary": endpoint.title,
        "description": endpoint.meaning,
    }
    if not endpoint.is_list:
        told["parameters"] = [_BY_ID]
    return {**told, "responses": {"200": {"description": "The file.", "content": content}}}


_BY_ID: Final = {
    "name": "id",
    "in": "path",
    "required": True,
    "description": "The id of the record, as the list has it.",
    "schema": {"type": "string"},
}
