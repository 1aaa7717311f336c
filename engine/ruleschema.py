"""The JSON Schema of rule files, for editors that complete and mark errors while one types."""

from __future__ import annotations

from typing import Any

from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

from engine.documents import RuleDocument


class _Generator(GenerateJsonSchema):
    """Describes what pydantic cannot: conditions and periods as they are written."""

    def is_instance_schema(self, schema: core_schema.IsInstanceSchema) -> JsonSchemaValue:
        """Return what may be written for a compiled value."""
        name = getattr(schema["cls"], "__name__", "")
        if name == "Conditions":
            return {"type": "object", "description": "事实: 值"}
        if name == "LimitUse":
            return {
                "type": "object",
                "properties": {"limit": {"type": "string"}},
                "required": ["limit"],
                "additionalProperties": False,
            }
        return {"type": ["string", "object"]}

    def dataclass_schema(self, schema: core_schema.DataclassSchema) -> JsonSchemaValue:
        """Return what may be written for a compiled value that is a dataclass."""
        return {
            "Conditions": {"type": "object", "description": "事实: 值"},
            "Period": {"type": "string", "description": "期间，如 7 working days、30 days、3 months"},
            "LimitUse": {"type": "object", "description": "{limit: 限值编号}"},
        }.get(schema["cls"].__name__, {"type": "object"})

    def default_schema(self, schema: core_schema.WithDefaultSchema) -> JsonSchemaValue:
        """Leave defaults out: those that are compiled cannot be written."""
        return self.generate_inner(schema["schema"])


def rule_schema() -> dict[str, Any]:
    """Return the JSON Schema (2020-12) of a rule file."""
    schema = RuleDocument.model_json_schema(schema_generator=_Generator)
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "title": "规则", **schema}
