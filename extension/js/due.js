// @ts-check
/** What is due today: each with the message that it wants, to be read, changed and sent by the person. */

import { announce, fill, h } from "./dom.js";
import { t } from "./i18n.js";
import { api } from "./messages.js";
import { Problem } from "./api.js";
import { draftEditor } from "./draft.js";
import { sentence } from "./states.js";
import { keep, kept } from "./storage.js";

/** The message for a thing that is due, and the state that its sending leads to (null: only noted here). */
const MESSAGES = /** @type {Record<string, {kind: string, then: string | null}>} */ ({
  nudge: { kind: "follow_up", then: "nudged" },
  thank_you: { kind: "thank_you", then: null },
  was_in_town: { kind: "was_in_town", then: "silent" }, // one such message at most, then it rests
});

/** @typedef {{ask_id: string, kind: string, text: string}} Due */

/**
 * @param {Due[]} due @param {(askId: string) => string} nameOf @param {() => void} refresh
 * @returns {Promise<HTMLElement | null>} null where nothing is due
 */
export async function dueView(due, nameOf, refresh) {
  const thanked = new Set((await kept("thanked")) ?? []);
  const open = due.filter((one) => !(one.kind === "thank_you" && thanked.has(one.ask_id)));
  if (!open.length) return null;
  return h("section", { class: "due" }, h("h2", {}, t("due_today")), h("ul", {}, open.map((one) => dueLine(one, nameOf(one.ask_id), refresh))));
}

/** @param {Due} one @param {string} name @param {() => void} refresh */
function dueLine(one, name, refresh) {
  const drawer = h("div", { class: "drawer" });
  const message = MESSAGES[one.kind];
  const button = h("button", { class: "button quiet", type: "button", "aria-expanded": message ? "false" : null, onclick: () => {
    if (!message) return leadTo(one.ask_id);
    const open = button.getAttribute("aria-expanded") === "true";
    button.setAttribute("aria-expanded", String(!open));
    fill(drawer, !open && laterMessage(one.ask_id, message.kind, () => noteSent(one, message.then, refresh)));
  } }, name ? t(`due_${one.kind}`, name) : one.text);
  return h("li", { "data-due": one.kind }, button, drawer);
}

/** @param {string} askId */
function leadTo(askId) {
  const card = document.querySelector(`[data-ask="${CSS.escape(askId)}"]`);
  card?.scrollIntoView({ block: "center" });
  /** @type {HTMLElement | null | undefined} */ (card?.querySelector("button"))?.focus();
}

/** @param {Due} one @param {string | null} then @param {() => void} refresh */
async function noteSent(one, then, refresh) {
  if (then) await api("PATCH", `/api/asks/${encodeURIComponent(one.ask_id)}`, { state: then });
  else await keep("thanked", [...((await kept("thanked")) ?? []), one.ask_id].slice(-200));
  announce(t("marked_sent"));
  refresh();
}

/**
 * The editor of a message after the first one. Where the server says no, its sentence stands instead.
 * @param {string} askId @param {string} kind @param {() => Promise<void> | void} sent
 */
export function laterMessage(askId, kind, sent) {
  const box = h("div", { class: "fields", "data-kind": kind }, h("p", { class: "muted" }, t("loading")));
  const from = (/** @type {Record<string, string>} */ manner = {}) => api("GET", `/api/asks/${encodeURIComponent(askId)}/draft?${new URLSearchParams({ kind, ...manner })}`);
  const tell = (/** @type {unknown} */ error) => {
    if (!(error instanceof Problem)) throw error;
    fill(box, h("p", { class: "wrong", role: "alert" }, sentence(error)));
  };
  from().then((draft) => fill(box, draftEditor({ id: `${kind}-${askId}`, draft }, from, async () => {
    try {
      await sent();
    } catch (error) {
      tell(error);
    }
  })), tell);
  return box;
}
