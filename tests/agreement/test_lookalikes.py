"""Names that only look like others."""

import pytest

from groundrules.agreement.signing import lookalikes
from groundrules.agreement.signing.lookalikes import KnownNames, odd_name
from groundrules.text.tables import table


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("Mar\u0138 Tom", "Mark Tom"),
        ("\u0237an Kask", "jan Kask"),
        ("\u1d1bom", "Tom"),
        ("Rebec\u1d04a", "Rebecca"),
        ("\ua4eenn", "Ann"),
        ("\u0441\u043e\u0440\u0443", "copy"),
        ("Ann Iee", "Ann Lee"),
        ("J0hn", "John"),
    ],
)
def test_a_name_that_only_looks_like_a_known_one(name, known):
    assert known in (odd_name(name, [known]) or "")


@pytest.mark.parametrize(
    ("name", "known"),
    [
        ("Strauß", "Straub"),
        ("Łukasz", "Lukasz"),
        ("Søren", "Soren"),
        ("Zoë", "Zoe"),
        ("Anna", "Ann"),
        ("O’Neil", "O'Neil"),
    ],
)
def test_a_name_that_is_another_or_the_same(name, known):
    assert odd_name(name, [known]) is None


OWN = "".join(table("letters")["looks like"].values())
CONFUSABLE = [(like, one) for like, alike in table("confusables").items() for one in alike if one not in OWN]


@pytest.mark.parametrize(("like", "letter"), CONFUSABLE)
def test_each_confusable_letter_is_caught_where_it_stands_alone(like, letter):
    assert like in (odd_name(letter, [like]) or "")


@pytest.mark.parametrize("many", [10, 1000])
def test_each_name_is_looked_at_but_a_few_times_however_many_are_known(many, monkeypatch):
    seen = []
    looks = lookalikes.looks
    monkeypatch.setattr(lookalikes, "looks", lambda name: seen.append(name) or looks(name))
    known = KnownNames()
    for number in range(many):
        assert odd_name(f"Ann {number}", known) is None
        known.add(f"Ann {number}")
    assert len(seen) <= 2 * many
