// @ts-check
/** The interviews of a trip that have a fixed time: what to have ready, one more, one less. */

import { announce, fill, h, icon } from "./dom.js";
import { formatDate, formatTime, t } from "./i18n.js";
import { api } from "./messages.js";
import { Problem } from "./api.js";
import { sentence, sureButton } from "./states.js";

let count = 0;

/** The fields of one interview. @param {any} values @param {string} day @param {() => void} changed @param {() => void} [dropped] */
export function bookingFields(values, day, changed, dropped) {
  const id = `booking-${(count += 1)}`;
  const field = (/** @type {string} */ name, /** @type {string} */ label, /** @type {Record<string, any>} */ props) =>
    h("div", { class: "field" }, h("label", { for: `${id}-${name}` }, label), h("input", { id: `${id}-${name}`, name, value: values[name] ?? "", oninput: changed, ...props }));
  const box = h("div", { class: "booking fields", role: "group", "aria-label": t("booking") },
    h("div", { class: "buttons" },
      h("div", { class: "grow" }, field("title", t("booking_title"), { required: true, maxlength: "120", placeholder: t("booking_title_hint") })),
      h("button", { class: "button square", type: "button", "aria-label": t("remove_booking"), title: t("remove_booking"), onclick: () => (box.remove(), (dropped ?? changed)()) }, icon("close"))),
    field("employer", t("employer"), { maxlength: "120" }),
    h("div", { class: "triple" },
      field("day", t("day"), { type: "date", required: true, value: values.day ?? day }),
      field("from", t("from_time"), { type: "time", required: true, value: values.from ?? "09:30" }),
      field("until", t("until_time"), { type: "time", required: true, value: values.until ?? "11:00" })));
  return box;
}

/** @param {Element} box @returns {Record<string, string>} */
export function readBooking(box) {
  return Object.fromEntries([...box.querySelectorAll("input")].map((input) => [input.name, input.value]));
}

/** What the server wants, from what was typed. @param {Record<string, string>} typed */
export function bookingRequest(typed) {
  return { title: typed.title.trim(), employer: typed.employer.trim(), start: `${typed.day}T${typed.from}`, end: `${typed.day}T${typed.until}` };
}

/** @param {any} trip @param {() => void} refresh */
export function bookingsView(trip, refresh) {
  return h("section", { class: "meetings", "aria-label": t("meetings") },
    trip.bookings.map((/** @type {any} */ one) => bookingLine(trip, one, refresh)), addButton(trip, refresh));
}

/** @param {any} trip @param {any} booking @param {() => void} refresh */
function bookingLine(trip, booking, refresh) {
  const address = `/api/trips/${encodeURIComponent(trip.id)}/bookings/${encodeURIComponent(booking.id)}`;
  const tasks = h("ul", { class: "reasons small" });
  const line = h("details", { class: "more", ontoggle: () => line.open && !tasks.firstChild && prepare(address, tasks) },
    h("summary", {}, `${formatDate(booking.start)}, ${formatTime(booking.start)} · ${booking.title}`), tasks,
    sureButton(t("remove_booking"), t("remove_booking_sure"), async () => {
      await api("DELETE", address);
      announce(t("removed", booking.title));
      refresh();
    }));
  return line;
}

/** @param {string} address @param {HTMLElement} list */
async function prepare(address, list) {
  try {
    const { tasks } = await api("GET", address);
    fill(list, tasks.map((/** @type {any} */ task) => h("li", {}, task.text)));
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    fill(list, h("li", {}, sentence(error)));
  }
}

/** @param {any} trip @param {() => void} refresh */
function addButton(trip, refresh) {
  const wrong = h("p", { class: "wrong", role: "alert" });
  const button = h("button", { class: "button quiet start", type: "button", onclick: () => {
    const box = bookingFields({}, trip.arrive.slice(0, 10), () => undefined, () => (form.replaceWith(button), button.focus()));
    const form = h("form", { class: "fields", onsubmit: async (/** @type {Event} */ event) => {
      event.preventDefault();
      try {
        await api("POST", `/api/trips/${encodeURIComponent(trip.id)}/bookings`, bookingRequest(readBooking(box)));
        announce(t("saved"));
        refresh();
      } catch (error) {
        if (!(error instanceof Problem)) throw error;
        wrong.textContent = sentence(error);
      }
    } }, box, wrong, h("div", { class: "buttons" }, h("button", { class: "button main" }, t("save"))));
    button.replaceWith(form);
    form.querySelector("input")?.focus();
  } }, icon("plus"), t("add_booking"));
  return button;
}
