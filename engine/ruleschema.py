"""The JSON Schema of rule files, for editors that complete and mark errors while one types."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from engine.documents import RuleDocument


class _Generator(GenerateJsonSchema):
    """Leaves defaults out: the compiled ones cannot be written in JSON."""

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        return self.generate_inner(schema["schema"])

    def field_title_should_be_set(self, schema: Any) -> bool:
        """Repeat no key as the title of what is compiled from many forms, such as conditions."""
        return schema["type"] != "is-instance" and super().field_title_should_be_set(schema)


def rule_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a rule file, short forms included."""
    schema = RuleDocument.model_json_schema(schema_generator=_Generator)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", **schema, "title": "规则"}
