"""The signatory that one line names: ``Ann Lee, youth worker, Harbour Trust``."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from ...model.front import Party, Signature
from ...text.markup.hidden import hidden_characters
from ...text.names import fold_name, name_meant, same_name
from ...text.problems import UserError
from ...text.tables import phrase
from .lookalikes import looks, odd_name

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
    name, rest = _name(text, {fold_name(one) for one in people})
    if not name:
        raise UserError(f'--as "{text}": this names nobody. Write it as "Name, role, organisation".')
    odd = odd_name(name, [*people, *earlier])
    if odd:
        raise UserError(f"--as: {odd}")
    party, role = _signs_for(text, name, rest, parties)
    known = next((one for one in (party.contact, party.name) if same_name(one, name)), "")
    return Signatory(party.name, known or name, role or (party.role if known else ""))


def _name(text: str, known: set[str]) -> tuple[str, str]:
    """The name, and what comes after it."""
    cuts = [*(match.start() for match in _COMMA.finditer(text)), len(text)]
    cut = next((cut for cut in reversed(cuts) if fold_name(text[:cut]) in known), cuts[0])
    return _trimmed(text[:cut]), _trimmed(text[cut:])


def _signs_for(text: str, name: str, rest: str, parties: Sequence[Party]) -> tuple[Party, str]:
    for role, ending in _endings(rest):
        found = [party for party in parties if _is_of(party, name, ending)]
        if len(found) > 1:
            raise UserError(f'--as "{text}": {len(found)} parties are called "{ending}". Give each a name of its own.')
        if found:
            return found[0], role
    own = [party for party in parties if fold_name(name) in (fold_name(party.name), fold_name(party.contact))]
    themselves = [party for party in own if same_name(party.name, name)]
    if rest and len(themselves) == 1 and not themselves[0].organisation and not themselves[0].contact:
        return themselves[0], rest
    if rest:
        raise UserError(_unknown(text, name, _trimmed(_COMMA.split(rest)[-1]), parties))
    if not own:
        raise UserError(_unknown(text, name, name, parties))
    if len(own) > 1:
        known = ", ".join(f'"{party.name}"' for party in own)
        raise UserError(f'--as "{text}": say for which party, after a comma. It may be one of: {known}.')
    if own[0].contact and not same_name(own[0].contact, name):
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
    if same_name(party.name, ending):
        return True
    return same_name(party.organisation, ending) and same_name(party.name, name)


def _unknown(text: str, name: str, ending: str, parties: Sequence[Party]) -> str:
    organisations = [
        party.organisation if party.organisation and same_name(party.name, name) else party.name for party in parties
    ]
    odd = odd_name(ending, organisations)
    if odd and (looks(ending) in map(looks, organisations)):
        return f"--as: {odd}"
    return (
        f'--as "{text}": "{ending}" is not a party of this agreement. {name_meant(ending, organisations)} '
        'Write it as "Name, role, organisation".'
    )


def _trimmed(text: str) -> str:
    return text.strip(" ,،，、")


def for_several(signature: Signature, parties: Iterable[str]) -> str:
    """A sentence which says that one person has signed for all of ``parties``."""
    known = ", ".join(f'"{party}"' for party in parties)
    if signature.version:
        return phrase("oneSignatory", name=signature.name, version=signature.version, parties=known)
    return f'"{signature.name}" has signed for more than one party: {known}. Make sure that this is meant.'


def signed_for(signature: Signature, signatures: Iterable[Signature]) -> list[str]:
    """The parties for which the person of ``signature`` has signed its version, each once."""
    return list(
        {
            fold_name(one.party): one.party
            for one in signatures
            if one.version == signature.version and same_name(one.name, signature.name)
        }.values()
    )
