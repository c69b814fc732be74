// @ts-check
/** What the person must know wherever they are: data that was restored, and portals that wait for them. */

import { announce, fill, h } from "./dom.js";
import { t, tn } from "./i18n.js";
import { api } from "./messages.js";
import { Problem } from "./api.js";
import { sentence } from "./states.js";

/** All shows each of them in full; the settings and the first run are about something else. */
const SHOWN_IN = new Set(["here", "trip"]);

/**
 * Ask what waits, and say it above the view. A server that does not answer is told by the view itself.
 * @param {string} view @param {() => boolean} alive @param {(view: string) => void} go
 */
export async function showAttention(view, alive, go) {
  const place = /** @type {HTMLElement} */ (document.getElementById("attention"));
  if (!SHOWN_IN.has(view)) return fill(place);
  try {
    const { notices, accounts } = await api("GET", "/api/attention");
    if (alive()) fill(place, notices.map(noticeNote), accounts.length > 0 && waiting(accounts, go));
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (alive()) fill(place);
  }
}

/** What happened to the data itself (a damaged file restored). It stays until the person has seen it. @param {{id: string, text: string}} notice */
export function noticeNote(notice) {
  const note = h("div", { class: "note bad", "data-notice": notice.id }, h("p", { class: "grow" }, notice.text),
    h("button", { class: "button", type: "button", onclick: async () => {
      note.remove();
      await api("DELETE", `/api/notices/${encodeURIComponent(notice.id)}`).catch((error) => announce(sentence(error)));
    } }, t("understood")));
  return note;
}

/** One line, however many portals wait; All has the fix of each. @param {any[]} accounts @param {(view: string) => void} go */
function waiting(accounts, go) {
  const [one] = accounts;
  const text = accounts.length === 1
    ? [h("strong", {}, one.employer || one.id), ` · ${one.sentence}`]
    : [h("strong", {}, tn("need_you", accounts.length)), ` · ${accounts.map((other) => other.employer || other.id).join(", ")}`];
  return h("div", { class: "note wait", "data-waiting": accounts.length }, h("p", { class: "grow" }, ...text),
    h("button", { class: "button", type: "button", onclick: () => go("all") }, t("see_what")));
}
