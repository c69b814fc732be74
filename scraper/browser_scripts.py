"""The few lines of JavaScript that a visit runs in a portal's page; the capture itself is the extension's.

They only look. What is typed and pressed goes through the browser's own input, as a person's would.
"""

from __future__ import annotations

from functools import cache
from pathlib import Path


@cache
def capture_script() -> str:
    """`extension/capture.js` as one expression: click and sync clean a page with the very same lines."""
    # By path: the extension is no Python package (Chrome refuses a folder that holds `__init__.py`), and
    # importlib.resources cannot read a folder without one in an editable installation.
    extension = Path(__file__).resolve().parent.parent / "extension"
    source = (extension / "capture.js").read_text(encoding="utf-8")
    return f"() => {{ {source}\nreturn captureDocument(); }}"


# Whether a person could see the element: it is rendered, has a size, and is not moved out of the page.
SHOWN = r"""
const shown = (e) => {
  if (!e.checkVisibility({visibilityProperty: true, opacityProperty: false})) return false;
  const r = e.getBoundingClientRect();
  return r.width > 0 && r.height > 0 && r.right + scrollX > 0 && r.bottom + scrollY > 0;
};
const roots = () => {
  const found = [document];
  for (let i = 0; i < found.length && found.length < 200; i++) {
    for (const e of found[i].querySelectorAll('*')) if (e.shadowRoot) found.push(e.shadowRoot);
  }
  return found;
};
// Portals may end a selector in :has-text("words"), as Playwright and our reader understand it.
const parts = (selector) => selector.split(/,(?=(?:[^"']|"[^"]*"|'[^']*')*$)(?![^()]*\))/).map((part) => {
  const found = /^(.*?):has-text\("([^"]*)"\)\s*$/s.exec(part.trim());
  return found ? [found[1], found[2].toLowerCase()] : [part.trim(), ''];
});
const all = (selector, where) => parts(selector).flatMap(([css, text]) => {
  try {
    return where.flatMap((root) => [...root.querySelectorAll(css)])
      .filter((e) => !text || e.textContent.replace(/\s+/g, ' ').toLowerCase().includes(text));
  } catch { return []; }  // a selector that only the reader understands; the reader looks for it itself
});
"""

# Which of the named selectors is visible first, or null. Argument: [[name, selector], ...].
FIRST_SHOWN = f"""(marks) => {{ {SHOWN}
  const where = roots();
  const mark = marks.find(([, selector]) => all(selector, where).some(shown));
  return mark ? mark[0] : null;
}}"""

# A short number for what the page shows now; it changes when rows come or go.
FINGERPRINT = """() => {
  // Two empty tabs read the same: which of them is chosen belongs to what is shown.
  const chosen = [...document.querySelectorAll('[aria-selected=true], [aria-current], [aria-disabled=true]')]
    .map((e) => e.id + e.textContent).join();
  const text = (document.body?.innerText ?? '') + location.href + chosen
    + document.querySelectorAll('iframe').length;
  let h = 0;
  for (let i = 0; i < text.length; i++) h = (Math.imul(h, 31) + text.charCodeAt(i)) | 0;
  return h + ':' + text.length;
}"""

# Where the form that owns this field would be sent. Read through the prototype, because an input named
# "action" hides the form's own property; a submit button can name another address for itself.
FORM_TARGETS = """(field) => {
  const form = field.form ?? field.closest('form');
  const read = (proto, name, of) => Object.getOwnPropertyDescriptor(proto, name).get.call(of);
  const page = {url: location.href, base: document.baseURI};
  if (!form) return {...page, targets: [location.href]};
  const submits = [...form.querySelectorAll('button[formaction], input[formaction]')];
  return {...page, targets: [
    read(HTMLFormElement.prototype, 'action', form),
    ...submits.map((e) => read(
      e instanceof HTMLInputElement ? HTMLInputElement.prototype : HTMLButtonElement.prototype, 'formAction', e)),
  ]};
}"""

# A trap for programs: laid out, but no person can see or reach it (Oracle's is 0 high in a parent, opacity 0).
IS_TRAP = """(field) => {
  if (field.tabIndex < 0 || field.closest('[aria-hidden=true]')) return true;
  for (let e = field; e; e = e.parentElement) {
    const style = getComputedStyle(e);
    const clipped = style.overflow !== 'visible' && (e.clientHeight < 2 || e.clientWidth < 2);
    if (Number(style.opacity) === 0 || clipped) return true;
  }
  const r = field.getBoundingClientRect();
  return r.width < 8 || r.height < 8;
}"""

# What a click in the middle of the button would meet: "button" itself, a "cover" made for it (Workday lays
# a clickable sibling over a button that does nothing), "other" in its way, or "bare": a button that is
# not meant to be pressed and has no cover (yet).
UNDER_CLICK = """(button) => {
  button.scrollIntoView({block: 'center'});
  const r = button.getBoundingClientRect();
  const root = button.getRootNode();
  const hit = root.elementFromPoint(r.left + r.width / 2, r.top + r.height / 2);
  if (!hit) return 'other';
  if (hit === button || button.contains(hit) || hit.contains(button) && hit.matches('label, button, a')) {
    return button.getAttribute('aria-hidden') === 'true' ? 'bare' : 'button';
  }
  const near = hit.parentElement?.contains(button) && (hit.parentElement === button.parentElement);
  const role = hit.closest('[role=button], button') !== null;
  return near && role ? 'cover' : 'other';
}"""

# The button that sends this field: its form's, or the only one near it (or the only one that says so).
OWN_BUTTON = f"""(field) => {{ {SHOWN}
  const pressable = (root) => [...root.querySelectorAll(
    'button:not([type=reset]), input[type=submit], [role=button]')].filter((e) => shown(e) && !e.disabled);
  const says = /verify|continue|submit|confirm|next|sign in|log in|weiter|valider|continuar|enviar/i;
  const word = (e) => (e.value || e.textContent || '');
  for (let e = field.form ?? field.parentElement; e; e = e.parentElement) {{
    const found = pressable(e);
    if (!found.length) continue;
    if (found.length === 1) return found[0];
    const named = found.filter((one) => says.test(word(one)) && !/resend|another|send (?:a )?new/i.test(word(one)));
    return named.length === 1 ? named[0] : null;
  }}
  return null;
}}"""

# Whether some password field still holds something, hidden or not.
PASSWORD_HELD = f"""() => {{ {SHOWN}
  return all('input[type=password]', roots()).some((e) => e.value !== '');
}}"""

# What localStorage does not keep: sessionStorage of this page, as pairs.
SESSION_STORAGE = "() => Object.entries(sessionStorage)"
