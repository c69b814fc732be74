// @ts-check
/** Building the page: the only place that makes elements, and only ever with text, never with markup. */

/** @typedef {Node | string | number | null | undefined | false} Child */

const AS_PROPERTY = new Set(["value", "checked", "disabled", "hidden", "selected", "open", "required", "multiple"]);

/**
 * An element with its attributes and children. Strings become text nodes, so whatever a portal wrote stays
 * inert. Keys starting with "on" are listeners. `false`, `null` and `undefined` leave an attribute out.
 * @template {keyof HTMLElementTagNameMap} T
 * @param {T} tag
 * @param {Record<string, any>} [props]
 * @param {...(Child | Child[])} children
 * @returns {HTMLElementTagNameMap[T]}
 */
export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === null || value === undefined) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (AS_PROPERTY.has(name)) /** @type {any} */ (element)[name] = value;
    else if (value !== false) element.setAttribute(name, value === true ? "" : String(value));
  }
  add(element, children);
  return element;
}

/** @param {Element} parent @param {(Child | Child[])[]} children */
export function add(parent, children) {
  for (const child of children.flat()) {
    if (child === null || child === undefined || child === false) continue;
    parent.append(child instanceof Node ? child : String(child));
  }
}

/** Put these children in place of what an element holds. @param {Element} parent @param {...(Child | Child[])} children */
export function fill(parent, ...children) {
  parent.replaceChildren();
  add(parent, children);
}

/**
 * One of our own icons, drawn as a path in a 16 × 16 box. Decoration only: the name stands in the text beside it
 * or in the button's label.
 * @param {keyof typeof PATHS} name
 */
export function icon(name) {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("viewBox", "0 0 16 16");
  svg.setAttribute("class", "icon");
  svg.setAttribute("aria-hidden", "true");
  const path = document.createElementNS("http://www.w3.org/2000/svg", "path");
  path.setAttribute("d", PATHS[name]);
  svg.append(path);
  return svg;
}

const PATHS = {
  chevron: "M6 3.5 10.5 8 6 12.5",
  check: "M3 8.5 6.5 12 13 4.5",
  close: "M4 4l8 8M12 4l-8 8",
  plus: "M8 3v10M3 8h10",
  back: "M10 3.5 5.5 8 10 12.5",
  refresh: "M13 8a5 5 0 1 1-1.6-3.7M13 2.5v3h-3",
  settings: "M2.5 4.5h4M10 4.5h3.5M2.5 11.5H6M9.5 11.5h4M8.2 2.8v3.4M7.8 9.8v3.4",
  window: "M6.5 3.5h-3v9h9v-3M9 3h4v4M13 3 7.5 8.5",
  mail: "M2.5 4h11v8h-11zM2.5 4.5 8 8.8l5.500-4.3",
  phone: "M4 2.500h2.200l1 3-1.500 1.200a8 8 0 0 0 3.600 3.600l1.200-1.500 3 1v2.200c0 .8-.7 1.300-1.400 1.300C6.900 13 3 9.100 2.700 3.900 2.700 3.200 3.200 2.500 4 2.500z",
  copy: "M5.500 5.500h7v8h-7zM10.500 5.500v-3h-7v8h2",
  pin: "M8 14.200C5 11 3.500 8.800 3.500 6.500a4.500 4.500 0 0 1 9 0c0 2.300-1.500 4.500-4.500 7.700zM8 8.200a1.700 1.700 0 1 0 0-3.400 1.700 1.700 0 0 0 0 3.400z",
  calendar: "M2.5 4h11v9.5h-11zM2.5 7h11M5.500 2.500v3M10.500 2.500v3",
  pen: "M3 13l.6-2.600 7-7 2 2-7 7zM9.400 4.600l2 2",
  undo: "M5.500 3 2.500 6l3 3M2.800 6h6.700a3.800 3.800 0 0 1 0 7.500H6",
};

/** Say something to a screen reader without moving the focus. @param {string} text */
export function announce(text) {
  const live = document.getElementById("live");
  if (!live) return;
  // The same sentence twice must be two changes, or it is read once.
  live.textContent = live.textContent === text ? `${text}\u00a0` : text;
}
