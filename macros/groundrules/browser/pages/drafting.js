"use strict";

/* The page for filling in a template. The text of a draft is its file; engine.js reads, writes and draws it.
   People's words reach the page as text, or through the engine's html, which escapes them. */
(() => {
  const root = document.querySelector("[data-draft]");
  const core = window.GroundRules;
  const template = window.groundRulesTemplate;
  if (!root || !core || !template) return;

  const START = "preamble";
  const FINISH = "signed";
  const ENDS = ["parties", "start", "end", "title"];
  const PLACE = "groundrules:draft:";
  const others = JSON.parse(root.dataset.drafts);
  const parts = Object.fromEntries([...root.querySelectorAll("[data-part]")].map((one) => [one.dataset.part, one]));
  const { form, sheet } = parts;
  const has = (object, name) => Object.prototype.hasOwnProperty.call(object || {}, name);
  const keyOf = core.blankKey;
  const upper = (words) => words.slice(0, 1).toUpperCase() + words.slice(1);

  /* --- making elements --- */

  let made = 0;
  const make = (tag, settings, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(settings || {})) {
      if (/-|^class$|^role$/.test(name)) element.setAttribute(name, value);
      else element[name] = value;
    }
    element.append(...children.filter(Boolean));
    return element;
  };
  /* A copy of a piece that stands ready in the page; ``group`` ties its radio buttons together. */
  const shape = (name) => {
    const copy = root.querySelector(`template[data-shape=${name}]`).content.firstElementChild.cloneNode(true);
    made += 1;
    copy.querySelectorAll("[type=radio]").forEach((one) => (one.name = `gr-${made}`));
    return copy;
  };
  const button = (words, action, more) =>
    make("button", { type: "button", class: "gr-button", "data-do": action, ...more }, words);
  const buttons = (...all) => make("p", { class: "gr-buttons" }, ...all);
  const hint = (words, id) => words && make("p", { class: "gr-example", ...(id && { id }) }, words);
  const example = (definition, id) => hint(definition.example && `For example: ${definition.example}`, id);
  const details = (title, ...children) =>
    make("details", { class: "gr-details" }, make("summary", null, title), ...children);
  const firstControl = (box) => box.querySelector("input, select, textarea");

  /* A script that few need; it is there already when ``found`` says so. */
  const bring = (src, found) =>
    new Promise((done, failed) => {
      if (found()) done();
      else document.head.append(make("script", { src, onload: done, onerror: failed }));
    });

  const bringExports = async () => {
    await bring(root.dataset.signing, () => core.fingerprint);
    await bring(root.dataset.exports, () => core.docx);
  };

  /* --- what this browser keeps --- */

  const trying = (what) => {
    try {
      return what();
    } catch {
      return null;
    }
  };
  const session = (name, value) =>
    trying(() => (value ? sessionStorage.setItem(PLACE + name, value) : sessionStorage.removeItem(PLACE + name)));
  const remembered = (name) => trying(() => sessionStorage.getItem(PLACE + name));
  const stored = (id) => {
    const record = trying(() => JSON.parse(localStorage.getItem(PLACE + id)));
    return record && typeof record.text === "string" && record.revision > 0 ? { ...record, id } : null;
  };
  const places = (start) => trying(() => Object.keys(localStorage).filter((name) => name.startsWith(start))) || [];
  const kept = () =>
    places(PLACE)
      .map((name) => stored(name.slice(PLACE.length)))
      .filter(Boolean)
      .sort((a, b) => b.time - a.time);
  const newId = () => [...crypto.getRandomValues(new Uint32Array(3))].map((one) => one.toString(36)).join("");

  const clock = (time) => {
    const day = new Date(time);
    const hours = day.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
    if (day.toDateString() === new Date().toDateString()) return hours;
    return `${hours} on ${day.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" })}`;
  };

  /* --- the draft in hand ---
     pending: what was typed and cannot stand in the document yet. emptied: answers that somebody took away,
     as against those that nobody ever gave. saved: when it was last downloaded, and a digest of what. */

  let draft;
  let step = START;
  let locked = false;
  let nothing = remembered("nothing") === "yes";
  let failed = false;
  let past = [];
  let future = [];
  let last = { key: "", time: 0 };
  let timer = 0;
  let typed = 0;
  let open = [];
  /* Answers and clauses that went out of the document; they come back with their blank or clause. */
  let aside = {};
  let gone = {};

  const fresh = (agreement = core.read(template.source).agreement) => ({
    id: newId(),
    revision: 0,
    time: 0,
    agreement,
    pending: {},
    emptied: [],
    saved: null,
    dirty: false,
  });
  const opened = (record) => {
    const { agreement } = core.read(record.text);
    return agreement && { ...fresh(agreement), ...record };
  };
  const text = () => core.write(draft.agreement);
  const mark = () => [...text()].reduce((sum, sign) => (sum * 31 + sign.codePointAt(0)) | 0, 7);
  const unsaved = () => !draft.saved || draft.saved.mark !== mark();

  /* Compare and set: what another tab has written meanwhile is never written over. */
  const keep = () => {
    clearTimeout(timer);
    timer = 0;
    if (draft.dirty && !locked && !nothing) {
      const before = stored(draft.id);
      if (draft.revision && !before) {
        nothing = true;
        wrong("This draft was cleared in another tab. Nothing is kept now. Save it as a file if you still need it.");
      } else {
        if (before && before.revision !== draft.revision) {
          draft = { ...draft, id: newId(), revision: 0 };
          hold(draft.id);
          wrong("This draft was changed in another tab. What you have here is now a draft of its own.");
        }
        const { id, pending, emptied, saved, agreement } = draft;
        const next = { revision: draft.revision + 1, time: Date.now() };
        const { problems, agreement: again } = core.read(text());
        failed = !again && problems[0].message;
        try {
          localStorage.setItem(
            PLACE + id,
            JSON.stringify({
              ...next,
              pending,
              emptied,
              saved,
              text: text(),
              template: template.id,
              title: agreement.front.title,
            }),
          );
          draft = { ...draft, ...next, dirty: false };
          session("open", id);
        } catch {
          failed = "This browser has no room.";
        }
      }
    }
    showKept();
    showOpen();
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(keep, 400);
  };

  const showKept = () => {
    const { saved, time } = draft;
    let file = "Not saved as a file yet.";
    if (saved)
      file = unsaved()
        ? `Changed since you saved it as a file at ${clock(saved.time)}.`
        : `Saved as a file at ${clock(saved.time)}.`;
    let where = time
      ? `Kept in this browser only, at ${clock(time)}.`
      : "Your draft will be kept in this browser only.";
    if (locked) where = "You can read this draft here, but not change it.";
    else if (nothing) where = "Nothing is kept on this computer.";
    else if (failed) where = `Your draft cannot be kept here: ${failed}`;
    parts.kept.textContent = time || draft.dirty || saved ? `${where} ${file}` : where;
    form.querySelectorAll("[data-part=saved]").forEach((one) => (one.textContent = file));
    parts.nothing.checked = nothing;
    root.querySelector("[data-do=undo]").disabled = locked || !past.length;
    root.querySelector("[data-do=redo]").disabled = locked || !future.length;
  };

  /* One tab writes; the next one reads, and takes over when the first is closed. */
  let release = () => {};
  let waiting = new AbortController();
  const stay = (lock) => lock && new Promise((done) => (release = done));
  const hold = (id) => {
    release();
    waiting.abort();
    waiting = new AbortController();
    if (!navigator.locks) return Promise.resolve(true);
    return new Promise((answer) => {
      navigator.locks
        .request(PLACE + id, { ifAvailable: true }, (lock) => {
          answer(Boolean(lock));
          return stay(lock);
        })
        .catch(() => answer(true));
    });
  };
  const queue = (id) =>
    navigator.locks
      .request(PLACE + id, { signal: waiting.signal }, (lock) => {
        locked = false;
        refresh();
        say("The other tab was closed. You can write here now.");
        return stay(lock);
      })
      .catch(() => {});
  const refresh = () => {
    const record = stored(draft.id);
    draft = (record && opened(record)) || draft;
    render();
  };

  /* --- messages: one kind is said politely, the other at once --- */

  const show = (box, words, more) => {
    parts.message.replaceChildren();
    parts.wrong.replaceChildren();
    if (box)
      box.append(
        make("p", null, words),
        ...more,
        buttons(button("Close", "hush", { "aria-label": "Close this message" })),
      );
  };
  const say = (words, ...more) => show(parts.message, words, more);
  const wrong = (words, ...more) => show(parts.wrong, words, more);

  const undoable = (words) => say(words, buttons(button("Undo this", "undo")));

  /* --- changing the agreement --- */

  const front = () => draft.agreement.front;
  const named = (map, name) => Object.keys(map || {}).find((one) => keyOf(one) === keyOf(name));
  const answerOf = (name) => (front().answers || {})[named(front().answers, name)];
  const definitionOf = (name) => (front().blanks || {})[named(front().blanks, name)] || { ask: upper(name) };
  const snapshot = (what) => ({
    what,
    step,
    agreement: draft.agreement,
    pending: draft.pending,
    emptied: draft.emptied,
  });

  /* Changes with the same key, made within a breath, are undone together. */
  const change = (next, what, key) => {
    const now = Date.now();
    if (!key || key !== last.key || now - last.time > 1500) past = [...past.slice(-299), snapshot(what)];
    last = { key, time: now };
    future = [];
    const before = front().answers || {};
    draft = { ...draft, ...next, dirty: true };
    for (const name of Object.keys(before))
      if (named(front().answers, name) === undefined) aside[keyOf(name)] = before[name];
    if (next.agreement) paint();
    later();
    typed += 1;
    if (typed % 200 === 0 && !nothing)
      say(
        "Only this browser has your draft. Save it as a file now, then carry on.",
        buttons(button("Save as a file", "md")),
      );
  };
  const travel = (from, to, word) => {
    const back = from.pop();
    if (!back) return;
    to.push(snapshot(back.what));
    last = { key: "", time: 0 };
    const { what, step: there, ...then } = back;
    draft = { ...draft, ...then, dirty: true };
    step = there;
    render();
    later();
    say(`${word}: ${what}.`);
    if (document.activeElement === document.body) focusStep();
  };

  const answer = (name, value) => {
    const key = keyOf(name);
    const emptied = draft.emptied.filter((one) => one !== key);
    if (core.isEmpty(value)) emptied.push(key);
    change(
      { agreement: core.setAnswer(draft.agreement, named(front().blanks, name) || name, value), emptied },
      `"${name}"`,
      `answer ${key}`,
    );
  };
  const withAside = (agreement, id) =>
    blanksIn(agreement.sections.find((one) => one.id === id).text).reduce((whole, name) => {
      const back = has(aside, keyOf(name)) && named(whole.front.answers, name) === undefined;
      return back ? core.setAnswer(whole, name, aside[keyOf(name)]) : whole;
    }, agreement);
  const pend = (name, value) => {
    const { [name]: _, ...rest } = draft.pending;
    return value === undefined ? rest : { ...rest, [name]: value };
  };
  const setFront = (name, value, pending = draft.pending) =>
    change(
      { agreement: core.setFront(draft.agreement, name, value), pending },
      name === "parties" ? "the partners" : `the ${name}`,
      `front ${name}`,
    );

  /* --- clauses --- */

  const clauseOf = (id) =>
    [...template.clauses, ...((window.groundRulesLibrary || {}).clauses || [])].find((one) => one.id === id);
  const sections = () => draft.agreement.sections;
  const sectionOf = (id) => sections().find((one) => one.id === id);
  const placeOf = (id) => sections().findIndex((one) => one.id === id);
  const titleOf = (id) => (sectionOf(id) || clauseOf(id)).title;
  const blanksIn = (words) => {
    const seen = new Set(ENDS);
    const names = [...words.matchAll(/\\.|\[\[(?!#)([^[\]\n]+)\]\]/g)].map((one) => one[1]).filter(Boolean);
    return names.filter((name) => !seen.has(keyOf(name)) && seen.add(keyOf(name)));
  };

  /* Every clause in the document's order; one that was left out keeps its place among them. */
  const steps = () => {
    const ids = sections().map((one) => one.id);
    template.clauses.forEach(({ id }, index) => {
      if (!ids.includes(id)) ids.splice(index ? ids.indexOf(template.clauses[index - 1].id) + 1 : 0, 0, id);
    });
    return [START, ...ids, FINISH];
  };
  const nameOf = (id) => {
    if (id === START) return "Partners and dates";
    if (id === FINISH) return "Finish";
    return placeOf(id) < 0 ? titleOf(id) : `${placeOf(id) + 1}. ${titleOf(id)}`;
  };

  /* --- the document: only a clause that changed is drawn again --- */

  let drawn = [];
  const paint = () => {
    const pieces = core.html(core.assemble(draft.agreement, template)).split(/(?=<section [^>]*data-clause=)/);
    if (pieces.length !== drawn.length) {
      parts.document.replaceChildren(...pieces.map(() => make("div")));
      drawn = [];
    }
    pieces.forEach((piece, index) => {
      if (piece !== drawn[index]) parts.document.children[index].innerHTML = piece;
    });
    drawn = pieces;
    return markNow();
  };
  const markNow = () => {
    const pieces = [...parts.document.querySelectorAll("[data-clause]")];
    pieces.forEach((one) => one.toggleAttribute("data-now", one.dataset.clause === step));
    return pieces.find((one) => one.dataset.clause === step);
  };
  const follow = (now) => {
    if (getComputedStyle(sheet).overflowY !== "auto") return;
    if (step === START) sheet.scrollTop = 0;
    else
      sheet.scrollTop +=
        (now ? now.getBoundingClientRect().top : sheet.scrollHeight) - sheet.getBoundingClientRect().top - 24;
  };

  /* --- what is still open --- */

  const showOpen = () => {
    const all = steps();
    const stepOf = ({ clause, blank }) => {
      const asks = clause === START && template.clauses.find((one) => named(one.blanks, blank) !== undefined);
      const at = asks ? asks.id : clause;
      return ENDS.includes(blank) || !all.includes(at) ? START : at;
    };
    open = core.open(draft.agreement, template);
    const counts = {};
    open.forEach((one) => (counts[stepOf(one)] = (counts[stepOf(one)] || 0) + 1));
    const state = (id) => {
      if (id === FINISH) return "";
      if (id !== START && placeOf(id) < 0) return "left out";
      return counts[id] ? `${counts[id]} open` : "done";
    };
    if (parts.list.childElementCount !== all.length)
      parts.list.replaceChildren(
        ...all.map(() =>
          make(
            "li",
            null,
            make("button", { type: "button", "data-do": "go" }, make("span"), make("span", { class: "gr-count" })),
          ),
        ),
      );
    all.forEach((id, index) => {
      const link = parts.list.children[index].firstChild;
      link.dataset.step = id;
      link.children[0].textContent = nameOf(id);
      link.children[1].textContent = state(id);
      link.children[1].dataset.state = state(id).split(" ").pop();
      if (id === step) link.setAttribute("aria-current", "step");
      else link.removeAttribute("aria-current");
    });
    parts.count.textContent = open.length ? `${open.length} still open` : "nothing is open";
    const here = form.querySelector("[data-part=here]");
    here.textContent = counts[step] ? `${counts[step]} still open` : "";
    const list = form.querySelector("[data-part=open]");
    if (!list) return;
    const lines = open.map((one) =>
      make(
        "li",
        null,
        make(
          "button",
          {
            type: "button",
            class: "gr-link",
            "data-do": "go",
            "data-step": stepOf(one),
            "data-blank": one.blank || "",
          },
          one.message,
        ),
        make("span", { class: "gr-example" }, nameOf(stepOf(one))),
      ),
    );
    list.replaceChildren(...(lines.length ? lines : [make("li", null, "Nothing. Every question has an answer.")]));
  };

  /* --- fields. Drawing one never writes: only what a person types does. --- */

  const readers = new WeakMap();
  const control = (definition, value = "", label = "", tall = 0) => {
    const id = `gr-${(made += 1)}`;
    const { type, choices } = definition;
    const note = type === "choice" ? "" : example(definition, `${id}-hint`);
    let input;
    if (type === "choice") {
      const options = [...new Set([...choices, value])]
        .filter(Boolean)
        .map((one) => make("option", { value: one }, one));
      input = make("select", null, make("option", { value: "" }, "Not decided yet"), ...options);
    } else if (tall) input = make("textarea", { rows: tall, maxLength: tall === 4 ? 9000 : 90000 });
    else {
      const day = type === "date" && (!value || core.readDate(value));
      input = make(
        "input",
        day ? { type: "date", min: "1900-01-01", max: "2199-12-31" } : { type: "text", maxLength: 2000 },
      );
    }
    Object.assign(input, { id, value, dir: "auto" });
    if (note) input.setAttribute("aria-describedby", note.id);
    return { input, parts: [make("label", { htmlFor: id }, label), note, input] };
  };
  const field = (tag, key, read, ...children) => {
    const box = make(tag, { class: "gr-field", "data-field": key }, ...children);
    readers.set(box, read);
    return box;
  };
  const single = (key, definition, value, label, take, tall) => {
    const { input, parts: shown } = control(definition, value, label, tall);
    return field("div", key, () => take(input.value, input), ...shown);
  };

  /* Several of the same: rows of a table, entries of a list, partners. */
  const several = (key, title, note, values, word, fill, take) => {
    const rows = make("div");
    const all = () => [...rows.children].map((row) => row.read());
    const set = field(
      "fieldset",
      key,
      () => take(all()),
      make("legend", null, title),
      note,
      rows,
      buttons(button(`Add ${word === "entry" ? "an" : "a"} ${word}`, "add")),
    );
    const number = () =>
      [...rows.children].forEach((row, index) => {
        row.firstElementChild.textContent = `${upper(word)} ${index + 1}`;
        row.querySelector("[data-do=remove] span").textContent = ` ${word} ${index + 1}`;
      });
    const add = (value) => {
      const row = shape("row");
      const { shown, read } = fill(value);
      row.read = read;
      row.lastElementChild.before(...shown);
      rows.append(row);
      number();
      return row;
    };
    set.add = () => firstControl(add()).focus();
    set.drop = (row) => {
      const at = [...rows.children].indexOf(row);
      row.remove();
      number();
      last.key = "";
      take(all());
      const next = rows.children[at] || rows.children[at - 1];
      (next ? firstControl(next) : set.querySelector("[data-do=add]")).focus();
      undoable(`${upper(word)} ${at + 1} is removed.`);
    };
    values.forEach(add);
    return set;
  };

  const cells =
    (columns) =>
    (row = {}) => {
      const inputs = Object.entries(columns).map(([column, definition]) => [
        column,
        control(definition, row[column], definition.ask),
      ]);
      return {
        shown: [
          make(
            "div",
            { class: "gr-cells" },
            ...inputs.map(([, one]) => make("div", { class: "gr-cell" }, ...one.parts)),
          ),
        ],
        read: () =>
          Object.fromEntries(inputs.map(([column, one]) => [column, one.input.value.trim()]).filter((one) => one[1])),
      };
    };
  const entry = (definition) => (value) => {
    const { input } = control({}, value);
    input.setAttribute("aria-label", definition.ask);
    return { shown: [input], read: () => input.value.trim() };
  };

  const RHYTHM =
    /^every\s+(?:(\d\d?)\s+)?(day|week|month|year)s?(?:\s+on\s+([a-z]+day))?(?:\s+at\s+(\d?\d)[:.](\d\d))?(?:,?\s+(?:from|starting)\s+(\d{4}-\d\d-\d\d))?$/i;
  const rhythm = (key, definition, value, take) => {
    const box = shape("rhythm");
    const [regular, free] = box.querySelectorAll("[type=radio]");
    const at = (name) => box.querySelector(`[name=${name}]`);
    const [found, times = "1", unit = "", day = "", hour = "", minute, first = ""] =
      RHYTHM.exec((value || "").trim()) || [];
    if (found)
      Object.entries({
        times,
        unit: unit.toLowerCase(),
        day: upper(day.toLowerCase()),
        time: hour && `${hour.padStart(2, "0")}:${minute}`,
        first,
      }).forEach(([name, one]) => (at(name).value = one));
    else at("words").value = value || "";
    (value && !found ? free : regular).checked = true;
    const choose = () => (box.dataset.kind = regular.checked ? "days" : "words");
    choose();
    const read = () => {
      if (choose() === "words") return take(at("words").value);
      const many = Math.max(1, Math.min(99, Math.floor(at("times").value) || 1));
      const one = at("unit").value;
      const words = [
        `every ${many === 1 ? one : `${many} ${one}s`}`,
        ...[
          ["on", "day"],
          ["at", "time"],
          ["from", "first"],
        ].map(([word, name]) => at(name).value && `${word} ${at(name).value}`),
      ];
      return take(one && words.filter(Boolean).join(" "));
    };
    return field("fieldset", key, read, make("legend", null, definition.ask), example(definition), box);
  };

  /* options: value, words, and more to read about it */
  const radios = (key, title, options, value, take) => {
    made += 1;
    const labels = options.map(([one, words, more]) =>
      make(
        "label",
        { class: "gr-tick" },
        make("input", { type: "radio", name: `gr-${made}`, value: one, checked: one === value }),
        make("span", null, words, hint(more)),
      ),
    );
    const set = field(
      "fieldset",
      key,
      () => take(set.querySelector(":checked").value),
      make("legend", null, title),
      ...labels,
    );
    return set;
  };

  const blankField = (name) => {
    const definition = definitionOf(name);
    const { ask, type, choices } = definition;
    const given = answerOf(name);
    const key = keyOf(name);
    const take = (value) => answer(name, value);
    const list = Array.isArray(given) ? given : given ? [given] : [];
    const words = typeof given === "string" ? given : "";
    if (type === "rows") {
      const rows = list.filter((one) => typeof one === "object");
      return several(key, ask, "", rows.length ? rows : [{}], "row", cells(definition.columns), take);
    }
    if (type === "list")
      return several(key, ask, example(definition), list.length ? list : [""], "entry", entry(definition), take);
    if (type === "rhythm") return rhythm(key, definition, words, take);
    if (type === "choice" && choices.length < 7 && (!words || choices.includes(words)))
      return radios(
        key,
        ask,
        ["", ...choices].map((one) => [one, one || "Not decided yet"]),
        words,
        take,
      );
    return single(key, definition, words, ask, take, type === "long text" ? 4 : 0);
  };
  const answersOf = (words) =>
    make("div", { "data-part": "answers", lang: template.language }, ...blanksIn(words).map(blankField));

  /* What cannot stand in the document waits beside it, with the reason; the document keeps the last good text. */
  const checked = (key, label, value, find, set, tall, after = () => {}) => {
    const list = make("div", { class: "gr-findings", role: "status", id: `gr-findings-${(made += 1)}` });
    const look = (words, input) => {
      const found = find(words);
      list.replaceChildren(
        ...(found.length ? [...found, "The document keeps the last text that could be read."] : []).map((one) =>
          make("p", null, one),
        ),
      );
      input.setAttribute("aria-invalid", String(found.length > 0));
      return found.length;
    };
    const take = (words, input) => {
      if (look(words, input)) change({ pending: pend(key, words) }, "the wording", key);
      else {
        change({ pending: pend(key), agreement: set(words) }, "the wording", key);
        after(words);
      }
    };
    const box = single(key, {}, has(draft.pending, key) ? draft.pending[key] : value, label, take, tall);
    const input = firstControl(box);
    input.setAttribute("aria-describedby", list.id);
    box.append(list);
    look(input.value, input);
    return box;
  };
  const oneLine = (words) => words.trim().split(/\s+/).join(" ");
  const badTitle = (words) => [core.oddTitle(oneLine(words))].filter(Boolean);
  const wordingField = (id, value) => {
    const find = (words) => core.findings(words, 1, id === START).map((one) => `Line ${one.line}: ${one.message}`);
    const after = (words) => form.querySelector("[data-part=answers]").replaceWith(answersOf(words));
    const box = checked(
      `text ${id}`,
      "The wording",
      value,
      find,
      (words) => core.setText(draft.agreement, id, words),
      8,
      after,
    );
    box.append(
      hint(
        "An empty line starts a paragraph. A hyphen at the start of a line makes a list. [[Words in double brackets]] are a blank to fill in.",
      ),
    );
    return box;
  };

  /* --- the steps --- */

  const heading = (above, words) => [
    make("p", { class: "gr-kind" }, above),
    make("h2", { id: "gr-step", tabIndex: -1 }, words),
    make("p", { class: "gr-here", "data-part": "here" }),
  ];

  const party = (given = {}) => {
    const box = shape("party");
    const inputs = [...box.querySelectorAll("[name]:not([type=radio])")];
    inputs.forEach((one) => (one.value = given[one.name] || ""));
    const [organisation, person] = box.querySelectorAll("[type=radio]");
    const alone = given.name ? given.organisation || given.person : root.dataset.people === "yes";
    (alone ? person : organisation).checked = true;
    const choose = () => {
      box.dataset.kind = given.contact && given.organisation ? "both" : person.checked ? "person" : "organisation";
    };
    choose();
    const read = () => {
      choose();
      return Object.fromEntries(
        [...inputs.map((one) => [one.name, one.value.trim()]), ["person", person.checked && "yes"]].filter(
          (one) => one[1],
        ),
      );
    };
    return { shown: [box], read };
  };
  const startStep = () => {
    const day = (name, label, note) => {
      const late = make("p", { class: "gr-findings", role: "status" });
      const take = (value) => {
        const { start, end } = { ...front(), [name]: value };
        const bad = start && end && end < start;
        late.textContent = bad ? "The end is before the start. The document keeps the last day that fits." : "";
        if (!bad) setFront(name, value || null);
      };
      const box = single(name, { type: "date" }, front()[name] || "", label, take);
      box.append(late, note || "");
      return box;
    };
    const known = draft.pending.parties || front().parties;
    const take = (all) => {
      const given = all.filter((one) => Object.keys(one).some((name) => name !== "person"));
      const whole = given.filter((one) => one.name).map(({ person, ...one }) => one);
      setFront(
        "parties",
        whole,
        pend("parties", given.some((one) => !one.name || (one.person && !one.organisation)) ? given : undefined),
      );
    };
    return [
      ...heading("Start here", "Partners and dates"),
      checked("title", "What do you call this agreement?", front().title, badTitle, (words) =>
        core.setFront(draft.agreement, "title", words),
      ),
      several("parties", "Who are the partners?", "", known && known.length ? known : [{}, {}], "partner", party, take),
      day("start", "When does it start?"),
      day("end", "When does it end?", hint("Leave this empty if no end is set.")),
      answersOf(draft.agreement.preamble),
      details("Change the opening words", wordingField(START, draft.agreement.preamble)),
    ];
  };

  let talking = window.matchMedia("(min-width: 60em)").matches;
  const talk = (clause) => {
    if (!clause) return null;
    const box = details(
      "Why it matters, and what to ask each other",
      ...clause.why.map((one) => make("p", null, one)),
      make("ul", null, ...clause.questions.map((one) => make("li", null, one))),
    );
    Object.assign(box, { lang: template.language, open: talking, ontoggle: () => (talking = box.open) });
    return box;
  };
  const brief = (words) => {
    const line = words
      .replace(/\[\[[^\]]+\]\]/g, "…")
      .replace(/[*\\]/g, "")
      .split(/\s+/)
      .join(" ");
    return line.length > 140 ? `${line.slice(0, 140).replace(/\s\S*$/, "")} …` : line;
  };

  let editing = "";
  const clauseStep = (id) => {
    const clause = clauseOf(id);
    const section = sectionOf(id);
    if (!section) {
      const box = shape("left");
      box.querySelector(".gr-needed").textContent = clause.needed || "You may leave it out.";
      return [...heading("Left out", clause.title), box, talk(clause)];
    }
    const at = placeOf(id);
    const edit = shape("edit");
    const on = (action) => edit.querySelector(`[data-do=${action}]`);
    on("up").disabled = !at;
    on("down").disabled = at === sections().length - 1;
    if (!template.clauses.includes(clause)) on("leave").textContent = "Remove this clause";
    const retitle = (title) => core.setTitle(draft.agreement, id, title);
    edit.querySelector("[data-slot]").append(
      checked(
        `title ${id}`,
        "Heading",
        section.title,
        badTitle,
        retitle,
        0,
        () => (form.querySelector("#gr-step").textContent = titleOf(id)),
      ),
      wordingField(id, section.text),
    );
    edit.open = editing === id || has(draft.pending, `text ${id}`) || has(draft.pending, `title ${id}`);
    edit.ontoggle = () => (editing = edit.open ? id : "");
    const choose = (wording) => {
      const own = !clause.wordings.some((one) => one.text === sectionOf(id).text);
      change(
        { pending: pend(`text ${id}`), agreement: withAside(core.chooseWording(draft.agreement, clause, wording), id) },
        "the choice of wording",
      );
      render();
      form.querySelector(`[value="${wording}"]`).focus();
      if (own) undoable("Your own words were replaced.");
    };
    return [
      ...heading(`Clause ${at + 1} of ${sections().length}`, section.title),
      clause && clause.optional && hint("You may leave this clause out."),
      clause &&
        clause.wordings.length > 1 &&
        radios(
          "wording",
          "Which wording?",
          clause.wordings.map((one) => [one.id, one.title, brief(one.text)]),
          section.wording,
          choose,
        ),
      answersOf(section.text),
      !blanksIn(section.text).length &&
        make("p", null, "There is nothing to fill in here. Read the text, and change it if it does not fit."),
      talk(clause),
      edit,
    ];
  };

  const finishStep = () => {
    const box = shape("finish");
    const calendar = box.querySelector("[data-do=ics]").parentElement;
    calendar.hidden = true;
    bringExports()
      .then(() => (calendar.hidden = !/BEGIN:VEVENT/.test(core.ics(draft.agreement, template))))
      .catch(() => {});
    box.querySelector("[data-do=share]").parentElement.hidden = !shareKind();
    return [...heading("Last step", "Finish"), box];
  };

  const adding = () => {
    const box = shape("adding");
    const search = box.querySelector("input");
    const fill = () => {
      const found = window.groundRulesLibrary.clauses.filter(
        (one) => placeOf(one.id) < 0 && one.title.toLowerCase().includes(search.value.trim().toLowerCase()),
      );
      box
        .querySelector("ul")
        .replaceChildren(...found.map((one) => make("li", null, button(one.title, "take", { "data-step": one.id }))));
    };
    search.oninput = () => window.groundRulesLibrary && fill();
    bring(root.dataset.library, () => window.groundRulesLibrary).then(
      fill,
      () => (box.lastElementChild.hidden = false),
    );
    return box;
  };

  const render = () => {
    const all = steps();
    if (!all.includes(step)) step = START;
    const now = paint();
    const shown = step === START ? startStep() : step === FINISH ? finishStep() : clauseStep(step);
    form.replaceChildren(...shown.filter(Boolean));
    if (locked)
      form
        .querySelectorAll("input, select, textarea, button")
        .forEach((one) => (one.disabled = !/^(go|md|docx|ics|print|share)$/.test(one.dataset.do)));
    root.querySelector("[data-do=back]").disabled = step === START;
    root.querySelector("[data-do=next]").disabled = step === FINISH;
    showDrafts();
    showOpen();
    showKept();
    follow(now);
  };
  const go = (to, blank) => {
    if (timer) keep();
    step = to;
    show();
    parts.steps.open = false;
    view(false);
    render();
    const box = blank && [...form.querySelectorAll("[data-field]")].find((one) => one.dataset.field === keyOf(blank));
    const target = (box && firstControl(box)) || form.querySelector("#gr-step");
    target.focus({ preventScroll: true });
    (box || parts.steps).scrollIntoView({ block: box ? "center" : "start" });
  };
  const view = (sheetToo) => {
    root.toggleAttribute("data-view", sheetToo);
    root.querySelector("[data-do=view]").textContent = sheetToo ? "Back to the questions" : "See the document";
  };
  const showDrafts = () => {
    const lines = kept().map((record) => {
      const here = record.id === draft.id;
      return make(
        "li",
        null,
        button(record.title, "open", { "data-id": record.id, disabled: here || !has(others, record.template) }),
        hint(here ? "Open here." : `Kept at ${clock(record.time)}.`),
      );
    });
    parts.drafts.replaceChildren(...(lines.length ? lines : [make("li", null, "None yet.")]));
  };

  /* --- opening, and starting anew --- */

  const use = async (next) => {
    if (timer) keep();
    draft = next;
    past = [];
    future = [];
    aside = {};
    gone = {};
    step = START;
    session("open", next.revision && next.id);
    locked = !(await hold(next.id));
    render();
    if (!locked) return;
    queue(next.id);
    say(
      "This draft is open in another tab. You can read it here. Close the other tab to write here.",
      buttons(button("Start a new draft", "new")),
    );
  };
  const focusStep = () => form.querySelector("#gr-step").focus();

  const load = async (file) => {
    if (!file) return;
    const no = (words, ...more) => {
      wrong(`"${file.name}" ${words} Nothing was changed.`, ...more);
      parts.wrong.focus();
    };
    if (/\.(docx?|odt|pdf|ics)$/i.test(file.name))
      return no("cannot be opened here. Choose the file that ends in .md.");
    if (file.size > 1e6) return no("is too large for an agreement.");
    let words;
    try {
      words = new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
    } catch {
      return no("is not a text file.");
    }
    const { agreement, problems } = core.read(words);
    const list = make(
      "ul",
      null,
      ...problems.slice(0, 8).map((one) => make("li", null, `Line ${one.line}: ${one.message}`)),
    );
    if (!agreement) return no("cannot be opened.", list);
    if (agreement.front.template !== template.id) {
      const [link, title] = others[agreement.front.template] || [];
      return no(
        "was made from another template.",
        make(
          "p",
          null,
          link
            ? make("a", { href: link }, `Open it on the page of "${title}"`)
            : "This site does not have that template.",
        ),
      );
    }
    await use({ ...fresh(agreement), dirty: true });
    draft.saved = { time: file.lastModified, mark: mark() };
    keep();
    showDrafts();
    say(`"${agreement.front.title}" is open.`, problems.length ? list : "");
    return focusStep();
  };

  /* --- taking it away --- */

  const TYPES = {
    md: "text/markdown",
    docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ics: "text/calendar",
    txt: "text/plain",
  };
  const fileOf = async (kind) => {
    const name = (
      front()
        .title.toLowerCase()
        .match(/[\p{L}\p{M}\p{N}]+/gu) || ["agreement"]
    )
      .join("-")
      .slice(0, 60);
    const { agreement } = draft;
    if (kind !== "md" && kind !== "txt") await bringExports();
    const content =
      kind === "docx"
        ? await core.docx(core.assemble(agreement, template), template)
        : kind === "ics"
          ? core.ics(agreement, template)
          : text();
    return new File([content], `${name}.${kind}`, { type: TYPES[kind] });
  };
  const download = async (kind) => {
    let file;
    try {
      file = await fileOf(kind);
    } catch {
      return wrong("The file could not be made. Your draft is still here.");
    }
    const link = make("a", { href: URL.createObjectURL(file), download: file.name });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    if (kind === "md") {
      draft = { ...draft, saved: { time: Date.now(), mark: mark() }, dirty: true };
      keep();
    }
    const waits = Object.keys(draft.pending).some((one) => one !== "parties");
    return say(`"${file.name}" is with your downloads.${waits ? " Wording that could not be read is not in it." : ""}`);
  };
  const shareKind = () =>
    navigator.canShare &&
    ["docx", "md", "txt"].find((kind) =>
      navigator.canShare({ files: [new File(["a"], `a.${kind}`, { type: TYPES[kind] })] }),
    );
  const share = async () => {
    try {
      await navigator.share({ files: [await fileOf(shareKind())], title: front().title });
    } catch (error) {
      if (error.name !== "AbortError") wrong("This device could not share the file. Save it instead.");
    }
  };
  const clear = async () => {
    if (
      !window.confirm(
        "Clear every draft and checklist mark that this site keeps in this browser? Files you saved stay.",
      )
    )
      return;
    clearTimeout(timer);
    timer = 0;
    places("groundrules:").forEach((one) => localStorage.removeItem(one));
    if (window.caches) for (const one of await caches.keys()) await caches.delete(one);
    await use(fresh());
    say("Everything is cleared.");
  };

  /* --- what people do --- */

  const shift = (by) => {
    change({ agreement: core.move(draft.agreement, step, by) }, "the move");
    editing = step;
    render();
    const [same, other] = (by < 0 ? ["up", "down"] : ["down", "up"]).map((one) =>
      form.querySelector(`[data-do=${one}]`),
    );
    (same.disabled ? other : same).focus();
    say(`Now clause ${placeOf(step) + 1} of ${sections().length}.`);
  };
  const add = (clause) => {
    const ids = sections().map((one) => one.id);
    const next = core.addClause(draft.agreement, clause, ids.includes(step) ? step : ids[ids.length - 1]);
    const { id } = next.sections.find((one) => !ids.includes(one.id));
    change({ agreement: withAside(next, id) }, "the new clause");
    editing = clause.id ? "" : id;
    go(id);
    if (clause.id) return;
    const title = form.querySelector("details [data-field] input");
    title.focus();
    title.select();
  };
  const actions = {
    share,
    clear,
    hush: () => {
      show();
      focusStep();
    },
    undo: () => travel(past, future, "Undone"),
    redo: () => travel(future, past, "Done again"),
    back: () => go(steps()[steps().indexOf(step) - 1]),
    next: () => go(steps()[steps().indexOf(step) + 1]),
    go: (at) => go(at.dataset.step, at.dataset.blank),
    view: () => {
      show();
      view(!root.hasAttribute("data-view"));
      (root.hasAttribute("data-view") ? markNow() || sheet : parts.steps).scrollIntoView();
    },
    md: () => download("md"),
    docx: () => download("docx"),
    ics: () => download("ics"),
    print: () => window.print(),
    new: async () => {
      await use(fresh());
      say("This is a new draft.");
      focusStep();
    },
    open: async (at) => {
      const record = stored(at.dataset.id);
      if (record.template !== template.id) {
        session("open", record.id);
        location.href = others[record.template][0];
        return;
      }
      const next = opened(record);
      if (!next) return void wrong("This draft cannot be read.");
      await use(next);
      if (!locked) say(`"${record.title}" is open.`);
      focusStep();
    },
    add: (at) => at.closest("[data-field]").add(),
    remove: (at) => at.closest("[data-field]").drop(at.closest(".gr-row")),
    up: () => shift(-1),
    down: () => shift(1),
    leave: () => {
      const all = steps();
      const section = sectionOf(step);
      gone[step] = section;
      change(
        { pending: pend(`text ${step}`), agreement: core.leaveOut(draft.agreement, step) },
        `leaving out "${section.title}"`,
      );
      go(steps().includes(step) ? step : all[all.indexOf(step) + 1]);
      undoable(`"${section.title}" is no longer in the document.`);
    },
    bring: () => {
      const clause = clauseOf(step);
      let next = core.bringBack(draft.agreement, clause);
      const { wording, text: words } = gone[step] || {};
      if (clause.wordings.some((one) => one.id === wording)) next = core.chooseWording(next, clause, wording);
      if (words) next = core.setText(next, step, words);
      change({ agreement: withAside(next, step) }, `bringing back "${clause.title}"`);
      go(step);
    },
    more: (at) => {
      const box = adding();
      form.querySelectorAll(".gr-adding").forEach((one) => one.remove());
      at.closest(".gr-buttons").after(box);
      box.querySelector("button").focus();
    },
    unadd: (at) => {
      at.closest(".gr-adding").remove();
      form.querySelector("[data-do=more]").focus();
    },
    own: () => add({ title: "A clause of our own", text: "We agree that …" }),
    take: (at) => add(clauseOf(at.dataset.step)),
  };
  root.addEventListener("click", (event) => {
    const at = event.target.closest("[data-do]");
    if (at && has(actions, at.dataset.do)) return void actions[at.dataset.do](at);
    const place = event.target.closest("article :is([data-blank], h2)");
    if (!place || event.target.closest("a")) return;
    const { blank } = place.dataset;
    const { clause } = place.closest("[data-clause]").dataset;
    go(ENDS.includes(blank) ? START : clause, blank);
  });
  form.addEventListener("input", (event) => {
    const box = event.target.closest("[data-field]");
    if (box && !locked) readers.get(box)();
  });
  form.addEventListener("submit", (event) => event.preventDefault());
  parts.file.addEventListener("change", async () => {
    await load(parts.file.files[0]);
    parts.file.value = "";
  });
  parts.nothing.addEventListener("change", () => {
    nothing = parts.nothing.checked;
    session("nothing", nothing && "yes");
    draft = { ...draft, dirty: draft.dirty || draft.revision > 0 };
    if (nothing && !locked) {
      trying(() => localStorage.removeItem(PLACE + draft.id));
      session("open", "");
      draft = { ...draft, revision: 0, time: 0 };
    }
    keep();
    showDrafts();
  });
  document.addEventListener("keydown", (event) => {
    if (
      locked ||
      !(event.ctrlKey || event.metaKey) ||
      event.altKey ||
      /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName)
    )
      return;
    const key = `${event.shiftKey ? "shift " : ""}${event.key.toLowerCase()}`;
    const action = { z: "undo", "shift z": "redo", y: "redo" }[key];
    if (!action) return;
    event.preventDefault();
    actions[action]();
  });
  window.addEventListener("dragover", (event) => event.dataTransfer.types.includes("Files") && event.preventDefault());
  window.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    load(event.dataTransfer.files[0]);
  });
  window.addEventListener("storage", (event) => {
    if (locked && event.key === PLACE + draft.id) refresh();
    else showDrafts();
  });
  window.addEventListener("pagehide", keep);
  document.addEventListener("visibilitychange", () => document.hidden && keep());
  window.addEventListener("beforeunload", (event) => {
    keep();
    if ((nothing || failed) && draft.dirty && !locked && unsaved()) event.preventDefault();
  });

  const begin = async () => {
    parts.without.remove();
    [parts.lead, parts.app, parts.foot].forEach((one) => (one.hidden = false));
    root.dataset.live = "";
    const mine = (one) => one && one.template === template.id;
    const record = [stored(remembered("open")), ...kept()].find(mine);
    const before = record && opened(record);
    await use(before || fresh());
    if (record && !before) wrong("A draft that is kept here cannot be read. It stays where it is.");
    else if (before && !locked)
      say(
        `We brought back "${record.title}", kept in this browser at ${clock(record.time)}.`,
        buttons(button("Start a new draft", "new")),
      );
  };
  begin();
})();
