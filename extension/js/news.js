// @ts-check
/** The badge counts what is new since last night; one notification says so, outside the quiet hours. */

import { call, Problem } from "./api.js";
import { t, tn } from "./i18n.js";
import { keep, kept, settings } from "./storage.js";

const MINUTES = 15;

/** Make sure of the alarm. It outlives the worker, but not always an update. */
export async function startAlarm() {
  if (!(await chrome.alarms.get("news"))) {
    await chrome.alarms.create("news", { delayInMinutes: 1, periodInMinutes: MINUTES });
  }
}

/** Ask the server what is new. A server that is off is nothing to bother anybody about. */
export async function checkNews() {
  let count;
  let newest;
  try {
    const { applications, new_since_last_night } = await call("GET", "/api/applications");
    count = new_since_last_night;
    newest = Math.max(0, ...applications.map((/** @type {any} */ one) => Date.parse(one.changed_at ?? one.first_seen) || 0));
  } catch (error) {
    if (error instanceof Problem) return;
    throw error;
  }
  const { seenUntil = 0, toldUntil = 0 } = (await kept("news")) ?? {};
  const fresh = count > 0 && newest > seenUntil;
  await showBadge(fresh ? count : 0);
  if (fresh && newest > toldUntil && (await mayNotify())) {
    await keep("news", { seenUntil, toldUntil: newest });
    await chrome.notifications.create("news", {
      type: "basic",
      iconUrl: chrome.runtime.getURL("icons/icon-128.png"),
      title: tn("news_title", count),
      message: t("news_message"),
    });
  }
}

/** The person has looked: clear the badge until something newer comes. */
export async function forgetNews() {
  const now = Date.now();
  await keep("news", { seenUntil: now, toldUntil: now });
  await showBadge(0);
}

/** @param {number} count */
async function showBadge(count) {
  await chrome.action.setBadgeBackgroundColor({ color: "#0b6e69" });
  await chrome.action.setBadgeTextColor({ color: "#ffffff" });
  await chrome.action.setBadgeText({ text: count ? (count > 99 ? "99+" : String(count)) : "" });
}

async function mayNotify() {
  const { notify, quietFrom, quietUntil } = await settings();
  if (!notify) return false;
  const hour = new Date().getHours();
  const quiet = quietFrom <= quietUntil ? hour >= quietFrom && hour < quietUntil : hour >= quietFrom || hour < quietUntil;
  return !quiet;
}
