"""Ways to damage a made case: each changes the plain data of a file in one place.

A way returns whether it found what it changes; what it changed stays readable, so that the check has
to find the defect and not the reader.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, timedelta
from typing import Any

Case = dict[str, Any]
Way = Callable[[Case, Mapping[str, Any]], bool]

_DAY = re.compile(r"^\d{4}-\d{2}-\d{2}")


def acts_of(case: Case, chosen: Mapping[str, Any]) -> Iterator[Case]:
    """Yield the acts of a kind (``act``) whose facts say what ``where`` says.

    ``about``: only those that name an act of that kind.
    """
    kinds = {act["id"]: act["kind"] for act in case["acts"]}
    for act in case["acts"]:
        if act["kind"] != chosen["act"]:
            continue
        if any(act.get("facts", {}).get(name) != value for name, value in chosen.get("where", {}).items()):
            continue
        named = {kinds.get(other) for other in act.get("about", ())}
        if "about" not in chosen or chosen["about"] in named:
            yield act


def drop(case: Case, said: Mapping[str, Any]) -> bool:
    """Take the acts out of the file, with their papers and every link to them."""
    gone = {act["id"] for act in acts_of(case, said)}
    if not gone:
        return False
    case["acts"] = [act for act in case["acts"] if act["id"] not in gone]
    for act in case["acts"]:
        _unlink(act, "about", gone)
    case["documents"] = [
        paper for paper in case["documents"] if not (paper.get("proves") and gone.issuperset(paper["proves"]))
    ]
    for paper in case["documents"]:
        _unlink(paper, "proves", gone)
    return True


def _unlink(record: Case, name: str, gone: set[str]) -> None:
    if name in record:
        record[name] = [one for one in record[name] if one not in gone]
        if not record[name]:
            del record[name]


def put(case: Case, said: Mapping[str, Any]) -> bool:
    """Let the acts say something else: ``facts``, of which ``null`` leaves one out."""
    return _each(case, said, lambda act: _put(act["facts"], said["facts"]))


def put_head(case: Case, said: Mapping[str, Any]) -> bool:
    """Let the head of the case say something else."""
    return _put(case["facts"], said["facts"])


def put_agency(case: Case, said: Mapping[str, Any]) -> bool:
    """Let the head say something else of the unit."""
    return _put(case["agency"]["facts"], said["facts"])


def put_person(case: Case, said: Mapping[str, Any]) -> bool:
    """Let the file say something else of a person (``person``: the id)."""
    for person in case["persons"]:
        if person["id"] == said["person"]:
            return _put(person.setdefault("facts", {}), said["facts"])
    return False


def _put(facts: Case, told: Mapping[str, Any]) -> bool:
    if all(facts.get(name) == value for name, value in told.items()):
        return False
    for name, value in told.items():
        if value is None:
            facts.pop(name, None)
        else:
            facts[name] = value
    return True


def strike(case: Case, said: Mapping[str, Any]) -> bool:
    """Strike ``items`` from the list that the acts state under ``fact``."""

    def struck(act: Case) -> bool:
        listed = act["facts"].get(said["fact"])
        if not isinstance(listed, list) or not set(said["items"]) & set(listed):
            return False
        act["facts"][said["fact"]] = [item for item in listed if item not in said["items"]]
        return True

    return _each(case, said, struck)


def enter(case: Case, said: Mapping[str, Any]) -> bool:
    """Enter ``items`` in the list that the acts state under ``fact``."""

    def entered(act: Case) -> bool:
        listed = act["facts"].setdefault(said["fact"], [])
        new = [item for item in said["items"] if item not in listed]
        act["facts"][said["fact"]] = listed + new
        return bool(new)

    return _each(case, said, entered)


def alone(case: Case, said: Mapping[str, Any]) -> bool:
    """Let only the first one of a ``role`` take part."""

    def left(act: Case) -> bool:
        parts = [part for part in act.get("by", ()) if part["role"] == said["role"]]
        for part in parts[1:]:
            act["by"].remove(part)
        return len(parts) > 1

    return _each(case, said, left)


def replace(case: Case, said: Mapping[str, Any]) -> bool:
    """Let the person ``by`` take the part of a ``role`` in the acts."""

    def replaced(act: Case) -> bool:
        for part in act.get("by", ()):
            if part["role"] == said["role"]:
                part["person"] = said["by"]
                return True
        return False

    return _each(case, said, replaced)


def expire(case: Case, said: Mapping[str, Any]) -> bool:
    """Let the certificate of a person (``person``) end the day before an act (``act``)."""
    first = next(acts_of(case, said), None)
    if first is None:
        return False
    for person in case["persons"]:
        if person["id"] == said["person"] and "certificate" in person:
            person["certificate"]["valid_to"] = str(day_of(first) - timedelta(1))
            return True
    return False


def move(case: Case, said: Mapping[str, Any]) -> bool:
    """Move the acts by ``days``; with ``after`` to so many days after the first act of that kind.

    ``moments`` names facts that are moved alike.
    """

    def moved(act: Case) -> bool:
        days: int = said["days"]
        if "after" in said:
            other = next(acts_of(case, {"act": said["after"]}), None)
            if other is None:
                return False
            days += (day_of(other) - day_of(act)).days
        for record, name in [
            (act, "starts"),
            (act, "ends"),
            *((act["facts"], one) for one in said.get("moments", ())),
        ]:
            if name in record:
                record[name] = _later(record[name], days)
        return days != 0

    return _each(case, said, moved)


def _later(moment: str, days: int) -> str:
    return _DAY.sub(lambda day: str(date.fromisoformat(day[0]) + timedelta(days)), moment)


def day_of(act: Case) -> date:
    """Return the day on which an act of plain data began."""
    return date.fromisoformat(act["starts"][:10])


def _each(case: Case, said: Mapping[str, Any], change: Callable[[Case], bool]) -> bool:
    """Change the first act that is chosen, or with ``all`` every one of them."""
    done = False
    for act in acts_of(case, said):
        done = change(act) or done
        if done and not said.get("all"):
            break
    return done


WAYS: Mapping[str, Way] = {
    "drop": drop, "put": put, "put_head": put_head, "put_agency": put_agency, "put_person": put_person,
    "strike": strike, "enter": enter, "alone": alone, "replace": replace, "expire": expire, "move": move,
}  # fmt: skip
"""The ways by the names that ``defects.yaml`` uses."""
