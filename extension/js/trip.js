// @ts-check
/** A trip: its days as a picture, what is due, and one card per person to ask. */

import { announce, fill, h, icon } from "./dom.js";
import { formatMoney, formatRange, t, tn } from "./i18n.js";
import { api } from "./messages.js";
import { Problem } from "./api.js";
import { bookingsView } from "./bookings.js";
import { askedCard, cardView } from "./cards.js";
import { daysPicture } from "./days.js";
import { dueView } from "./due.js";
import { busy, fromServer, sentence } from "./states.js";
import { keep, kept } from "./storage.js";
import { tripForm } from "./tripform.js";
import { whenText } from "./words.js";

/** @param {import("./popup.js").Context} context @param {{open?: string, form?: boolean, edit?: string}} [more] */
export async function showTrip(context, more = {}) {
  fill(context.root, busy(t("loading")));
  await fromServer(context, async () => {
    const trips = tripsOf(await api("GET", "/api/trips"));
    const half = await kept("tripform");
    if (!context.alive()) return;
    const edited = trips.find((one) => one.id === (more.edit ?? half?.editing)) ?? null;
    if (more.edit && edited) return paintForm(context, trips, half?.editing === edited.id ? half : null, edited);
    if (!trips.length || more.form || (half && !more.open)) return paintForm(context, trips, edited || !half?.editing ? half : null, edited);
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

/** @param {import("./popup.js").Context} context @param {any[]} trips @param {any} half @param {any} [trip] the one to change */
async function paintForm(context, trips, half, trip = null) {
  const ideas = h("div", {});
  const leave = trips.length ? () => (keep("tripform", null), showTrip(context, { open: (trip ?? nextTrip(trips)).id })) : null;
  fill(context.root, tripForm({
    half,
    leave,
    trip,
    saved: (made) => {
      keep("trip", made.id);
      showTrip(context, { open: made.id });
    },
    removed: async () => {
      await keep("trip", null);
      await showTrip(context);
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
  const { cards } = suggestions;
  const current = suggestions.trip ?? trip;
  const names = new Map(people.recruiters.map((/** @type {any} */ one) => [one.id, one.name]));
  const onCards = new Set(cards.map((/** @type {any} */ card) => card.ask?.id));
  const earlier = ledger.asks.filter((/** @type {any} */ ask) => !onCards.has(ask.id) && ask.state !== "undone" && ask.state !== "drafted");
  const asks = new Map(ledger.asks.map((/** @type {any} */ ask) => [ask.id, ask]));
  const nameOf = (/** @type {string} */ id) => names.get(asks.get(id)?.recruiter_id) ?? asks.get(id)?.employer ?? "";
  const due = await dueView(suggestions.due, nameOf, refresh);
  if (!context.alive()) return;
  fill(context.root,
    tripHead(context, trips, current, ledger.asks),
    daysPicture(current.half_days, (half) => toggleHalf(context, current, half)),
    bookingsView(current, refresh),
    due,
    h("section", { class: "cards", "aria-label": t("whom_to_ask") },
      cards.length ? cards.map((/** @type {any} */ card) => cardView(card, { trip: current, refresh })) : h("p", { class: "muted none" }, t("nobody_to_ask"))),
    earlier.length > 0 && h("section", { class: "cards earlier", "aria-label": t("asked_already") }, h("h2", {}, t("asked_already")),
      earlier.map((/** @type {any} */ ask) => askedCard(ask, names.get(ask.recruiter_id) ?? ask.employer, { trip: current, refresh }))),
    current.left_out.length > 0 && leftOut(current, refresh),
    cards.length > 0 && h("p", { class: "small muted foot" }, whenText(cards[0].when, current)));
  announce(tn("cards", cards.length));
}

/** Whom the person said "not this one" to, each with the way back. @param {any} trip @param {() => void} refresh */
function leftOut(trip, refresh) {
  return h("details", { class: "more left-out" }, h("summary", {}, tn("left_out_count", trip.left_out.length)),
    h("ul", {}, trip.left_out.map((/** @type {any} */ one) => {
      const wrong = h("span", { class: "wrong", role: "alert" });
      return h("li", { class: "between" }, h("span", { class: "grow" }, one.name), wrong,
        h("button", { class: "button quiet", type: "button", "data-back": one.card_id, onclick: async () => {
          try {
            await api("PATCH", `/api/trips/${encodeURIComponent(trip.id)}/cards/${encodeURIComponent(one.card_id)}`, { declined: false });
            refresh();
          } catch (error) {
            if (!(error instanceof Problem)) throw error;
            wrong.textContent = sentence(error);
          }
        } }, icon("undo"), t("take_back")));
    })));
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
    h("button", { class: "button square", type: "button", id: "edit-trip", title: t("edit_trip"), "aria-label": t("edit_trip"), onclick: () => showTrip(context, { edit: trip.id }) }, icon("pen")),
    h("button", { class: "button square", type: "button", title: t("log_trip"), "aria-label": t("log_trip"), onclick: () => showTrip(context, { form: true }) }, icon("plus")));
}

/** @param {any} trip */
function placeName(trip) {
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
