// @ts-check
/** Applications as rows: a verdict at a glance, opened for the reasons, the history and what can be put right. */

import { add, announce, fill, h, icon } from "./dom.js";
import { formatDate, t, tn } from "./i18n.js";
import { api } from "./messages.js";
import { Problem } from "./api.js";
import { sentence } from "./states.js";

/** What a person can choose when a stage was read wrongly, in the order of a search for a job. */
const STAGES = [
  "draft", "received", "active", "under_review", "shortlisted", "referred", "assessment", "screen",
  "interview_requested", "interview_scheduled", "interviewed", "offer", "hired", "on_hold", "not_qualified",
  "not_selected", "withdrawn", "closed", "inactive",
];
const ORDER = { ask: 0, wait: 1, dont: 2 };
const PAGE = 40;

/**
 * @typedef {{key: string, portal: string, employer: string, title: string, status: string, stage: string,
 *   confidence: string, location: string, city: string, requisition: string, url: string, applied_on: string | null,
 *   first_seen: string, last_seen: string, changed_at: string | null, days_in_stage: number, listed: boolean,
 *   is_new: boolean, is_changed: boolean, previous_status: string, corrected: ("stage" | "employer")[],
 *   history: {status: string, stage: string, at: string}[],
 *   verdict: {answer: "ask" | "wait" | "dont", reason: string, would_change: string}}} Application
 */
/** @typedef {{changed: () => void, go: (view: string) => void, withEmployer?: boolean}} RowUse */

/**
 * A list of applications, those to ask about first. Long lists grow as one scrolls: the first paint stays quick.
 * @param {Application[]} applications @param {RowUse} use
 */
export function applicationRows(applications, use) {
  const list = h("ul", { class: "rows card" });
  const sorted = [...applications].sort((a, b) => ORDER[a.verdict.answer] - ORDER[b.verdict.answer]);
  let shown = 0;
  const more = () => {
    add(list, sorted.slice(shown, shown + PAGE).map((one) => row(one, use)));
    shown += PAGE;
    if (shown >= sorted.length) return;
    const last = /** @type {Element} */ (list.lastElementChild);
    const watcher = new IntersectionObserver((entries) => {
      if (!entries.some((entry) => entry.isIntersecting)) return;
      watcher.disconnect();
      more();
    }, { rootMargin: "600px" });
    watcher.observe(last);
  };
  more();
  return list;
}

/** @param {Application} one @param {RowUse} use */
function row(one, use) {
  const id = `row-${one.key.replace(/[^\w-]/g, "_")}`;
  const panel = h("div", { class: "panel", id, hidden: true });
  const item = h("li", { class: `row ${one.verdict.answer}`, "data-key": one.key });
  const button = h("button", { class: "line", type: "button", "aria-expanded": "false", "aria-controls": id, onclick: toggle },
    h("span", { class: "mark", "aria-hidden": "true" }),
    h("span", { class: "grow" },
      h("span", { class: "what" }, h("span", { class: "title", dir: "auto" }, one.title), one.requisition && h("span", { class: "number small muted" }, one.requisition)),
      h("span", { class: "status small muted" }, statusLine(one, use.withEmployer))),
    h("span", { class: "chips" },
      h("span", { class: `chip ${one.verdict.answer}` }, t(`verdict_${one.verdict.answer}`)),
      one.is_new ? h("span", { class: "chip new" }, t("is_new")) : one.is_changed && h("span", { class: "chip new" }, t("is_changed"))),
    turning(),
    one.verdict.answer === "ask" && h("span", { class: "reason small" }, one.verdict.reason));
  function toggle() {
    const open = panel.hidden;
    if (open && !panel.firstChild) fill(panel, ...details(one, use, redraw));
    panel.hidden = !open;
    button.setAttribute("aria-expanded", String(open));
  }
  /** @param {Application} changed */
  function redraw(changed) {
    const fresh = row(changed, use);
    item.replaceWith(fresh);
    fresh.querySelector("button")?.click();
    fresh.querySelector("button")?.focus();
    use.changed();
  }
  fill(item, button, panel);
  return item;
}

function turning() {
  const sign = icon("chevron");
  sign.classList.add("turns");
  return sign;
}

/** @param {Application} one @param {boolean} [withEmployer] */
function statusLine(one, withEmployer) {
  const status = one.status || t(`stage_${one.stage}`);
  return [withEmployer && one.employer, status, one.days_in_stage > 0 && tn("days", one.days_in_stage), !one.listed && t("not_listed")]
    .filter(Boolean).join(" · ");
}

/** @param {Application} one @param {RowUse} use @param {(changed: Application) => void} redraw */
function details(one, use, redraw) {
  const fact = (/** @type {string} */ name, /** @type {any} */ value) => value && h("div", {}, h("dt", {}, name), h("dd", {}, value));
  return [
    one.verdict.answer !== "ask" && h("p", { class: "why" }, one.verdict.reason), // else it stands in the line above
    one.verdict.would_change && h("p", { class: "small muted" }, one.verdict.would_change),
    history(one),
    h("dl", { class: "facts small" },
      fact(t("fact_stage"), `${t(`stage_${one.stage}`)}${one.confidence === "guess" ? ` (${t("a_guess")})` : ""}`),
      fact(t("fact_place"), one.location),
      fact(t("fact_applied"), one.applied_on && formatDate(one.applied_on, "date"))),
    one.corrected?.length > 0 && corrections(one, redraw),
    h("div", { class: "buttons" },
      portalLink(one.url),
      h("button", { class: "button quiet", type: "button", onclick: (/** @type {Event} */ event) => openFix(/** @type {HTMLElement} */ (event.currentTarget), one, redraw) }, t("fix"))),
  ];
}

/** What the person put right, and the way back to what the portal says. @param {Application} one @param {(changed: Application) => void} redraw */
function corrections(one, redraw) {
  const wrong = h("p", { class: "wrong", role: "alert" });
  const back = async () => {
    try {
      // Everywhere, as it was put right: a correction of this one alone goes with it.
      const cleared = Object.fromEntries(one.corrected.map((what) => [what, null]));
      const answer = await api("PATCH", "/api/applications", { key: one.key, ...cleared, scope: "employer" });
      announce(t("taken_back"));
      redraw(answered(answer, one, {}));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      wrong.textContent = sentence(error);
    }
  };
  return h("div", { class: "corrected" },
    h("div", { class: "between" }, h("p", { class: "small muted" }, t("put_right_by_you")),
      h("button", { class: "button quiet", type: "button", onclick: back }, icon("undo"), t("take_back"))), wrong);
}

/** Only to a page over https: what a portal wrote must not become any other kind of link. @param {string} url */
function portalLink(url) {
  if (!/^https:\/\//.test(url)) return null;
  return h("a", { class: "button", href: url, target: "_blank", rel: "noreferrer noopener" }, t("open_portal"), icon("window"));
}

/** Where it stood, and since when; the newest last. @param {Application} one */
function history(one) {
  return h("ol", { class: "history", "aria-label": t("history") }, one.history.map((moment, index) =>
    h("li", { class: index === one.history.length - 1 ? "now" : "" },
      h("span", { class: "grow" }, moment.status || t(`stage_${moment.stage}`)),
      h("time", { class: "small muted", datetime: moment.at }, formatDate(new Date(moment.at), "short")))));
}

/** @param {HTMLElement} opener @param {Application} one @param {(changed: Application) => void} redraw */
function openFix(opener, one, redraw) {
  const id = `fix-${one.key.replace(/[^\w-]/g, "_")}`;
  const stage = h("select", { id: `${id}-stage` }, STAGES.map((name) => h("option", { value: name, selected: name === one.stage }, t(`stage_${name}`))));
  const employer = h("input", { id: `${id}-employer`, value: one.employer, maxlength: "200" });
  const everywhere = h("input", { type: "checkbox", id: `${id}-all`, checked: true });
  const wrong = h("p", { class: "wrong", role: "alert" });
  const close = () => (form.remove(), (opener.hidden = false), opener.focus());
  const save = async (/** @type {Event} */ event) => {
    event.preventDefault();
    /** @type {Record<string, string>} */
    const changes = {};
    if (stage.value !== one.stage) changes.stage = stage.value;
    if (employer.value.trim() && employer.value.trim() !== one.employer) changes.employer = employer.value.trim();
    if (!Object.keys(changes).length) return close();
    try {
      const answer = await api("PATCH", "/api/applications", { key: one.key, ...changes, scope: everywhere.checked ? "employer" : "one" });
      announce(t("saved"));
      redraw(answered(answer, one, changes));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      wrong.textContent = sentence(error);
    }
  };
  const form = h("form", { class: "fields fix", onsubmit: save },
    h("div", { class: "field" }, h("label", { for: stage.id }, t("fix_stage", one.status)), stage),
    h("div", { class: "field" }, h("label", { for: employer.id }, t("fix_employer")), employer),
    h("label", { class: "check" }, everywhere, h("span", {}, t("fix_everywhere"))),
    wrong,
    h("div", { class: "buttons" }, h("button", { class: "button main" }, t("save")), h("button", { class: "button", type: "button", onclick: close }, t("cancel"))));
  opener.hidden = true;
  opener.parentElement?.after(form);
  stage.focus();
}

/** The application as the server now tells it; what it does not tell is as we asked. @param {any} answer @param {Application} one @param {any} changes @returns {Application} */
function answered(answer, one, changes) {
  const all = answer?.applications ?? (answer?.key ? [answer] : []);
  return all.find((/** @type {Application} */ other) => other.key === one.key) ?? { ...one, ...changes, confidence: "sure" };
}
