// @ts-check
/** Words and dates in the language of the browser. Texts live in `_locales`; a key without a text is a fault. */

// The browser may speak a language that we have no texts in; then dates follow the texts, not the browser.
const ours = chrome.i18n.getMessage("language_code");
const browsers = chrome.i18n.getUILanguage();
export const language = browsers.split("-")[0] === ours ? browsers : ours;
const plural = new Intl.PluralRules(language);

/**
 * The text for a key, with $1, $2 … filled in.
 * @param {string} key @param {...(string | number)} values
 */
export function t(key, ...values) {
  return chrome.i18n.getMessage(key, values.map(String)) || key;
}

/** The text for a number of things: `key_one` or `key_other`, $1 the number. @param {string} key @param {number} count */
export function tn(key, count, /** @type {(string | number)[]} */ ...values) {
  const form = plural.select(count) === "one" ? "one" : "other";
  return t(`${key}_${form}`, new Intl.NumberFormat(language).format(count), ...values);
}

/** Set the language and direction of the document. */
export function dressDocument() {
  document.documentElement.lang = language;
  document.documentElement.dir = language === browsers ? chrome.i18n.getMessage("@@bidi_dir") : "ltr";
}

/** @param {Intl.DateTimeFormatOptions} options */
function formatter(options) {
  return new Intl.DateTimeFormat(language, options);
}

const formats = {
  day: formatter({ weekday: "short", day: "numeric", month: "short" }),
  dayLong: formatter({ weekday: "long", day: "numeric", month: "long" }),
  weekday: formatter({ weekday: "short" }),
  number: formatter({ day: "numeric" }),
  date: formatter({ day: "numeric", month: "short", year: "numeric" }),
  short: formatter({ day: "numeric", month: "short" }),
  time: formatter({ hour: "numeric", minute: "2-digit" }),
};

/**
 * A date of the calendar ("2027-08-26", or the date part of a longer text) without any time zone: a trip's
 * Friday is a Friday wherever the browser stands.
 * @param {string} iso
 */
function calendarDate(iso) {
  const [year, month, day] = iso.slice(0, 10).split("-").map(Number);
  return new Date(year, month - 1, day);
}

/** A wall-clock time ("2027-08-26T11:00") as it stands, whatever offset follows. @param {string} iso */
function wallTime(iso) {
  const date = calendarDate(iso);
  const [hour, minute] = (iso.slice(11, 16) || "00:00").split(":").map(Number);
  date.setHours(hour, minute);
  return date;
}

/** @param {string | Date} when @param {keyof typeof formats} [style] */
export function formatDate(when, style = "day") {
  return formats[style].format(typeof when === "string" ? calendarDate(when) : when);
}

/** @param {string} iso */
export function formatTime(iso) {
  return formats.time.format(wallTime(iso));
}

/** @param {string} from @param {string} to */
export function formatRange(from, to) {
  return formats.day.formatRange(calendarDate(from), calendarDate(to));
}

/** How long ago, in the coarsest unit that is true. @param {string} iso @param {Date} [now] */
export function formatAgo(iso, now = new Date()) {
  const seconds = Math.round((new Date(iso).getTime() - now.getTime()) / 1000);
  if (Math.abs(seconds) < 60) return t("just_now");
  const relative = new Intl.RelativeTimeFormat(language, { numeric: "auto" });
  if (Math.abs(seconds) < 3600) return relative.format(Math.round(seconds / 60), "minute");
  if (Math.abs(seconds) < 86400) return relative.format(Math.round(seconds / 3600), "hour");
  return relative.format(Math.round(seconds / 86400), "day");
}

/** @param {number} amount @param {string} currency */
export function formatMoney(amount, currency) {
  try {
    return new Intl.NumberFormat(language, { style: "currency", currency, maximumFractionDigits: 0 }).format(amount);
  } catch {
    return `${amount} ${currency}`; // a currency code that nobody knows
  }
}
