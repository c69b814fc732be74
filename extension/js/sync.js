// @ts-check
/** Sync now: start a visit to every portal, show how far it is, say how it ended. */

import { announce, fill, h, icon } from "./dom.js";
import { t } from "./i18n.js";
import { api } from "./messages.js";
import { Problem } from "./api.js";
import { sentence } from "./states.js";

const EVERY = 700;

/**
 * The button, and the place below it that shows the visit. A visit that runs already (from the night's timer, a
 * terminal, or a popup that was closed meanwhile) is followed at once.
 * @param {import("./popup.js").Context} context
 * @param {(told: {text: string, well: boolean}) => void} over
 */
export function syncing(context, over) {
  const button = h("button", { class: "button", type: "button", onclick: start }, icon("refresh"), t("sync_now"));
  const text = h("p", { class: "small" });
  const bar = h("progress", { "aria-label": t("sync_running") });
  const panel = h("div", { class: "sync", hidden: true }, text, bar);

  async function start() {
    button.disabled = true;
    try {
      show(await api("POST", "/api/sync", {}));
      announce(t("sync_running"));
      await follow();
    } catch (error) {
      fail(error);
    }
  }

  /** Until the visit is over, or this view is. */
  async function follow() {
    for (;;) {
      await new Promise((resolve) => setTimeout(resolve, EVERY));
      if (!context.alive()) return;
      const state = await api("GET", "/api/sync");
      if (!context.alive()) return;
      if (!state.running) return over(ended(state));
      show(state);
    }
  }

  /** @param {{done: number, total: number}} state */
  function show({ done, total }) {
    button.disabled = true;
    panel.hidden = false;
    text.textContent = done ? t("sync_progress", done, total) : t("sync_running");
    bar.max = Math.max(1, total);
    bar.value = done;
  }

  /** @param {unknown} error */
  function fail(error) {
    if (!(error instanceof Problem)) throw error;
    button.disabled = false;
    panel.hidden = false;
    fill(panel, h("p", { class: "wrong", role: "alert" }, sentence(error)));
  }

  async function pickUp() {
    const state = await api("GET", "/api/sync");
    if (!state.running || !context.alive()) return;
    show(state);
    await follow();
  }
  pickUp().catch(fail);
  return { button, panel };
}

/** How it ended: our own sentence for the usual endings, the server's where it could not begin. @param {any} state */
function ended({ exit_code: code, sentence: said }) {
  if (code === 0) return { text: t("sync_done"), well: true };
  return { text: code === 3 ? t("sync_needs_you") : said, well: false };
}
