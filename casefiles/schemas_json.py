"""The JSON Schema (2020-12) of a case file, generated from the model and the vocabulary."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

import msgspec

from casefiles.captions import RECORDS, caption
from casefiles.factvalues import PERIOD_PATTERN
from casefiles.forms import NAMESPACE
from casefiles.model import CaseFile
from casefiles.moments import Moment
from casefiles.plain import MOMENT_PATTERN
from casefiles.terms import HEAD, FactTerm, FactType, Vocabulary
from casefiles.wordlists import fact_names, field_words

Schema = dict[str, Any]

_BLANK_FORBIDDEN = {("CaseFile", "number"), ("Act", "id"), ("Person", "id"), ("Document", "id")}
_TYPES: Mapping[FactType, Schema] = {
    FactType.FLAG: {"type": "boolean"},
    FactType.COUNT: {"type": "integer", "minimum": 0},
    FactType.AMOUNT: {"type": "number", "minimum": 0},
    FactType.TEXT: {"type": "string"},
    FactType.CHOICE: {"type": "string"},
    FactType.LIST: {"type": "array", "items": {"type": "string"}},
    FactType.MOMENT: {"type": "string", "pattern": f"^{MOMENT_PATTERN}$"},
    FactType.PERIOD: {"type": "string", "pattern": f"^{PERIOD_PATTERN}$"},
}


def json_schema(vocabulary: Vocabulary) -> Schema:
    """Return the schema; facts are typed by name, and their names allowed by the kind of act."""
    schema = msgspec.json.schema(CaseFile, schema_hook=_moment)
    for record, definition in schema["$defs"].items():
        _describe(record, definition, vocabulary)
    schema["$defs"]["Facts"] = {
        "type": "object",
        "properties": {name: _fact(term) for name, term in vocabulary.facts.items()},
        "additionalProperties": False,
    }
    schema["$defs"]["Act"]["allOf"] = [_names_by_kind(kind, vocabulary) for kind in vocabulary.acts]
    head = {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": NAMESPACE}
    return {**head, "title": RECORDS["CaseFile"], **schema}


def _moment(kind: type) -> Schema:
    assert kind is Moment
    return dict(_TYPES[FactType.MOMENT])


def _describe(record: str, definition: Schema, vocabulary: Vocabulary) -> None:
    definition["title"] = RECORDS[record]
    del definition["description"]
    for name, field in definition["properties"].items():
        field.pop("default", None)
        definition["properties"][name] = {
            "description": caption(record, name),
            **_with_words(record, name, field, vocabulary),
        }


def _with_words(record: str, name: str, field: Schema, vocabulary: Vocabulary) -> Schema:
    if name == "facts":
        names = {"propertyNames": {"enum": fact_names(record, vocabulary)}}
        return {"$ref": "#/$defs/Facts", **({} if record == "Act" else names)}
    if (record, name) in _BLANK_FORBIDDEN:
        return {**field, "pattern": r"\S"}
    if (record, name) == ("CaseFile", "provides"):
        return _narrowed(field, {"pattern": _provides_pattern(vocabulary)})
    words = field_words(record, name, vocabulary)
    return _narrowed(field, {"enum": words}) if words else field


def _narrowed(field: Schema, limits: Schema) -> Schema:
    """Return a field whose texts, at whatever depth, keep to some limits as well."""
    if field.get("type") == "string":
        return {**field, **limits}
    if "anyOf" in field:
        return {**field, "anyOf": [_narrowed(one, limits) for one in field["anyOf"]]}
    if "items" in field:
        return {**field, "items": _narrowed(field["items"], limits)}
    return field


def _provides_pattern(vocabulary: Vocabulary) -> str:
    kinds = "|".join(re.escape(kind) for kind in (HEAD, *vocabulary.acts))
    return rf"^({kinds})(\..+)?$"


def _names_by_kind(kind: str, vocabulary: Vocabulary) -> Schema:
    words = [word for word, name in vocabulary.canonical.items() if name == kind]
    allowed = vocabulary.acts[kind].facts
    names = [name for name in vocabulary.facts if name in allowed]
    return {
        "if": {"properties": {"kind": {"enum": words}}},
        "then": {"properties": {"facts": {"propertyNames": {"enum": names}}}},
    }


def _fact(term: FactTerm) -> Schema:
    schema: Schema = {"description": term.meaning} if term.meaning else {}
    schema.update(_TYPES[term.type])
    return _narrowed(schema, {"enum": list(term.values)}) if term.values else schema
