// What is still open in an agreement.

import { isEmpty } from "./answers.js";
import { readDate } from "./days.js";
import { assemble, withoutNotes } from "./assemble.js";
import { find, sectionBlanks } from "./fork.js";
import { own } from "./maps.js";
import { blankKey, inlines } from "./markup/nodes.js";
import { isMap, isText } from "./strings.js";
import { indexOf } from "./workspace.js";

export function openPoints(agreement, template, today) {
  const document = assemble(agreement, template);
  const { front } = agreement;
  const found = [];
  const seen = new Map();
  for (const { id, blocks } of [{ id: "preamble", blocks: document.preamble }, ...document.clauses]) {
    const shown = withoutNotes(blocks);
    const holes = [
      ...inlines(shown).filter((node) => node.kind === "hole"),
      ...shown.filter((block) => block.kind === "table" && !block.rows.length),
    ];
    const places = sectionBlanks(
      id === "preamble" ? agreement.preamble : agreement.sections[indexOf(agreement, id)].text,
    ).map(blankKey);
    for (const key of places) if (!seen.has(key)) seen.set(key, id);
    holes.sort((a, b) => places.indexOf(blankKey(a.name)) - places.indexOf(blankKey(b.name)));
    for (const { name, definition } of holes) {
      const blank = blankKey(name);
      if (!found.some((one) => one.blank === blank)) found.push({ clause: id, blank, message: definition.ask });
    }
    for (const node of inlines(shown))
      if (node.kind === "number" && !node.number)
        found.push({
          clause: id,
          blank: "",
          message:
            phrase("refersToNothing", { title: node.title }),
        });
  }
  if (front.start && front.end && front.end < front.start)
    found.push({ clause: "preamble", blank: "end", message: phrase("endBeforeStart") });
  for (const need of template.needs) {
    const blank = need.contacts ? "parties" : need.answer ? blankKey(need.answer) : "";
    const clause = need.clause || seen.get(blank) || "preamble";
    if (unmet(agreement, need, today) && !found.some((one) => blank && one.blank === blank))
      found.push({ clause, blank, message: need.message });
  }
  const order = ["preamble", ...agreement.sections.map((section) => section.id)];
  const place = (one) => (order.includes(one.clause) ? order.indexOf(one.clause) : order.length);
  return found.sort((a, b) => place(a) - place(b));
}

function unmet({ front, sections }, need, today) {
  if (need.when === "end" && !front.end) return false;
  if (need.contacts)
    return !front.parties.length || front.parties.some((party) => !party.contact && !party.organisation && !party.role);
  if (need.clause)
    return !sections.some(
      (section) => section.id === need.clause && (!need.wording || need.wording === section.wording),
    );
  const answer = own(front.answers, find(front.answers, need.answer));
  if (isEmpty(answer)) return true;
  if (
    need.columns &&
    Array.isArray(answer) &&
    answer.some((row) => isMap(row) && need.columns.some((column) => isEmpty(own(row, column))))
  )
    return true;
  return need.future === "yes" && front.status !== "ended" && isText(answer) && !!readDate(answer) && answer < today;
}
