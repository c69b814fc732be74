// @ts-check
/**
 * From the click to the answer: capture the tab, prove the server, send, keep the answer for the popup.
 *
 * Runs in the service worker, so that closing the popup loses nothing. Every way it can end is a `Reading` with
 * a `state`; the popup has one sentence and one button for each.
 */

import { call, Problem, prove } from "./api.js";
import { isFrameHost, isPortalHost } from "./hosts.js";
import { keep, kept, remember } from "./storage.js";

/**
 * @typedef {{state: string, url: string, host: string, at: string, result?: any, problem?: any, origin?: string}} Reading
 */
/** @typedef {{url: string, title: string, html: string, password_visible: boolean, too_large: boolean}} Captured */

/** Pages that ask for something before they show a list. */
const NOT_SIGNED_IN = new Set(["login", "session_expired"]);

/**
 * Read one tab. `confirmed` is the second click on a page of a host that no portal is known to use.
 * @param {number} tabId @param {boolean} confirmed
 * @returns {Promise<Reading>}
 */
export async function readTab(tabId, confirmed) {
  const tab = await chrome.tabs.get(tabId);
  const url = tab.url ?? "";
  const host = /^https?:/.test(url) ? new URL(url).hostname : "";
  const reading = { url, host, at: new Date().toISOString() };
  const done = await attempt(tabId, host, confirmed).catch((error) => {
    if (error instanceof Problem) return { state: error.code, problem: error.toJSON() };
    throw error;
  });
  const whole = { ...reading, ...done };
  await remember(`here:${tabId}`, whole);
  return whole;
}

/** @param {number} tabId @param {string} host @param {boolean} confirmed @returns {Promise<Pick<Reading, "state"> & Partial<Reading>>} */
async function attempt(tabId, host, confirmed) {
  const { page, ...stopped } = await pageOf(tabId, host, confirmed);
  if (!page) return /** @type {Reading} */ (stopped);
  const result = await call("POST", "/api/pages", { ...page, ...(isPortalHost(host) ? {} : { confirm: true }) });
  if (result.applications.length) await rememberHost(host);
  return { state: stateOf(result), result };
}

/**
 * "This page is not read well": the server keeps a scrubbed copy of it. Only on the person's word, so no host is
 * asked about twice.
 * @param {number} tabId @returns {Promise<{path: string}>} where the copy lies; throws a Problem where there is none
 */
export async function recordTab(tabId) {
  const { url = "" } = await chrome.tabs.get(tabId);
  const { page, state } = await pageOf(tabId, /^https?:/.test(url) ? new URL(url).hostname : "", true);
  if (!page) throw new Problem(`not_recorded_${state}`);
  return call("POST", "/api/recordings", page);
}

/**
 * The tab's page as the server takes it, or the state that stands in the way.
 * @param {number} tabId @param {string} host @param {boolean} confirmed
 * @returns {Promise<{page?: any, state?: string, origin?: string}>}
 */
async function pageOf(tabId, host, confirmed) {
  if (!host) return { state: "unreadable" };
  await prove();
  const known = isPortalHost(host) || (await knownHosts()).includes(host);
  if (!known && !confirmed) return { state: "unknown_host" };

  const pages = await capture(tabId);
  if (!pages) return { state: "unreadable" };
  const { top, frames, unreadFrame } = pages;
  if (new URL(top.url).hostname !== host) return { state: "page_moved" };
  if ([top, ...frames].some((page) => page.password_visible)) return { state: known ? "not_signed_in" : "password" };
  if (top.too_large) return { state: "too_large" };
  if (unreadFrame) return { state: "frame", origin: unreadFrame };
  return { page: {
    url: top.url,
    title: top.title,
    html: top.html,
    frames: frames.filter((frame) => frame.html).map(({ url, html }) => ({ url, html })),
    captured_at: new Date().toISOString(),
  } };
}

/** @param {any} result The server's answer to a page. */
function stateOf(result) {
  if (result.applications.length) return "read";
  if (NOT_SIGNED_IN.has(result.page_kind)) return "not_signed_in";
  if (result.page_kind === "empty") return "empty";
  if (["applications", "application_detail", "job_list", "other"].includes(result.page_kind)) return "nothing_found";
  return "portal_says"; // a code, a captcha, a locked account …: the server has the sentence
}

/**
 * The page and the frames that can be read, or null where the browser forbids it (its own pages, the store).
 * @param {number} tabId
 */
async function capture(tabId) {
  const target = { tabId, allFrames: true };
  let results;
  try {
    await chrome.scripting.executeScript({ target, files: ["capture.js"] });
    results = await chrome.scripting.executeScript({ target, func: captureWithFrames });
  } catch (error) {
    console.info("InTown: this page cannot be read:", error);
    return null;
  }
  const top = results.find((result) => result.frameId === 0)?.result;
  if (!top) return null;
  const frames = results.flatMap((result) => (result.frameId !== 0 && result.result ? [result.result.page] : []));
  const read = new Set(frames.map((frame) => new URL(frame.url, top.page.url).origin));
  const unreadFrame = top.frames.find((/** @type {string} */ origin) => {
    return origin !== new URL(top.page.url).origin && !read.has(origin) && isFrameHost(new URL(origin).hostname);
  });
  return { top: /** @type {Captured} */ (top.page), frames: /** @type {Captured[]} */ (frames), unreadFrame };
}

/** Runs inside the page, in the extension's own world. */
function captureWithFrames() {
  const frames = [...document.querySelectorAll("iframe, frame")].flatMap((frame) => {
    const address = /** @type {HTMLIFrameElement} */ (frame).src;
    return /^https:/.test(address) && frame.checkVisibility() ? [new URL(address).origin] : [];
  });
  // @ts-ignore: declared by capture.js, which was injected just before
  return { page: captureDocument(), frames: [...new Set(frames)] };
}

/** Hosts that the person once confirmed and that did hold applications. @returns {Promise<string[]>} */
async function knownHosts() {
  return (await kept("hosts")) ?? [];
}

/** @param {string} host */
async function rememberHost(host) {
  const hosts = await knownHosts();
  if (!isPortalHost(host) && !hosts.includes(host)) await keep("hosts", [...hosts, host]);
}
