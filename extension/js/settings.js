// @ts-check
/** Pairing, address, looks, notices, and what is kept where. */

import { announce, fill, h } from "./dom.js";
import { t } from "./i18n.js";
import { LANGUAGES, languageName, TONES } from "./draft.js";
import { api, ask } from "./messages.js";
import { Problem } from "./api.js";
import { pairForm } from "./firstrun.js";
import { commandLine, sentence, sureButton } from "./states.js";
import { connection, DEFAULT_PORT, setSettings, settings } from "./storage.js";

/** @param {import("./popup.js").Context} context */
export async function showSettings(context) {
  const [link, wishes] = await Promise.all([connection(), settings()]);
  if (!context.alive()) return;
  fill(context.root,
    h("header", { class: "heading" }, h("h1", {}, t("settings"))),
    h("div", { class: "sections" }, pairingSection(context, link), ownSections(), looksSection(wishes), noticesSection(wishes), privacySection(context)));
}

/** @param {string} title @param {...any} children */
function section(title, ...children) {
  return h("section", { class: "card section fields" }, h("h2", {}, title), ...children);
}

/** @param {import("./popup.js").Context} context @param {import("./storage.js").Connection} link */
function pairingSection(context, link) {
  const again = () => showSettings(context);
  const state = h("p", { class: "muted", role: "status" }, t("checking"));
  const pairing = h("div", { class: "fields" });
  const port = h("input", { id: "port", type: "number", min: "1024", max: "65535", value: link.port, required: true });
  check(link, state, pairing, again);
  return section(t("connection"), state, pairing,
    h("form", { class: "field", onsubmit: async (/** @type {Event} */ event) => {
      event.preventDefault();
      await ask("address", { port: Number(port.value) });
      again();
    } }, h("label", { for: "port" }, t("address", `http://127.0.0.1:${DEFAULT_PORT}`)),
    h("div", { class: "buttons" }, h("span", { class: "muted" }, "http://127.0.0.1:"), h("div", { class: "port" }, port), h("button", { class: "button" }, t("test_connection")))));
}

/** @param {import("./storage.js").Connection} link @param {HTMLElement} state @param {HTMLElement} pairing @param {() => void} again */
async function check(link, state, pairing, again) {
  const unpair = h("button", { class: "button danger start", type: "button", onclick: async () => {
    await ask("unpair");
    announce(t("unpaired"));
    again();
  } }, t("unpair"));
  try {
    const { version } = await ask("prove");
    state.textContent = t("connected", version);
    fill(pairing, unpair);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    state.textContent = sentence(error);
    if (error.code === "not_paired") fill(pairing, h("p", { class: "muted" }, t("step_pair_text")), commandLine("intown pair"), pairForm(again));
    else if (error.code === "server_off") fill(pairing, commandLine("intown serve"), link.token && unpair);
  }
}

/** What the server keeps: who the person is in drafts, and how they wish to ask. Not there while it is off. */
function ownSections() {
  const box = h("div", { class: "sections-own" });
  api("GET", "/api/settings").then(
    ({ me, rules }) => fill(box, meSection(me), rulesSection(rules)),
    (error) => {
      if (!(error instanceof Problem)) throw error; // the section above says what is wrong and how to put it right
    });
  return box;
}

/** Keep a change at once, and say in its section that it is kept, or why not. @param {Element} field @param {any} body */
async function saveOwn(field, body) {
  const told = /** @type {HTMLElement} */ (field.closest(".section")?.querySelector(".told"));
  let text = t("saved");
  try {
    await api("PATCH", "/api/settings", body);
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    text = sentence(error);
  }
  told.className = `told small ${text === t("saved") ? "good" : "wrong"}`;
  told.textContent = text;
  announce(text);
}

/** Where a section says what became of a change; also said aloud, so it is no live region of its own. */
function toldLine() {
  return h("p", { class: "told small" });
}

/** @param {any} me */
function meSection(me) {
  const field = (/** @type {string} */ name, /** @type {string} */ type) => h("div", { class: "field" }, h("label", { for: `me-${name}` }, t(`person_${name}`)),
    h("input", { id: `me-${name}`, type, value: me[name] ?? "", maxlength: "200", onchange: (/** @type {Event} */ event) => {
      const input = /** @type {HTMLInputElement} */ (event.target);
      return saveOwn(input, { me: { [name]: input.value.trim() } });
    } }));
  return section(t("you"), h("p", { class: "muted" }, t("you_text")), field("name", "text"), field("phone", "tel"), field("email", "email"), toldLine());
}

/** @param {any} rules */
function rulesSection(rules) {
  const save = (/** @type {string} */ name) => (/** @type {Event} */ event) => {
    const input = /** @type {HTMLInputElement} */ (event.target);
    if (!input.reportValidity()) return;
    saveOwn(input, { rules: { [name]: input.type === "checkbox" ? input.checked : input.type === "number" ? Number(input.value) : input.value } });
  };
  const number = (/** @type {string} */ name, /** @type {number} */ max) => h("div", { class: "field beside" }, h("label", { for: name }, t(name)), h("input", { id: name, type: "number", min: "1", max: String(max), required: true, value: rules[name], onchange: save(name) }));
  const choice = (/** @type {string} */ name, /** @type {string} */ label, /** @type {[string, string][]} */ options) => h("div", { class: "field" }, h("label", { for: name }, label),
    h("select", { id: name, onchange: save(name) }, options.map(([value, text]) => h("option", { value, selected: value === rules[name] }, text))));
  const tick = (/** @type {string} */ name) => h("label", { class: "check" }, h("input", { type: "checkbox", checked: rules[name], onchange: save(name) }), t(name));
  return section(t("asking"),
    number("radius_km", 1000), number("opens_days", 180),
    h("div", { class: "pair even" },
      choice("language", t("language"), LANGUAGES.map((code) => [code, languageName(code)])),
      choice("tone", t("tone"), TONES.map((name) => [name, t(`tone_${name}`)]))),
    tick("offer_evenings"), tick("offer_weekends"),
    h("details", { class: "more" }, h("summary", {}, t("more_rules")), h("div", { class: "fields" },
      number("best_from_days", 180), number("best_until_days", 180), number("short_notice_days", 60), number("nudge_working_days", 30),
      number("quiet_days", 90), number("named_positions", 3), number("offered_half_days", 3), number("per_half_day", 4), number("per_day", 8))),
    toldLine());
}

/** @param {import("./storage.js").Settings} wishes */
function looksSection(wishes) {
  const choose = async (/** @type {any} */ theme) => {
    localStorage.setItem("theme", theme);
    dispatchEvent(new Event("theme"));
    await setSettings({ theme });
  };
  return section(t("looks"), h("fieldset", { class: "choices" }, h("legend", { class: "unseen" }, t("looks")), ["system", "light", "dark"].map((theme) =>
    h("label", { class: "check" }, h("input", { type: "radio", name: "theme", value: theme, checked: wishes.theme === theme, onchange: () => choose(theme) }), t(`theme_${theme}`)))));
}

/** @param {import("./storage.js").Settings} wishes */
function noticesSection(wishes) {
  const hour = (/** @type {"quietFrom" | "quietUntil"} */ name) => h("select", { id: name, onchange: (/** @type {Event} */ event) => setSettings({ [name]: Number(/** @type {HTMLSelectElement} */ (event.target).value) }) },
    Array.from({ length: 24 }, (_, one) => h("option", { value: one, selected: one === wishes[name] }, `${String(one).padStart(2, "0")}:00`)));
  return section(t("notices"),
    h("label", { class: "check" }, h("input", { type: "checkbox", checked: wishes.notify, onchange: (/** @type {Event} */ event) => setSettings({ notify: /** @type {HTMLInputElement} */ (event.target).checked }) }), t("notify_me")),
    h("div", { class: "pair even" }, h("div", { class: "field" }, h("label", { for: "quietFrom" }, t("quiet_from")), hour("quietFrom")), h("div", { class: "field" }, h("label", { for: "quietUntil" }, t("quiet_until")), hour("quietUntil"))));
}

/** @param {import("./popup.js").Context} context */
function privacySection(context) {
  const button = sureButton(t("forget"), t("forget_sure"), async () => {
    await ask("forget");
    localStorage.clear();
    context.go("settings");
  });
  return section(t("privacy"), h("p", { class: "muted" }, t("privacy_text")), commandLine("intown forget-everything"), button);
}
