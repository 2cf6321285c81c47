// The blocks of the small Markdown: paragraphs, lists, notes.

import { SPACES, lstrip, rstrip, strip } from "../strings.js";
import { hiddenCharacters } from "./hidden.js";
import { Inline, SIGN } from "./words.js";
import { LINE_STARTS } from "../../shared/line_starts.js";
import {
  emptyItem,
  emptyLineInItem,
  forcedLineBreak,
  indentedLikeCode,
  indentedList,
  indentedNote,
  indentedParagraph,
  likeListItem,
  listInItem,
  listsSideBySide,
  listsTooDeep,
  noLineAfterNote,
  noLineBeforeNote,
  noteJoinsLists,
  noteNotPlain,
  noteWithoutLabel,
  noteWithoutWords,
  oddSpaceOnLine,
  oneSpaceAfter,
  otherItemNumber,
  sublistIndent,
  tabOnLine,
  tickBox,
  unevenItems,
  unindentedItem,
  wordsAfterSublist,
} from "../../shared/refusals.js";

const ITEM = /^( *)(-|[0-9]{1,9}\.)( +|$)([^\n]*)/;
const LABEL = new RegExp(`^([^${SPACES}\\\\\`*_[\\]<>&:~][^\\\\\`*_[\\]<>&:~]{0,39}):(?: |$)`, "u");

// Returns { blocks, findings }; never throws, and takes time in proportion to the length of the text.
export function parse(text, firstLine = 1) {
  const reader = new Reader(text, firstLine);
  const blocks = reader.blocks();
  reader.lookAtListsAroundNotes(blocks);
  reader.findings.sort((a, b) => a.line - b.line);
  return { blocks, findings: reader.findings };
}

const indentOf = (line) => line.length - lstrip(line, " ").length;

class Reader {
  constructor(text, first) {
    this.lines = text.split("\n");
    this.first = first;
    this.at = 0;
    this.findings = [];
    this.said = new Set();
    this.tabbed = new Set();
    this.silent = new Set();
    if (/[^\n\x20-\x7e]/.test(text)) this.lines = this.lines.map((line, at) => this.settled(line, at));
  }

  settled(line, at) {
    if (!strip(line)) {
      if (!strip(line, " \t")) return "";
      if (!hiddenCharacters(line)) {
        this.refuse(at, oddSpaceOnLine);
        return "";
      }
    }
    const hidden = hiddenCharacters(line);
    if (hidden) this.find(at, "hidden-characters", hidden);
    if (line.includes("\t")) {
      this.refuse(at, tabOnLine);
      this.tabbed.add(at);
    }
    return line.replace(/\t/g, " ");
  }

  find(at, name, message) {
    const finding = { line: this.first + at, name, message };
    const key = JSON.stringify(finding);
    if (this.said.has(key)) return;
    this.said.add(key);
    this.findings.push(finding);
  }

  refuse(at, message) {
    if (!this.tabbed.has(at)) this.find(at, "not-agreement-text", message);
  }

  blocks() {
    const blocks = [];
    while (this.at < this.lines.length) {
      const line = this.lines[this.at];
      const text = lstrip(line, " ");
      if (!text) this.at++;
      else if (text[0] === ">") blocks.push(this.note());
      else if (line.length - text.length < 4 && ITEM.test(line)) blocks.push(this.itemList(1));
      else {
        if (line.startsWith("    ")) this.refuse(this.at, indentedLikeCode);
        else if (line[0] === " ") this.refuse(this.at, indentedParagraph);
        blocks.push(this.paragraph());
      }
    }
    return blocks;
  }

  lookAtListsAroundNotes(blocks) {
    let kinds = [null];
    const joined = new Set();
    for (const block of blocks) {
      const ordered = block.kind === "list" ? block.ordered : null;
      if (ordered !== null && kinds.length === 2 && kinds[0] === ordered) joined.add(block.line);
      kinds = block.kind === "note" ? [kinds[0], null] : [ordered];
    }
    if (joined.size)
      this.findings = this.findings.filter((one) => !joined.has(one.line) || one.name !== "list-numbers");
    for (const line of joined)
      this.refuse(line - this.first, noteJoinsLists);
  }

  inline(lines, at, skip = 0) {
    const stripped = lines.map((line) => strip(line, " "));
    stripped.forEach((text, offset) => {
      const line = lines[offset];
      if (LINE_STARTS[text[0]] && !this.silent.has(at + offset)) this.lookAtStart(text, at + offset);
      if (line.endsWith("  ") || text.endsWith("\\")) this.lookAtEnd(line, text, at + offset);
    });
    const text = stripped.join("\n");
    if (text.slice(skip).search(SIGN) < 0) {
      const plainText = strip(text.slice(skip).replace(/\n+/g, " "), " ");
      return plainText ? [{ kind: "text", text: plainText }] : [];
    }
    return new Inline(text, at, this).read(skip);
  }

  lookAtStart(text, at) {
    for (const [pattern, wholeLine, message] of LINE_STARTS[text[0]]) {
      if (!pattern.test(text)) continue;
      this.refuse(at, message);
      if (wholeLine) this.silent.add(at);
      return;
    }
  }

  lookAtEnd(line, text, at) {
    const slashes = text.length - rstrip(text, "\\").length;
    if (slashes % 2 || line.endsWith("  "))
      this.refuse(at, forcedLineBreak);
  }

  paragraph() {
    const start = this.at;
    const lines = [this.lines[this.at++]];
    while (this.at < this.lines.length) {
      const line = this.lines[this.at];
      const text = lstrip(line, " ");
      if (!text) break;
      if (text[0] === ">") {
        this.find(this.at, "note-spacing", noLineBeforeNote);
        break;
      }
      const item = ITEM.exec(line);
      if (item) {
        if ((item[2] === "-" || item[2] === "1.") && item[4] && item[1].length < 4) break;
        this.refuse(this.at, likeListItem);
        this.silent.add(this.at);
      }
      lines.push(line);
      this.at++;
    }
    return { kind: "paragraph", children: this.inline(lines, start), line: this.first + start };
  }

  note() {
    const start = this.at;
    const groups = this.noteParagraphs();
    const line = this.first + start;
    const match = groups.length ? LABEL.exec(groups[0][1][0]) : null;
    const label = match ? strip(match[1]) : "";
    if (!label) {
      if (!this.findings.slice(-2).some((one) => one.line === line))
        this.find(start, "note-label", noteWithoutLabel);
      return { kind: "note", label: "", paragraphs: this.paragraphs(groups), line };
    }
    const [at, lines] = groups[0];
    const onFirstLine = strip(lines[0].slice(match[0].length), " ");
    if (!onFirstLine && lines.length === 1) {
      this.find(start, "note-label", noteWithoutWords);
      return { kind: "note", label, paragraphs: this.paragraphs(groups.slice(1)), line };
    }
    const opening = {
      kind: "paragraph",
      children: this.inline(lines, at, match[0].length),
      line: this.first + at + (onFirstLine ? 0 : 1),
    };
    return { kind: "note", label, paragraphs: [opening, ...this.paragraphs(groups.slice(1))], line };
  }

  noteParagraphs() {
    const groups = [];
    let fresh = true;
    while (this.at < this.lines.length && strip(this.lines[this.at], " ")) {
      const line = this.lines[this.at];
      if (lstrip(line, " ")[0] !== ">") {
        this.find(this.at, "note-spacing", noLineAfterNote);
        break;
      }
      if (line[0] === " ") this.refuse(this.at, indentedNote);
      const text = lstrip(line, " ").slice(1).replace(/^ /, "");
      if (!strip(text, " ")) fresh = true;
      else {
        if (text.startsWith("    ") || ITEM.test(text))
          this.refuse(this.at, noteNotPlain);
        if (fresh) groups.push([this.at, []]);
        fresh = false;
        groups[groups.length - 1][1].push(lstrip(text, " "));
      }
      this.at++;
    }
    return groups;
  }

  paragraphs(groups) {
    return groups.map(([at, lines]) => ({
      kind: "paragraph",
      children: this.inline(lines, at),
      line: this.first + at,
    }));
  }

  itemList(level) {
    const start = this.at;
    const opening = ITEM.exec(this.lines[start]);
    const column = opening[1].length;
    const ordered = opening[2] !== "-";
    if (level === 1 && column) this.refuse(start, indentedList);
    const items = [];
    let counted = true;
    for (let match; (match = this.nextItem(column, ordered));) {
      const number = items.length + 1;
      if (ordered && counted && match[2] !== `${number}.`) {
        this.find(this.at, "list-numbers", otherItemNumber({ number, written: match[2].slice(0, -1) }));
        counted = false;
      }
      items.push(this.item(match, level));
    }
    if (this.at < this.lines.length && level === 1) {
      const other = ITEM.exec(this.lines[this.at]);
      if (other && !other[1] && (other[2] !== "-") !== ordered)
        this.refuse(this.at, listsSideBySide);
    }
    return { kind: "list", ordered, items, line: this.first + start };
  }

  nextFull() {
    let at = this.at;
    while (at < this.lines.length && !strip(this.lines[at], " ")) at++;
    return at;
  }

  nextItem(column, ordered) {
    const at = this.nextFull();
    const match = at < this.lines.length ? ITEM.exec(this.lines[at]) : null;
    if (!match || match[1].length !== column || (match[2] !== "-") !== ordered) return null;
    this.at = at;
    return match;
  }

  item(match, level) {
    const start = this.at;
    const column = match[1].length;
    const content = column + match[2].length + 1;
    this.lookAtItem(match);
    const lines = [match[4]];
    let sublist = null;
    this.at++;
    while (this.at < this.lines.length) {
      const line = this.lines[this.at];
      if (!strip(line, " ")) {
        const at = this.nextFull();
        if (at === this.lines.length || indentOf(this.lines[at]) < content) break;
        if (lstrip(this.lines[at], " ")[0] === ">") break;
        if (!sublist) this.refuse(this.at, emptyLineInItem);
        this.at = at;
        continue;
      }
      const indent = indentOf(line);
      const inner = ITEM.test(line);
      if (inner && indent <= column) break;
      if (line[0] === ">") {
        this.find(this.at, "note-spacing", noLineBeforeNote);
        break;
      }
      if (sublist) {
        this.refuse(this.at, wordsAfterSublist);
        this.silent.add(this.at);
      } else if (inner && level === 2) {
        this.refuse(
          this.at,
          indent >= content
            ? listsTooDeep
            : unevenItems,
        );
        this.silent.add(this.at);
      } else if (inner) {
        if (indent < content || indent > content + 3)
          this.refuse(this.at, sublistIndent({ spaces: content - column }));
        sublist = this.itemList(2);
        continue;
      } else if (indent < content) {
        this.refuse(this.at, unindentedItem);
      }
      while (lines.length < this.at - start) lines.push("");
      lines.push(line);
      this.at++;
    }
    return { children: this.inline(lines, start), sublist, line: this.first + start };
  }

  lookAtItem(match) {
    const text = match[4];
    if (!text) this.refuse(this.at, emptyItem);
    else if (match[3].length !== 1) this.refuse(this.at, oneSpaceAfter({ marker: match[2] }));
    else if (ITEM.test(text)) {
      this.refuse(this.at, listInItem);
      this.silent.add(this.at);
    } else if (/^\[[ xX]\](?: |$)/.test(text))
      this.refuse(this.at, tickBox);
  }
}
