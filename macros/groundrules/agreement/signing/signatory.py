"""The signatory that one line names: ``Ann Lee, youth worker, Harbour Trust``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ...model.front import Party
from ...text.markup.hidden import hidden_characters
from ...text.problems import UserError, did_you_mean
from .lookalikes import folded, looks, odd_name

# Arabic, Chinese and Japanese write their own.
_COMMA = re.compile("[,،，、]")


@dataclass(frozen=True, slots=True)
class Signatory:
    party: str
    name: str
    role: str


def signatory(words: str, parties: Sequence[Party], earlier: Iterable[str] = ()) -> Signatory:
    """The signatory whom ``words`` name; raises ``Wrong`` if that is nobody, or may be several.

    The name stands before the first comma, unless a name that is known holds commas itself. The organisation is
    the longest ending, after a comma, that is a party's. Everything between is the role. ``earlier`` are the names
    of those who have signed before.
    """
    text = unicodedata.normalize("NFC", " ".join(words.split()))
    hidden = hidden_characters(text)
    if hidden:
        raise UserError(f"--as: {hidden}")
    if not parties:
        raise UserError('The agreement names no party yet. Add the parties to it first, with "groundrules ask".')
    people = [name for party in parties for name in (party.contact, party.name) if name]
    name, rest = _name(text, {folded(one) for one in people})
    if not name:
        raise UserError(f'--as "{text}": this names nobody. Write it as "Name, role, organisation".')
    odd = odd_name(name, [*people, *earlier])
    if odd:
        raise UserError(f"--as: {odd}")
    party, role = _signs_for(text, name, rest, parties)
    known = next((one for one in (party.contact, party.name) if folded(one) == folded(name)), "")
    return Signatory(party.name, known or name, role or (party.role if known else ""))


def _name(text: str, known: set[str]) -> tuple[str, str]:
    """The name, and what comes after it."""
    cuts = [*(match.start() for match in _COMMA.finditer(text)), len(text)]
    cut = next((cut for cut in reversed(cuts) if folded(text[:cut]) in known), cuts[0])
    return _trimmed(text[:cut]), _trimmed(text[cut:])


def _signs_for(text: str, name: str, rest: str, parties: Sequence[Party]) -> tuple[Party, str]:
    for role, ending in _endings(rest):
        found = [party for party in parties if _is_of(party, name, ending)]
        if len(found) > 1:
            raise UserError(f'--as "{text}": {len(found)} parties are called "{ending}". Give each a name of its own.')
        if found:
            return found[0], role
    own = [party for party in parties if folded(name) in (folded(party.name), folded(party.contact))]
    themselves = [party for party in own if folded(party.name) == folded(name)]
    if rest and len(themselves) == 1 and not themselves[0].organisation and not themselves[0].contact:
        return themselves[0], rest
    if rest:
        raise UserError(_unknown(text, name, _trimmed(_COMMA.split(rest)[-1]), parties))
    if not own:
        raise UserError(_unknown(text, name, name, parties))
    if len(own) > 1:
        known = ", ".join(f'"{party.name}"' for party in own)
        raise UserError(f'--as "{text}": say for which party, after a comma. It may be one of: {known}.')
    if own[0].contact and folded(own[0].contact) != folded(name):
        raise UserError(f'--as "{text}": say who signs, such as "{own[0].contact}, {own[0].role or "role"}, {text}".')
    return own[0], ""


def _endings(rest: str) -> Iterator[tuple[str, str]]:
    """Each way to part ``rest`` into a role and an organisation; the longest organisation first."""
    yield "", rest
    for match in _COMMA.finditer(rest):
        yield _trimmed(rest[: match.start()]), _trimmed(rest[match.end() :])


def _is_of(party: Party, name: str, ending: str) -> bool:
    """Whether somebody called ``name`` signs for ``party`` when the line ends in ``ending``."""
    if not ending:
        return False
    if folded(party.name) == folded(ending):
        return True
    return folded(party.organisation) == folded(ending) and folded(party.name) == folded(name)


def _unknown(text: str, name: str, ending: str, parties: Sequence[Party]) -> str:
    organisations = [
        party.organisation if party.organisation and folded(party.name) == folded(name) else party.name
        for party in parties
    ]
    odd = odd_name(ending, organisations)
    if odd and (looks(ending) in map(looks, organisations)):
        return f"--as: {odd}"
    return (
        f'--as "{text}": "{ending}" is not a party of this agreement. {did_you_mean(ending, organisations)} '
        'Write it as "Name, role, organisation".'
    )


def _trimmed(text: str) -> str:
    return text.strip(" ,،，、")
