// @ts-check
/**
 * The service worker: answers the popup, and looks every 15 minutes whether the night brought something new.
 *
 * Chrome stops it whenever it likes, so nothing is kept in variables.
 */

import { call, pair, Problem, prove, unpair } from "./js/api.js";
import { checkNews, forgetNews, startAlarm } from "./js/news.js";
import { readTab, recordTab } from "./js/capturing.js";
import { forgetAll, setConnection, shutOut } from "./js/storage.js";

/** @type {Record<string, (message: any) => Promise<any>>} */
const ANSWERS = {
  api: ({ method, path, body }) => call(method, path, body),
  prove: () => prove(),
  pair: async ({ code, label }) => {
    await pair(code, label);
    await checkNews();
  },
  unpair: async () => {
    await unpair();
    await forgetNews();
  },
  address: ({ port }) => setConnection({ port }),
  read: ({ tabId, confirmed }) => readTab(tabId, confirmed),
  record: ({ tabId }) => recordTab(tabId),
  seen: () => forgetNews(),
  forget: async () => {
    await unpair();
    await forgetAll();
    await forgetNews();
  },
};

chrome.runtime.onMessage.addListener((message, sender, respond) => {
  // Only our own pages: a web page that took over its process could forge a message, but not this origin.
  if (sender.id !== chrome.runtime.id || sender.origin !== new URL(chrome.runtime.getURL("")).origin) return false;
  const answer = ANSWERS[message?.what];
  if (!answer) return false;
  answer(message).then(
    (value) => respond({ value: value ?? null }),
    (error) => {
      if (!(error instanceof Problem)) console.error("InTown:", error);
      respond({ problem: error instanceof Problem ? error.toJSON() : { code: "internal", message: String(error) } });
    },
  );
  return true;
});

chrome.alarms.onAlarm.addListener((alarm) => {
  if (alarm.name === "news") return checkNews();
});
chrome.notifications.onClicked.addListener(async (id) => {
  chrome.notifications.clear(id);
  await chrome.tabs.create({ url: chrome.runtime.getURL("popup.html?view=tab#all") });
});
chrome.runtime.onInstalled.addListener(startAlarm);
chrome.runtime.onStartup.addListener(startAlarm);
chrome.tabs.onRemoved.addListener((tabId) => chrome.storage.session.remove(`here:${tabId}`));

shutOut().catch((error) => console.error("InTown: storage stays readable to content scripts:", error));
