"""The mistakes that are found while a file is read. The readers report them; here each is explained."""

from __future__ import annotations

from .registry import Check

_WHY = {
    "missing-folder": "The command runs in a toolkit's own folder, the one that holds agreements/. A "
    "folder that is named for the partnerships' agreements must be there as well.",
    "symlink": "A link may lead out of the toolkit, and whatever it leads to would be published. So "
    "links to files and folders are not followed. Put the file itself in its place.",
    "file-name": "A file must have a name that every computer can hold: small letters, digits and "
    "hyphens for what people fork; nothing that Windows reserves; nothing that only capitals tell apart.",
    "unexpected-file": "Each folder in agreements/ holds one kind of file, and agreements/ itself a few "
    "known ones. Anything else there would be published or lost by surprise.",
    "missing-agreement": "A partnership is a folder with a file agreement.md in it.",
    "unreadable": "A file or a folder is there, but this computer does not let the command open it.",
    "too-large": "A file of more than 256 KB, or a line of more than 10,000 characters, is hardly part of an "
    "agreement. Nor is a text with more than 5,000 paragraphs, blanks, links and marks, or one that grows to more than "
    "500,000 characters once the answers stand in it. The same is true of more than 1,000 parties, clauses, or entries "
    "in one answer. The limits keep hostile files from stopping the build, or a browser.",
    "too-many": "Nobody reads more than a hundred mistakes of one file. The others are counted, and come up once those "
    "before them are mended. Of each kind some are named.",
    "not-utf-8": "All text is UTF-8, so that every name and every language is read the same way "
    "everywhere. A byte of zero is never part of a text.",
    "no-front-matter": "Every file that people fork starts with front matter between two lines of three hyphens.",
    "broken-yaml": "The front matter cannot be read. The message says where, and usually what to put in quotes.",
    "yaml-style": "Front matter is a small part of YAML: no anchors, no aliases, no tags, no braces, no "
    "folded text. Those can hide text, repeat it a million times, or turn it into something else.",
    "duplicate-key": "The same key stands twice. YAML readers would keep one of the two without a word.",
    "unknown-key": "A key that nobody reads is nearly always a misspelt one.",
    "missing-key": "A key that every file of this kind needs is not there.",
    "bad-value": "A value does not fit its key: a date that is none, a list that should be a line, a "
    "choice that is not offered.",
    "hidden-characters": "Characters that nobody can see, line breaks that only some programs see, and "
    "marks that turn the reading direction and do not turn it back, can make an agreement say something "
    "else than it seems to say. So can accents that pile up over the lines around them.",
    "bad-heading": "A heading is plain words and, where it needs one, an id in braces.",
    "missing-heading": "Every file of one kind has the same headings, so that readers find their way and "
    "checklists, templates and forms can be made from them.",
    "missing-text": "A heading with nothing below it promises something that is not there.",
    "list-expected": "Questions are list items, because each becomes an item of a checklist.",
    "duplicate-id": "Two things of the same id cannot both be found.",
    "bad-table": "A row of elements.csv cannot be read, has the wrong number of cells, or its count does "
    "not match its marks.",
    "raw-html": "Neither agreement text nor front matter carries HTML: it would look different on the "
    "page, in Word and on paper, and it could run code in a reader's browser. Answers, parties and "
    "signatures may hold any character, because they are only ever shown as text.",
    "template-code": "Agreement text is never run. Characters that would be code on a guidance page are named "
    "here, in titles as well.",
    "not-agreement-text": "Agreement text is paragraphs, lists, strong words, emphasis, links, notes and "
    "blanks. Other Markdown (headings, rules, tables, code, pictures, footnotes) would quietly change "
    "what partners agreed, so it is named instead.",
    "list-numbers": "The numbers of a list follow each other from 1, so that what is written is what is shown.",
    "stray-sign": "A star or an underscore that opens nothing and closes nothing may be meant either way.",
    "broken-blank": "A blank starts with two square brackets, has a name, and ends on the same line.",
    "broken-link": "A link is a text in square brackets and an address in round ones, with nothing between them.",
    "bad-address": "Links lead to https:, http:, mailto: and tel: addresses, or to a page of this site. "
    "Others, javascript: and data: among them, can run code.",
    "note-spacing": "A note stands apart, with an empty line before and after it; otherwise it would "
    "swallow the sentence next to it.",
    "note-label": 'A note says what kind of note it is: "Why:", "From the account:", "Added:".',
}


CHECKS = [Check(name, "error", why) for name, why in _WHY.items()]
