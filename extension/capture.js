// @ts-check
"use strict";

/**
 * One page as the person sees it, cleaned where it stands so that nothing secret leaves the browser.
 *
 * The nightly sync and the click on the icon run this very file, so that both read the same HTML. It is a
 * classic script that declares one self-contained function:
 *
 * - extension: `executeScript({files: ["capture.js"]})`, then `executeScript({func: () => captureDocument()})`;
 * - Playwright: ``page.evaluate(f"() => {{ {source}\nreturn captureDocument(); }}")``.
 *
 * What is kept is a list of allowed things, never "everything but": no scripts, styles, comments or form
 * values, links without query and fragment but for a few ids, no long random strings. Open shadow roots are
 * flattened in place. `data-intown-hidden=""` marks the topmost element of what is not rendered.
 *
 * @returns {{url: string, title: string, html: string, password_visible: boolean, too_large: boolean}}
 *   `html` is "" and `too_large` true where the cleaned page is over 4 MB.
 */
function captureDocument() {
  const MAX_HTML = 4 * 1024 * 1024;
  const MAX_DEPTH = 600; // the reader refuses 512 levels, so nothing readable is cut here

  const DROPPED = new Set([
    "script", "style", "noscript", "template", "object", "embed", "applet", "canvas", "audio", "video",
    "source", "track", "link", "base", "map", "math", "portal", "fencedframe", "datalist",
  ]);
  const EMPTY = new Set(["area", "br", "col", "hr", "img", "input", "wbr", "meta"]);
  // These have no box of their own at any time, so that says nothing.
  const NEVER_RENDERED = new Set(["html", "head", "title", "meta", "br", "wbr", "slot", "col", "colgroup", "area"]);
  // The person's own choices and typing; the element stays so that a form is still seen to be one.
  const WITHOUT_CONTENT = new Set(["textarea", "select", "iframe", "frame", "output"]);
  const KEPT_ATTRIBUTES = new Set([
    "id", "class", "role", "name", "type", "headers", "scope", "colspan", "rowspan", "datetime", "title",
    "alt", "lang", "for", "rel", "placeholder", "autocomplete", "disabled", "hidden", "open", "itemprop",
    "itemtype", "itemscope", "dir",
  ]);
  const KEPT_META = new Set(["generator", "application-name", "og:site_name", "author"]);
  const BUTTON_TYPES = new Set(["submit", "button", "reset"]);
  const KEPT_PARAMETERS = new Set([
    "job", "jobid", "job_id", "jobreqid", "career_job_req_id", "career_job_application_id", "opportunityid",
    "jobopeningid", "postingseq", "requisitionid", "requisition", "req", "reqid", "applicationid",
    "company", "siteid", "site", "partnerid", "jk", "stage", "navbarlevel", "career_ns", "page", "action",
    "focus", "lang", "tab", "status", "in_iframe", "cardtype",
  ]);
  const SECRET_NAME = /token|csrf|xsrf|secret|session|nonce|passw|auth(?!or)|credential|signature|api-?key|jwt/i;
  const PLAIN_VALUE = /^[\w.,:$ -]{1,64}$/;

  /** @param {string} text A long unbroken mix of letters and digits, as keys and tickets are. */
  function looksSecret(text) {
    if (/eyJ[\w-]{8,}\.[\w-]{8,}/.test(text)) return true;
    for (const run of text.match(/[A-Za-z0-9_+/=-]{40,}/g) ?? []) {
      const mixed = /\d/.test(run) && /[A-Za-z]/.test(run) && !/[-_/](?:[a-z]+[-_/]){2,}/.test(run);
      if (mixed) return true;
    }
    return false;
  }

  /** @param {string} text */
  function escapeText(text) {
    return text.replace(/&/g, "&amp;").replace(/</g, "&lt;").replace(/>/g, "&gt;");
  }

  /** @param {string} name @param {string} value */
  function attribute(name, value) {
    return ` ${name}="${escapeText(value).replace(/"/g, "&quot;")}"`;
  }

  /** The parts of an address that name a thing, without those that could open a door. @param {string} address */
  function cleanAddress(address) {
    let url;
    try {
      url = new URL(address, document.baseURI);
    } catch {
      return "";
    }
    if (url.protocol === "mailto:" || url.protocol === "tel:") return url.protocol + url.pathname.slice(0, 200);
    if (url.protocol !== "https:" && url.protocol !== "http:") return "";
    const path = url.pathname.split("/").map((part) => (looksSecret(part) && part.length > 64 ? "-" : part)).join("/");
    const kept = new URLSearchParams();
    for (const [name, value] of url.searchParams) {
      if (KEPT_PARAMETERS.has(name.toLowerCase()) && PLAIN_VALUE.test(value) && !looksSecret(value)) {
        kept.append(name, value);
      }
    }
    const query = kept.toString();
    // Portals that route by fragment ("#/applications/12") keep their route, nothing after a "?".
    const route = /^#!?\/[\w/.-]{0,120}/.exec(url.hash)?.[0] ?? "";
    return url.origin + path + (query ? `?${query}` : "") + (looksSecret(route) ? "" : route);
  }

  /** @param {Element} element @param {string} tag @param {Attr} attr */
  function keptAttribute(element, tag, attr) {
    const name = attr.name.toLowerCase();
    const value = attr.value;
    if (name === "href" || name === "action" || ((tag === "iframe" || tag === "frame") && name === "src")) {
      // A link within the page stays one: "#top" must not look like a link to another page.
      const address = /^#[\w-]{0,60}$/.test(value) ? value : cleanAddress(value);
      return address ? attribute(name, address) : "";
    }
    if (name === "value" && tag === "input" && BUTTON_TYPES.has((element.getAttribute("type") ?? "").toLowerCase())) {
      return value.length <= 100 ? attribute(name, value) : "";
    }
    if (name === "content" && tag === "meta") return value.length <= 200 ? attribute(name, value) : "";
    if (name === "property" && tag === "meta") return attribute(name, value);
    if (name === "data-intown-hidden") return ""; // ours alone: a page must not be able to hide rows from the reader
    if (name.startsWith("data-")) {
      return value.length <= 160 && !SECRET_NAME.test(name) && !looksSecret(value) ? attribute(name, value) : "";
    }
    if (name.startsWith("aria-")) {
      const typed = (tag === "input" || tag === "textarea") && name.startsWith("aria-value");
      return typed || looksSecret(value) ? "" : attribute(name, value.slice(0, 500));
    }
    if (!KEPT_ATTRIBUTES.has(name)) return "";
    return name !== "class" && looksSecret(value) ? "" : attribute(name, value.slice(0, 500));
  }

  /**
   * Rendered at all? `display: contents` has no box of its own but shows its children; `visibility` can be
   * switched on again further down.
   * @param {Element} element
   */
  function rendered(element) {
    if (element.checkVisibility({ visibilityProperty: true })) return true;
    const style = getComputedStyle(element);
    if (style.display === "contents") return true;
    if (style.visibility === "visible" || !element.checkVisibility()) return false;
    return [...element.querySelectorAll("*")].some((inner) => inner.checkVisibility({ visibilityProperty: true }));
  }

  /** @type {string[]} */
  const out = [];
  let size = 0;
  let passwordVisible = false;

  /** @param {string} text */
  function emit(text) {
    size += text.length;
    if (size <= MAX_HTML) out.push(text);
  }

  /** @param {string} text */
  function emitText(text) {
    const start = text.trimStart()[0];
    if ((start === "{" || start === "[") && text.length > 40 && /["'][\w-]+["']\s*:/.test(text)) return; // page state, not prose
    emit(looksSecret(text) ? escapeText(text.replace(/\S{40,}/g, "…")) : escapeText(text));
  }

  /** @param {Element} element */
  function childrenOf(element) {
    if (element.shadowRoot) return element.shadowRoot.childNodes;
    if (element instanceof HTMLSlotElement) {
      const assigned = element.assignedNodes({ flatten: true });
      return assigned.length ? assigned : element.childNodes;
    }
    return element.childNodes;
  }

  /** @param {Element} svg A picture says what it means in its label or its title. @param {string} marks */
  function emitPicture(svg, marks) {
    const label = svg.getAttribute("aria-label") ?? "";
    const title = svg.querySelector("title")?.textContent ?? "";
    const role = svg.getAttribute("role") ?? "";
    const hiddenFromReaders = svg.getAttribute("aria-hidden") === "true" ? attribute("aria-hidden", "true") : "";
    const named = (role ? attribute("role", role) : "") + (label ? attribute("aria-label", label) : "");
    emit(`<svg${named}${hiddenFromReaders}${marks}>`);
    emitText(title || label);
    emit("</svg>");
  }

  /** @param {Element} element @param {boolean} inHidden @param {number} depth */
  function emitElement(element, inHidden, depth) {
    const tag = element.localName;
    if (DROPPED.has(tag) || depth > MAX_DEPTH) return;
    if (tag === "meta" && !KEPT_META.has((element.getAttribute("name") ?? element.getAttribute("property") ?? "").toLowerCase())) {
      return;
    }
    const hides = !inHidden && !NEVER_RENDERED.has(tag) && !rendered(element);
    const marks = hides ? ' data-intown-hidden=""' : "";
    if (tag === "svg") return emitPicture(element, marks);
    if (tag === "input" && element.getAttribute("type")?.toLowerCase() === "password" && !inHidden && !hides) {
      passwordVisible = true;
    }
    if (tag !== "slot") {
      let attributes = marks;
      for (const attr of element.attributes) attributes += keptAttribute(element, tag, attr);
      emit(`<${tag}${attributes}>`);
    }
    if (EMPTY.has(tag)) return;
    const typedIn = element instanceof HTMLElement && element.isContentEditable;
    if (!WITHOUT_CONTENT.has(tag) && !typedIn) {
      for (const child of childrenOf(element)) emitNode(child, inHidden || hides, depth + 1);
    }
    if (tag !== "slot") emit(`</${tag}>`);
  }

  /** @param {Node} node @param {boolean} inHidden @param {number} depth */
  function emitNode(node, inHidden, depth) {
    if (node.nodeType === Node.TEXT_NODE) emitText(node.nodeValue ?? "");
    else if (node.nodeType === Node.ELEMENT_NODE) emitElement(/** @type {Element} */ (node), inHidden, depth);
  }

  emitElement(document.documentElement, false, 0);
  const tooLarge = size > MAX_HTML;
  return {
    url: cleanAddress(location.href) || location.origin,
    title: document.title.slice(0, 300),
    html: tooLarge ? "" : `<!doctype html>${out.join("")}`,
    password_visible: passwordVisible,
    too_large: tooLarge,
  };
}
