"""Checks of days and rhythms: that calendars hold what was agreed, and that each agreement's entries are its own."""

from __future__ import annotations

from dataclasses import replace

from ..agreement.document.assemble import assemble
from ..agreement.document.zones import known_zones, rule_of, zone_of, zones_for
from ..agreement.review.dates import entries
from ..model.pieces import Agreement, Toolkit
from ..text.problems import did_you_mean
from .registry import Found, at, check, check_each
from .walk import answers, defined


@check_each("no-calendar-entry", Agreement, level="warning")
def no_calendar_entry(agreement: Agreement) -> Found:
    """A rhythm that should stand in a calendar is written in words that none understands, or that people read
    differently. Its meetings would be missing there without a word."""
    asked = defined(agreement)
    for key, (name, given) in answers(agreement).items() if agreement.front.status != "ended" else ():
        definition = asked.get(key)
        text = given.strip() if definition and definition.calendar and isinstance(given, str) else ""
        said = definition.blank_type.remark(text) if definition and text else ""
        if said:
            yield at(agreement, "answers", name), f'"{name}": {said}'


@check_each("no-last-day", Agreement, level="warning")
def no_last_day(agreement: Agreement) -> Found:
    """An agreement has ended and does not say when. No calendar can stop its meetings on the right day, so it
    leaves all of them out."""
    front = agreement.front
    if front.status != "ended" or front.end:
        return
    if next(entries(replace(assemble(agreement), status="agreed")), None):
        yield at(agreement, "status"), 'This has ended, but on which day? Add a line such as "end: 2027-07-30".'


@check_each("no-time-zone", Agreement)
def no_time_zone(agreement: Agreement) -> Found:
    """A meeting has a time, and nothing says whose clock it means: the language names no region, or its region has
    several time zones. Each reader's calendar would then take its own."""
    front = agreement.front
    if front.time_zone and not rule_of(front.time_zone):
        near = did_you_mean(front.time_zone, known_zones())
        yield at(agreement, "time zone"), f'There is no time zone "{front.time_zone}". {near}'
        return
    if zone_of(front.language, front.time_zone):
        return
    if any(one.rhythm and one.rhythm.time for one in entries(assemble(agreement))):
        first = next(iter(zones_for(front.language)), "Europe/London")
        asked = f'Whose clock do the times mean? "{front.language}" leaves it open.'
        yield at(agreement, "language"), f'{asked} Add a line such as "time zone: {first}".', "warning"


@check("shared-id")
def shared_id(toolkit: Toolkit) -> Found:
    """Two agreements have the same id, because one file was copied from the other. In a calendar the entries of one
    would take the place of the other's."""
    first: dict[str, Agreement] = {}
    for agreement in toolkit.partnerships.values():
        other = first.setdefault(agreement.front.id, agreement)
        if agreement.front.id and other is not agreement:
            yield at(agreement, "id"), f'{other.origin.file} has the same "id". Change a character of one of them.'
