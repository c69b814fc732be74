// @ts-check
/** A text field with suggestions, as the ARIA authoring practices describe an editable combobox with a list. */

import { announce, fill, h } from "./dom.js";
import { tn } from "./i18n.js";

/**
 * @param {{id: string, value: string, placeholder?: string, find: (text: string) => Promise<string[]>, changed?: () => void}} what
 *   `find` gives the suggestions for a text; a failure there leaves the plain field.
 */
export function combobox({ id, value, placeholder, find, changed = () => undefined }) {
  let asked = 0;
  let active = -1;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let waiting;
  const list = h("ul", { class: "options", role: "listbox", id: `${id}-list`, hidden: true });
  const input = h("input", {
    id, value, placeholder, role: "combobox", autocomplete: "off", required: true, maxlength: "120",
    "aria-autocomplete": "list", "aria-expanded": "false", "aria-controls": list.id,
    oninput: typed, onkeydown: steer, onblur: () => setTimeout(close, 120), // a click on an option comes first
  });

  function typed() {
    changed();
    clearTimeout(waiting);
    waiting = setTimeout(look, 120);
  }

  async function look() {
    const turn = (asked += 1);
    const text = input.value.trim();
    const found = text.length < 2 ? [] : await find(text);
    if (turn !== asked || document.activeElement !== input) return;
    active = -1;
    fill(list, found.map((one, index) => h("li", {
      role: "option", id: `${id}-${index}`, "aria-selected": "false", onmousedown: (/** @type {Event} */ event) => (event.preventDefault(), choose(one)),
    }, one)));
    show(found.length > 0);
    if (found.length) announce(tn("places_found", found.length));
  }

  /** @param {boolean} open */
  function show(open) {
    list.hidden = !open;
    input.setAttribute("aria-expanded", String(open));
    if (!open) input.removeAttribute("aria-activedescendant");
  }

  function close() {
    asked += 1;
    show(false);
  }

  /** @param {string} text */
  function choose(text) {
    input.value = text;
    close();
    changed();
  }

  /** @param {KeyboardEvent} event */
  function steer(event) {
    const options = [...list.children];
    if (event.key === "Escape" && !list.hidden) {
      event.preventDefault(); // or the popup would close
      return close();
    }
    if (list.hidden || !options.length) return;
    if (event.key === "Enter" && active >= 0) {
      event.preventDefault();
      return choose(options[active].textContent ?? "");
    }
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (!step) return;
    event.preventDefault();
    options[active]?.setAttribute("aria-selected", "false");
    active = (active + step + options.length) % options.length;
    options[active].setAttribute("aria-selected", "true");
    options[active].scrollIntoView({ block: "nearest" });
    input.setAttribute("aria-activedescendant", options[active].id);
  }

  return { input, element: h("div", { class: "combobox" }, input, list), choose };
}
