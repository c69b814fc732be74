// @ts-check
/** The page under the icon: what was read from it, and a verdict each. */

import { announce, fill, h, icon } from "./dom.js";
import { formatAgo, t, tn } from "./i18n.js";
import { ask } from "./messages.js";
import { Problem } from "./api.js";
import { applicationRows } from "./rows.js";
import { busy, commandLine, mainButton, problemView, sentence, stateView } from "./states.js";
import { remembered } from "./storage.js";

/** @typedef {import("./capturing.js").Reading} Reading */

/** Where a list was expected and none was read, the page itself helps to find out why. */
const RECORDABLE = new Set(["nothing_found", "empty", "portal_says"]);

/** @param {import("./popup.js").Context} context */
export async function showHere(context) {
  const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
  if (!context.alive()) return;
  const last = tab?.id === undefined ? null : await remembered(`here:${tab.id}`);
  const stillThere = last?.state === "read" && last.url === tab?.url;
  if (stillThere && context.alive()) paint(context, last, tab);
  await read(context, tab, false, stillThere);
}

/** @param {import("./popup.js").Context} context @param {chrome.tabs.Tab | undefined} tab @param {boolean} confirmed @param {boolean} [quietly] */
async function read(context, tab, confirmed, quietly = false) {
  const bar = busy(t("reading"));
  if (quietly) context.root.prepend(bar);
  else fill(context.root, bar, h("p", { class: "muted waiting" }, t("reading")));
  /** @type {Reading} */
  let reading;
  try {
    reading = await ask("read", { tabId: tab?.id, confirmed });
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    reading = { state: error.code, url: "", host: "", at: "", problem: error };
  }
  if (context.alive()) paint(context, reading, tab);
}

/** @param {import("./popup.js").Context} context @param {Reading} reading @param {chrome.tabs.Tab | undefined} tab */
function paint(context, reading, tab) {
  if (reading.state === "read") {
    fill(context.root, ...readPage(context, reading, tab, () => read(context, tab, true)));
    announce(summary(reading.result));
    return;
  }
  const state = stateOf(context, reading, tab);
  fill(context.root, state, RECORDABLE.has(reading.state) && h("div", { class: "foot centred" }, recorder(tab)));
  announce(state.querySelector("h1")?.textContent ?? "");
}

/** @param {any} result */
function summary(result) {
  const parts = [tn("applications", result.applications.length)];
  if (result.new) parts.push(tn("new_ones", result.new));
  if (result.changed) parts.push(tn("changed_ones", result.changed));
  return parts.join(" · ");
}

/** @param {import("./popup.js").Context} context @param {Reading} reading @param {chrome.tabs.Tab | undefined} tab @param {() => void} again */
function readPage(context, reading, tab, again) {
  const { result } = reading;
  const portal = result.portal?.name ?? reading.host;
  const employer = result.employer || portal;
  return [
    h("header", { class: "heading" },
      h("div", { class: "grow" },
        h("h1", {}, employer, employer !== portal && h("span", { class: "muted plain" }, ` · ${portal}`)),
        h("p", { class: "muted" }, summary(result))),
      h("span", { class: "fresh small" }, t("read_when", formatAgo(reading.at)), icon("check"))),
    !result.complete && partly(result, again),
    ...result.warnings.map((/** @type {string} */ text) => h("p", { class: "note wait" }, text)),
    applicationRows(result.applications, { changed: () => undefined, go: context.go }),
    h("footer", { class: "foot" },
      h("div", { class: "between" },
        h("p", { class: "small muted grow" }, t("read_wrongly")),
        h("button", { class: "button quiet", type: "button", onclick: () => context.go("trip") }, t("whom_to_ask"), turned())),
      recorder(tab)),
  ];
}

/**
 * "This page is not read well": a copy without names, mails and numbers, kept on this computer for a bug report.
 * @param {chrome.tabs.Tab | undefined} tab
 */
function recorder(tab) {
  const told = h("div", { class: "fields", role: "status" });
  const button = h("button", { class: "button quiet start small", type: "button", onclick: async () => {
    button.disabled = true;
    try {
      const { path } = await ask("record", { tabId: tab?.id });
      button.remove();
      fill(told, h("p", { class: "small" }, t("recorded")), commandLine(path, t("copy_path")));
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      button.disabled = false;
      fill(told, h("p", { class: "wrong" }, error.code.startsWith("not_recorded_") ? t("not_recorded") : sentence(error)));
    }
  } }, t("record_page"));
  return h("div", { class: "recorder" }, button, told);
}

function turned() {
  const sign = icon("chevron");
  sign.classList.add("turns");
  return sign;
}

/** @param {any} result @param {() => void} again */
function partly(result, again) {
  const count = result.applications.length;
  const text = result.count_shown > count ? t("partly_of", count, result.count_shown) : t("partly");
  return h("div", { class: "note wait", "data-state": "partly" },
    h("p", { class: "grow" }, text),
    h("button", { class: "button", type: "button", onclick: again }, t("read_again")));
}

/** @param {import("./popup.js").Context} context @param {Reading} reading @param {chrome.tabs.Tab | undefined} tab */
function stateOf(context, reading, tab) {
  const again = mainButton(t("read_again"), () => read(context, tab, true));
  const site = reading.result?.employer || reading.result?.portal?.name || reading.host;
  const own = (/** @type {string} */ name, /** @type {any} */ sign, button = again, /** @type {string} */ text = t(`${name}_text`, site)) =>
    stateView({ name, sign, title: t(`${name}_title`, site), text, button });
  switch (reading.state) {
    case "unreadable":
      return own("unreadable", "window", mainButton(t("see_all"), () => context.go("all")));
    case "unknown_host":
      return own("unknown_host", "window", mainButton(t("read_anyway"), () => read(context, tab, true)));
    case "not_signed_in":
      return own("not_signed_in", "pin");
    case "empty":
      return own("empty", "check");
    case "nothing_found":
      return own("nothing_found", "pin");
    case "portal_says":
      return own("portal_says", "pin", again, reading.result.message);
    case "password":
    case "page_moved":
    case "too_large":
      return own(reading.state, "close");
    case "frame":
      return own("frame", "window", mainButton(t("allow_and_read"), () => allowFrame(context, reading, tab)), t("frame_text", new URL(reading.origin ?? "").hostname));
    default:
      return problemView(new Problem(reading.state, reading.problem), { retry: () => read(context, tab, false), go: context.go });
  }
}

/** Must run straight from the click: Chrome asks only then. @param {import("./popup.js").Context} context @param {Reading} reading @param {chrome.tabs.Tab | undefined} tab */
async function allowFrame(context, reading, tab) {
  if (await chrome.permissions.request({ origins: [`${reading.origin}/*`] })) await read(context, tab, true);
}
