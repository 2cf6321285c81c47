"""Two texts of own clauses, and what happened to each: cases for both engines.

A clause is its id, title and words. What is expected is, in the order shown: its title, old number, new number, change
and whether it moved. A text is also read backwards; then the numbers change sides.
"""

from __future__ import annotations

MONEY = ("Money", "Each of us pays half of the rent by the fifth day of the month.")
KEYS = ("Keys", "Asha holds the keys. Nobody makes another copy without asking her first.")
DOGS = ("Dogs", "Bring them in on a lead, please.")
FOOD = ("Food", "Everybody who eats here washes up before ten.")
ACCENTS = ("Clés et café", "Chaque équipe garde sa clé et range la cuisine après le café.")
CHINESE = ("会议", "我们每周三下午在图书馆开会讨论下周的工作安排。")


def own(*clauses: tuple[str, str]) -> list[tuple[str, str, str]]:
    """The clauses under ids in their order, as people number their own."""
    return [(f"own-{at}", *one) for at, one in enumerate(clauses, 1)]


def named(**clauses: tuple[str, str]) -> list[tuple[str, str, str]]:
    return [(identity, *one) for identity, one in clauses.items()]


SAME, NEW, GONE, SAID = "same", "added", "removed", "reworded"
MONEY_IN_THIRDS = ("Money", "Each of us pays a third of the rent by the fifth day of the month.")
RENT = ("Rent", MONEY[1])
MONEY_ANEW = ("Money", "Gary settles all bills.")
HALVES = ("Money", f"{MONEY[1]} Asha keeps the receipts in the blue box for us all.")
RECEIPTS = ("Receipts", "Asha keeps the receipts in the blue box for us all.")

CASES = {
    "one comes in between": (
        own(MONEY, KEYS, FOOD),
        own(MONEY, DOGS, KEYS, FOOD),
        [("Money", 1, 1, SAME, 0), ("Dogs", 0, 2, NEW, 0), ("Keys", 2, 3, SAME, 0), ("Food", 3, 4, SAME, 0)],
    ),
    "one comes in front, all have other ids": (
        own(ACCENTS, CHINESE),
        own(DOGS, ACCENTS, CHINESE),
        [("Dogs", 0, 1, NEW, 0), (ACCENTS[0], 1, 2, SAME, 0), (CHINESE[0], 2, 3, SAME, 0)],
    ),
    "the id of a reworded clause went to another": (
        own(FOOD, MONEY),
        own(FOOD, KEYS, MONEY_IN_THIRDS),
        [("Food", 1, 1, SAME, 0), ("Keys", 0, 2, NEW, 0), ("Money", 2, 3, SAID, 0)],
    ),
    "two are swapped under ids in order": (
        own(MONEY, KEYS),
        own(KEYS, MONEY),
        [("Keys", 2, 1, SAME, 1), ("Money", 1, 2, SAME, 0)],
    ),
    "only the title is another, and the id": (
        own(MONEY, FOOD),
        own(DOGS, RENT, FOOD),
        [("Dogs", 0, 1, NEW, 0), ("Rent", 1, 2, SAID, 0), ("Food", 2, 3, SAME, 0)],
    ),
    "the words are wholly others under the same title": (
        own(MONEY, FOOD),
        own(KEYS, MONEY_ANEW, FOOD),
        [("Keys", 0, 1, NEW, 0), ("Money", 1, 2, SAID, 0), ("Food", 2, 3, SAME, 0)],
    ),
    "one is split": (
        own(HALVES, FOOD),
        own(MONEY, RECEIPTS, FOOD),
        [("Money", 1, 1, SAID, 0), ("Receipts", 0, 2, NEW, 0), ("Food", 2, 3, SAME, 0)],
    ),
    "the same clause stands twice, and once more": (
        own(MONEY, FOOD, MONEY),
        own(KEYS, MONEY, FOOD, MONEY),
        [("Keys", 0, 1, NEW, 0), ("Money", 1, 2, SAME, 0), ("Food", 2, 3, SAME, 0), ("Money", 3, 4, SAME, 0)],
    ),
    "one title twice": (
        own(MONEY, ("Money", FOOD[1])),
        own(KEYS, MONEY_IN_THIRDS, ("Money", FOOD[1])),
        [("Keys", 0, 1, NEW, 0), ("Money", 1, 2, SAID, 0), ("Money", 2, 3, SAME, 0)],
    ),
    "an id of the library stays, whatever the title": (
        named(costs=MONEY, keys=KEYS),
        named(costs=("What we pay", MONEY_IN_THIRDS[1]), keys=KEYS),
        [("What we pay", 1, 1, SAID, 0), ("Keys", 2, 2, SAME, 0)],
    ),
    "an id with no other clause to go to": (
        named(costs=MONEY, keys=KEYS),
        named(costs=DOGS, keys=KEYS),
        [("Dogs", 1, 1, SAID, 0), ("Keys", 2, 2, SAME, 0)],
    ),
    "one goes and one comes": (
        own(MONEY, KEYS, FOOD),
        [("own-2", *KEYS), ("own-3", *FOOD), ("own-4", *DOGS)],
        [("Money", 1, 0, GONE, 0), ("Keys", 2, 1, SAME, 0), ("Food", 3, 2, SAME, 0), ("Dogs", 0, 3, NEW, 0)],
    ),
}
