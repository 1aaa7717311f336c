"""Moving acts of a random case to where a rule of its book draws the line, or a little to one side."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from random import Random
from typing import Any

import msgspec

from casefiles.model import Act, CaseFile, decode_hook
from casefiles.moments import Moment
from tests.oracle.documents import Document, as_list
from tests.oracle.files import File, Silence, begin, end, kind_of
from tests.oracle.slice import DAY, chance
from tests.oracle.terms import counted, latest_start, written_length

Content = dict[str, Any]


def nudge(random: Random, content: Content, file: File) -> None:
    """Move acts of a case, in its content, for one verb of a rule of the book and one subject.

    Verbs whose count something stops are rare among all verbs, and are taken most of the time.
    """
    found: dict[str, list[tuple[Any, Act]]] = {}
    stopped: dict[str, list[tuple[Any, Act]]] = {}
    for rule in file.book.rules:
        for verb, options in _verbs(rule["require"]):
            for act in file.case.acts:
                if verb in NUDGES and kind_of(file, act) in as_list(rule["subject"]["act"]):
                    found.setdefault(verb, []).append((options, act))
                    if "stopped_by" in options:
                        stopped.setdefault(verb, []).append((options, act))
    if stopped and chance(random, 0.75):
        found = stopped
    if found:
        verb = random.choice(sorted(found))
        NUDGES[verb](random, content, file, *random.choice(found[verb]))


def file_of(content: Content, file: File) -> File:
    """Return the file of a content that has been changed."""
    return File(msgspec.convert(content, CaseFile, dec_hook=decode_hook), file.book, file.as_of)


def _verbs(written: Any) -> Iterator[tuple[str, Any]]:
    for word, options in written.items():
        if word in ("all_of", "any_of"):
            for one in options:
                yield from _verbs(one)
        elif word == "not":
            yield from _verbs(options)
        else:
            yield word, options


def _acts(random: Random, content: Content, file: File, written: Document, subject: Act) -> list[Content]:
    """Return the acts of a choice in the content, the subject left out; perhaps one is added."""
    kinds = as_list(written["act"])
    canonical = file.book.vocabulary.canonical
    found = [one for one in content["acts"] if canonical[one["kind"]] in kinds and one["id"] != subject.id]
    if not found and chance(random, 0.7):
        found = [{"id": f"N{len(content['acts'])}", "kind": kinds[0], "facts": {}}]
        content["acts"] += found
    return found


def _own(content: Content, subject: Act) -> Content:
    found: Content = next(act for act in content["acts"] if act["id"] == subject.id)
    return found


def _put(act: Content, moment: Moment) -> None:
    act["starts"] = str(moment)
    act.pop("ends", None)


def _near(random: Random, due: Moment) -> Moment:
    """Return a moment on the line, or a day or a minute beside it."""
    shift = random.choice([-1, 0, 0, 1, 1])
    if due.minute is None or chance(random, 0.3):
        return Moment(due.day + shift, random.choice([None, None, due.minute]))
    minute = due.day * 1440 + due.minute + shift
    return Moment(minute // 1440, minute % 1440)


def _counting(
    random: Random,
    content: Content,
    file: File,
    options: Document,
    start: Moment,
    length: object,
    subject: Act,
) -> Moment | None:
    """Move what stops and what extends a term to its edges; return the due moment that comes of it."""
    plain = counted(file, start, length, {**options, "extended_by": []}, subject).term.due
    if plain is None:
        return None
    stops = as_list(options.get("stopped_by"))
    # One act without both days, or a file that may lack one, leaves the whole count open.
    known = bool(stops) and chance(random, 0.75)
    if known:
        content["facts"]["办案状态"] = "已结"
        content.pop("provides", None)
    for choice in stops:
        for act in _acts(random, content, file, choice, subject):
            if known or chance(random, 0.8):
                first = random.choice([start.date, start.date + DAY, plain.date, plain.date + DAY])
                act["starts"] = first.isoformat()
                act["ends"] = (first + random.choice([0, 1, 2, 5]) * DAY).isoformat()
    plain = counted(file_of(content, file), start, length, {**options, "extended_by": []}, subject).term.due
    for choice in as_list(options.get("extended_by")) if plain else ():
        for act in _acts(random, content, file, choice, subject):
            if chance(random, 0.8) and plain:
                _put(act, _near(random, plain))
                act["facts"].pop("负责人批准时间", None)
                act["facts"]["延长期限"] = random.choice(
                    ["1日", "2日", "4日", "2个工作日", "4个工作日", "1个月"]
                )
    return counted(file_of(content, file), start, length, options, subject).term.due


def _followed_by(random: Random, content: Content, file: File, options: Document, subject: Act) -> None:
    start = begin(subject) if options.get("counted_from") == "starts" else end(subject)
    if start is None or not options.get("within"):
        return
    due = _counting(random, content, file, options, start, options["within"], subject)
    others = _acts(random, content, file, options, subject)
    if due is not None and others:
        _put(random.choice(others), _near(random, due))


def _preceded_by(random: Random, content: Content, file: File, options: Document, subject: Act) -> None:
    event = begin(subject)
    if event is None or not options.get("at_least"):
        return
    length = written_length(file, options["at_least"], subject)
    others = _acts(random, content, file, options, subject)
    if isinstance(length, Silence) or not others:
        return
    term = latest_start(file, event, length)
    latest = term.due or term.surely_after
    if latest is not None:
        _put(random.choice(others), _near(random, latest))


def _within(random: Random, content: Content, file: File, options: Document, subject: Act) -> None:
    kinds = as_list(options["of"]["act"])
    anchors = [act for act in file.case.acts if kind_of(file, act) in kinds and act.id != subject.id]
    if not anchors:
        return
    anchor = random.choice(anchors)
    start = end(anchor) if options.get("counted_from") == "ends" else begin(anchor)
    if start is None:
        return
    due = _counting(random, content, file, options, start, options["period"], subject)
    if due is not None:
        _put(_own(content, subject), _near(random, due))


def _lasts(random: Random, content: Content, file: File, options: Document, subject: Act) -> None:
    if subject.starts is None:
        return
    due = _counting(random, content, file, options, subject.starts, options["at_most"], subject)
    if due is not None and subject.starts.latest < due.earliest - 1440:
        _own(content, subject)["ends"] = str(_near(random, due))


def _covered_by(random: Random, content: Content, file: File, options: Document, subject: Act) -> None:
    """Let the recording have the times of the subject, or begin or end a minute beside them."""
    others = _acts(random, content, file, options, subject)
    if subject.starts is None or not others:
        return
    first = subject.starts.day * 1440 + random.choice([540, 600])
    last = first + random.choice([0, 1, 2, 60, 60, 1439, 1440])
    _set(_own(content, subject), first, last)
    middle = random.randint(first, last)
    spans = [(first, last), (first, last), (first + 1, last), (first, last - 1), (first - 1, last + 1)]
    halves = [[(first, middle), (middle, last)], [(first, middle), (middle + 1, last)]]
    parts = random.choice(halves) if len(others) > 1 else [random.choice(spans)]
    for act, (one, other) in zip(others, parts, strict=False):
        _set(act, min(one, other), max(one, other))


def _not_during(random: Random, content: Content, file: File, options: Document, subject: Act) -> None:
    """Let the subject touch the ends of the night."""
    if subject.starts is None:
        return
    line = subject.starts.day * 1440 + random.choice([0, 5 * 60, 6 * 60, 21 * 60 + 30, 22 * 60, 22 * 60])
    spans = [
        (line - 60, line),
        (line - 1, line),
        (line, line + 60),
        (line, line),
        (line - 60, line + 1),
        (line - 1, line - 1),
    ]
    spans += [(line - 1, line), (line, line + 1), (line + 1, line + 1)]
    _set(_own(content, subject), *random.choice(spans))


def _no_overlap(random: Random, content: Content, file: File, options: Document, subject: Act) -> None:
    """Let another such act of the same persons end where the subject begins, or begin where it ends."""
    others = _acts(random, content, file, options, subject)
    if subject.starts is None or not others:
        return
    own, other = _own(content, subject), random.choice(others)
    first = subject.starts.day * 1440 + 600
    _set(own, first, first + 60)
    begins = first + random.choice([-60, -61, -59, 59, 60, 61])
    _set(other, begins, begins + 60)
    if chance(random, 0.2):
        random.choice([own, other]).pop("ends")
    if own.get("by"):
        other["by"] = own["by"]


def _set(act: Content, first: int, last: int) -> None:
    act["starts"] = str(Moment(first // 1440, first % 1440))
    act["ends"] = str(Moment(last // 1440, last % 1440))


NUDGES: dict[str, Callable[[Random, Content, File, Any, Act], None]] = {
    "followed_by": _followed_by,
    "preceded_by": _preceded_by,
    "within": _within,
    "lasts": _lasts,
    "covered_by": _covered_by,
    "not_during": _not_during,
    "no_overlap": _no_overlap,
}
