// @ts-check
/** A trip as a picture of its days: what is fixed, what is free, what has been offered. */

import { h } from "./dom.js";
import { formatDate, t } from "./i18n.js";
import { halfLabel } from "./words.js";

const PARTS = ["morning", "afternoon", "evening"];
/** Evenings are rarely offered; they take a row only where something is in one. */
const IN_USE = new Set(["free", "booked", "offered", "held"]);

/** @typedef {{date: string, part: string, state: string, label: string}} HalfDay */

/**
 * A table: days across, parts of the day down. A free half-day can be taken out and put back by clicking it.
 * @param {HalfDay[]} halfDays @param {(half: HalfDay) => void} onToggle
 */
export function daysPicture(halfDays, onToggle) {
  const dates = [...new Set(halfDays.map((half) => half.date))];
  const at = new Map(halfDays.map((half) => [`${half.date} ${half.part}`, half]));
  const shown = PARTS.filter((part) => part !== "evening" || halfDays.some((half) => half.part === part && IN_USE.has(half.state)));
  return h("div", { class: "scrolls", tabindex: dates.length > 4 ? "0" : null, role: dates.length > 4 ? "region" : null, "aria-label": dates.length > 4 ? t("days") : null },
    h("table", { class: "days" },
      h("caption", { class: "unseen" }, t("days")),
      h("thead", {}, h("tr", {}, h("td", {}), dates.map((date) => h("th", { scope: "col" }, formatDate(date, "weekday"), " ", h("b", {}, formatDate(date, "number")))))),
      h("tbody", {}, shown.map((part) => h("tr", {},
        h("th", { scope: "row" }, t(`part_${part}`)),
        dates.map((date) => h("td", {}, cell(at.get(`${date} ${part}`), onToggle))))))));
}

/** @param {HalfDay | undefined} half @param {(half: HalfDay) => void} onToggle */
function cell(half, onToggle) {
  if (!half) return "";
  const state = t(`half_${half.state}`);
  const label = halfLabel(half);
  const text = label || (half.state === "off" && half.part === "evening" ? "" : state);
  const inner = h("span", {}, text || "·");
  const mayToggle = half.state === "free" || half.state === "off";
  if (!mayToggle) return h("div", { class: `half ${half.state}`, title: label || state }, inner, label && h("span", { class: "unseen" }, ` (${state})`));
  const name = `${formatDate(half.date, "dayLong")}, ${t(`part_${half.part}`)}: ${label || state}`;
  return h("button", {
    class: `half ${half.state}`, type: "button", "aria-label": name, "aria-pressed": String(half.state === "free"),
    "data-half": `${half.date} ${half.part}`,
    title: half.state === "free" ? t("take_out") : t("make_free"), onclick: () => onToggle(half),
  }, inner);
}
