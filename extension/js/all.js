// @ts-check
/** Every application: search, filter, and what each account needs. */

import { fill, h } from "./dom.js";
import { formatAgo, t, tn } from "./i18n.js";
import { api, ask } from "./messages.js";
import { noticeNote } from "./attention.js";
import { filters } from "./filters.js";
import { peopleSection } from "./people.js";
import { applicationRows } from "./rows.js";
import { busy, commandLine, fromServer, mainButton, stateView } from "./states.js";
import { kept } from "./storage.js";
import { syncing } from "./sync.js";

/** @typedef {import("./rows.js").Application} Application */

/** @param {import("./popup.js").Context} context @param {{text: string, well: boolean}} [told] how a sync ended that was just followed */
export async function showAll(context, told) {
  fill(context.root, busy(t("loading")));
  await fromServer(context, async () => {
    const [answer, last] = await Promise.all([api("GET", "/api/applications"), kept("filter")]);
    if (!context.alive()) return;
    paint(context, answer, last ?? {}, told);
    await ask("seen");
  }, () => showAll(context));
}

/** @param {import("./popup.js").Context} context @param {any} answer @param {any} last @param {{text: string, well: boolean}} [told] */
function paint(context, answer, last, told) {
  /** @type {Application[]} */
  const applications = answer.applications;
  const notices = (answer.notices ?? []).map(noticeNote);
  if (!applications.length && !answer.accounts.length) {
    fill(context.root, notices, stateView({ name: "no_applications", sign: "pin", title: t("none_title"), text: t("none_text"), command: "intown account add", button: mainButton(t("log_trip"), () => context.go("trip")) }));
    return;
  }
  const results = h("div", {});
  const sync = syncing(context, (ending) => showAll(context, ending));
  const count = h("p", { class: "muted small", role: "status" });
  const choosing = filters(applications, last, show);
  function show() {
    const found = choosing.found();
    count.textContent = tn("applications", found.length);
    fill(results, found.length ? applicationRows(found, { changed: () => undefined, go: context.go, withEmployer: true })
      : h("p", { class: "muted none" }, t(applications.length ? "nothing_matches" : "none_text")));
  }
  fill(context.root,
    h("header", { class: "heading" }, h("div", { class: "grow" }, h("h1", {}, t("all_title")), count), sync.button),
    sync.panel,
    told && h("p", { class: `note ${told.well ? "good" : "wait"}`, role: "status", "data-sync": told.well ? "done" : "not_done" }, told.text),
    choosing.element,
    notices,
    accountNotes(answer.accounts),
    results,
    peopleSection(applications));
  show();
}

/** One line per account that needs somebody, and one for the rest. @param {any[]} accounts */
function accountNotes(accounts) {
  if (!accounts.length) return null;
  const well = accounts.filter((one) => one.outcome === "ok" || one.outcome === "empty");
  const unwell = accounts.filter((one) => one.outcome && !well.includes(one));
  return h("section", { class: "accounts", "aria-label": t("accounts") },
    unwell.map((one) => h("div", { class: "account note wait" },
      h("div", { class: "grow" }, h("strong", {}, one.employer || one.id), ` · ${one.sentence}`, one.fix && commandOf(one.fix),
        one.last_good && h("p", { class: "small" }, t("last_good", formatAgo(one.last_good)))))),
    well.length > 0 && h("p", { class: "small muted" }, tn("accounts_well", well.length, formatAgo(oldest(well)))));
}

/** A fix is a command or a sentence. @param {string} fix */
function commandOf(fix) {
  const command = /^`?(intown [^`]+)`?$/.exec(fix)?.[1];
  return command ? commandLine(command) : ` ${fix}`;
}

/** @param {any[]} accounts */
function oldest(accounts) {
  return accounts.map((one) => one.last_good).filter(Boolean).sort()[0] ?? new Date().toISOString();
}
