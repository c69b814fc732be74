// @ts-check
/** A trip: its days as a picture, what is due, and one card per person to ask. */

import { announce, fill, h, icon } from "./dom.js";
import { formatDate, formatMoney, formatRange, formatTime, t, tn } from "./i18n.js";
import { api } from "./messages.js";
import { Problem } from "./api.js";
import { askedCard, cardView } from "./cards.js";
import { daysPicture } from "./days.js";
import { busy, fromServer, sentence } from "./states.js";
import { keep, kept } from "./storage.js";
import { tripForm } from "./tripform.js";

/** @param {import("./popup.js").Context} context @param {{open?: string, form?: boolean}} [more] */
export async function showTrip(context, more = {}) {
  fill(context.root, busy(t("loading")));
  await fromServer(context, async () => {
    const trips = tripsOf(await api("GET", "/api/trips"));
    const half = await kept("tripform");
    if (!context.alive()) return;
    if (!trips.length || more.form || (half && !more.open)) return paintForm(context, trips, half);
    const wanted = more.open ?? (await kept("trip"));
    const trip = trips.find((one) => one.id === wanted) ?? nextTrip(trips);
    await paintTrip(context, trips, trip);
  }, () => showTrip(context, more));
}

/** @param {any} answer @returns {any[]} */
function tripsOf(answer) {
  const trips = Array.isArray(answer) ? answer : answer.trips;
  return [...trips].sort((a, b) => a.arrive.localeCompare(b.arrive));
}

/** The trip under way or next; else the last one. @param {any[]} trips */
function nextTrip(trips) {
  const today = new Date().toISOString().slice(0, 10);
  return trips.find((one) => one.depart >= today) ?? trips[trips.length - 1];
}

/** @param {import("./popup.js").Context} context @param {any[]} trips @param {any} half */
async function paintForm(context, trips, half) {
  const ideas = h("div", {});
  const leave = trips.length ? () => (keep("tripform", null), showTrip(context, { open: nextTrip(trips).id })) : null;
  fill(context.root, tripForm({
    half,
    leave,
    saved: (trip) => {
      keep("trip", trip.id);
      showTrip(context, { open: trip.id });
    },
  }), ideas);
  if (trips.length) return;
  const found = await api("GET", "/api/ideas").catch((error) => {
    if (error instanceof Problem) return { ideas: [] }; // an idea is a bonus: the form stands without it
    throw error;
  });
  const list = Array.isArray(found) ? found : found.ideas ?? [];
  if (list.length && context.alive()) fill(ideas, ideasView(list));
}

/** @param {any[]} ideas */
function ideasView(ideas) {
  return h("section", { class: "ideas" }, h("h2", {}, t("ideas")), h("ul", {}, ideas.slice(0, 3).map((idea) => h("li", {}, icon("pin"), h("span", {}, idea.text ?? idea.city)))));
}

/** @param {import("./popup.js").Context} context @param {any[]} trips @param {any} trip */
async function paintTrip(context, trips, trip) {
  const id = encodeURIComponent(trip.id);
  const [suggestions, ledger, people] = await Promise.all([
    api("GET", `/api/trips/${id}/suggestions`), api("GET", `/api/asks?trip=${id}`), api("GET", "/api/recruiters"),
  ]);
  if (!context.alive()) return;
  const refresh = () => showTrip(context, { open: trip.id });
  const { cards, due, summary } = suggestions;
  const current = suggestions.trip ?? trip;
  const names = new Map(people.recruiters.map((/** @type {any} */ one) => [one.id, one.name]));
  const onCards = new Set(cards.map((/** @type {any} */ card) => card.ask?.id));
  const earlier = ledger.asks.filter((/** @type {any} */ ask) => !onCards.has(ask.id) && ask.state !== "undone" && ask.state !== "drafted");
  fill(context.root,
    tripHead(context, trips, current, ledger.asks),
    daysPicture(current.half_days, (half) => toggleHalf(context, current, half)),
    current.bookings.length > 0 && bookingsView(current),
    due.length > 0 && dueView(due),
    h("section", { class: "cards", "aria-label": t("whom_to_ask") },
      cards.length ? cards.map((/** @type {any} */ card) => cardView(card, { trip: current, refresh })) : h("p", { class: "muted none" }, summary || t("nobody_to_ask"))),
    earlier.length > 0 && h("section", { class: "cards earlier", "aria-label": t("asked_already") }, h("h2", {}, t("asked_already")),
      earlier.map((/** @type {any} */ ask) => askedCard(ask, names.get(ask.recruiter_id) ?? ask.employer, { trip: current, refresh }))),
    cards.length > 0 && summary && h("p", { class: "small muted foot" }, summary));
  announce(tn("cards", cards.length));
}

/** @param {import("./popup.js").Context} context @param {any[]} trips @param {any} trip @param {any[]} asks */
function tripHead(context, trips, trip, asks) {
  const open = asks.filter((ask) => ["sent", "nudged", "other_time"].includes(ask.state)).length;
  const facts = [formatRange(trip.arrive, trip.depart), open ? tn("asks_open", open) : "", costLine(trip)];
  const choose = trips.length > 1 && h("select", {
    class: "choose", "aria-label": t("choose_trip"),
    onchange: (/** @type {Event} */ event) => {
      const id = /** @type {HTMLSelectElement} */ (event.target).value;
      keep("trip", id);
      showTrip(context, { open: id });
    },
  }, trips.map((one) => h("option", { value: one.id, selected: one.id === trip.id }, `${placeName(one)}, ${formatRange(one.arrive, one.depart)}`)));
  return h("header", { class: "heading" },
    h("div", { class: "grow" }, choose || h("h1", {}, placeName(trip)), choose && h("h1", { class: "unseen" }, placeName(trip)),
      h("p", { class: "muted" }, facts.filter(Boolean).join(" · "))),
    h("button", { class: "button square", type: "button", title: t("calendar_file"), "aria-label": t("calendar_file"), onclick: () => saveCalendar(trip) }, icon("calendar")),
    h("button", { class: "button square", type: "button", title: t("log_trip"), "aria-label": t("log_trip"), onclick: () => showTrip(context, { form: true }) }, icon("plus")),
    h("button", { class: "button square", type: "button", title: t("remove_trip"), "aria-label": t("remove_trip"), onclick: (/** @type {Event} */ event) => removeTrip(context, trip, /** @type {HTMLElement} */ (event.currentTarget)) }, icon("close")));
}

/** @param {any} trip */
export function placeName(trip) {
  return trip.destination.city || trip.destination.text;
}

/** The plan as an .ics file, for the person's own calendar. @param {any} trip */
async function saveCalendar(trip) {
  try {
    const { name, ics } = await api("GET", `/api/trips/${encodeURIComponent(trip.id)}/calendar`);
    const href = URL.createObjectURL(new Blob([ics], { type: "text/calendar" }));
    h("a", { href, download: name }).click();
    URL.revokeObjectURL(href);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    announce(sentence(error));
  }
}

/** What one interview costs, when the trip has a price and an interview. @param {any} trip */
function costLine(trip) {
  if (!trip.cost || !trip.bookings.length) return "";
  return t("cost_each", formatMoney(trip.cost / trip.bookings.length, trip.currency));
}

/** Asked once more before it is gone. @param {import("./popup.js").Context} context @param {any} trip @param {HTMLElement} button */
function removeTrip(context, trip, button) {
  const line = h("div", { class: "note bad", role: "alertdialog", "aria-label": t("remove_trip") }, h("p", { class: "grow" }, t("remove_trip_sure", placeName(trip))),
    h("button", { class: "button", type: "button", onclick: async () => {
      await fromServer(context, async () => {
        await api("DELETE", `/api/trips/${encodeURIComponent(trip.id)}`);
        await keep("trip", null);
        await showTrip(context);
      }, () => showTrip(context));
    } }, t("remove")),
    h("button", { class: "button", type: "button", onclick: () => (line.remove(), button.focus()) }, t("cancel")));
  button.closest("header")?.after(line);
  line.querySelector("button")?.focus();
}

/** @param {import("./popup.js").Context} context @param {any} trip @param {import("./days.js").HalfDay} half */
async function toggleHalf(context, trip, half) {
  try {
    const free = half.state !== "free";
    await api("PATCH", `/api/trips/${encodeURIComponent(trip.id)}/half-days`, { date: half.date, part: half.part, free });
    await showTrip(context, { open: trip.id });
    /** @type {HTMLElement | null} */ (context.root.querySelector(`[data-half="${half.date} ${half.part}"]`))?.focus();
    announce(t(free ? "half_free" : "half_off"));
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    announce(sentence(error));
  }
}

/** The meetings that stand, each with what to have ready. @param {any} trip */
function bookingsView(trip) {
  return h("section", { class: "meetings", "aria-label": t("meetings") }, trip.bookings.map((/** @type {any} */ one) => {
    const tasks = h("ul", { class: "reasons small" });
    const line = h("details", { class: "more", ontoggle: () => line.open && !tasks.firstChild && prepare(trip, one, tasks) },
      h("summary", {}, `${formatDate(one.start)}, ${formatTime(one.start)} · ${one.title}`), tasks);
    return line;
  }));
}

/** @param {any} trip @param {any} booking @param {HTMLElement} list */
async function prepare(trip, booking, list) {
  try {
    const { tasks } = await api("GET", `/api/trips/${encodeURIComponent(trip.id)}/bookings/${encodeURIComponent(booking.id)}`);
    fill(list, tasks.map((/** @type {any} */ task) => h("li", {}, task.text)));
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    fill(list, h("li", {}, sentence(error)));
  }
}

/** @param {{ask_id: string, text: string}[]} due */
function dueView(due) {
  return h("section", { class: "due" }, h("h2", {}, t("due_today")), h("ul", {}, due.map((one) => h("li", {},
    h("button", { class: "button quiet", type: "button", onclick: () => document.querySelector(`[data-ask="${CSS.escape(one.ask_id)}"]`)?.scrollIntoView({ block: "center" }) }, one.text)))));
}
