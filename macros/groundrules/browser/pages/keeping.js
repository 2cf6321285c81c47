"use strict";

/* The page on which people open the files of an agreement: they sign it, compare it, keep it up to date, draft records.
   signing.js, compare.js, upgrade.js and records.js do the work. Files are only read; what comes of them is offered to
   save. People's words reach the page as text, or through the engine's html, which escapes them. */
(() => {
  const root = document.querySelector("[data-keeping]");
  const core = window.GroundRules;
  if (!root || !core || !core.proposals || !window.groundRulesKeeping) return;

  const { languages, site } = window.groundRulesKeeping;
  const { entriesOf, keysOf, isText } = core.parts;
  const drafts = JSON.parse(root.dataset.drafts);
  const PLACE = "groundrules:draft:";
  const parts = Object.fromEntries([...root.querySelectorAll("[data-part]")].map((one) => [one.dataset.part, one]));
  const has = (object, name) => Object.prototype.hasOwnProperty.call(object || {}, name);
  const today = () => {
    const now = new Date();
    return [now.getFullYear(), now.getMonth() + 1, now.getDate()].map((one) => String(one).padStart(2, "0")).join("-");
  };
  const dayWords = (day) => core.parts.writtenDate(day, languages["en-GB"].locale);
  const listed = (all) => (all.length < 2 ? all.join("") : `${all.slice(0, -1).join(", ")} and ${all[all.length - 1]}`);

  /* --- making elements --- */

  const make = (tag, settings, ...children) => {
    const element = document.createElement(tag);
    for (const [name, value] of Object.entries(settings || {})) {
      if (/-|^class$|^role$|^for$/.test(name)) element.setAttribute(name, value);
      else element[name] = value;
    }
    element.append(...children.flat(9).filter(Boolean));
    return element;
  };
  const shape = (name) => root.querySelector(`template[data-shape=${name}]`).content.firstElementChild.cloneNode(true);
  const button = (words, action, settings) =>
    make("button", { type: "button", class: "gr-button", onclick: action, ...settings }, words);
  const buttons = (...all) => make("p", { class: "gr-buttons" }, ...all);
  const unseen = (words) => make("span", { class: "gr-unseen" }, words);
  const options = (all, chosen) =>
    all.map(([value, words]) => make("option", { value, selected: value === chosen }, words));
  const hint = (...words) => make("p", { class: "gr-example" }, ...words);
  /* A script that few need; it is there already when ``found`` says so. */
  const bring = (src, found) =>
    new Promise((done, failed) => {
      if (found()) done();
      else document.head.append(make("script", { src, onload: done, onerror: failed }));
    });

  /* --- messages --- */

  const show = (box, words, more) => {
    parts.message.replaceChildren();
    parts.wrong.replaceChildren();
    if (!box) return;
    box.append(
      make("p", null, words),
      ...more,
      buttons(button("Close", () => (show(), parts.file.focus()), { "aria-label": "Close this message" })),
    );
  };
  const say = (words, ...more) => show(parts.message, words, more);
  const wrong = (words, ...more) => {
    show(parts.wrong, words, more);
    parts.wrong.focus();
  };
  const reasons = (all) =>
    make(
      "ul",
      null,
      all.map((one) => make("li", null, one)),
    );

  /* --- the files that are open ---
     kind: agreement, version, taken or record. text: as it is to be saved. unsaved: whether it differs from the file. */

  let files = [];
  let library = null;
  let opened = new Set();

  const KINDS = {
    agreement: "Agreement",
    version: "Kept version",
    taken: "The library's text, as taken",
    record: "Record",
  };
  const main = () => files.find((one) => one.kind === "agreement");
  const taken = () => files.find((one) => one.kind === "taken");
  const versions = () =>
    new Map(
      files.filter((one) => one.kind === "version").map((one) => [Number(one.agreement.front.version), one.agreement]),
    );
  const languageOf = ({ front }) =>
    has(languages, front.language) && { ...languages[front.language], site, titles: {} };

  const kindOf = (front, name) => {
    if (front.basis || front.summary) return "";
    if (front.date) return "record";
    if (front.version) return "version";
    const bare =
      !["taken", "answers"].some((key) => keysOf(front[key]).length) &&
      !["parties", "signatures", "rounds"].some((key) => front[key].length);
    return bare && (/^taken/i.test(name) || keysOf(front.blanks).length) && !front.start ? "taken" : "agreement";
  };

  /* The text of a file, or why it cannot be read. */
  const read = (name, text) => {
    const { agreement, problems } = core.read(text);
    if (!agreement) return { problems: problems.slice(0, 8).map((one) => `Line ${one.line}: ${one.message}`) };
    const kind = kindOf(agreement.front, name);
    if (!kind) return { problems: ["This is a worked example, not an agreement of yours."] };
    // A kept version holds answers as text, a record quotes them, and an answer may hold any sign.
    const anySign = kind === "version" || kind === "record";
    const wrongs = problems.filter((one) => !anySign || (one.name !== "template-code" && one.name !== "raw-html"));
    return {
      file: {
        name,
        kind,
        text,
        agreement,
        wrongs: wrongs.map((one) => `Line ${one.line}: ${one.message}`),
        unsaved: false,
      },
    };
  };

  /* The same thing again takes the place of the one before. */
  const same = (one, other) => {
    if (one.kind !== other.kind) return false;
    if (one.kind === "version") return one.agreement.front.version === other.agreement.front.version;
    return one.kind === "record" ? one.name === other.name : true;
  };
  const put = (file) => {
    const at = files.findIndex((one) => same(one, file));
    if (at < 0) files.push(file);
    else if (file.kind === "agreement" && files[at].text !== file.text) {
      // The one before stays to be compared with.
      files[at] = { ...files[at], kind: "earlier" };
      files = files.filter((one, index) => one.kind !== "earlier" || index === at);
      files.push(file);
    } else files[at] = file;
  };

  const decode = async (file) => {
    if (/\.(docx?|odt|pdf|ics)$/i.test(file.name))
      throw new Error("cannot be opened here. Choose files that end in .md.");
    if (file.size > 1e6) throw new Error("is too large for an agreement.");
    try {
      return new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
    } catch {
      throw new Error("is not a text file.");
    }
  };

  const openFiles = async (chosen) => {
    const fine = [];
    const refused = [];
    for (const file of chosen) {
      try {
        const found = read(file.name, await decode(file));
        if (found.file) fine.push(found.file);
        else refused.push(make("li", null, `"${file.name}" cannot be opened.`, reasons(found.problems)));
      } catch (error) {
        refused.push(make("li", null, `"${file.name}" ${error.message}`));
      }
    }
    await take(fine, refused);
  };
  const take = async (fine, refused = []) => {
    const unsaved =
      files.some((one) => one.unsaved) && fine.some((one) => files.some((other) => other.unsaved && same(one, other)));
    if (unsaved && !window.confirm("What you have not saved yet would be replaced. Go on?")) return;
    fine.forEach(put);
    if (fine.length)
      await bring(root.dataset.library, () => window.groundRulesLibrary).then(
        () => (library = window.groundRulesLibrary),
        () => {},
      );
    if (fine.length) render();
    if (refused.length)
      return void wrong("Some files were left aside. Nothing else was changed.", make("ul", null, refused));
    if (!fine.length) return;
    say(fine.length === 1 ? `"${fine[0].agreement.front.title}" is open.` : `${fine.length} files are open.`);
    const title = parts.agreement.querySelector("h2");
    if (title) title.focus();
  };

  /* --- where the agreement stands --- */

  /* A kept version that was not opened is known all the same if today's words have the fingerprint that was signed. */
  const known = (agreement, language) => {
    const kept = versions();
    const document = core.assemble(agreement, language);
    const now = core.fingerprint(document);
    for (const { version, fingerprint } of agreement.front.signatures) {
      if (version && fingerprint === now && !kept.has(Number(version)))
        kept.set(
          Number(version),
          core.read(core.write(core.finished(document, agreement.front, Number(version)))).agreement,
        );
    }
    return kept;
  };
  const standing = () => {
    const file = main();
    const language = file && languageOf(file.agreement);
    return language ? core.standing(file.agreement, known(file.agreement, language), language) : null;
  };
  const template = ({ agreement }) =>
    library && has(library.templates, agreement.front.template) ? library.templates[agreement.front.template] : null;

  /* Why today's words cannot be agreed: what cannot be read, what is open, what the template needs. */
  const wrongsOf = (where) => {
    const { answers, blanks } = where.agreement.front;
    const known = new Map(entriesOf(blanks).map(([name, one]) => [core.blankKey(name), one]));
    const definition = (name) => known.get(core.blankKey(name));
    const holes = where.open.map(
      (name) => `"${name}" is not answered yet. ${(definition(name) || { ask: "Fill it in first." }).ask}`,
    );
    const misfits = entriesOf(answers)
      .filter(([name, given]) => definition(name) && core.misfit(definition(name), given))
      .map(([name, given]) => `"${name}": ${core.misfit(definition(name), given)}`);
    const open = where.open.map(core.blankKey);
    const needs = (template(where) || {}).needs || [];
    const more = core.open(
      { ...where.agreement, front: { ...where.agreement.front, status: "agreed" } },
      { ...where.language, needs },
      today(),
    );
    return [
      ...main().wrongs,
      ...holes,
      ...misfits,
      ...more.filter((one) => !open.includes(one.blank) || !one.blank).map((one) => one.message),
    ];
  };

  const MATCHES = {
    matches: "signed these words",
    changed: "signed earlier words, which have changed since",
    "cannot check": "cannot be checked",
  };
  const stateWords = (where) => {
    const { state, agreed, missing, round } = where;
    const waiting = missing.length
      ? ` ${listed(missing.map((one) => one.name))} ${missing.length > 1 ? "have" : "has"} not signed yet.`
      : " Everybody has signed.";
    const day = agreed && dayWords(where.rounds.find((one) => one.version === agreed && one.agreed).agreed);
    if (state === "ended") return "Ended.";
    if (state === "draft") return "A draft. Nobody has signed it yet.";
    if (state === "being signed") return `Being signed, as version ${round.version}.${waiting}`;
    if (state === "renegotiating")
      return `Version ${agreed} was agreed on ${day}, and is in force. Version ${round.version} is being settled.${waiting}`;
    if (state === "changed")
      return where.kept.has(agreed)
        ? `Version ${agreed} was agreed on ${day}, and is in force. The words in this file have changed since.`
        : `Version ${agreed} was agreed on ${day}. Open its kept text too, ${agreed}.md: without it nobody can say whether these words are the same.`;
    return agreed ? `Agreed on ${day} (version ${agreed}).` : "Agreed.";
  };

  /* --- saving --- */

  const TYPES = {
    md: "text/markdown",
    docx: "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
  };
  const save = (name, content) => {
    const link = make("a", {
      href: URL.createObjectURL(new Blob([content], { type: TYPES[name.split(".").pop()] })),
      download: name,
    });
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 60000);
    say(`"${name}" is with your downloads.`);
  };
  const saveFile = (file) => {
    save(file.name, file.text);
    file.unsaved = false;
    render();
    const next = parts.agreement.querySelector(".gr-unsaved button") || parts.agreement.querySelector("h2");
    next.focus();
  };
  const nameOf = (document) =>
    (document.title.toLowerCase().match(/[\p{L}\p{M}\p{N}]+/gu) || ["agreement"]).join("-").slice(0, 60);
  const saveWord = async (document, name) => {
    try {
      await bring(root.dataset.exports, () => core.docx);
      save(`${name}.docx`, await core.docx(document, languages[document.language]));
    } catch {
      wrong("The Word file could not be made.");
    }
  };

  /* A new text for a file that is open, or a new file; it is to be saved. */
  const change = (kind, name, text) => {
    const { file } = read(name, text);
    const at = files.findIndex((one) => same(one, file));
    const before = at < 0 ? null : files[at];
    const next = { ...file, kind, name, unsaved: true };
    if (before) files[at] = next;
    else files.push(next);
  };
  const changeMain = (agreement, after = (text) => text) => {
    const file = main();
    change("agreement", "agreement.md", after(core.rewritten(file.text, file.agreement, agreement)));
  };
  const done = (words) => {
    render();
    say(words);
    const box = parts.agreement.querySelector(".gr-unsaved");
    box.scrollIntoView({ block: "nearest" });
    box.querySelector("button").focus({ preventScroll: true });
  };

  /* --- drawing a comparison --- */

  const PIECES = { removed: ["del", "removed: "], added: ["ins", "added: "] };
  const piece = ({ kind, text }) => {
    if (kind === "equal") return document.createTextNode(text);
    const [tag, words] = PIECES[kind];
    return make(tag, null, unseen(`[${words}`), text, unseen("]"));
  };
  const BLOCKS = { bullet: "•", table: "Table:", columns: "Columns:", row: "Row:" };
  const drawnLine = (line, dir) => {
    const mark = line.kind === "number" ? line.mark : BLOCKS[line.kind];
    return make(
      "p",
      { class: "gr-line", "data-change": line.change, dir, "data-level": line.level },
      mark && `${mark} `,
      line.pieces.map(piece),
    );
  };
  const FACTS = {
    title: "Title",
    parties: "Partners",
    start: "First day",
    end: "Last day",
    preamble: "The opening words",
  };
  const CHANGES = { reworded: "reworded", added: "new", removed: "removed" };
  const drawnPart = (part, dir) => {
    const isClause = "moved" in part;
    const said = [CHANGES[part.change], part.moved && `moved from place ${part.oldNumber} to ${part.newNumber}`]
      .filter(Boolean)
      .join(", ");
    const head = isClause
      ? [`${part.newNumber || part.oldNumber}. `, part.title.pieces.map(piece)]
      : [FACTS[part.name]];
    const lines = part.lines.map((line, index) => (line.change === "same" ? index : drawnLine(line, dir)));
    // Lines that stayed are said to have stayed, once a run.
    const drawn = lines.map((line, index) => {
      if (typeof line !== "number") return line;
      return typeof lines[index - 1] === "number" || part.change === "same"
        ? null
        : make("p", { class: "gr-line gr-stays" }, "… ", unseen("Words that stayed the same."));
    });
    return make(
      "section",
      { class: "gr-changed" },
      make("h4", null, make("bdi", null, head), " ", make("span", { class: "gr-badge" }, said)),
      drawn,
    );
  };
  const comparison = (old, now) => {
    const { changed, clauses } = core.compare(old, now);
    if (!changed.length) return [make("p", null, "Nothing. Both texts say the same.")];
    const count = (test, one, many) => {
      const found = clauses.filter(test).length;
      return found && `${found} ${found === 1 ? one : many}`;
    };
    const sums = [
      count((one) => one.change === "added", "clause is new", "clauses are new"),
      count((one) => one.change === "removed", "was removed", "were removed"),
      count((one) => one.change === "reworded", "was reworded", "were reworded"),
      count((one) => one.moved, "moved", "moved"),
    ].filter(Boolean);
    return [
      make(
        "p",
        null,
        sums.length ? `Of the clauses, ${listed(sums)}. ` : "No clause changed. ",
        make("span", { class: "gr-went" }, "Struck out"),
        " went, ",
        make("span", { class: "gr-came" }, "underlined"),
        " came.",
      ),
      ...changed.map((part) => drawnPart(part, now.direction)),
    ];
  };

  /* --- the tasks, each folded up until somebody wants it --- */

  const task = (key, title, about, body) => {
    const box = shape("task");
    box.dataset.task = key;
    box.querySelector(".gr-task-title").textContent = title;
    box.querySelector(".gr-task-about").textContent = about;
    box.open = opened.has(key);
    const fill = () => {
      const slot = box.querySelector("[data-slot=body]");
      if (!slot.hasChildNodes()) slot.append(...[body()].flat(9).filter(Boolean));
    };
    if (box.open) fill();
    box.ontoggle = () => {
      if (box.open) fill();
      opened[box.open ? "add" : "delete"](key);
    };
    return box;
  };
  const onSubmit = (form, act) =>
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      act(Object.fromEntries(new FormData(form)));
    });
  const refuse = (form, problems) => {
    const box = form.querySelector("[data-part=refused]");
    box.replaceChildren(...problems.map((one) => make("p", null, one)));
    if (problems.length) box.focus();
  };

  const reading = (document, name) => () => {
    const sheet = make("article", {
      class: "gr-document",
      lang: document.language,
      dir: document.direction,
      "aria-label": name,
    });
    sheet.innerHTML = core.html(document);
    sheet.querySelectorAll("[id]").forEach((one) => one.removeAttribute("id"));
    sheet
      .querySelectorAll("[role=region]")
      .forEach((one) => one.setAttribute("aria-label", `${one.getAttribute("aria-label")}: ${name}`));
    sheet.querySelectorAll("a[href^='#']").forEach((one) => one.replaceWith(...one.childNodes));
    return sheet;
  };

  const signing = (where) => () => {
    const unlike = core.otherWords(where);
    if (unlike)
      return [make("p", { class: "gr-findings" }, unlike), shownChange(where.kept.get(where.round.version), where)];
    const form = shape("sign");
    const { elements } = form;
    const { parties } = where.agreement.front;
    const first = where.missing[0] || parties[0];
    elements.party.append(
      ...options(
        [["", "Choose"], ...parties.map((one) => [one.name, one.name])],
        where.missing.length === 1 ? first.name : "",
      ),
    );
    Object.assign(elements.day, { value: today(), max: today() });
    form.querySelector("[data-for=reason]").hidden = !!where.round || !where.agreed || where.asAgreed;
    form.querySelector("[type=submit]").textContent = `Sign version ${where.version}`;
    onSubmit(form, (given) => {
      const made = core.sign(where, { ...given, today: today(), wrongs: wrongsOf(where) });
      refuse(form, made.problems || []);
      if (made.problems) return;
      changeMain(made.agreement);
      if (!versions().has(made.version)) change("version", `${made.version}.md`, made.text);
      opened.delete("sign");
      done(
        `Signed by ${made.signature.name}, as version ${made.version}. Save both files, and send them to whoever signs next.`,
      );
    });
    return form;
  };
  const closing = (where) => () => {
    const form = shape("agree");
    Object.assign(form.elements.day, { value: today(), max: today() });
    onSubmit(form, (given) => {
      const made = core.agree(where, { ...given, today: today(), wrongs: wrongsOf(where) });
      refuse(form, made.problems || []);
      if (made.problems) return;
      changeMain(made.agreement);
      opened.delete("agree");
      done(`Version ${where.round.version} is agreed. Save the file, and give each partner a copy of all files.`);
    });
    return form;
  };
  const reopening = (where) => () => {
    const form = shape("renegotiate");
    onSubmit(form, (given) => {
      const made = core.renegotiate(where, { ...given, day: today() });
      refuse(form, made.problems || []);
      if (made.problems) return;
      changeMain(made.agreement);
      opened.delete("renegotiate");
      done(`Round ${made.number} is open. Save the file, then change the words: "Go on filling it in".`);
    });
    return form;
  };

  /* Every text that can be compared with another, the oldest first. */
  const texts = (where) => [
    ...[...where.kept.values()].map(({ version, document }) => [`version ${version}`, `Version ${version}`, document]),
    ...files
      .filter((one) => one.kind === "earlier")
      .map((one) => [
        "earlier",
        `The file opened before (${one.name})`,
        core.assemble(one.agreement, languageOf(one.agreement) || where.language),
      ]),
    ["today", "The agreement as it stands", where.today],
  ];
  const comparing = (where) => () => {
    const all = texts(where);
    if (all.length < 2)
      return make("p", null, "Open a second text too: a kept version such as 1.md, or another copy of the agreement.");
    const form = shape("compare");
    form.elements.old.append(...options(all, all[all.length - 2][0]));
    form.elements.new.append(...options(all, "today"));
    onSubmit(form, (given) => {
      const [old, now] = [given.old, given.new].map((key) => all.find(([one]) => one === key)[2]);
      const box = form.querySelector("[data-part=changes]");
      box.replaceChildren(make("h3", null, "What changed"), ...comparison(old, now));
      box.focus();
    });
    return form;
  };
  const shownChange = (kept, where) =>
    kept &&
    make(
      "details",
      { class: "gr-details" },
      make("summary", null, "Show what changed"),
      ...comparison(kept.document, where.today),
    );

  /* --- keeping up with the template --- */

  const lines = (head, old, now) => [
    make("h4", null, head),
    make(
      "div",
      { class: "gr-marked" },
      core.markedLines(old, now).map((all) => make("p", { class: "gr-line", dir: "auto" }, all.map(piece))),
    ),
  ];
  const proposalText = ({ kind, mine, theirs, base, questions }) => [
    kind === "new"
      ? [
          make("h4", null, "It would say"),
          make(
            "div",
            { class: "gr-marked" },
            theirs.text
              .split("\n")
              .filter(Boolean)
              .map((text) => make("p", { class: "gr-line", dir: "auto" }, text)),
          ),
        ]
      : [],
    kind === "library" ? lines("What changes", mine, theirs) : [],
    kind === "both" || kind === "no base" ? lines("From yours to the library's", mine, theirs) : [],
    kind === "both" && base
      ? [lines("What you had changed", base, mine), lines("What the library changed", base, theirs)]
      : [],
    questions.map((question) => [
      make("h4", null, `What is asked for: ${question.name}`),
      core
        .questionLines(question)
        .map(([key, all]) => make("p", { class: "gr-line", dir: "auto" }, `${key}: `, all.map(piece))),
    ]),
  ];
  const TAKE = { new: "Add this clause", question: "Use the library's question", renamed: "Use its new name" };
  const KEEP = { new: "Leave it out", dropped: "Keep it as our own", renamed: "Use its new name" };

  const upgrading = (where) => () => {
    if (!library || !template(where))
      return make("p", null, "This site does not have the template that this agreement was made from.");
    if (where.state === "ended")
      return make("p", null, "This agreement has ended, so there is nothing to keep up with.");
    const base = taken() ? taken().agreement : null;
    const all = core.proposals(where.agreement, base, library).filter((one) => one.kind !== "same");
    if (!all.length) return make("p", null, "Nothing. Your agreement is up to date with its template.");
    return [
      make(
        "p",
        null,
        "Decide clause by clause. What you keep is not proposed again until the library changes once more.",
      ),
      !base && hint("Open taken.md too, if you have it: then you also see which words were yours."),
      ...all.map((one) => proposed(where, base, one)),
    ];
  };
  const proposed = (where, base, one) => {
    const act = (decision) => decide(where, base, one, decision);
    const refused = make("div", { class: "gr-findings", role: "alert", tabIndex: -1, "data-part": "refused" });
    const take = core.decided(where.agreement, base, library, [one], new Map([[one.clause, "take"]]));
    const opens =
      where.state !== "draft" && core.fingerprint(core.assemble(take.agreement, where.language)) !== where.fingerprint;
    const reason =
      opens && make("textarea", { rows: 2, dir: "auto", value: `Keeping up with the template: ${one.title}.` });
    const agreeing = take.lost.length && make("input", { type: "checkbox" });
    const box = make(
      "section",
      { class: "gr-proposal" },
      make("h3", null, one.title),
      make("p", null, core.said(one)),
      proposalText(one),
      agreeing &&
        make(
          "label",
          { class: "gr-tick" },
          agreeing,
          ` Taking it, these answers lose their place, and stay in the file as a remark: ${take.lost.map((each) => `${each.name}: ${flatAnswer(each.answer)}`).join("; ")}`,
        ),
      reason &&
        make(
          "label",
          { class: "gr-cell" },
          "Others signed the words as they were, so taking this opens a new round. Why?",
          reason,
        ),
      refused,
      buttons(
        one.kind !== "dropped" &&
          one.kind !== "renamed" &&
          button(
            TAKE[one.kind] || "Take the library's text",
            () => {
              if (agreeing && !agreeing.checked)
                return refuse(box, ["Tick that these answers may go, or keep your text."]);
              return act({ choice: "take", because: reason ? reason.value : "" });
            },
            { "aria-label": `${TAKE[one.kind] || "Take the library's text"}: ${one.title}` },
          ),
        button(KEEP[one.kind] || "Keep ours", () => act({ choice: "keep", because: "" }), {
          "aria-label": `${KEEP[one.kind] || "Keep ours"}: ${one.title}`,
        }),
      ),
    );
    return box;
  };
  const flatAnswer = (answer) => (isText(answer) ? answer : core.parts.entries(answer).join(", "));
  const decide = (where, base, one, { choice, because }) => {
    const made = core.decided(where.agreement, base, library, [one], new Map([[one.clause, choice]]));
    let { agreement } = made;
    const differs = core.fingerprint(core.assemble(agreement, where.language)) !== where.fingerprint;
    if (differs && where.state !== "draft")
      agreement = core.parts.withFront(agreement, core.parts.openRound(where, today(), because));
    changeMain(agreement, (text) => core.withRemarks(text, made.lost, today()));
    change("taken", "taken.md", core.write(made.taken));
    done(`${choice === "take" ? "Taken" : "Kept as yours"}: ${one.title}. Save the files when you are done.`);
  };

  /* --- records --- */

  const recording = (where) => () => {
    if (!library) return make("p", null, "The forms for records could not be loaded.");
    const form = shape("record");
    const kinds = Object.keys(library.records).filter((kind) => !kind.includes("."));
    const language = where.agreement.front.language;
    form.elements.kind.append(
      ...options(
        kinds.map((kind) => [kind, core.formOf(library, kind, language).title]),
        "review",
      ),
    );
    Object.assign(form.elements.day, { value: today() });
    form
      .querySelector("[data-slot=about]")
      .append(
        ...where.inForce.clauses.map((one) =>
          make(
            "label",
            { class: "gr-tick" },
            make("input", { type: "checkbox", name: "about", value: one.id }),
            ` ${one.number}. ${one.title}`,
          ),
        ),
      );
    const fits = () =>
      (form.querySelector("[data-for=about]").hidden = !core.hasPlaceForClauses(
        core.formOf(library, form.elements.kind.value, language),
      ));
    form.elements.kind.onchange = fits;
    fits();
    onSubmit(form, ({ kind, day, next }) => {
      const bad = [
        !core.readDate(day) && "Give the day as year-month-day, such as 2027-05-03.",
        next && !core.readDate(next) && "Give the day of the next review as year-month-day, or leave it empty.",
      ].filter(Boolean);
      refuse(form, bad);
      if (bad.length) return;
      const chosen = core.formOf(library, kind, language);
      const about = core.hasPlaceForClauses(chosen) ? new FormData(form).getAll("about") : [];
      const made = core.draftRecord(chosen, kind, where, library, { day, next, about });
      const name = `${day}-${kind}`;
      const drawn = core.assemble(made, where.language);
      const box = form.querySelector("[data-part=record]");
      box.replaceChildren(
        make("h3", null, made.front.title),
        make(
          "p",
          null,
          "Fill it in together, in Word or in the file, and keep it with the agreement, in the folder records.",
        ),
        buttons(
          button("Save the record (.md)", () => save(`${name}.md`, core.write(made)), { class: "gr-button gr-main" }),
          button("Word document (.docx)", () => saveWord(drawn, name)),
        ),
        reading(drawn, "The record")(),
      );
      box.focus();
    });
    return form;
  };

  /* --- fingerprints --- */

  const copy = async (words) => {
    try {
      await navigator.clipboard.writeText(words);
      say("The fingerprint is copied.");
    } catch {
      say("Copying did not work here. Select the fingerprint and copy it yourself.");
    }
  };
  const printed = (words, name) =>
    make(
      "p",
      { class: "gr-print" },
      `${name}: `,
      make("code", { dir: "ltr" }, words),
      " ",
      button("Copy", () => copy(words), { "aria-label": `Copy: ${name}` }),
    );
  const paper = (where) => () => {
    const form = shape("paper");
    const known = [
      [where.fingerprint, "today's words"],
      ...[...where.kept.values()].map((one) => [one.fingerprint, `version ${one.version}`]),
    ];
    onSubmit(form, ({ print }) => {
      const found = (/gr1:[0-9a-f]{64}/.exec(print.replace(/\s/g, "").toLowerCase()) || [""])[0];
      const names = known.filter(([one]) => one === found).map(([, name]) => name);
      const words = found
        ? names.length
          ? `It is the fingerprint of ${listed(names)}.`
          : "No text that is open here has this fingerprint."
        : 'This is not a whole fingerprint. It is "gr1:" and 64 letters and figures.';
      form.querySelector("[data-part=result]").textContent = words;
    });
    return form;
  };

  /* --- the page --- */

  const unsavedBox = () => {
    const waiting = files.filter((one) => one.unsaved);
    return (
      waiting.length &&
      make(
        "section",
        { class: "gr-unsaved", "aria-label": "Files to save" },
        make(
          "p",
          null,
          `Not saved yet. ${waiting.length > 1 ? "Save each of these files, and keep them together." : "Save this file."} Nothing is kept in this browser.`,
        ),
        buttons(
          ...waiting.map((one) => button(`Save ${one.name}`, () => saveFile(one), { class: "gr-button gr-main" })),
        ),
      )
    );
  };
  /* A signature that was for an earlier version, and how it is said, or nothing. */
  const replaced = (where, { signature, match }) => {
    const version = Number(signature.version);
    if (!version || version >= where.agreed || (match === "cannot check" && where.kept.has(version))) return "";
    return `signed version ${version}, and version ${where.agreed} has taken its place${where.kept.has(version) ? "" : `. To check it, open ${version}.md too`}`;
  };
  const matchWords = (where, { signature, match, why }) => {
    if (signature.version && !where.kept.has(Number(signature.version)))
      return `cannot be checked yet. Open its kept text too, ${signature.version}.md`;
    return why ? `${MATCHES[match]}. ${why}` : MATCHES[match];
  };
  const signedList = (where) => {
    const rows = where.signed.map((signed) => {
      const { signature, match } = signed;
      const kept = where.kept.get(Number(signature.version));
      const old = replaced(where, signed);
      const role = signature.role ? `, ${signature.role}` : "";
      return make(
        "li",
        null,
        make("strong", { dir: "auto" }, signature.name),
        make("bdi", null, role),
        signature.party !== signature.name && [" for ", make("bdi", null, signature.party)],
        `, on ${dayWords(signature.date)}${signature.version ? `, version ${signature.version}` : ""}`,
        make(
          "span",
          { class: "gr-match", "data-match": old ? "replaced" : match.replace(" ", "-") },
          old || matchWords(where, signed),
        ),
        match === "changed" && shownChange(kept, where),
      );
    });
    const missing = where.state === "draft" ? [] : where.missing;
    return [
      rows.length ? make("ul", { class: "gr-signed" }, rows) : make("p", null, "Nobody yet."),
      missing.length && make("p", null, `Still missing under these words: ${listed(missing.map((one) => one.name))}.`),
    ];
  };
  const roundsList = (where) =>
    where.rounds.length &&
    make(
      "ol",
      { class: "gr-rounds" },
      where.rounds.map((one) =>
        make(
          "li",
          { value: one.version },
          `Opened on ${dayWords(one.opened)}`,
          one.agreed
            ? `, agreed on ${dayWords(one.agreed)}.`
            : where.round && where.round.version === one.version
              ? ", still open."
              : ", never agreed.",
          one.because && make("bdi", null, ` ${one.because}`),
        ),
      ),
    );

  const draftLink = (where) => {
    const [link, title] = has(drafts, where.agreement.front.template) ? drafts[where.agreement.front.template] : [];
    if (!link) return null;
    const hand = () => {
      const id = `kept${Date.now().toString(36)}`;
      const record = {
        revision: 1,
        time: Date.now(),
        pending: {},
        emptied: [],
        saved: null,
        text: core.write(where.agreement),
        template: where.agreement.front.template,
        title: where.agreement.front.title,
      };
      try {
        if (sessionStorage.getItem(`${PLACE}nothing`) !== "yes") {
          localStorage.setItem(PLACE + id, JSON.stringify(record));
          sessionStorage.setItem(`${PLACE}open`, id);
        }
      } catch {
        /* The drafting page then opens the file itself. */
      }
      location.href = link;
    };
    return [
      make(
        "p",
        null,
        `Its words and answers are changed on the page of "${title}", which keeps a draft in this browser. Save it there as a file, and open that file here.`,
      ),
      buttons(button("Go on filling it in", hand)),
    ];
  };
  const taking = (where) => () => [
    buttons(
      button("Save agreement.md", () => saveFile(main())),
      button("Word document of these words", () => saveWord(where.today, nameOf(where.today))),
      !!where.agreed &&
        !where.asAgreed &&
        where.kept.has(where.agreed) &&
        button(`Word document of version ${where.agreed}`, () =>
          saveWord(where.inForce, `${nameOf(where.inForce)}-${where.agreed}`),
        ),
      ...[...where.kept.values()].map((one) =>
        button(`Save ${one.version}.md`, () => save(`${one.version}.md`, core.write(one.agreement))),
      ),
    ),
    draftLink(where),
  ];

  const agreementParts = (where) => {
    const { front } = where.agreement;
    const broken = [...where.kept.values()].filter((one) => !one.intact);
    const wrongs = main().wrongs;
    return [
      make("h2", { tabIndex: -1, dir: "auto" }, front.title),
      make("p", { class: "gr-lead gr-stands" }, stateWords(where)),
      wrongs.length &&
        make(
          "div",
          { class: "gr-findings" },
          make("p", null, "Something in this file is wrong. It can be read, but not signed:"),
          reasons(wrongs),
        ),
      broken.length &&
        make(
          "p",
          { class: "gr-findings" },
          broken.map(
            (one) =>
              `The words in ${one.version}.md are not those that were kept as version ${one.version}. Bring that file back from a copy. `,
          ),
        ),
      unsavedBox(),
      make("h3", null, "Who has signed"),
      signedList(where),
      where.open.length
        ? make(
            "p",
            null,
            `${where.open.length} ${where.open.length === 1 ? "question is" : "questions are"} still open, so it has no fingerprint yet.`,
          )
        : printed(where.fingerprint, "Fingerprint of these words"),
      where.agreed && !where.asAgreed && where.kept.has(where.agreed)
        ? printed(where.kept.get(where.agreed).fingerprint, `Fingerprint of version ${where.agreed}`)
        : null,
      roundsList(where) && [make("h3", null, "Rounds"), roundsList(where)],
      make("h3", null, "What would you like to do?"),
      task("read", "Read it", "The words as they stand in the file.", reading(where.today, "The agreement")),
      task("sign", "Sign it", "With your typed name.", signing(where)),
      where.round && task("agree", "Close the round", "When everybody has signed.", closing(where)),
      !!where.rounds.length && task("renegotiate", "Change what was agreed", "Start from a reason.", reopening(where)),
      task("compare", "See what changed", "Between two texts, clause by clause.", comparing(where)),
      task(
        "upgrade",
        "Keep up with the template",
        "What it has learned since, and what you want of that.",
        upgrading(where),
      ),
      task("record", "Write a record", "A review, an end report, or a concern.", recording(where)),
      task("paper", "Check a fingerprint from paper", "Type it in and compare.", paper(where)),
      task("take", "Files, Word, and filling it in", "Take it away, or go on working on it.", taking(where)),
    ]
      .flat(9)
      .filter(Boolean);
  };

  /* Without the agreement itself: what was opened all the same. */
  const otherParts = () => {
    const file = main();
    if (file) {
      return [
        make("h2", { tabIndex: -1, dir: "auto" }, file.agreement.front.title),
        make(
          "p",
          { class: "gr-findings" },
          `This page does not know how "${file.agreement.front.language}" writes its dates, so it cannot work out the fingerprint. The command groundrules verify can.`,
        ),
      ];
    }
    return files
      .filter((one) => one.kind === "version" || one.kind === "record")
      .flatMap((one) => {
        const language = languageOf(one.agreement);
        const { front } = one.agreement;
        const now = language && core.fingerprint(core.assemble(one.agreement, language));
        return [
          make("h2", { tabIndex: -1, dir: "auto" }, front.title),
          make(
            "p",
            null,
            one.kind === "record"
              ? `A record of ${dayWords(front.date)}. Open the agreement too, to go on from here.`
              : `The kept text of version ${front.version}. Open the agreement too, to see who signed it.`,
          ),
          one.kind === "version" &&
            (now === front.fingerprint
              ? printed(now, "Fingerprint")
              : make(
                  "p",
                  { class: "gr-findings" },
                  now
                    ? "These are not the words that were kept: their fingerprint is another one."
                    : "This page cannot work out its fingerprint.",
                )),
          language &&
            task(`read ${one.name}`, "Read it", "", reading(core.assemble(one.agreement, language), front.title)),
        ].filter(Boolean);
      });
  };

  const drawFiles = () =>
    parts.files.replaceChildren(
      ...files.map((one) =>
        make(
          "li",
          null,
          make(
            "span",
            null,
            make("strong", null, KINDS[one.kind] || "Agreement, opened before"),
            " ",
            make("bdi", null, one.agreement.front.title),
            one.kind === "version" && `, version ${one.agreement.front.version}`,
            one.kind === "record" && `, ${dayWords(one.agreement.front.date)}`,
            make("span", { class: "gr-example" }, one.name, one.unsaved && " (not saved yet)"),
          ),
          button("Put away", () => putAway(one), { "aria-label": `Put away: ${one.name}` }),
        ),
      ),
    );
  const putAway = (file) => {
    if (file.unsaved && !window.confirm(`"${file.name}" is not saved yet. Put it away all the same?`)) return;
    files = files.filter((one) => one !== file);
    render();
    say(`"${file.name}" is put away.`);
    parts.file.focus();
  };

  const storedDrafts = () => {
    try {
      return Object.keys(localStorage)
        .filter((key) => key.startsWith(PLACE))
        .map((key) => JSON.parse(localStorage.getItem(key)))
        .filter((one) => one && isText(one.text) && one.revision > 0)
        .sort((a, b) => b.time - a.time);
    } catch {
      return [];
    }
  };
  const drawDrafts = () => {
    const all = storedDrafts();
    const draftButton = (one) => {
      const { file } = read("agreement.md", one.text);
      return (
        file &&
        make(
          "li",
          null,
          button(one.title, () => take([{ ...file, unsaved: true }])),
          make(
            "span",
            { class: "gr-example" },
            `Kept on ${new Date(one.time).toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" })}.`,
          ),
        )
      );
    };
    parts.drafts.replaceChildren(
      ...(all.length
        ? [
            make(
              "details",
              { class: "gr-details" },
              make("summary", null, "Or a draft that this browser keeps"),
              make("ul", { class: "gr-take" }, all.map(draftButton)),
            ),
          ]
        : []),
    );
  };

  const render = () => {
    drawFiles();
    drawDrafts();
    const where = standing();
    parts.agreement.replaceChildren(...(where ? agreementParts(where) : otherParts()));
  };

  parts.file.addEventListener("change", async () => {
    await openFiles([...parts.file.files]);
    parts.file.value = "";
  });
  window.addEventListener("dragover", (event) => event.dataTransfer.types.includes("Files") && event.preventDefault());
  window.addEventListener("drop", (event) => {
    if (!event.dataTransfer.files.length) return;
    event.preventDefault();
    openFiles([...event.dataTransfer.files]);
  });
  window.addEventListener("beforeunload", (event) => {
    if (files.some((one) => one.unsaved)) event.preventDefault();
  });

  parts.without.remove();
  parts.app.hidden = false;
  drawDrafts();
})();
