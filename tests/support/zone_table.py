"""The table of time zones, made from the time zone database and Unicode's locale data.

Write it anew with: python tests/support/zone_table.py > macros/groundrules/shared/zones.yml
"""

from __future__ import annotations

from importlib import resources

from babel.localedata import locale_identifiers

HEAD = """\
# Whose clock a time in a calendar means, as the time zone database has it. tests/support/zone_table.py writes this.
# The zones of each region; those that keep the same time count once, under the one with most people.
"""


def zone_table() -> str:
    database = resources.files("tzdata") / "zoneinfo"
    lines = (database / "zone.tab").read_text("utf-8").splitlines()
    rows = [line.split("\t") for line in lines if line and not line.startswith("#")]
    # The last line of a zone's file is the rule for the time to come.
    rules = {row[2]: (database / row[2]).read_bytes().split(b"\n")[-2].decode() for row in rows}
    regions: dict[str, dict[str, str]] = {}
    for code, _, zone, *_ in rows:
        regions.setdefault(code, {}).setdefault(rules[zone], zone)
    spoken: dict[str, set[str]] = {}
    for one in locale_identifiers():
        language, *rest = one.split("_")
        spoken.setdefault(language, set()).update(part for part in rest if len(part) == 2 and part in regions)
    by_rule: dict[str, list[str]] = {}
    for zone, rule in sorted(rules.items()):
        by_rule.setdefault(rule, []).append(zone)
    return "".join(
        [
            HEAD,
            "regions:\n",
            *(f'  "{code}": {" ".join(zones.values())}\n' for code, zones in sorted(regions.items())),
            "# Languages that Unicode's locale data knows in one region alone.\nlanguages:\n",
            *(f'  "{one}": "{next(iter(where))}"\n' for one, where in sorted(spoken.items()) if len(where) == 1),
            "# The zones of each rule: names and hours west of Greenwich, and when summer time begins and ends.\n",
            "zones:\n",
            *(f'  "{rule}": {" ".join(zones)}\n' for rule, zones in sorted(by_rule.items())),
        ]
    )


if __name__ == "__main__":
    print(zone_table(), end="")
