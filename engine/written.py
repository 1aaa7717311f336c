"""How rules write the options of verbs: pydantic models, derived from the types of the options.

What runs carries no pydantic. A verb is one class; the document in which people write it, with its
short forms and its place for every mistake, is made here from the types of the verb's fields.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache, partial, reduce
from operator import or_
from types import GenericAlias, UnionType
from typing import Annotated, Any, Union, get_args, get_origin, get_type_hints

from msgspec import NODEFAULT, Meta
from msgspec.structs import fields
from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, create_model

from engine.conditions import Conditions, conditions_from
from engine.counting import Term
from engine.limits import LimitUse
from engine.options import Options, Words
from engine.periods import Period, parse_period
from engine.verbs.content import Bound, OtherFact, ShareOf, States
from engine.verbs.dates import HeadMoment, OtherMoment, Own, Point


class Document(BaseModel):
    """Something that people write: typed, frozen, closed to unknown keys."""

    model_config = ConfigDict(
        extra="forbid", frozen=True, arbitrary_types_allowed=True, populate_by_name=True
    )


class LimitName(Document):
    """How a limit is written where a number or a period may stand."""

    limit: str


@cache
def document_of(kind: type[Options]) -> type[Document]:
    """Return the model of how options are written, with the name and the words of their class."""
    hints = get_type_hints(kind, include_extras=True)
    defaults = {field.name: field.default for field in fields(kind)}
    written: dict[str, Any] = {
        name: (way_of(hint), ... if defaults[name] is NODEFAULT else defaults[name])
        for name, hint in hints.items()
        if name in defaults
    }
    return create_model(kind.__name__, __base__=Document, __doc__=kind.__doc__, **written)


def way_of(kind: Any) -> Any:
    """Return the type by which pydantic reads what is written for a type of the engine."""
    if kind in _WAYS:
        return _WAYS[kind]
    if isinstance(kind, type) and issubclass(kind, Options):
        return Annotated[document_of(kind), AfterValidator(partial(_built, kind))]
    origin, arguments = get_origin(kind), get_args(kind)
    if origin in (Union, UnionType) and type(None) in arguments:
        given = [one for one in arguments if one is not type(None)]
        way: Any = way_of(reduce(or_, given))
        return way | None
    if origin is tuple:
        return GenericAlias(tuple, (way_of(arguments[0]), ...))
    if origin is Annotated:
        return Annotated[arguments[0], *(Field(ge=one.ge) for one in arguments[1:] if isinstance(one, Meta))]
    return kind


def _built(kind: type[Options], document: Document) -> Options:
    return kind(**{name: getattr(document, name) for name in kind.__struct_fields__})


def _as_list(data: Any) -> Any:
    return [data] if isinstance(data, str) else data


def _as_conditions(data: Any) -> Conditions:
    if isinstance(data, Conditions):
        return data
    if not isinstance(data, Mapping):
        raise ValueError("应为“事实: 值”")
    return conditions_from(data)


def _as_term(data: Any) -> Period | LimitUse:
    if isinstance(data, (Period, LimitUse)):
        return data
    if isinstance(data, Mapping) and set(data) == {"limit"}:
        return LimitUse(data["limit"])
    if not isinstance(data, str):
        raise ValueError("期间要写单位｜如 7 working days、30 days、3 months、24 hours")
    return parse_period(data)


def _as_bound(data: Any) -> Any:
    if isinstance(data, Mapping) and set(data) == {"limit"}:
        return LimitUse(data["limit"])
    return data


def _as_states(data: Any) -> States:
    if isinstance(data, States):
        return data
    if isinstance(data, str):
        data = [data]
    if isinstance(data, list):
        data = {str(name): {"given": True} for name in data}
    if not isinstance(data, Mapping) or not data:
        raise ValueError("应为“事实: 值”或事实名称的列表")
    return States(conditions=conditions_from(data))


Where = Annotated[Conditions, BeforeValidator(_as_conditions, json_schema_input_type=dict[str, Any])]
"""Conditions, written as ``事实: 值``."""

WordList = Annotated[
    tuple[str, ...],
    BeforeValidator(_as_list, json_schema_input_type=str | list[str]),
    Field(min_length=1),
]
"""One word or several."""

_WAYS: dict[Any, Any] = {
    Conditions: Where,
    Words: WordList,
    Term: Annotated[Term, BeforeValidator(_as_term, json_schema_input_type=str | LimitName)],
    States: Annotated[
        States, BeforeValidator(_as_states, json_schema_input_type=str | list[str] | dict[str, Any])
    ],
}
_WAYS[Bound] = Annotated[
    int | float | LimitUse | way_of(OtherFact) | way_of(ShareOf),
    BeforeValidator(
        _as_bound,
        json_schema_input_type=int | float | LimitName | document_of(OtherFact) | document_of(ShareOf),
    ),
]
_WAYS[Own] = str | way_of(HeadMoment)
_WAYS[Point] = str | way_of(OtherMoment) | way_of(HeadMoment)
