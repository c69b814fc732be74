// @ts-check
/** The message to one person: to read, to change, to take along. InTown itself never sends anything. */

import { announce, h, icon } from "./dom.js";
import { language as ownLanguage, t, tn } from "./i18n.js";
import { Problem } from "./api.js";
import { sentence } from "./states.js";
import { keep, kept } from "./storage.js";

export const LANGUAGES = ["en", "es", "fr", "de"];
export const TONES = ["warm", "brief"];

/** What reads well: facts/asking.md, section 5. */
const WORDS = { from: 60, to: 120 };
/** The server leaves a blank in brackets where it does not know the person's name. */
const UNSIGNED = /\n\[[^\]\n]+\]/;
const SUBJECT = { from: 36, to: 50 };

/**
 * @param {{id: string, draft: any}} card
 * @param {(manner: {language: string, tone: string}) => Promise<any>} drafted the draft in another language or tone
 * @param {(text: {subject: string, body: string, channel: string}) => void} sent
 */
export function draftEditor(card, drafted, sent) {
  const name = `draft:${card.id}`;
  const id = `draft-${String(card.id).replace(/[^\w-]/g, "_")}`;
  let draft = card.draft;
  let channel = "email";
  const subject = h("input", { id: `${id}-subject`, value: draft.subject, maxlength: "200", dir: "auto", "aria-describedby": `${id}-length`, oninput: changed });
  const body = h("textarea", { id: `${id}-body`, value: draft.body, dir: "auto", "aria-describedby": `${id}-words`, rows: "12", oninput: changed });
  const length = h("span", { class: "small muted", id: `${id}-length` });
  const words = h("span", { class: "small muted", id: `${id}-words` });
  const wrong = h("p", { class: "wrong", role: "alert" });
  const own = h("button", { class: "button quiet", type: "button", hidden: true, onclick: () => fillIn(draft) }, icon("undo"), t("our_words"));
  const links = ["mailto", "gmail", "outlook"].filter((kind) => draft[kind]).map((kind) => h("a", {
    class: "button", target: "_blank", rel: "noreferrer noopener", "data-kind": kind, onclick: () => (channel = kind === "mailto" ? "email" : kind),
  }, t(`open_${kind}`)));
  const copy = h("button", { class: "button", type: "button", onclick: copyAll }, icon("copy"), h("span", {}, t("copy")));
  const language = h("select", { "aria-label": t("language"), onchange: redraft }, LANGUAGES.map((one) => h("option", { value: one, selected: one === draft.language }, languageName(one))));
  const tone = h("select", { "aria-label": t("tone"), onchange: redraft }, TONES.map((one) => h("option", { value: one, selected: one === draft.tone }, t(`tone_${one}`))));

  function changed() {
    const edited = subject.value !== draft.subject || body.value !== draft.body;
    keep(name, edited ? { subject: subject.value, body: body.value, over: draft.body } : null);
    show();
  }

  function show() {
    const count = (body.value.match(/[\p{L}\p{N}][^\s]*/gu) ?? []).length;
    words.textContent = tn("words", count) + hint(count, WORDS);
    length.textContent = tn("characters", subject.value.length) + hint(subject.value.length, SUBJECT);
    own.hidden = subject.value === draft.subject && body.value === draft.body;
    for (const link of links) link.href = mailLink(draft[/** @type {string} */ (link.dataset.kind)], subject.value, body.value);
  }

  /** @param {{subject: string, body: string}} text */
  function fillIn(text) {
    subject.value = text.subject;
    body.value = text.body;
    changed();
  }

  /** The same message in another language or tone; edits give way to it. */
  async function redraft() {
    try {
      draft = await drafted({ language: language.value, tone: tone.value });
      fillIn(draft);
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      wrong.textContent = sentence(error);
    }
  }

  async function copyAll() {
    await navigator.clipboard.writeText(`${subject.value}\n\n${body.value}`);
    announce(t("copied"));
    const label = /** @type {Element} */ (copy.lastElementChild);
    label.textContent = t("copied");
    setTimeout(() => (label.textContent = t("copy")), 1500);
  }

  kept(name).then((edited) => edited && edited.over === draft.body && fillIn(edited));
  show();
  return h("div", { class: "draft fields" },
    h("div", { class: "pair even" }, language, tone), wrong,
    h("div", { class: "field" }, h("label", { for: subject.id }, t("subject")), subject, length),
    h("div", { class: "field" }, h("label", { for: body.id }, t("message")), body, h("div", { class: "between" }, words, own)),
    UNSIGNED.test(draft.body) && h("button", { class: "button quiet start", type: "button", onclick: () => document.getElementById("open-settings")?.click() }, t("sign_it")),
    h("div", { class: "buttons" }, copy, links),
    h("div", { class: "buttons" },
      h("button", { class: "button main", type: "button", onclick: async () => {
        await keep(name, null);
        sent({ subject: subject.value, body: body.value, channel });
      } }, icon("check"), t("mark_sent")),
      h("span", { class: "small muted never" }, t("never_sends"))));
}

/** @param {string} code */
export function languageName(code) {
  return new Intl.DisplayNames([ownLanguage], { type: "language" }).of(code) ?? code;
}

/** @param {number} count @param {{from: number, to: number}} limits */
function hint(count, { from, to }) {
  if (count < from) return ` · ${t("rather_short", from, to)}`;
  if (count > to) return ` · ${t("rather_long", from, to)}`;
  return ` · ${t("good_length")}`;
}

/**
 * The server's link with the words as they now are. Only the subject and the body are put in, each encoded whole,
 * so nothing typed can add a recipient; control characters are dropped.
 * @param {string} link @param {string} subject @param {string} body
 */
function mailLink(link, subject, body) {
  const clean = (/** @type {string} */ text) => encodeURIComponent(text.replace(/\r\n?/g, "\n").replace(/[\u0000-\u0009\u000b-\u001f\u007f-\u009f]/g, "").replace(/\n/g, "\r\n"));
  const [base, query = ""] = link.split("?", 2);
  const parts = query.split("&").filter(Boolean).map((part) => {
    const name = part.split("=", 1)[0];
    if (name === "subject" || name === "su") return `${name}=${clean(subject.replace(/\s+/g, " "))}`;
    if (name === "body") return `${name}=${clean(body)}`;
    return part;
  });
  return `${base}?${parts.join("&")}`;
}

/** What to say on the phone, and to a machine. @param {any} card */
export function callScript(card) {
  const { recruiter, draft } = card;
  const number = recruiter?.phone ?? "";
  return h("div", { class: "script" },
    number && h("p", {}, h("a", { class: "button", href: `tel:${number.replace(/[^\d+]/g, "")}` }, icon("phone"), number)),
    h("p", { class: "spoken" }, draft.call_script),
    draft.voicemail && h("h3", {}, t("voicemail")),
    draft.voicemail && h("p", { class: "spoken" }, draft.voicemail));
}
