"""The command that signs an agreement."""

from __future__ import annotations

from collections.abc import Sequence
from difflib import get_close_matches

from ..agreement.document.translated import unread
from ..agreement.signing.signatory import for_several, signed_for
from ..model.front import Party, Signature
from ..text.names import same_name
from ..text.tables import phrase
from . import signing
from .shared import Place, echo, shown
from .signing_text import described, echo_missing, for_party, going_on, showing_what_changed
from .workspace import Workspace


def sign(place: Place, name: str, words: str, on: str | None, because: str) -> None:
    workspace = Workspace(place, name)
    again = ("sign", name, "--as", words)
    with (
        showing_what_changed(place),
        going_on(phrase("nothingSigned", next="").rstrip(), again, place, lambda: signing.stands(workspace)),
        workspace.locked(),
    ):
        before = signing.stands(workspace)
        drafted = unread(before.agreement, workspace.toolkit)
        if drafted:
            echo(f"A machine wrote these words, and no speaker of the language has read them: {', '.join(drafted)}.")
            echo("Have somebody who speaks it read them before you rely on them.")
        signed = signing.sign(workspace, words, signing.day_given(on, workspace.agreement.front.language), because)
    where, one = signed.where, signed.signature
    echo(f"{described(one)} has signed version {one.version}{for_party(one)}, on {one.date}.")
    echo(f"  fingerprint  {one.fingerprint}")
    echo(f"  kept in      {shown(signed.path)}")
    meant = nearly_named(one, where.agreement.front.parties)
    if meant:
        echo(f'The agreement names "{meant}". If this was a slip, take the signature out again, under "signatures" in')
        echo(f"{shown(workspace.path)}, and sign anew.")
    parties = signed_for(one, where.agreement.front.signatures)
    if len(parties) > 1:
        echo(for_several(one, parties))
    if signed.early:
        echo(signed.early)
    if signed.opened and before.agreed:
        echo(f"This opens round {one.version}. Version {before.agreed} stays in force until it is agreed.")
    elif signed.opened and before.state == "agreed":
        echo("It was called agreed before its words were kept. It is a draft again until this round is agreed.")
    if where.round and before.agreed and not where.round.because:
        echo('Nobody has said why there is another round. Whoever signs next can, with --because "…".')
    if where.round is None:
        echo(f"Version {where.agreed} is in force, as before.")
        return
    echo()
    echo_missing(where, place)


def nearly_named(one: Signature, parties: Sequence[Party]) -> str:
    """The contact of the party that ``one`` signed for, if the name is almost theirs."""
    contact = next((party.contact for party in parties if same_name(party.name, one.party)), "")
    return contact if not same_name(contact, one.name) and get_close_matches(contact, [one.name], cutoff=0.8) else ""
