"""Read the log of a case: its notes, and the tries and calls that stand where they were made."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace

from referral.access.actor import Actor
from referral.casefile.log import LOST, Line, Log, in_order
from referral.casework.cases.models import Case
from referral.casework.contact_plan.models import Attempt
from referral.casework.contact_plan.queries import tries_in
from referral.casework.notes.models import CaseNote
from referral.casework.notes.queries import notes_of
from referral.casework.notes.spoken import WHY, Words, happened
from referral.directory.queries import labels
from referral.handoff.referrals.models import Referral
from referral.handoff.referrals.states import Move
from referral.web.filters import counted


def log_of(actor: Actor, case: Case, referrals: Sequence[Referral]) -> Log:
    """The log of a case; `referrals` are those of the case."""
    tries = tries_in(case.id)
    lines = in_order([*_notes(actor, case), *_tries(tries), *_calls(referrals)])
    return Log(lines, _reached(tries))


def _reached(tries: Sequence[Attempt]) -> list[str]:
    """'Phone call: reached 2 times of 3', the way that worked most often first."""
    channels = labels("contact_channel")
    tried = Counter(one.channel for one in tries)
    reached = Counter(one.channel for one in tries if one.result == "reached")
    return [
        f"{channels.get(channel, channel)}: reached {counted(number, 'time')} of {tried[channel]}"
        for channel, number in reached.most_common()
    ]


def line_of(actor: Actor, note: CaseNote) -> Line:
    """A note as a line of the log, by itself."""
    head = happened(note.whom, note.how, "")
    words = Words() if note.taken_back_at else note.words
    if words is None:
        words = Words(said=LOST)
    elif words.spoken_to:
        head = happened(note.whom, note.how, words.spoken_to)
    return Line(
        note.happened_at,
        head,
        words.said,
        note.author.name,
        note.recorded_at,
        note.id,
        note.by_id == actor.user_id,
        taken_back=WHY[note.why] if note.why else "",
    )


def _notes(actor: Actor, case: Case) -> Iterator[Line]:
    notes = notes_of(case.id)
    when = {note.id: note.happened_at for note in notes}
    corrected = {note.corrects_id for note in notes if not note.taken_back_at}
    for note in notes:
        corrects = when.get(note.corrects_id) if note.corrects_id else None
        line = line_of(actor, note)
        yield replace(line, corrects=corrects, corrected=note.id in corrected)


def _tries(tries: Sequence[Attempt]) -> Iterator[Line]:
    results, channels = labels("attempt"), labels("contact_channel")
    for tried in tries:
        point = f", {tried.point.label}" if tried.point else ""
        head = f"Tried to reach them{point}: {channels.get(tried.channel, tried.channel).lower()}"
        said = results.get(tried.result, tried.result)
        yield Line(tried.happened_at, head, said, tried.by_name, tried.recorded_at)


def _calls(referrals: Sequence[Referral]) -> Iterator[Line]:
    for referral in referrals:
        for event in referral.said:
            if event.move is Move.CHASE:
                head = f"Rang {referral.service.name}, {referral.reference}"
                yield Line(event.happened_at, head, event.note, event.by_name, event.recorded_at)
