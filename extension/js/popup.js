// @ts-check
/** The popup's frame: tabs, the view that is open, and what stands in its way (not paired yet). */

import { announce, fill, h, icon } from "./dom.js";
import { dressDocument, t } from "./i18n.js";
import { showAll } from "./all.js";
import { showAttention } from "./attention.js";
import { showFirstRun } from "./firstrun.js";
import { showHere } from "./here.js";
import { isPortalHost } from "./hosts.js";
import { showSettings } from "./settings.js";
import { connection, keep, kept } from "./storage.js";
import { showTrip } from "./trip.js";

/**
 * What a view gets. `alive()` is false once another view was opened: an answer that comes late is dropped.
 * @typedef {{root: HTMLElement, alive: () => boolean, go: (view: string, more?: any) => void, inTab: boolean}} Context
 */

/** @type {Record<string, (context: Context, more?: any) => void | Promise<void>>} */
const VIEWS = { here: showHere, trip: showTrip, all: showAll, settings: showSettings, first: showFirstRun };

const inTab = document.documentElement.dataset.place === "tab";
const TABS = inTab ? ["trip", "all"] : ["here", "trip", "all"];
const root = /** @type {HTMLElement} */ (document.getElementById("view"));
let opened = 0;

/** @param {string} view @param {any} [more] */
async function go(view, more) {
  const turn = (opened += 1);
  if (TABS.includes(view)) keep("view", view);
  const paired = Boolean((await connection()).token);
  const shown = paired || view === "settings" ? view : "first";
  drawTabs(shown === "first" ? view : shown);
  fill(root);
  root.dataset.view = shown;
  window.scrollTo(0, 0);
  const alive = () => turn === opened;
  await VIEWS[shown]({ root, inTab, go, alive }, more);
  if (alive()) await showAttention(shown, alive, go);
}

/** @param {string} current */
function drawTabs(current) {
  const tabs = /** @type {HTMLElement} */ (document.getElementById("tabs"));
  const hadFocus = tabs.contains(document.activeElement);
  fill(tabs, ...TABS.map((view) => drawTab(view, view === current)));
  root.setAttribute("role", TABS.includes(current) ? "tabpanel" : "region");
  if (TABS.includes(current)) root.setAttribute("aria-labelledby", `tab-${current}`);
  else root.setAttribute("aria-labelledby", "open-settings");
  if (hadFocus) /** @type {HTMLElement | null} */ (tabs.querySelector("[aria-selected='true']"))?.focus();
}

/** @param {string} view @param {boolean} selected */
function drawTab(view, selected) {
  return h("button", {
    class: "tab",
    role: "tab",
    id: `tab-${view}`,
    type: "button",
    "aria-selected": String(selected),
    "aria-controls": "view",
    tabindex: selected ? "0" : "-1",
    onclick: () => go(view),
    onkeydown: moveAlongTabs,
  }, t(`tab_${view}`));
}

/** Arrow keys move between tabs, as in every tab list. @param {KeyboardEvent} event */
function moveAlongTabs(event) {
  const forward = document.documentElement.dir === "rtl" ? "ArrowLeft" : "ArrowRight";
  const backward = forward === "ArrowLeft" ? "ArrowRight" : "ArrowLeft";
  const here = TABS.findIndex((view) => `tab-${view}` === /** @type {HTMLElement} */ (event.target).id);
  const to = { [forward]: here + 1, [backward]: here - 1, Home: 0, End: TABS.length - 1 }[event.key];
  if (to === undefined) return;
  event.preventDefault();
  go(TABS[(to + TABS.length) % TABS.length]);
}

function drawTools() {
  const tools = /** @type {HTMLElement} */ (document.getElementById("tools"));
  const tool = (/** @type {string} */ name, /** @type {any} */ sign, /** @type {() => void} */ onclick, id = "") =>
    h("button", { class: "button square", type: "button", id: id || null, title: name, "aria-label": name, onclick }, icon(sign));
  fill(
    tools,
    !inTab && tool(t("open_in_tab"), "window", openInTab),
    tool(t("settings"), "settings", () => go("settings"), "open-settings"),
  );
}

async function openInTab() {
  const view = (await kept("view")) ?? "trip";
  await chrome.tabs.create({ url: chrome.runtime.getURL(`popup.html?view=tab#${view === "here" ? "trip" : view}`) });
  window.close();
}

/** The page under the icon comes first where it is a portal; elsewhere the view that was open last. */
async function firstView() {
  const wanted = location.hash.slice(1);
  if (TABS.includes(wanted)) return wanted;
  const last = (await kept("view")) ?? TABS[0];
  if (inTab) return TABS.includes(last) ? last : "trip";
  const [tab] = await chrome.tabs.query({ active: true, currentWindow: true });
  const host = tab?.url?.startsWith("https://") ? new URL(tab.url).hostname : "";
  return isPortalHost(host) || !TABS.includes(last) ? "here" : last;
}

window.addEventListener("unhandledrejection", (event) => {
  console.error(event.reason);
  announce(t("something_failed"));
});

dressDocument();
document.title = t("app_name");
document.getElementById("tabs")?.setAttribute("aria-label", t("app_name"));
drawTools();
go(await firstView());
