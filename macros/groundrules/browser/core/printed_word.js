// What only a Word file needs of the words around the clauses.

import { count, rstrip } from "./strings.js";

export const SIGNING_SHARES = [22, 20, 17, 21, 20];
export const holdable = (text) => text.replace(/[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]/gu, "\ufffd");

// An address as a document may hold it; empty where it leads nowhere outside the site.
export function target(address) {
  if (!/^(https?|mailto|tel):/i.test(address)) return "";
  const [, host] = /^[a-z]+:\/\/([^/?#]*)/i.exec(address) || ["", ""];
  if (/[/?#@:]/.test(host.replace(/[@:#?]/g, "").normalize("NFKC"))) return "";
  const safe = address.replace(/[^A-Za-z0-9!#$%&'()*+,/:;=?@~._-]/gu, (sign) =>
    /^[\ud800-\udfff]$/.test(sign) ? "%3F" : encodeURIComponent(sign),
  );
  return safe.length <= 2000 ? safe : "";
}

export function footerTitle({ title }) {
  const signs = [...title];
  return signs.length <= 75 ? title : rstrip(signs.slice(0, 74).join("")) + "…";
}

export function shares(rows) {
  const columns = rows[0].map((_, index) => rows.map((row) => row[index]));
  const weights = columns.map((column) => (rows.length > 1 ? Math.min(Math.max(...column.map(count)), 40) || 1 : 1));
  const sum = weights.reduce((a, b) => a + b, 0);
  return weights.map((weight) => 0.5 / columns.length + (0.5 * weight) / sum);
}
