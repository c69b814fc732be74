// @ts-check
/** Finding applications in a long list: by words, by a usual question, and by stage, employer, city or date. */

import { h } from "./dom.js";
import { t } from "./i18n.js";
import { keep } from "./storage.js";

/** @typedef {import("./rows.js").Application} Application */
/** @typedef {{text?: string, filter?: string, stage?: string, employer?: string, city?: string, since?: string}} Wishes */

/** @type {Record<string, (one: Application) => boolean>} */
const USUAL = {
  live: (one) => one.verdict.answer !== "dont",
  ask: (one) => one.verdict.answer === "ask",
  changed: (one) => one.is_changed || one.is_new,
  ended: (one) => one.verdict.answer === "dont",
  every: () => true,
};
const EXACT = /** @type {const} */ (["stage", "employer", "city"]);

/**
 * The fields to choose with, and what they choose. What is chosen is kept for the next time.
 * @param {Application[]} applications @param {Wishes} last @param {() => void} changed
 */
export function filters(applications, last, changed) {
  const search = h("input", { type: "search", id: "search", placeholder: t("search_hint"), value: last.text ?? "", "aria-label": t("search"), oninput: store });
  const usual = h("select", { id: "filter", "aria-label": t("filter"), onchange: store },
    Object.keys(USUAL).map((name) => h("option", { value: name, selected: name === (last.filter ?? "live") }, t(`filter_${name}`))));
  const exact = EXACT.map((name) => choice(name, applications, last[name] ?? "", store));
  const since = h("input", { type: "date", id: "filter-since", value: last.since ?? "", onchange: store });
  const clear = h("button", { class: "button quiet start", type: "button", onclick: () => {
    for (const one of [...exact, since]) one.value = "";
    store();
    since.focus();
  } }, t("clear_filters"));
  const inUse = () => [...exact, since].filter((one) => one.value).length;
  const summary = h("summary", {});
  const element = h("div", { class: "searching fields" },
    h("div", { class: "pair" }, search, usual),
    h("details", { class: "more", open: inUse() > 0 }, summary,
      h("div", { class: "fields" },
        h("div", { class: "pair even" }, field(exact[0], t("stage")), field(exact[1], t("employer"))),
        h("div", { class: "pair even" }, field(exact[2], t("fact_place")), field(since, t("changed_since"))),
        clear)));

  function store() {
    const chosen = Object.fromEntries(EXACT.map((name, index) => [name, exact[index].value]));
    keep("filter", { text: search.value, filter: usual.value, since: since.value, ...chosen });
    dress();
    changed();
  }

  function dress() {
    clear.hidden = !inUse();
    summary.textContent = inUse() ? `${t("more_filters")} (${inUse()})` : t("more_filters");
  }
  dress();

  /** The applications that fit all of it. */
  function found() {
    const words = fold(search.value).split(/\s+/).filter(Boolean);
    return applications.filter((one) => USUAL[usual.value](one)
      && EXACT.every((name, index) => !exact[index].value || one[name] === exact[index].value)
      && (!since.value || localDay(one.changed_at ?? one.first_seen) >= since.value)
      && words.every((word) => haystack(one).includes(word)));
  }
  return { element, found };
}

/** The values that occur, each once. @param {"stage" | "employer" | "city"} name @param {Application[]} applications @param {string} last @param {() => void} changed */
function choice(name, applications, last, changed) {
  const spoken = (/** @type {string} */ value) => (name === "stage" ? t(`stage_${value}`) : value);
  const values = [...new Set(applications.map((one) => one[name]))].filter(Boolean).sort((a, b) => spoken(a).localeCompare(spoken(b), undefined, { numeric: true }));
  return h("select", { id: `filter-${name}`, onchange: changed },
    h("option", { value: "" }, t("any")), values.map((value) => h("option", { value, selected: value === last }, spoken(value))));
}

/** @param {HTMLSelectElement | HTMLInputElement} control @param {string} label */
function field(control, label) {
  return h("div", { class: "field" }, h("label", { for: control.id }, label), control);
}

/** The day on the person's own calendar. @param {string} moment */
function localDay(moment) {
  const at = new Date(moment);
  return `${at.getFullYear()}-${String(at.getMonth() + 1).padStart(2, "0")}-${String(at.getDate()).padStart(2, "0")}`;
}

/** Letters without accents and case, so that "Munchen" finds "München". @param {string} text */
function fold(text) {
  return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/** @type {WeakMap<Application, string>} */
const folded = new WeakMap();

/** @param {Application} one */
function haystack(one) {
  let text = folded.get(one);
  if (text === undefined) {
    text = fold([one.title, one.employer, one.location, one.city, one.requisition, one.status].join(" "));
    folded.set(one, text);
  }
  return text;
}
