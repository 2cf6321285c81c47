"""The commands about signatures: sign, verify, agree, renegotiate."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from difflib import get_close_matches
from pathlib import Path

import click

from ..agreement.signing.signing_state import Standing
from ..model.front import Party, Signature
from ..text.problems import errors, on_one_line
from . import verifying
from .fork_commands import Place, command, in_partnerships, plainly, shown
from .signing import WordsChanged, agree, day_given, problems, renegotiate, sign, stands
from .terminal_diff import LEGEND
from .workspace import Desk

on_day = click.option("--on", metavar="DATE", help="The day on which it happened; today if left out.")


@contextmanager
def signing() -> Iterator[None]:
    """What was changed under others' signatures is shown."""
    with plainly():
        try:
            yield
        except WordsChanged as changed:
            where = changed.where
            version = where.version
            say(f"Nothing was done: the words have changed since version {version} was first signed.", error=True)
            say(LEGEND, error=True)
            say_changed(where, version, error=True)
            say(error=True)
            say(
                "Put them back as they were. Or open another round, in which everybody signs again: "
                f'groundrules renegotiate {where.agreement.id} --because "…"',
                error=True,
            )
            raise click.exceptions.Exit(1) from None


def say(text: str = "", error: bool = False) -> None:
    click.echo(on_one_line(text), err=error)


def say_changed(where: Standing, version: int, error: bool = False) -> None:
    for line in verifying.changed_words(where, version):
        click.echo(line, err=error)


def desk_of(place: Place, name: str, partnerships: Path | None) -> tuple[Desk, str]:
    """The partnership's agreement, and how a command in the same place starts."""
    root, folder = place[0], partnerships or place[1]
    return Desk(root, folder, name.removeprefix("partnerships/")), command(root, folder)


# --- sign -------------------------------------------------------------------------------------------


@click.command("sign")
@click.argument("name")
@click.option("--as", "words", required=True, metavar="PERSON", help='Who signs: "Name, role, organisation".')
@on_day
@click.option("--because", default="", metavar="TEXT", help="Why there is another round, if this opens one.")
@in_partnerships
@click.pass_obj
def sign_command(place: Place, name: str, words: str, on: str | None, because: str, partnerships: Path | None) -> None:
    """Sign today's words of the partnership NAME. Asks nothing.

    The first signature of a round keeps the text; the others sign the same.
    """
    with signing():
        desk, start = desk_of(place, name, partnerships)
        with desk.alone():
            before = stands(desk)
            signed = sign(desk, words, day_given(on), because)
    where, one = signed.where, signed.signature
    say(f"{described(one)} has signed version {one.version}{for_party(one)}, on {one.date}.")
    say(f"  fingerprint  {one.fingerprint}")
    say(f"  kept in      {shown(signed.path)}")
    meant = nearly_named(one, where.agreement.front.parties)
    if meant:
        say(f'The agreement names "{meant}". If this was a slip, take the signature out again, under "signatures" in')
        say(f"{shown(desk.path)}, and sign anew.")
    if signed.opened and before.agreed:
        say(f"This opens round {one.version}. Version {before.agreed} stays in force until it is agreed.")
    elif signed.opened and before.state == "agreed":
        say("It was called agreed before its words were kept. It is a draft again until this round is agreed.")
    if where.round and before.agreed and not where.round.because:
        say('Nobody has said why there is another round. Whoever signs next can, with --because "…".')
    if where.round is None:
        say(f"Version {where.agreed} is in force, as before.")
        return
    say()
    say_who_is_missing(where, start, desk.name)


def described(one: Signature) -> str:
    return f"{one.name}, {one.role}," if one.role else one.name


def for_party(one: Signature) -> str:
    return f" for {one.party}" if one.party != one.name else ""


def nearly_named(one: Signature, parties: Sequence[Party]) -> str:
    """The contact of the party that ``one`` signed for, if the name is almost theirs."""
    contact = next((party.contact for party in parties if party.name == one.party), "")
    return contact if contact != one.name and get_close_matches(contact, [one.name], cutoff=0.8) else ""


def say_who_is_missing(where: Standing, start: str, name: str) -> None:
    if not where.missing:
        say("Everybody has signed. Next:")
        say(f"  {start} agree {name}")
        return
    say("Still to sign: " + "; ".join(party.name for party in where.missing) + ". Next:")
    for party in where.missing:
        say(f"  {start} sign {name} --as {shlex.quote(as_words(party))}")


def as_words(party: Party) -> str:
    """What to write after ``--as`` for somebody who signs for ``party``."""
    if party.contact:
        return ", ".join(filter(None, (party.contact, party.role, party.name)))
    if party.organisation or party.role:
        return ", ".join(filter(None, (party.name, party.role, party.organisation)))
    return f"Name, role, {party.name}"


# --- agree and renegotiate ----------------------------------------------------------------------------


@click.command("agree")
@click.argument("name")
@on_day
@in_partnerships
@click.pass_obj
def agree_command(place: Place, name: str, on: str | None, partnerships: Path | None) -> None:
    """Close the open round of the partnership NAME: what all have signed is then agreed."""
    with signing():
        desk, start = desk_of(place, name, partnerships)
        with desk.alone():
            before = stands(desk)
            where = agree(desk, day_given(on))
    last = where.agreement.front.rounds[-1]
    say(f"Version {last.version} is agreed, as of {last.agreed}.")
    if before.agreed:
        say(f"It takes the place of version {before.agreed}, which stays in the history.")
    say(f"  fingerprint  {where.fingerprint}")
    say()
    say("Next: give each partner a copy. The fingerprint stands at its end:")
    say(f"  {start} export {desk.name} --to docx")


@click.command("renegotiate")
@click.argument("name")
@click.option("--because", required=True, metavar="TEXT", help="Why, in a sentence. It stays in the history.")
@on_day
@in_partnerships
@click.pass_obj
def renegotiate_command(place: Place, name: str, because: str, on: str | None, partnerships: Path | None) -> None:
    """Open another round of the partnership NAME, so that its words may change.

    What was agreed stays in force until the new round is agreed.
    """
    with signing():
        desk, start = desk_of(place, name, partnerships)
        with desk.alone():
            done = renegotiate(desk, because, day_given(on))
    was = done.before
    if was.round and done.lapsed is None:
        say(f"Round {done.number} was open already, and nobody has signed in it. It now has this reason.")
    else:
        say(f"Round {done.number} is open.")
    if done.lapsed:
        names = ", ".join(one.signature.name for one in was.signatures(done.lapsed.version)) or "nobody"
        say(f"Round {done.lapsed.version} has lapsed. It was signed by {names}; these signatures stay in the history,")
        say("and everybody signs again.")
    if was.agreed:
        say(f"Version {was.agreed} stays in force until round {done.number} is agreed.")
    say()
    say(f'Next: change the words, with "ask" or in {shown(desk.path)}. Look at what has changed, then sign:')
    say(f"  {start} ask {desk.name}")
    say(f"  {start} diff {desk.name}")
    say(f'  {start} sign {desk.name} --as "Name, role, organisation"')


# --- verify -------------------------------------------------------------------------------------------


@click.command("verify")
@click.argument("name")
@click.option("--fingerprint", "given", metavar="gr1:…", help="Say which text has this fingerprint.")
@click.option("--format", "style", type=click.Choice(["text", "json"]), default="text", help="For people or programs.")
@in_partnerships
@click.pass_obj
def verify_command(place: Place, name: str, given: str | None, style: str, partnerships: Path | None) -> None:
    """Say for each signature of the partnership NAME whether it matches. Exits 1 when something was tampered with."""
    with plainly():
        wanted = verifying.fingerprint_given(given) if given is not None else ""
        desk, start = desk_of(place, name, partnerships)
        where = stands(desk)
        wrong = bool(errors(problems(desk)))
        report = verifying.report(desk)
    if wanted:
        found = verifying.whose(wanted, where)
        said = found or verifying.once(wanted, where) or ["No text of this agreement has this fingerprint."]
        wrong = not found
        report = {"name": desk.name, "fingerprint": wanted, "found": bool(found), "said": said}
    if style == "json":
        click.echo(json.dumps(report, ensure_ascii=False, indent=2))
    elif wanted:
        for line in said:
            say(line)
    else:
        say_all(where, start, desk)
    if wrong:
        raise click.exceptions.Exit(1)


def say_all(where: Standing, start: str, desk: Desk) -> None:
    say(f"{where.agreement.front.title}: {state_in_words(where)}")
    unfinished = f"not finished yet: {len(where.open_questions)} open" if where.open_questions else ""
    say(f"  today's words    {unfinished or where.fingerprint}")
    for kept in where.kept.values():
        state = "intact" if kept.intact else "NOT the words that were kept"
        state += ", the same as today's" if kept.fingerprint == where.fingerprint else ""
        say(f"  version {kept.version:<8} {kept.fingerprint}  {state}")
    say()
    for one in where.signed:
        given = one.signature
        of = f"version {given.version}" if given.version else "no version"
        replaced = given.version is not None and given.version < where.agreed
        said = {
            "matches": "matches, and today's words are the same",
            "changed": f"matches the kept text; version {where.agreed} has taken its place"
            if replaced
            else "matches the kept text; today's words have changed since",
            "cannot check": f"cannot check. {one.why}",
        }
        who = f"{described(given)}{for_party(given)}".rstrip(",")
        say(f"{who}, {given.date}, {of}: {said[one.match]}")
    if not where.signed:
        say("Nobody has signed.")
    changed = {one.signature.version or 0 for one in where.signed if one.match == "changed"}
    for version in sorted(one for one in changed if one >= where.agreed):
        say()
        say(f"Changed since version {version}: {LEGEND}")
        say_changed(where, version)
    if where.round:
        say()
        say_who_is_missing(where, start, desk.name)
    found = problems(desk)
    if found:
        say()
    for problem in found:
        click.echo(str(problem))


def state_in_words(where: Standing) -> str:
    agreed = next((one for one in where.agreement.front.rounds if one.agreed and one.version == where.agreed), None)
    force = f"version {where.agreed} is in force, agreed on {agreed.agreed}" if agreed else "no version is in force yet"
    if where.state == "ended":
        return f"it has ended; {force.replace('is in force, ', 'was ')}."
    if where.state == "agreed" and not agreed:
        return "it is called agreed, but its words were not kept when they were signed."
    if where.round:
        return f"{force}; round {where.round.version} is open."
    return f"{force}; the words have changed since." if where.state == "changed" else f"{force}."
