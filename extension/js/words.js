// @ts-check
/** The server's codes and dates as sentences in the language of the browser. */

import { formatDate, language, t } from "./i18n.js";

/** @typedef {{state: string, opens: string, best_from: string, best_until: string, closes: string | null}} When */

/**
 * Where today stands in a trip's window.
 * @param {When} when @param {{over?: boolean}} trip
 */
export function whenText(when, trip) {
  const day = (/** @type {string} */ date) => formatDate(date, "short");
  switch (when.state) {
    case "too_early":
      return t("window_too_early", day(when.opens), day(when.best_from), day(when.best_until));
    case "open":
      return isPast(when.best_until) ? t("window_late") : t("window_open", day(when.best_from), day(when.best_until));
    case "closed":
      return t(trip.over ? "window_over" : "window_full");
    default:
      return t(`window_${when.state}`);
  }
}

/** @param {string} date */
function isPast(date) {
  const now = new Date();
  const today = new Date(now.getFullYear(), now.getMonth(), now.getDate());
  return new Date(`${date}T00:00`) < today;
}

/** Why a half-day is as it is. Names of interviews and holidays stay as they are. @param {{state: string, label: string}} half */
export function halfLabel(half) {
  if (half.state === "booked" || !/^[a-z ]+$/.test(half.label)) return half.label;
  return chrome.i18n.getMessage(`label_${half.label.replaceAll(" ", "_")}`) || half.label;
}

/** "Fri, Aug 27, afternoon"; German keeps its capitals. @param {{date: string, part: string}} half */
export function halfName(half) {
  const part = t(`part_${half.part}`);
  return `${formatDate(half.date)}, ${language.startsWith("de") ? part : part.toLocaleLowerCase(language)}`;
}
