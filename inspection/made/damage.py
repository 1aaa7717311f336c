"""Ways to damage a made case: each changes the plain data of a file in one place.

A way returns whether it found what it changes; what it changed stays readable, so that the check has
to find the defect and not the reader.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from datetime import date, datetime, timedelta
from functools import cache
from typing import Any

from engine.calendar import WorkingCalendar, read_calendar
from engine.rulebook import FOLDER

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


def put_party(case: Case, said: Mapping[str, Any]) -> bool:
    """Let the file say something else of the party."""
    return _put(case["parties"][0]["facts"], said["facts"])


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


def absent(case: Case, said: Mapping[str, Any]) -> bool:
    """Let nobody of a ``role`` take part."""

    def left(act: Case) -> bool:
        others = [part for part in act.get("by", ()) if part["role"] != said["role"]]
        if len(others) == len(act.get("by", ())):
            return False
        act["by"] = others
        return True

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

    ``working`` instead of ``days`` counts working days, backwards if it is negative. ``moments`` names
    facts that are moved alike.
    """

    def moved(act: Case) -> bool:
        start = _start(case, said, act)
        if start is None:
            return False
        day = start + timedelta(said.get("days", 0))
        if "working" in said:
            day = _working(day, said["working"])
        return _moved(act, day, said)

    return _each(case, said, moved)


def late(case: Case, said: Mapping[str, Any]) -> bool:
    """Move the acts to the first working day on which a ``term`` is over.

    The term, such as ``7 working days`` or ``15 days``, runs from the first act of the kind ``after``, or
    from the day stated under the fact ``since``.
    """

    def moved(act: Case) -> bool:
        start = _start(case, said, act)
        return start is not None and _moved(act, _over(start, said["term"]), said)

    return _each(case, said, moved)


def delay(case: Case, said: Mapping[str, Any]) -> bool:
    """Move an act to the first working day on which a ``term`` is over, and all that follows with it.

    The term runs from the first act of the kind ``after``. What follows keeps its distance in working days,
    the days that it states too.
    """
    acts = case["acts"]
    act = next(acts_of(case, said), None)
    start = None if act is None else _start(case, said, act)
    if act is None or start is None:
        return False
    first, late_day = day_of(act), _over(start, said["term"])
    amount = 0
    while _working(first, amount) < late_day:
        amount += 1
    last = max(day_of(other) for other in acts)
    place = acts.index(act)
    for other in [
        one for one in acts if day_of(one) > first or (day_of(one) == first and one in acts[place:])
    ]:
        for record in (other, other["facts"]):
            for name, value in record.items():
                if isinstance(value, str) and _DAY.match(value) and first <= _day(value) <= last:
                    record[name] = _DAY.sub(lambda found: str(_working(_day(found[0]), amount)), value)
    return amount > 0


def early(case: Case, said: Mapping[str, Any]) -> bool:
    """Move the acts back, so that a ``term`` from them is over on the day of an act (``before``).

    They come to lie on the last working day of which that is true: the term is passed by one day.
    """

    def moved(act: Case) -> bool:
        other = next(acts_of(case, {"act": said["before"]}), None)
        return other is not None and _moved(act, _begun(day_of(other), said["term"]), said)

    return _each(case, said, moved)


def stretch(case: Case, said: Mapping[str, Any]) -> bool:
    """Let the acts begin so early that a ``term`` is over, by one day, when they end."""

    def stretched(act: Case) -> bool:
        if "ends" not in act:
            return False
        day = _begun(date.fromisoformat(act["ends"][:10]), said["term"])
        act["starts"] = str(day) + act["starts"][10:]
        return True

    return _each(case, said, stretched)


def prolong(case: Case, said: Mapping[str, Any]) -> bool:
    """Let the acts that have a time last one minute longer than so many ``hours``.

    The hour in which an act begins does not count.
    """

    def prolonged(act: Case) -> bool:
        if "ends" not in act:
            return False
        begun = datetime.fromisoformat(act["starts"]).replace(minute=0)
        end = begun + timedelta(hours=said["hours"] + 1, minutes=1)
        act["ends"] = end.isoformat(timespec="minutes")
        return True

    return _each(case, said, prolonged)


def date_fact(case: Case, said: Mapping[str, Any]) -> bool:
    """Let the acts, or without ``act`` the head, state under ``fact`` a day counted from an act.

    The day lies ``days`` and ``years`` after the first act of the kind ``after``; with ``term`` it is the
    first working day on which that term is over.
    """
    other = next(acts_of(case, {"act": said["after"]}), None)
    if other is None:
        return False
    day = _over(day_of(other), said["term"]) if "term" in said else day_of(other)
    # The last day of February has none like it in most years.
    day = day.replace(year=day.year + said.get("years", 0), day=min(day.day, 28 if day.month == 2 else 31))
    facts = {said["fact"]: str(day + timedelta(said.get("days", 0)))}
    if "act" in said:
        return _each(case, said, lambda act: _put(act["facts"], facts))
    return _put(case["facts"], facts)


def moment(case: Case, said: Mapping[str, Any]) -> bool:
    """Let the acts state under ``fact`` a moment ``minutes`` after they began, or after their ``since``.

    ``since`` is ``ends`` or the name of a fact that holds a moment. ``hours`` instead of ``minutes``: the
    first minute after so many hours, which begin with the next full hour.
    """

    def stated(act: Case) -> bool:
        start = {**act["facts"], **act}.get(said.get("since", "starts"))
        if start is None:
            return False
        later = datetime.fromisoformat(start) + timedelta(minutes=said.get("minutes", 1))
        if "hours" in said:
            later = later.replace(minute=1) + timedelta(hours=said["hours"] + 1)
        return _put(act["facts"], {said["fact"]: later.isoformat(timespec="minutes")})

    return _each(case, said, stated)


def clock(case: Case, said: Mapping[str, Any]) -> bool:
    """Let the acts begin and end at the hours ``starts`` and ``ends`` of the day on which they began."""

    def shifted(act: Case) -> bool:
        day = day_of(act)
        return _put(act, {name: f"{day}T{said[name]}" for name in ("starts", "ends")})

    return _each(case, said, shifted)


def _start(case: Case, said: Mapping[str, Any], act: Case) -> date | None:
    """Return the day from which a move is counted; ``None`` if there is no such act.

    That is the day of the act, or of the first one of the kind ``after``, or the day that it states under
    the fact ``since``.
    """
    other = next(acts_of(case, {"act": said["after"]}), None) if "after" in said else act
    if other is None or "since" not in said:
        return None if other is None else day_of(other)
    stated = other["facts"].get(said["since"])
    return None if stated is None else date.fromisoformat(stated[:10])


def _moved(act: Case, day: date, said: Mapping[str, Any]) -> bool:
    """Move an act to a day, with its end and its ``moments``; tell whether that is another day.

    What took some working days takes as many afterwards: else a holiday would make another defect.
    """
    start = day_of(act)
    days = (day - start).days
    if "ends" in act:
        end = date.fromisoformat(act["ends"][:10])
        taken = _calendar().working_days_between(start.toordinal(), end.toordinal())
        moved = _working(day, taken) if taken else end + timedelta(days)
        act["ends"] = str(moved) + act["ends"][10:]
    for record, name in [(act, "starts"), *((act["facts"], one) for one in said.get("moments", ()))]:
        if name in record:
            record[name] = _later(record[name], days)
    return days != 0


@cache
def _calendar() -> WorkingCalendar:
    return read_calendar(FOLDER / "calendar")


def _working(day: date, amount: int) -> date:
    """Return the working day that lies so many working days after a day; 0: the day or the next one."""
    calendar = _calendar()
    found = calendar.add_working_days(day.toordinal(), amount) if amount else None
    found = calendar.next_working_day(day.toordinal()) if found is None else found
    if found is None:
        raise ValueError(f"{day} 所在年份没有放假安排")
    return date.fromordinal(found)


def _over(start: date, term: str) -> date:
    """Return the first working day after a term that begins on the day after ``start``.

    A term in days or months that ends on a day off ends on the next working day.
    """
    amount, unit = int(term.split()[0]), term.split(maxsplit=1)[1].rstrip("s")
    if unit == "working day":
        return _working(start, amount + 1)
    last = start + timedelta(amount) if unit == "day" else _months_after(start, amount)
    return _working(_working(last, 0), 1)


def _months_after(day: date, months: int) -> date:
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    # The months that have no such day end with their last one.
    for last in (day.day, 30, 29, 28):
        try:
            return date(year, month + 1, min(last, day.day))
        except ValueError:
            continue
    raise AssertionError("每个月都有二十八日")


def _begun(end: date, term: str) -> date:
    """Return the last working day from which a term is over on a day."""
    day = _working(end, -1)
    while _over(day, term) > end:
        day = _working(day, -1)
    return day


def _later(moment: str, days: int) -> str:
    return _DAY.sub(lambda day: str(date.fromisoformat(day[0]) + timedelta(days)), moment)


def day_of(act: Case) -> date:
    """Return the day on which an act of plain data began."""
    return _day(act["starts"])


def _day(moment: str) -> date:
    return date.fromisoformat(moment[:10])


def _each(case: Case, said: Mapping[str, Any], change: Callable[[Case], bool]) -> bool:
    """Change the first act that is chosen; with ``last`` the last one, with ``all`` every one of them."""
    done = False
    acts = list(acts_of(case, said))
    for act in reversed(acts) if said.get("last") else acts:
        done = change(act) or done
        if done and not said.get("all"):
            break
    return done


WAYS: Mapping[str, Way] = {
    "drop": drop, "put": put, "put_head": put_head, "put_agency": put_agency, "put_party": put_party,
    "put_person": put_person, "strike": strike, "enter": enter, "alone": alone, "absent": absent,
    "replace": replace, "expire": expire, "move": move, "late": late, "delay": delay, "early": early,
    "stretch": stretch, "prolong": prolong, "date": date_fact,
    "moment": moment, "clock": clock,
}  # fmt: skip
"""The ways by the names that the files of ``defects`` use."""
