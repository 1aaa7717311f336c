"""The verbs of order: what must follow, precede, come within a period, and what must not be there."""

from __future__ import annotations

from casefiles.model import Act
from casefiles.moments import Moment
from tests.oracle.conditions import Search, candidates, choice_of, search
from tests.oracle.documents import Document, as_list
from tests.oracle.files import (
    File,
    Silence,
    absence,
    before,
    begin,
    date_of,
    end,
    is_closed,
    may_hide,
    not_after,
    provides_kind,
    told_until,
)
from tests.oracle.terms import Counted, Term, counted, in_term, latest_start, written_length
from tests.oracle.truths import (
    BREACHED,
    FALSE,
    MET,
    PENDING,
    TRUE,
    UNDETERMINED,
    UNKNOWN,
    Outcome,
    Truth,
    known,
)

OF_TRUTH = {TRUE: MET, FALSE: BREACHED, UNKNOWN: UNDETERMINED}


def followed_by(file: File, options: Document, subject: Act) -> Outcome:
    """Judge that after the subject there is such an act, in time if a time is given."""
    start = begin(subject) if options.get("counted_from") == "starts" else end(subject)
    if start is None:
        return UNDETERMINED
    term = counted(file, start, options["within"], options, subject) if options.get("within") else None

    def follows_in_time(act: Act) -> Truth:
        moment = begin(act)
        if moment is None:
            return UNKNOWN
        # An act of the same day counts as following unless the times of day say otherwise.
        if not_after(start, moment) == FALSE:
            return FALSE
        return TRUE if term is None else term.in_time(moment)

    def follows(act: Act) -> Truth:
        moment = begin(act)
        return known(moment is not None and not_after(start, moment) != FALSE)

    choice = choice_of(options)
    found = search(file, choice, subject, follows_in_time)
    if found.found:
        return MET
    if found.doubt is not None:
        return UNDETERMINED
    if term is not None and search(file, choice, subject, follows).found:
        return BREACHED
    return _nothing_followed(file, choice.kinds, term)


def _nothing_followed(file: File, kinds: list[str], term: Counted | None) -> Outcome:
    if not all(provides_kind(file, kind) for kind in kinds):
        return UNDETERMINED
    if term is None:
        if not is_closed(file):
            return PENDING
        return BREACHED if absence(file, kinds, date_of(file.as_of)) == TRUE else UNDETERMINED
    due = term.term.due
    if due is None:
        return UNDETERMINED
    if file.as_of.day <= due.day:
        return PENDING
    if absence(file, kinds, date_of(due)) != TRUE or term.may_be_longer:
        return UNDETERMINED
    return BREACHED


def preceded_by(file: File, options: Document, subject: Act) -> Outcome:
    """Judge that before the subject there was such an act, at least so long before if that is given."""
    event = begin(subject)
    if event is None:
        return UNDETERMINED
    latest: Term | None = None
    if options.get("at_least"):
        length = written_length(file, options["at_least"], subject)
        if isinstance(length, Silence):
            return UNDETERMINED
        latest = latest_start(file, event, length)

    def precedes(act: Act) -> Truth:
        moment = end(act)
        if moment is None:
            return UNKNOWN
        if latest is not None:
            return in_term(moment, latest)
        truth = before(moment, event)
        return TRUE if truth == UNKNOWN and options.get("same_day") else truth

    choice = choice_of(options)
    found = search(file, choice, subject, precedes)
    if found.found:
        return MET
    if found.doubt is not None:
        return UNDETERMINED
    return _nothing_preceded(file, choice.kinds, found, event)


def _nothing_preceded(file: File, kinds: list[str], found: Search, event: Moment) -> Outcome:
    if found.failed:
        # There is one that came too late; an earlier one may only be missing from an open file.
        return BREACHED if told_until(file, date_of(event)) else UNDETERMINED
    return BREACHED if absence(file, kinds, date_of(event)) == TRUE else UNDETERMINED


def within(file: File, options: Document, subject: Act) -> Outcome:
    """Judge that the subject came within a period after another act."""
    moment = begin(subject)
    if moment is None:
        return UNDETERMINED
    found = candidates(file, choice_of(options["of"]), subject)
    earlier = [(act, match) for act, match in found if not _comes_after(begin(act), moment)]
    sure = [act for act, match in earlier if match == TRUE and begin(act) is not None]
    if not sure:
        return UNDETERMINED
    nearest = sure[0]
    for act in sure:
        # On one day, an act without a time of day may be the later one.
        if _last_minute(act) >= _last_minute(nearest):
            nearest = act
    start = end(nearest) if options.get("counted_from") == "ends" else begin(nearest)
    assert start is not None
    in_time = counted(file, start, options["period"], options, subject).in_time(moment)
    if in_time == TRUE:
        return MET
    # Another act, without a date or perhaps not meant, may be nearer.
    for act, match in earlier:
        own, known_one = begin(act), begin(nearest)
        if own is None or (match != TRUE and known_one is not None and before(own, known_one) != TRUE):
            return UNDETERMINED
    return OF_TRUTH[in_time]


def _comes_after(one: Moment | None, other: Moment) -> bool:
    return one is not None and not_after(one, other) == FALSE


def _last_minute(act: Act) -> int:
    moment = begin(act)
    assert moment is not None
    return moment.latest


def never_with(file: File, options: Document, subject: Act) -> Outcome:
    """Judge that the file has no such act: at all, or after, or before the subject."""
    after, earlier = options.get("after_only"), options.get("before_only")

    def counts(act: Act) -> Truth:
        if after:
            own, other = end(subject), begin(act)
            return UNKNOWN if own is None or other is None else before(own, other)
        if earlier:
            own, other = begin(subject), end(act)
            return UNKNOWN if own is None or other is None else before(other, own)
        return TRUE

    found = search(file, choice_of(options), subject, counts)
    if found.found:
        return BREACHED
    if found.doubt is not None:
        return UNDETERMINED
    return UNDETERMINED if may_hide(file, as_list(options["act"])) else MET
