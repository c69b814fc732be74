// @ts-check
/** What stands in the way, each with one sentence and one button. */

import { h, icon } from "./dom.js";
import { t } from "./i18n.js";
import { ask } from "./messages.js";
import { Problem } from "./api.js";

/**
 * A whole-view state.
 * @param {{name: string, sign: any, title: string, text: string, button?: HTMLElement, command?: string}} what
 */
export function stateView({ name, sign, title, text, button, command }) {
  return h("section", { class: "state", "data-state": name },
    h("div", { class: "sign" }, icon(sign)),
    h("div", {}, h("h1", {}, title), h("p", {}, text)),
    command && commandLine(command),
    button);
}

/** A command to type in a terminal, or a path, with a button that copies it. @param {string} command @param {string} [name] of the button */
export function commandLine(command, name = t("copy_command")) {
  const button = h("button", {
    class: "button square", type: "button", title: name, "aria-label": name,
    onclick: async () => {
      await navigator.clipboard.writeText(command);
      button.replaceChildren(icon("check"));
      setTimeout(() => button.replaceChildren(icon("copy")), 1500);
    },
  }, icon("copy"));
  return h("div", { class: "command" }, h("code", {}, command), button);
}

/** @param {string} label @param {() => void} onclick */
export function mainButton(label, onclick) {
  return h("button", { class: "button main", type: "button", onclick }, label);
}

/**
 * A button for what cannot be taken back: the first press asks, the second does it.
 * @param {string} label @param {string} sure @param {() => Promise<void>} work
 */
export function sureButton(label, sure, work) {
  const second = h("button", { class: "button danger start", type: "button", onclick: async () => {
    second.disabled = true;
    try {
      await work();
    } catch (error) {
      if (!(error instanceof Problem)) throw error;
      second.replaceWith(h("p", { class: "wrong", role: "alert" }, sentence(error)));
    }
  } }, sure);
  const first = h("button", { class: "button quiet danger start", type: "button", onclick: () => {
    first.replaceWith(second);
    second.focus();
  } }, label);
  return first;
}

/**
 * The state for a failed request.
 * @param {Problem} problem @param {{retry: () => void, go: (view: string) => void}} what
 */
export function problemView(problem, { retry, go }) {
  const again = mainButton(t("try_again"), retry);
  switch (problem.code) {
    case "server_off":
      return watched(stateView({ name: "server_off", sign: "refresh", title: t("off_title"), text: t("off_text"), command: "intown serve", button: again }), retry);
    case "other_program":
      return stateView({ name: "other_program", sign: "close", title: t("other_title"), text: t("other_text"), button: mainButton(t("change_address"), () => go("settings")) });
    case "not_paired":
      return stateView({ name: "not_paired", sign: "close", title: t("unpaired_title"), text: t("unpaired_text"), button: mainButton(t("pair_again"), () => go("settings")) });
    case "wrong_version":
      return stateView({ name: "wrong_version", sign: "refresh", title: t("version_title"), text: t("version_text", problem.details?.server ?? "?"), button: again });
    case "timeout":
      return stateView({ name: "timeout", sign: "refresh", title: t("slow_title"), text: t("slow_text"), button: again });
    default:
      return stateView({ name: "failed", sign: "close", title: t("failed_title"), text: sentence(problem), button: again });
  }
}

/** What the server said about a failure, or our own words where it said nothing. @param {Problem} problem */
export function sentence(problem) {
  const said = [problem.message, problem.fix].filter(Boolean).join(" ");
  if (said) return said.replaceAll("`", "“").replace(/“([^“]*)“/g, "“$1”"); // commands come in backticks
  const own = { server_off: "off_text", other_program: "other_text", not_paired: "unpaired_text", timeout: "slow_text", worker_lost: "worker_text" }[problem.code];
  return own ? t(own) : t("failed_text", problem.code);
}

/** Look every two seconds, as long as the view stands, whether the server has come up. @param {HTMLElement} view @param {() => void} retry */
function watched(view, retry) {
  const timer = setInterval(async () => {
    if (!view.isConnected) return clearInterval(timer);
    try {
      await ask("prove");
    } catch (error) {
      if (error instanceof Problem && error.code === "server_off") return;
    }
    clearInterval(timer);
    if (view.isConnected) retry();
  }, 2000);
  return view;
}

/**
 * Fill a view from the server: the work bar meanwhile, the problem's state if it fails.
 * @param {import("./popup.js").Context} context @param {() => Promise<void>} work @param {() => void} retry
 */
export async function fromServer(context, work, retry) {
  try {
    await work();
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    if (context.alive()) context.root.replaceChildren(problemView(error, { retry, go: context.go }));
  }
}

/** The thin bar while something is being read. @param {string} label */
export function busy(label) {
  return h("div", { class: "busy", role: "progressbar", "aria-label": label });
}
