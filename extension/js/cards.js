// @ts-check
/** One card per person to ask: which positions, why, when, and what has become of it. */

import { announce, fill, h, icon } from "./dom.js";
import { formatAgo, formatTime, formatDate, t } from "./i18n.js";
import { api } from "./messages.js";
import { Problem } from "./api.js";
import { callScript, draftEditor } from "./draft.js";
import { laterMessage } from "./due.js";
import { recruiterForm } from "./people.js";
import { sentence } from "./states.js";
import { halfName, whenText } from "./words.js";

/** @typedef {{trip: any, refresh: () => void}} CardUse */

const WHEN_CHIP = { too_early: "wait", open: "good", best: "ask", short_notice: "ask", phone: "ask", closed: "dont" };
/** Asks that are over, with the chip that says how. */
const OVER = { answered_yes: "good", answered_no: "dont", other_time: "good", silent: "dont" };

/** @param {any} card @param {CardUse} use */
export function cardView(card, use) {
  const id = `card-${String(card.id).replace(/[^\w-]/g, "_")}`;
  const drawer = h("div", { class: "drawer" });
  const element = h("article", { class: `ask-card card ${card.action}`, "data-card": card.id, "data-ask": card.ask?.id ?? null, "aria-labelledby": id },
    h("header", {},
      h("span", { class: "rank", "aria-hidden": "true" }, card.rank),
      h("h2", { id, class: "grow" }, who(card)),
      statusChip(card, use.trip)),
    h("ul", { class: "positions" }, card.applications.map(position)),
    h("ul", { class: "reasons small" }, card.reasons.map((/** @type {string} */ reason) => h("li", {}, reason))),
    offers(card),
    actions(card, use, drawer),
    drawer);
  return element;
}

/**
 * An ask that the suggestions no longer show, because it was answered or its person has been asked.
 * @param {any} ask @param {string} name @param {CardUse} use
 */
export function askedCard(ask, name, use) {
  const drawer = h("div", { class: "drawer" });
  const card = { id: ask.card_id, ask, offers: [], applications: [], draft: null, recruiter: { name } };
  return h("article", { class: "ask-card card asked", "data-ask": ask.id },
    h("header", {}, h("h3", { class: "grow" }, name, ask.employer && ask.employer !== name && h("span", { class: "muted plain" }, ` · ${ask.employer}`)), statusChip(card, use.trip)),
    ask.subject && h("p", { class: "small muted" }, ask.subject),
    actions(card, use, drawer), drawer);
}

/** @param {any} one */
function position(one) {
  const facts = [one.status || t(`stage_${one.stage}`), one.pass_on && t("another_handles")].filter(Boolean).join(" · ");
  return h("li", {}, one.title, one.requisition && ` (${one.requisition})`, h("span", { class: "small muted" }, facts));
}

/** @param {any} card */
function who(card) {
  if (!card.recruiter) return t("find_out", card.employer);
  return [card.recruiter.name, h("span", { class: "muted plain" }, ` · ${card.recruiter.employer || card.employer}`)];
}

/** @param {any} card @param {any} trip */
function statusChip(card, trip) {
  const state = card.ask?.state;
  if (state && state !== "drafted" && state !== "undone") return h("span", { class: `chip ${/** @type {any} */ (OVER)[state] ?? "new"}` }, t(`ask_${state}`));
  return h("span", { class: `chip ${/** @type {any} */ (WHEN_CHIP)[card.when.state] ?? "dont"}`, title: whenText(card.when, trip) }, t(`when_${card.when.state}`));
}

/** @param {any} card */
function offers(card) {
  if (!card.offers.length || card.ask?.state === "answered_yes") return null;
  return h("p", { class: "offers small" }, h("span", { class: "unseen" }, t("offering")), card.offers.map((/** @type {any} */ one) => h("span", { class: "offer" }, halfName(one))));
}

/** The card's message in another manner. @param {any} card @param {CardUse} use @returns {(manner: Record<string, string>) => Promise<any>} */
function redrafting(card, use) {
  return async (manner) => {
    const { cards } = await api("GET", `/api/trips/${encodeURIComponent(use.trip.id)}/suggestions?${new URLSearchParams(manner)}`);
    return cards.find((/** @type {any} */ one) => one.id === card.id)?.draft ?? card.draft;
  };
}

/** What can be done now, by where the ask stands. @param {any} card @param {CardUse} use @param {HTMLElement} drawer */
function actions(card, use, drawer) {
  const line = h("div", { class: "buttons" });
  const button = (/** @type {string} */ label, /** @type {() => void} */ onclick, more = {}) => h("button", { class: "button", type: "button", onclick, ...more }, label);
  const drawerButton = (/** @type {string} */ name, /** @type {string} */ label, /** @type {() => HTMLElement} */ content, kind = "") => {
    const opener = button(label, () => {
      const open = opener.getAttribute("aria-expanded") === "true";
      for (const other of line.querySelectorAll("[aria-expanded]")) other.setAttribute("aria-expanded", "false");
      opener.setAttribute("aria-expanded", String(!open));
      fill(drawer, ...(open ? [] : [content()]));
    }, { "aria-expanded": "false", "data-do": name, class: `button ${kind}` });
    return opener;
  };
  const set = (/** @type {any} */ changes) => change(card, use, changes, line);
  const state = card.ask?.state ?? "";
  const told = h("p", { class: "small muted told" }, history(card, use.trip));

  if (state === "sent" || state === "nudged") {
    fill(line,
      drawerButton("yes", t("they_said_yes"), () => timeForm(use.trip, card, (when) => set({ state: "answered_yes", ...when })), "main"),
      button(t("they_said_no"), () => set({ state: "answered_no" }), { "data-do": "no" }),
      state === "sent" && drawerButton("follow_up", t("follow_up"), () => laterMessage(card.ask.id, "follow_up", () => set({ state: "nudged" })), "quiet"),
      drawerButton("more", t("more_answers"), () => h("div", { class: "buttons" },
        button(t("other_time"), () => set({ state: "other_time" })), button(t("no_answer"), () => set({ state: "silent" })), undo(set)), "quiet"));
    return h("div", {}, told, line);
  }
  if (state in OVER) {
    fill(line, undo(set));
    return h("div", {}, told, line);
  }
  fill(line,
    card.draft && drawerButton("mail", t("read_mail"), () => draftEditor(card, redrafting(card, use), (text) => send(card, use, text, line)), "main"),
    card.draft?.call_script && drawerButton("call", t("call_script"), () => callScript(card)),
    !card.recruiter && drawerButton("add_person", t("add_person"), () => recruiterForm({ employer: card.employer, keys: card.applications.map((/** @type {any} */ one) => one.key), saved: use.refresh }), card.draft ? "" : "main"),
    button(t("not_this_one"), () => decline(card, use, line), { class: "button quiet" }));
  return line;
}

/** @param {(changes: any) => void} set */
function undo(set) {
  return h("button", { class: "button quiet", type: "button", onclick: () => set({ state: "undone" }) }, icon("undo"), t("undo"));
}

/** What became of the ask, in a line. @param {any} card @param {any} trip */
function history(card, trip) {
  const ask = card.ask ?? {};
  const booking = trip.bookings.find((/** @type {any} */ one) => one.id === ask.booking_id || one.ask_id === ask.id);
  if (ask.state === "answered_yes" && booking) return t("meeting_at", formatDate(booking.start, "dayLong"), formatTime(booking.start));
  if (!ask.sent_at) return "";
  return t(ask.state === "nudged" ? "nudged_when" : "sent_when", formatAgo(ask.sent_at));
}

/** @param {any} card @param {CardUse} use @param {{subject: string, body: string, channel: string}} text @param {HTMLElement} line */
async function send(card, use, text, line) {
  await attempt(line, async () => {
    await api("POST", "/api/asks", { trip_id: use.trip.id, card_id: card.id, state: "sent", ...text });
    announce(t("marked_sent"));
    use.refresh();
  });
}

/** "Not this one": the card is left out of this trip, until that is taken back. @param {any} card @param {CardUse} use @param {HTMLElement} line */
async function decline(card, use, line) {
  const set = (/** @type {boolean} */ declined) => api("PATCH", `/api/trips/${encodeURIComponent(use.trip.id)}/cards/${encodeURIComponent(card.id)}`, { declined });
  await attempt(line, async () => {
    await set(true);
    const back = h("button", { class: "button quiet", type: "button", onclick: () => attempt(line, async () => {
      await set(false);
      use.refresh();
    }) }, icon("undo"), t("undo"));
    fill(/** @type {Element} */ (line.closest(".ask-card")), h("div", { class: "between" }, h("p", { class: "muted" }, t("left_out", card.recruiter?.name ?? card.employer)), back));
    back.focus();
    announce(t("left_out", card.recruiter?.name ?? card.employer));
  });
}

/** @param {any} card @param {CardUse} use @param {any} changes @param {HTMLElement} line */
async function change(card, use, changes, line) {
  await attempt(line, async () => {
    await api("PATCH", `/api/asks/${encodeURIComponent(card.ask.id)}`, changes);
    announce(t("saved"));
    use.refresh();
  });
}

/** @param {HTMLElement} line @param {() => Promise<void>} work */
async function attempt(line, work) {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    line.parentElement?.querySelector(".wrong")?.remove();
    line.after(h("p", { class: "wrong", role: "alert" }, sentence(error)));
  }
}

/** When the meeting is, once they said yes. @param {any} trip @param {any} card @param {(when: {start: string, end: string}) => void} saved */
function timeForm(trip, card, saved) {
  const first = card.offers[0];
  const day = h("input", { type: "date", id: `day-${card.id}`, required: true, min: trip.arrive.slice(0, 10), max: trip.depart.slice(0, 10), value: first?.date ?? trip.arrive.slice(0, 10) });
  const from = h("input", { type: "time", id: `from-${card.id}`, required: true, value: first?.part === "morning" ? "10:00" : "14:00" });
  const until = h("input", { type: "time", id: `until-${card.id}`, required: true, value: first?.part === "morning" ? "10:30" : "14:30" });
  return h("form", { class: "fields", onsubmit: (/** @type {Event} */ event) => {
    event.preventDefault();
    saved({ start: `${day.value}T${from.value}`, end: `${day.value}T${until.value}` });
  } },
  h("div", { class: "triple" },
    h("div", { class: "field" }, h("label", { for: day.id }, t("day")), day),
    h("div", { class: "field" }, h("label", { for: from.id }, t("from_time")), from),
    h("div", { class: "field" }, h("label", { for: until.id }, t("until_time")), until)),
  h("div", { class: "buttons" }, h("button", { class: "button main" }, t("book_it"))));
}
