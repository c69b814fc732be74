// @ts-check
/** Logging a trip, or changing one. What is half typed is kept: the popup closes at every click beside it. */

import { fill, h, icon } from "./dom.js";
import { t } from "./i18n.js";
import { api } from "./messages.js";
import { Problem } from "./api.js";
import { bookingFields, bookingRequest, readBooking } from "./bookings.js";
import { combobox } from "./combobox.js";
import { sentence, sureButton } from "./states.js";
import { keep } from "./storage.js";

/**
 * @param {{half: any, leave: (() => void) | null, saved: (trip: any) => void, trip?: any, removed?: () => void}} what
 *   `half` is what was typed before, `leave` goes back without saving (null on the very first trip), `trip` is the
 *   one to change; without it a new one is logged.
 */
export function tripForm({ half, leave, saved, trip = null, removed = () => undefined }) {
  const values = { destination: "", arriveDay: "", arriveTime: "11:00", departDay: "", departTime: "17:00", cost: "", currency: defaultCurrency(), bookings: [], ...(trip && valuesOf(trip)), ...half };
  /** @type {Record<string, HTMLInputElement>} */
  const inputs = {};
  const bookings = h("div", { class: "fields" });
  const wrong = h("p", { class: "wrong", role: "alert" });
  const candidates = h("div", { class: "buttons" });

  const place = combobox({ id: "destination", value: values.destination, placeholder: t("destination_hint"), find: findPlaces, changed: store });
  inputs.destination = place.input;
  const input = (/** @type {string} */ name, /** @type {Record<string, any>} */ props) =>
    (inputs[name] = h("input", { id: name, value: /** @type {any} */ (values)[name], oninput: store, ...props }));
  const field = (/** @type {string} */ name, /** @type {string} */ label, /** @type {Record<string, any>} */ props) =>
    h("div", { class: "field" }, h("label", { for: name }, label), input(name, props));

  function store() {
    keep("tripform", read());
  }

  function read() {
    const plain = Object.fromEntries(Object.entries(inputs).map(([name, one]) => [name, one.value]));
    return { ...plain, editing: trip?.id ?? null, bookings: [...bookings.children].map(readBooking) };
  }

  /** The day of departure follows the arrival, until it is set. */
  function followArrival() {
    inputs.departDay.min = inputs.arriveDay.value;
    if (!inputs.departDay.value) inputs.departDay.value = inputs.arriveDay.value;
    store();
  }

  /** @param {Event} event */
  async function send(event) {
    event.preventDefault();
    const typed = read();
    wrong.textContent = "";
    candidates.replaceChildren();
    try {
      const made = await (trip ? api("PATCH", addressOf(trip), changesOf(typed, trip)) : api("POST", "/api/trips", requestOf(typed)));
      await keep("tripform", null);
      saved(made);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      const choices = error.details?.candidates ?? [];
      if (!choices.length) wrong.textContent = sentence(error);
      else fill(candidates, h("p", { class: "wrong", role: "alert" }, sentence(error)), choices.map((/** @type {any} */ one) => h("button", { class: "button", type: "button", onclick: () => {
        place.choose(placeText(one));
        form.requestSubmit();
      } }, placeText(one))));
      /** @type {HTMLElement} */ (candidates.querySelector("button") ?? inputs.destination).focus();
    }
  }

  const form = h("form", { class: "fields view-form", "data-state": "trip_form", onsubmit: send },
    h("header", { class: "heading flat" },
      leave && h("button", { class: "button square", type: "button", "aria-label": t("back"), title: t("back"), onclick: leave }, turned("back")),
      h("div", { class: "grow" }, h("h1", {}, t(trip ? "edit_trip" : "log_trip")), !trip && h("p", { class: "muted" }, t("log_trip_text")))),
    h("div", { class: "field" }, h("label", { for: "destination" }, t("destination")), place.element, candidates),
    h("div", { class: "pair" }, field("arriveDay", t("arrive"), { type: "date", required: true, onchange: followArrival }), field("arriveTime", t("at_time"), { type: "time", required: true })),
    h("div", { class: "pair" }, field("departDay", t("depart"), { type: "date", required: true }), field("departTime", t("at_time"), { type: "time", required: true })),
    !trip && h("fieldset", { class: "fields" }, h("legend", { class: "label small" }, t("already_booked")), bookings,
      h("button", { class: "button quiet start", type: "button", onclick: () => {
        addBooking({});
        store();
        /** @type {HTMLElement | null} */ (bookings.lastElementChild?.querySelector("input") ?? null)?.focus();
      } }, icon("plus"), t("add_booking"))),
    h("details", { class: "more" }, h("summary", {}, t("cost_optional")),
      h("div", { class: "pair" }, field("cost", t("cost"), { type: "number", min: "0", step: "1", inputmode: "numeric" }), field("currency", t("currency"), { maxlength: "3", size: "3" }))),
    wrong,
    h("div", { class: "buttons" }, h("button", { class: "button main" }, t(trip ? "save" : "see_whom"))),
    trip && sureButton(t("remove_trip"), t("remove_trip_sure", trip.destination.city || trip.destination.text), async () => {
      await api("DELETE", addressOf(trip));
      await keep("tripform", null);
      removed();
    }));

  /** @param {any} values */
  function addBooking(values) {
    bookings.append(bookingFields(values, inputs.arriveDay.value, store));
  }
  values.bookings.forEach(addBooking);
  setTimeout(() => form.isConnected && !values.destination && place.input.focus());
  if (values.cost) /** @type {HTMLDetailsElement} */ (form.querySelector("details")).open = true;
  return form;
}

/** @param {any} sign */
function turned(sign) {
  const element = icon(sign);
  element.classList.add("turns");
  return element;
}

/** What the server wants, from what was typed. @param {any} typed */
function requestOf(typed) {
  return {
    destination: typed.destination.trim(),
    arrive: `${typed.arriveDay}T${typed.arriveTime}`,
    depart: `${typed.departDay}T${typed.departTime}`,
    ...(typed.cost ? { cost: Number(typed.cost), currency: typed.currency.trim().toUpperCase() } : {}),
    bookings: typed.bookings.map(bookingRequest),
  };
}

/** The same for a trip that is changed; its place only where it is another one. @param {any} typed @param {any} trip */
function changesOf(typed, trip) {
  const { bookings, destination, ...rest } = requestOf(typed);
  return { ...rest, ...(destination === placeText(trip.destination) ? {} : { destination }), ...(typed.cost ? {} : { cost: null }) };
}

/** A trip as its form shows it. @param {any} trip */
function valuesOf(trip) {
  return {
    destination: placeText(trip.destination), cost: trip.cost ?? "", currency: trip.currency,
    arriveDay: trip.arrive.slice(0, 10), arriveTime: trip.arrive.slice(11, 16), departDay: trip.depart.slice(0, 10), departTime: trip.depart.slice(11, 16),
  };
}

/** @param {any} trip */
function addressOf(trip) {
  return `/api/trips/${encodeURIComponent(trip.id)}`;
}

/** @param {string} text @returns {Promise<string[]>} */
async function findPlaces(text) {
  try {
    const { places } = await api("GET", `/api/places?q=${encodeURIComponent(text)}`);
    return places.map(placeText);
  } catch (error) {
    if (error instanceof Problem) return []; // the field works without suggestions; saving will say what is wrong
    throw error;
  }
}

/** @param {any} place */
function placeText(place) {
  if (typeof place === "string") return place;
  return place.label || [place.city, place.region, place.country].filter(Boolean).join(", ") || place.text;
}

function defaultCurrency() {
  return /^en-US|^es-US/.test(navigator.language) ? "USD" : /^en-GB/.test(navigator.language) ? "GBP" : /^(de|fr|es|it)\b/.test(navigator.language) ? "EUR" : "USD";
}
