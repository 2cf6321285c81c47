/* Signing without a page: canonical.py, finished.py, rounds.py and what of keeping/ needs no folder, over again.
   Loaded after engine.js. Where Python asks babel, these ask for what a language is like: its labels and how it
   writes a date, as drafting.py gives them. tests/test_keeping_js.py proves both equal. No DOM, no storage. */
(function (root) {
"use strict";

const { read, write, parse, assemble, isEmpty, blankKey } = root.GroundRules;
const { code, entries, oneLine, strip, mapOf, entriesOf, own, isMap, isForm, split, frontMatter, KEYS, hiddenCharacters, readDate } = root.GroundRules.parts;

// --- SHA-256: crypto.subtle is missing on plain http ----------------------------------------------

const PRIMES = [];
for (let number = 2; PRIMES.length < 64; number++) if (PRIMES.every((prime) => number % prime)) PRIMES.push(number);
const fraction = (number) => ((number - Math.floor(number)) * 2 ** 32) | 0;
const ROUNDS = PRIMES.map((prime) => fraction(Math.cbrt(prime)));

// UTF-8 as Python's "surrogatepass" has it: half a character is three bytes, not the sign for what is unknown.
function utf8(text) {
  if (!/[\ud800-\udfff]/u.test(text)) return new TextEncoder().encode(text);
  return Uint8Array.from([...text].flatMap((sign) => {
    const half = /^[\ud800-\udfff]$/.test(sign) && sign.charCodeAt(0);
    return half ? [224 | (half >> 12), 128 | ((half >> 6) & 63), 128 | (half & 63)] : [...new TextEncoder().encode(sign)];
  }));
}

function sha256(text) {
  const bytes = utf8(text);
  const padded = new Uint8Array((((bytes.length + 8) >> 6) + 1) << 6);
  padded.set(bytes);
  padded[bytes.length] = 128;
  const view = new DataView(padded.buffer);
  view.setUint32(padded.length - 8, Math.floor(bytes.length / 2 ** 29));
  view.setUint32(padded.length - 4, bytes.length << 3);
  const turned = (word, by) => (word >>> by) | (word << (32 - by));
  const hash = PRIMES.slice(0, 8).map((prime) => fraction(Math.sqrt(prime)));
  for (let block = 0; block < padded.length; block += 64) {
    const w = [];
    let [a, b, c, d, e, f, g, h] = hash;
    for (let i = 0; i < 64; i++) {
      if (i < 16) w[i] = view.getInt32(block + 4 * i);
      else {
        const s0 = turned(w[i - 15], 7) ^ turned(w[i - 15], 18) ^ (w[i - 15] >>> 3);
        const s1 = turned(w[i - 2], 17) ^ turned(w[i - 2], 19) ^ (w[i - 2] >>> 10);
        w[i] = (w[i - 16] + s0 + w[i - 7] + s1) | 0;
      }
      const one = (h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g)) + ROUNDS[i] + w[i]) | 0;
      const two = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [a, b, c, d, e, f, g, h] = [(one + two) | 0, a, b, c, (d + one) | 0, e, f, g];
    }
    [a, b, c, d, e, f, g, h].forEach((word, i) => (hash[i] = (hash[i] + word) | 0));
  }
  return hash.map((word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
}

// --- canonical.py ---------------------------------------------------------------------------------

const cells = (...all) => all.map(canonicalLine).join("\t");
const canonicalLine = (text) => oneLine(text || "").normalize("NFC");

// The lines of ``document``, each of which ends in a line break. Phones and emails of parties are not in it.
function canonicalText(document) {
  const lines = [
    "gr1",
    cells("title", document.title),
    ...document.parties.map((one) => cells("party", one.name, one.organisation, one.contact, one.role)),
    cells("start", document.start),
    cells("end", document.end),
    ...blockLines(document.preamble, document),
    ...document.clauses.flatMap((one) => [cells(`${one.number}.`, one.title), ...blockLines(one.blocks, document)]),
  ];
  return lines.map((line) => `${line}\n`).join("");
}

const fingerprint = (document) => `gr1:${sha256(canonicalText(document))}`;
const withFingerprint = (document) => (isForm(document) ? document : { ...document, fingerprint: fingerprint(document) });

function blockLines(blocks, document) {
  return blocks.flatMap((block) => {
    if (block.kind === "paragraph") return [canonicalLine(wordsOf(block.children, document))];
    if (block.kind === "list") return itemLines(block, document, "\t");
    return block.kind === "table" ? tableLines(block, document) : [];
  });
}

function itemLines(list, document, indent) {
  return list.items.flatMap((item, index) => [
    indent + cells(list.ordered ? `${index + 1}.` : "-", wordsOf(item.children, document)),
    ...(item.sublist ? itemLines(item.sublist, document, `${indent}\t`) : []),
  ]);
}

// The cells as they were given, so that no later way of writing a date makes another text of them.
function tableLines(table, document) {
  const { answer } = document.blanks.find((one) => blankKey(one.name) === blankKey(table.name)) || {};
  const rows = (Array.isArray(answer) ? answer : []).filter((row) => isMap(row) && !isEmpty(row));
  return [cells("table", table.name), cells("|", ...table.columns), ...rows.map((row) => cells("|", ...table.columns.map((column) => own(row, column))))];
}

const wordsOf = (nodes, document) => nodes.map((node) => {
  if (node.kind === "text" || node.kind === "filled") return node.text;
  if (node.kind === "link") return `${wordsOf(node.children, document)} <${node.address}>`;
  if (node.kind === "number") return clauseWords(node, document);
  return node.kind === "hole" ? `[${node.name}]` : wordsOf(node.children, document);
}).join("");

const clauseWords = ({ id, number, title }, { labels }) => (number ? `${labels.clause} ${number}, ${title}` : `${id} (${labels["left out"]})`);

// --- writers/finished.py: a version to be kept ----------------------------------------------------

const SIGNS = /[\\`*_[\]<&!~]/g;
// What a line of agreement text may not start with.
const START = /^([0-9]{1,9}(?=[.)])|(?=[-+#>|=:]))(.)/u;
const SENTENCE = /([.!?]) (?=[\p{L}\p{Nl}\p{No}])/gu;

function finished(document, front, version) {
  const kept = document.blanks.filter(({ definition }) => definition.type === "rows" || definition.private === "yes" || definition.calendar);
  const made = mapOf([["title", document.title], ["template", front.template], ["language", front.language]]);
  for (const key of ["start", "end"]) if (front[key]) made[key] = front[key];
  made.parties = front.parties;
  made.blanks = mapOf(kept.map((one) => [one.name, one.definition]));
  made.answers = mapOf(kept.filter((one) => !isEmpty(one.answer)).map((one) => [one.name, one.answer]));
  Object.assign(made, { version: String(version), fingerprint: fingerprint(document) });
  const sections = document.clauses.map(({ id, title, wording, blocks }) => ({ id, title, wording, text: runs(blocks, document) }));
  return { front: made, preamble: runs(document.preamble, document), sections };
}

function runs(blocks, document) {
  const made = [];
  for (const block of blocks) {
    const hidden = privateBlank(block, document);
    if (block.kind === "table") made.push(`[[${block.name}]]`);
    else if (hidden) {
      // An answer of several paragraphs or entries is one blank.
      if (made[made.length - 1] !== `[[${hidden}]]`) made.push(`[[${hidden}]]`);
    } else if (block.kind !== "note") {
      const marked = run(block, document, true);
      // Stars beside an answer that starts with a sign may not be read as emphasis, which is only a look.
      made.push(parse(marked).findings.length ? run(block, document, false) : marked);
    }
  }
  return made.join("\n\n");
}

// The name of the private blank whose answer ``block`` is, or nothing. A list counts only if it is the answer.
function privateBlank(block, document) {
  const isList = block.kind === "list";
  const nodes = isList ? block.items.filter((item) => item.children.length === 1 && !item.sublist).map((item) => item.children[0]) : block.children || [];
  const [one] = nodes;
  if (!one || one.kind !== "filled" || !one.private) return "";
  if (!isList) return nodes.length === 1 ? one.name : "";
  const { answer } = document.blanks.find((blank) => blankKey(blank.name) === blankKey(one.name));
  const texts = nodes.filter((node) => node.kind === "filled" && node.name === one.name).map((node) => node.text.toLowerCase());
  const given = entries(answer).map((entry) => entry.toLowerCase());
  return texts.length === block.items.length && texts.join("\n") === given.join("\n") ? one.name : "";
}

function run(block, document, marked) {
  if (block.kind === "list") return items(block, document, marked, "").join("\n");
  // One sentence a line, as far as signs tell: so versions compare well.
  return strip(source(block.children, document, marked, true), " ").split("\n").map(unmarked).join("\n");
}

function items(list, document, marked, indent) {
  return list.items.flatMap((item, index) => {
    const mark = list.ordered ? `${index + 1}. ` : "- ";
    const below = item.sublist ? items(item.sublist, document, marked, indent + " ".repeat(mark.length)) : [];
    return [indent + mark + unmarked(strip(source(item.children, document, marked), " ")), ...below];
  });
}

const source = (nodes, document, marked, ends) => nodes.map((node) => {
  if (node.kind === "filled" && node.private) return `[[${node.name}]]`;
  if (node.kind === "text" || node.kind === "filled") {
    const text = node.text.replace(SIGNS, "\\$&");
    return ends ? text.replace(SENTENCE, "$1\n") : text;
  }
  if (node.kind === "number") return clauseWords(node, document).replace(SIGNS, "\\$&");
  if (node.kind === "hole" || node.kind === "blank") return `[[${node.name}]]`;
  const inside = source(node.children, document, marked);
  if (node.kind === "link") return `[${inside}](${node.address})`;
  const stars = marked ? { strong: "**", emphasis: "*" }[node.kind] : "";
  return stars + inside + stars;
}).join("");

// ``line`` as words, whatever it starts with: "1. May" is no list.
const unmarked = (line) => line.replace(START, "$1\\$2");

// --- rounds.py: which words were agreed, and who signed what --------------------------------------

// What an agreement, or a kept version, says once it is assembled; ``language`` is what its language is like.
const assembled = (agreement, language) => assemble(agreement, { titles: {}, ...language });

// ``versions`` are the kept versions that were opened, by number.
function standing(agreement, versions, language) {
  const { front } = agreement;
  const today = withFingerprint(assembled(agreement, language));
  const now = fingerprint(today);
  const kept = new Map([...versions].sort(([a], [b]) => a - b).map(([number, version]) => {
    const signatures = front.signatures.filter((one) => Number(one.version) === number);
    const document = withFingerprint({ ...assembled(version, language), status: "agreed", signatures });
    const found = fingerprint(document);
    const noted = version.front.fingerprint;
    return [number, { version: number, agreement: version, document, fingerprint: found, noted, intact: found === noted }];
  }));
  const rounds = front.rounds.map((one) => ({ ...one, version: Number(one.version) }));
  const last = rounds[rounds.length - 1];
  const agreed = Math.max(0, ...rounds.filter((one) => one.agreed).map((one) => one.version));
  const round = last && !last.agreed ? last : null;
  const signed = front.signatures.map((signature) => ({ signature, ...match(signature, kept, now) }));
  const asAgreed = kept.has(agreed) && kept.get(agreed).fingerprint === now;
  const nextRound = nextRoundOf(rounds, kept, now);
  const version = round || (last && asAgreed && last.version === agreed) ? last.version : nextRound;
  const holds = ({ match, signature }) => (match === "matches" && Number(signature.version) === version) || (!signature.version && !kept.size);
  const parties = signed.filter(holds).map((one) => one.signature.party);
  const being = round && kept.get(round.version);
  return {
    agreement, language, today, fingerprint: now, kept, signed, rounds, agreed, round, asAgreed, nextRound, version,
    changedWhileSigned: !!being && being.fingerprint !== now,
    inForce: kept.has(agreed) ? kept.get(agreed).document : today,
    state: stateOf(front.status, agreed, round, asAgreed),
    missing: front.parties.filter((party) => !parties.includes(party.name)),
    open: openBlanks(today),
  };
}

function stateOf(status, agreed, round, asAgreed) {
  if (status === "ended") return "ended";
  if (round) return agreed ? "renegotiating" : "being signed";
  if (agreed) return asAgreed ? "agreed" : "changed";
  return status === "agreed" ? "agreed" : "draft";
}

function match(signature, kept, now) {
  const no = (why) => ({ match: "cannot check", why });
  if (!signature.version || !signature.fingerprint) return no("It was signed without a fingerprint, on paper perhaps.");
  const version = kept.get(Number(signature.version));
  if (!version) return no(`The text of version ${signature.version} was not kept.`);
  if (version.fingerprint !== signature.fingerprint) {
    return no(version.intact ? `The fingerprint is not that of version ${signature.version}.` : `The kept text of version ${signature.version} is not the one that was signed.`);
  }
  return { match: version.fingerprint === now ? "matches" : "changed", why: "" };
}

// A kept text of today's words that no round names is taken up: a signature was interrupted before it.
function nextRoundOf(rounds, kept, now) {
  const named = rounds.map((one) => one.version);
  const last = Math.max(0, ...kept.keys(), ...named);
  const spare = !named.includes(last) && kept.get(last);
  return spare && spare.fingerprint === now ? last : last + 1;
}

// The names of the blanks that nobody has answered, each once, in the order of the text.
function openBlanks(document) {
  const found = [];
  const inside = (nodes) => nodes.forEach((node) => {
    if (node.kind === "hole") found.push(node.name);
    else if (node.children) inside(node.children);
  });
  const list = (one) => one.items.forEach((item) => {
    inside(item.children);
    if (item.sublist) list(item.sublist);
  });
  for (const block of [document.preamble, ...document.clauses.map((clause) => clause.blocks)].flat()) {
    if (block.kind === "list") list(block);
    else if (block.kind === "table" && !block.rows.length) found.push(block.name);
    else if (block.kind === "paragraph") inside(block.children);
  }
  return [...new Set(found)];
}

// --- lookalikes.py: names that look like other names ----------------------------------------------

const LOOKS_LIKE = [
  ["a", "аαɑ"], ["b", "Ь"], ["c", "сϲᴄⲥ"], ["d", "ԁ"], ["e", "еҽ"], ["f", "ք"], ["g", "ɡց"], ["h", "һհ"],
  ["i", "іιıɩ"], ["j", "јϳ"], ["k", "кκ"], ["l", "I1|ǀӏІӀΙⲒ"], ["n", "ոռ"], ["o", "оοσօⲟ0"], ["p", "рρⲣ"], ["q", "ԛգզ"],
  ["r", "гⲅ"], ["s", "ѕꜱ"], ["u", "υս"], ["v", "νѵ"], ["w", "ԝѡա"], ["x", "хχ"], ["y", "уүγ"], ["z", "ᴢ"],
  ["A", "АΑᎪ"], ["B", "ВΒᏴ"], ["C", "СϹᏟⲤ"], ["D", "Ꭰ"], ["E", "ЕΕᎬ"], ["G", "ԌᏀ"], ["H", "НΗᎻⲎ"], ["J", "ЈͿᎫ"],
  ["K", "КΚᏦⲔ"], ["L", "Ꮮ"], ["M", "МΜᎷⲘ"], ["N", "ΝⲚ"], ["O", "ОΟՕⲞ"], ["P", "РΡᏢⲢ"], ["R", "Ꮢ"], ["S", "ЅՏᏚ"],
  ["T", "ТΤᎢⲦ"], ["U", "Ս"], ["V", "ѴᏙ"], ["W", "ԜᎳ"], ["X", "ХΧⲬ"], ["Y", "УҮΥᎩⲨ"], ["Z", "ΖᏃ"], ["ی", "يى"],
  ["ک", "ك"],
];
const LOOKS = new Map(LOOKS_LIKE.flatMap(([like, signs]) => [...signs].map((sign) => [sign, like])));
// Alphabets that lend letters to one another; no word of a name is written in two of them.
const ALPHABETS = ["Latin", "Greek", "Cyrillic", "Armenian", "Cherokee", "Coptic"];
const SCRIPTS = ALPHABETS.map((name) => [name, new RegExp(`^\\p{Script=${name}}$`, "u")]);
// These have no alphabet in their names, so Python counts them to none.
const NAMELESS = /[ªº\u02b0-\u02b8\u02e0-\u02e4\u1d2c-\u1d61\u1d78\u1d9b-\u1dbf\u2071\u207f\u2126\u212a\u212b\u2132\u214e\u2183\u2c7d\ua69c\ua69d\ua770\ua7f2-\ua7f9\uab5c-\uab5f\uab69\uff21-\uff3a\uff41-\uff5a\u{10780}-\u{107ba}]/u;

const alphabetOf = (letter) => (/^\p{L}$/u.test(letter) && !NAMELESS.test(letter) && (SCRIPTS.find(([, script]) => script.test(letter)) || [""])[0]) || "";
const caseless = (text) => text.toUpperCase().toLowerCase().replace(/ς/g, "σ");
// Without what does not tell two names apart: capitals, white space, how an accent is encoded.
const folded = (text) => caseless(oneLine(text || "").normalize("NFC")).normalize("NFC");
// The same for two texts that look the same.
const looks = (text) => caseless([...oneLine(text).normalize("NFKD")].map((sign) => LOOKS.get(sign) || sign).join("").replace(/\u200d/g, "")).normalize("NFC");

// Why ``name`` may deceive, or null; ``known`` are the names that it must not merely look like.
const oddName = (name, known) => unseenIn(name) || mixed(name) || onlyLooksLike(name, known);

// These show nothing as well, though Unicode counts them among letters and marks.
const EMPTY = /[\u034f\u115f\u1160\u17b4\u17b5\u2800\u3164\uffa0]/;
const SELECTORS = /[\ufe00-\ufe0f\u{e0100}-\u{e01ef}]/u;

function unseenIn(name) {
  let before = " ";
  for (const sign of name) {
    // Persian and Indian names need the joiners, which show nothing beside the letters of ALPHABETS.
    const joins = /[\u200c\u200d]/.test(sign) && /^\p{L}$/u.test(before) && !alphabetOf(before);
    // A selector picks the shape of a Chinese letter or an emoji; behind other letters it picks nothing.
    const selects = SELECTORS.test(sign) && (alphabetOf(before) || !before.trim());
    if (EMPTY.test(sign) || selects || (/^[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]$/u.test(sign) && !joins)) return `The name holds a character that nobody can see (${code(sign)}). Delete it, and type the name again.`;
    before = sign;
  }
  return null;
}

function mixed(name) {
  for (const [word] of name.normalize("NFC").matchAll(/[\p{L}\p{Nl}\p{No}]+/gu)) {
    const seen = [...word].map((sign) => [alphabetOf(sign), sign]).filter(([alphabet]) => alphabet);
    const times = (alphabet) => seen.filter(([one]) => one === alphabet).length;
    // The stranger is the one with the fewest letters; beside as many Latin ones, it is not these.
    const all = ALPHABETS.filter(times).reverse();
    if (all.length > 1) {
      const odd = all.reduce((least, one) => (times(one) < times(least) ? one : least));
      const [, sign] = seen.find(([alphabet]) => alphabet === odd);
      return `In "${word}" the letter "${sign}" (${code(sign)}) is ${odd}, and others are not. Type the name again, in one alphabet.`;
    }
  }
  return null;
}

function onlyLooksLike(name, known) {
  if (known.map(folded).includes(folded(name))) return null;
  const other = known.find((one) => looks(one) === looks(name));
  if (other === undefined) return null;
  const signs = [...name.normalize("NFC")];
  const strange = signs.find((sign) => !other.normalize("NFC").includes(sign)) || signs[0];
  return `"${name}" only looks like "${other}": "${strange}" (${code(strange)}) is another letter. Type the name again.`;
}

// --- keeping/: sign, close a round, open another --------------------------------------------------

const EARLIEST = "2000-01-01";
const bare = (pairs) => mapOf(pairs.filter(([, value]) => value));

// Each returns the reasons against it as { problems }, or what is to be saved. ``where`` is a standing, ``today``
// is this day, ``wrongs`` are the reasons why these words cannot be agreed, as the page finds them.
function sign(where, { party, name, role, day, because, today, wrongs }) {
  const { front } = where.agreement;
  if (where.state === "ended") return { problems: ["This agreement has ended. Open a round of it first, with a reason."] };
  const unlike = otherWords(where);
  if (unlike) return { problems: [unlike] };
  const who = { party: front.parties.find((one) => one.name === party), name: oneLine(name || "").normalize("NFC"), role: oneLine(role || "").normalize("NFC") };
  const known = front.parties.flatMap((one) => [one.contact, one.name]).filter(Boolean);
  const { version } = where;
  const opens = !where.round && !where.rounds.some((one) => one.version === version);
  const reason = oneLine(because || "");
  const twice = who.party && front.signatures.find((one) => Number(one.version) === version && one.party === party && folded(one.name) === folded(who.name));
  const problems = [
    ...wrongs,
    !front.parties.length && "The agreement names no partner yet. Fill them in first.",
    front.parties.length && !who.party && "Choose the partner for whom you sign.",
    who.name ? oddName(who.name, [...known, ...front.signatures.map((one) => one.name)]) : "Type your name.",
    hiddenCharacters(who.role) && `Your role: ${hiddenCharacters(who.role)}`,
    oddDay(day, today),
    twice && `"${who.name}" has signed version ${version} for "${party}" already, on ${twice.date}.`,
    reasonProblem(reason),
  ].filter(Boolean);
  if (problems.length) return { problems };
  const own = [who.party.contact, who.party.name].find((one) => one && folded(one) === folded(who.name));
  const changes = opens ? openRound(where, day, reason) : {};
  const signature = bare([["party", party], ["name", own || who.name], ["role", who.role || (own && who.party.role)], ["date", day], ["version", String(version)], ["fingerprint", where.fingerprint]]);
  const agreement = withFront(where.agreement, { ...changes, signatures: [...front.signatures, signature] });
  const text = write(finished(where.today, front, version));
  const again = read(text).agreement;
  if (!again || fingerprint(assembled(again, where.language)) !== where.fingerprint) return { problems: ["The finished text would not say quite the same, so nothing was signed. Please report this."] };
  return { agreement, version, text, opened: opens, signature };
}

// That today's words are not those that others have signed in the round that is open.
function otherWords({ round, kept, signed, fingerprint: now }) {
  if (!round) return "";
  const version = kept.get(round.version);
  const others = signed.filter(({ signature }) => Number(signature.version) === round.version);
  if (version && !version.intact) return `The kept text of version ${round.version} is not the one that was kept: its words were changed. Bring that file back from a copy.`;
  if ((version && version.fingerprint !== now) || others.some(({ signature }) => signature.fingerprint !== now)) {
    return `These are not the words that others have signed as version ${round.version}. Put those words back, or open a new round with a reason.`;
  }
  return "";
}

function oddDay(day, today) {
  if (!readDate(day || "")) return `"${day || ""}" is not a date. Write the day on which it was signed, such as ${today}.`;
  if (day < EARLIEST) return `${day} lies in another century. Write the day on which it happened, such as ${today}.`;
  return day > today ? `${day} lies in the future. Write the day on which it happened.` : "";
}

const reasonProblem = (reason) => (hiddenCharacters(reason) ? `The reason: ${hiddenCharacters(reason)}` : "");

// Close the round that is open: what was signed in it is then agreed.
function agree(where, { day, today, wrongs }) {
  const { round, missing } = where;
  if (!round) return { problems: [nothingToClose(where)] };
  const last = where.signed.filter(({ signature }) => Number(signature.version) === round.version).map((one) => one.signature.date).sort().pop() || "";
  const unlike = otherWords(where);
  const problems = [
    unlike,
    ...wrongs,
    ...(unlike ? [] : missing.map((party) => `Nobody has signed version ${round.version} for "${party.name}" yet.`)),
    oddDay(day, today) || (day < last && `Version ${round.version} was still being signed on ${last}. Give that day or a later one.`),
  ].filter(Boolean);
  if (problems.length) return { problems };
  const rounds = where.agreement.front.rounds.map((one) => (Number(one.version) === round.version ? bare([...entriesOf(one), ["agreed", day]]) : one));
  return { agreement: withFront(where.agreement, { rounds, status: "agreed" }) };
}

function nothingToClose({ state, agreed, asAgreed }) {
  if (state === "ended") return "This agreement has ended, and no round of it is open.";
  if (!agreed) return "Nobody has signed today's words yet. Each partner signs first.";
  return asAgreed ? `Version ${agreed} is agreed already.` : `The words have changed since version ${agreed} was agreed. Sign the new ones first.`;
}

// Open a round for a reason, or give the reason of one in which nobody has signed yet.
function renegotiate(where, { because, day }) {
  const reason = oneLine(because || "");
  if (!reason) return { problems: ["Say why, in a sentence, such as \"two of us moved away\". It stays in the history."] };
  if (reasonProblem(reason)) return { problems: [reasonProblem(reason)] };
  if (where.state === "draft" && !where.rounds.length) return { problems: ["Nobody has signed this yet, so there is nothing to renegotiate. Change it as you like."] };
  const changes = openRound(where, day, reason);
  return { agreement: withFront(where.agreement, changes), number: Number(changes.rounds[changes.rounds.length - 1].version) };
}

// The one way in which words that people signed become a draft again.
function openRound({ agreement, round, kept, signed, nextRound }, day, because) {
  const rounds = [...agreement.front.rounds];
  const begun = round && (kept.has(round.version) || signed.some(({ signature }) => Number(signature.version) === round.version));
  if (round && !begun) {
    const last = rounds.pop();
    rounds.push(bare([["version", last.version], ["opened", last.opened], ["because", because || last.because]]));
  } else rounds.push(bare([["version", String(nextRound)], ["opened", day], ["because", because]]));
  return { rounds, status: "draft" };
}

// --- the file, changed only where it must ---------------------------------------------------------

const withFront = (agreement, changes) => ({ ...agreement, front: Object.assign(mapOf(entriesOf(agreement.front)), changes) });

// ``text``, which reads as ``before``, as the file of ``after``: lines of keys that did not change stay as they are.
function rewritten(text, before, after) {
  const whole = write(after);
  const plain = text.replace(/^\ufeff/, "").replace(/\r\n?/g, "\n");
  const [front, body] = split(plain);
  const same = before.preamble === after.preamble && JSON.stringify(before.sections) === JSON.stringify(after.sections);
  const head = frontWith(front, before.front, after.front);
  const changed = `---\n${head}---\n${same ? body : split(whole)[1]}`;
  const { agreement } = read(changed);
  if (!agreement || write(agreement) !== whole) return whole;
  const ended = text.includes("\r\n") ? changed.replace(/\n/g, "\r\n") : changed;
  return (text[0] === "\ufeff" ? "\ufeff" : "") + ended;
}

function frontWith(front, before, after) {
  const chunks = chunksOf(front);
  const was = new Map(chunksOf(frontMatter(before)).map(({ key, lines }) => [key, lines.join("\n")]));
  // The one word that is never quoted, so that it reads like the days and numbers beside it.
  const now = chunksOf(frontMatter(after).replace(/^status: "(\w+)"$/m, "status: $1"));
  now.forEach(({ key, lines }) => {
    const at = chunks.findIndex((one) => one.key === key);
    if (was.get(key) === lines.join("\n")) return;
    if (at >= 0) chunks[at] = { key, lines };
    else {
      const above = KEYS.slice(0, KEYS.indexOf(key)).reverse().find((name) => chunks.some((one) => one.key === name));
      chunks.splice(chunks.findIndex((one) => one.key === above) + 1, 0, { key, lines });
    }
  });
  const gone = chunks.filter(({ key }) => was.has(key) && !now.some((one) => one.key === key));
  return chunks.filter((one) => !gone.includes(one)).flatMap(({ lines }) => lines).map((line) => `${line}\n`).join("");
}

// Each key of front matter with its lines; a comment at the margin stands between them.
function chunksOf(front) {
  const chunks = [];
  for (const line of front.split("\n").slice(0, -1)) {
    const key = /^(?:"([^"]+)"|'([^']+)'|([^\s#"'-][^:]*?)) *:/.exec(line);
    if (key) chunks.push({ key: key[1] || key[2] || key[3], lines: [line] });
    else if (chunks.length && !/^(#.*)?$/.test(line)) chunks[chunks.length - 1].lines.push(line);
    else chunks.push({ key: "", lines: [line] });
  }
  return chunks;
}

Object.assign(root.GroundRules, { canonicalText, fingerprint, withFingerprint, finished, standing, otherWords, sign, agree, renegotiate, oddName, rewritten });
Object.assign(root.GroundRules.parts, { sha256, canonicalLine, wordsOf, runs, assembled, withFront, openRound });
})(typeof window === "undefined" ? globalThis : window);
