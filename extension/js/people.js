// @ts-check
/** Recruiters: who handles what. Portals never show them, so the person tells InTown. */

import { announce, fill, h, icon } from "./dom.js";
import { t } from "./i18n.js";
import { api } from "./messages.js";
import { Problem } from "./api.js";
import { sentence, sureButton } from "./states.js";

/** @typedef {import("./rows.js").Application} Application */

let formCount = 0;

/**
 * A new recruiter, linked to some applications or to the whole employer.
 * @param {{employer: string, keys: string[], saved: () => void, known?: any}} what
 */
export function recruiterForm({ employer, keys, saved, known = {} }) {
  const id = `person-${(formCount += 1)}`;
  const wrong = h("p", { class: "wrong", role: "alert" });
  const field = (/** @type {string} */ name, /** @type {string} */ label, /** @type {Record<string, any>} */ props = {}) =>
    h("div", { class: "field" }, h("label", { for: `${id}-${name}` }, label), h("input", { id: `${id}-${name}`, name, maxlength: "200", value: known[name] ?? "", ...props }));
  const whole = h("input", { type: "checkbox", name: "whole", checked: known.whole_employer ?? !keys.length });
  const form = h("form", { class: "fields person", onsubmit: send },
    h("div", { class: "pair" }, field("name", t("person_name"), { required: true }), field("salutation", t("person_salutation"), { placeholder: t("salutation_hint") })),
    field("email", t("person_email"), { type: "email" }),
    field("phone", t("person_phone"), { type: "tel" }),
    field("employer", t("employer"), { required: true, value: known.employer ?? employer }),
    h("label", { class: "check" }, whole, h("span", {}, t("person_whole"))),
    wrong,
    h("div", { class: "buttons" }, h("button", { class: "button main" }, t("save"))));

  /** @param {Event} event */
  async function send(event) {
    event.preventDefault();
    const typed = Object.fromEntries([...form.querySelectorAll("input")].filter((one) => one.name !== "whole").map((one) => [one.name, one.value.trim()]));
    const body = { ...typed, application_keys: keys, whole_employer: whole.checked };
    try {
      await (known.id ? api("PATCH", `/api/recruiters/${encodeURIComponent(known.id)}`, body) : api("POST", "/api/recruiters", body));
      announce(t("saved"));
      saved();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      wrong.textContent = sentence(error);
    }
  }
  form.prepend(pasting(form));
  return form;
}

/** A signature from a mail, pasted whole, fills the fields. @param {HTMLFormElement} form */
function pasting(form) {
  const id = `paste-${formCount}`;
  const text = h("textarea", { id, class: "short", rows: "2", placeholder: t("paste_hint"), oninput: async () => {
    try {
      const { contacts } = await api("POST", "/api/recruiters/read", { text: text.value.slice(0, 4000) });
      for (const input of form.querySelectorAll("input")) {
        const found = contacts[0]?.[input.name];
        if (typeof found === "string" && found) input.value = found;
      }
      if (contacts[0]) announce(t("paste_found", contacts[0].name));
    } catch (error) {
      if (!(error instanceof Problem)) throw error; // the fields can be typed all the same
    }
  } });
  return h("div", { class: "field" }, h("label", { for: id }, t("paste")), text);
}

/** The recruiters known so far, folded away under the list. @param {Application[]} applications */
export function peopleSection(applications) {
  const body = h("div", { class: "fields" });
  const titles = new Map(applications.map((one) => [one.key, one.title]));
  async function load() {
    try {
      const answer = await api("GET", "/api/recruiters");
      const people = Array.isArray(answer) ? answer : answer.recruiters;
      fill(body, h("ul", { class: "people" }, people.map((/** @type {any} */ one) => personLine(one, titles, load))), addButton());
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      fill(body, h("p", { class: "wrong" }, sentence(error)));
    }
  }
  function addButton() {
    const button = h("button", { class: "button quiet start", type: "button", onclick: () => {
      const form = recruiterForm({ employer: "", keys: [], saved: load });
      button.replaceWith(form);
      form.querySelector("input")?.focus();
    } }, icon("plus"), t("add_person"));
    return button;
  }
  const section = h("details", { class: "more people-section", ontoggle: () => section.open && load() }, h("summary", {}, t("people")), body);
  return section;
}

/** @param {any} person @param {Map<string, string>} titles @param {() => void} reload */
function personLine(person, titles, reload) {
  const handles = person.application_keys.map((/** @type {string} */ key) => titles.get(key)).filter(Boolean);
  const line = h("li", {},
    h("div", { class: "grow" }, h("h2", {}, person.name, h("span", { class: "muted plain" }, ` · ${person.employer}`)),
      h("p", { class: "small muted" }, [person.email, person.phone, ...handles].filter(Boolean).join(" · "))),
    h("button", { class: "button quiet", type: "button", onclick: () => {
      const form = recruiterForm({ employer: person.employer, keys: person.application_keys, known: person, saved: reload });
      fill(line, h("div", { class: "grow fields" }, form, sureButton(t("remove_person"), t("remove_person_sure", person.name), async () => {
        await api("DELETE", `/api/recruiters/${encodeURIComponent(person.id)}`);
        announce(t("removed", person.name));
        reload();
      })));
      form.querySelector("input")?.focus();
    } }, t("change")));
  return line;
}
