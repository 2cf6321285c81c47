// What this browser keeps.

import { PLACE } from "../../ui/drafts.js";

export const trying = (what) => {
  try {
    return what();
  } catch {
    return null;
  }
};
export const session = (name, value) =>
  trying(() => (value ? sessionStorage.setItem(PLACE + name, value) : sessionStorage.removeItem(PLACE + name)));
export const remembered = (name) => trying(() => sessionStorage.getItem(PLACE + name));
export const stored = (id) => {
  const record = trying(() => JSON.parse(localStorage.getItem(PLACE + id)));
  return record && typeof record.text === "string" && record.revision > 0 ? { ...record, id } : null;
};
export const places = (start) => trying(() => Object.keys(localStorage).filter((name) => name.startsWith(start))) || [];
export const kept = () =>
  places(PLACE)
    .map((name) => stored(name.slice(PLACE.length)))
    .filter(Boolean)
    .sort((a, b) => b.time - a.time);
export const newId = () => [...crypto.getRandomValues(new Uint32Array(3))].map((one) => one.toString(36)).join("");

export const clock = (time) => {
  const day = new Date(time);
  const hours = day.toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
  if (day.toDateString() === new Date().toDateString()) return hours;
  return `${hours} on ${day.toLocaleDateString("en-GB", { day: "numeric", month: "long", year: "numeric" })}`;
};
