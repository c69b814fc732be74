// @ts-check
/** The first minutes: three steps, each checked while one looks. */

import { announce, fill, h, icon } from "./dom.js";
import { t } from "./i18n.js";
import { ask } from "./messages.js";
import { Problem } from "./api.js";
import { commandLine, mainButton, sentence } from "./states.js";

/** @param {import("./popup.js").Context} context */
export async function showFirstRun(context) {
  const { root, alive, go } = context;
  const steps = h("ol", { class: "steps" });
  fill(root, h("section", { class: "first", "data-state": "first_run" }, h("h1", {}, t("first_title")), h("p", { class: "muted" }, t("first_text")), steps, demoHint()));
  let shown = "";
  const look = async () => {
    const code = await connectionState();
    if (!alive() || code === shown) return;
    shown = code;
    drawSteps(steps, code, { go, look: () => ((shown = ""), look()) });
  };
  await look();
  const timer = setInterval(() => (alive() ? shown !== "ready" && look() : clearInterval(timer)), 2000);
}

/** For those who want to see it before they connect anything. */
function demoHint() {
  return h("details", { class: "more demo" }, h("summary", {}, t("demo_title")), h("div", { class: "fields" }, h("p", { class: "muted" }, t("demo_text")), commandLine("intown demo --open")));
}

/** "ready", or the code of what is missing. */
async function connectionState() {
  try {
    await ask("prove");
    return "ready";
  } catch (error) {
    if (error instanceof Problem) return error.code;
    throw error;
  }
}

/** @param {HTMLElement} list @param {string} code @param {{go: (view: string) => void, look: () => void}} what */
function drawSteps(list, code, { go, look }) {
  const running = code === "ready" || code === "not_paired";
  const paired = code === "ready";
  list.dataset.connection = code;
  fill(
    list,
    step(1, t("step_server"), running ? "done" : "now", !running && [
      h("p", { class: "muted" }, code === "server_off" ? t("step_server_text") : t(code === "wrong_version" ? "version_text" : "other_text", "?")),
      code === "server_off" ? commandLine("intown serve") : mainButton(t("change_address"), () => go("settings")),
    ]),
    step(2, t("step_pair"), paired ? "done" : running ? "now" : "later", running && !paired && [
      h("p", { class: "muted" }, t("step_pair_text")), commandLine("intown pair"), pairForm(look),
    ]),
    step(3, t("step_use"), paired ? "now" : "later", paired && [
      h("p", { class: "muted" }, t("step_use_text")),
      h("div", { class: "buttons" }, mainButton(t("read_this_page"), () => go("here")), h("button", { class: "button", type: "button", onclick: () => go("trip") }, t("log_trip"))),
    ]),
  );
  announce(paired ? t("paired_now") : running ? t("server_found") : t("off_title"));
}

/** @param {number} number @param {string} title @param {"done" | "now" | "later"} state @param {any} body */
function step(number, title, state, body) {
  return h("li", { class: `step ${state}`, "aria-current": state === "now" ? "step" : null },
    h("span", { class: "number", "aria-hidden": "true" }, state === "done" ? icon("check") : number),
    h("div", { class: "grow" }, h("h2", {}, title, state === "done" && h("span", { class: "unseen" }, ` (${t("done")})`)), ...(body || [])));
}

/**
 * The field for the eight digits. It sends itself when the last digit is in.
 * @param {() => void} whenPaired
 */
export function pairForm(whenPaired) {
  const wrong = h("p", { class: "wrong", id: "code-wrong", role: "alert" });
  const input = h("input", {
    id: "pair-code", class: "code", inputmode: "numeric", autocomplete: "off", maxlength: "11", placeholder: "0000 0000",
    "aria-describedby": "code-wrong", oninput: () => digits().length === 8 && send(),
  });
  const digits = () => input.value.replace(/\D/g, "");
  const send = async () => {
    if (input.disabled) return;
    if (digits().length !== 8) return tell(t("code_short"));
    input.disabled = true;
    try {
      await ask("pair", { code: digits(), label: browserName() });
      whenPaired();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      input.disabled = false;
      input.focus();
      input.select();
      tell(sentence(error));
    }
  };
  const tell = (/** @type {string} */ text) => {
    wrong.textContent = text;
    input.setAttribute("aria-invalid", "true");
  };
  return h("form", { class: "pairing", onsubmit: (/** @type {Event} */ event) => (event.preventDefault(), send()) },
    h("div", { class: "field" }, h("label", { for: "pair-code" }, t("code_label")),
      h("div", { class: "buttons" }, input, h("button", { class: "button main" }, t("pair")))), wrong);
}

/** How this browser is called in the server's list of pairings. */
function browserName() {
  const data = /** @type {any} */ (navigator).userAgentData;
  if (!data && navigator.userAgent.includes("Firefox/")) return "Firefox";
  const brand = data?.brands?.find((/** @type {any} */ one) => !/not.?a.?brand|^chromium$/i.test(one.brand))?.brand ?? "Chromium";
  return `${brand}${data?.platform ? `, ${data.platform}` : ""}`;
}
