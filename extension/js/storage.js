// @ts-check
/**
 * What the extension remembers, and where.
 *
 * `local` stays on this computer until InTown is removed: the connection (with the token), the settings, drafts
 * and half-typed forms. `session` is forgotten with the browser: what was read from a tab, the last list.
 * Content scripts can read neither: the worker shuts `local` to them when it starts (`shutOut`).
 */

/** @typedef {{port: number, token: string, client: string}} Connection */
/**
 * @typedef {{theme: "system" | "light" | "dark", notify: boolean, quietFrom: number, quietUntil: number,
 *   language: string, tone: string}} Settings
 */

export const DEFAULT_PORT = 47615;

/** @type {Settings} */
const DEFAULT_SETTINGS = { theme: "system", notify: true, quietFrom: 21, quietUntil: 8, language: "", tone: "" };

/** Keep content scripts out. Chrome lets them read `local` by default, and it holds the token. */
export async function shutOut() {
  if (!chrome.storage.local.setAccessLevel) return; // Firefox has no such switch
  await chrome.storage.local.setAccessLevel({ accessLevel: "TRUSTED_CONTEXTS" });
  await chrome.storage.session.setAccessLevel({ accessLevel: "TRUSTED_CONTEXTS" });
}

/** @returns {Promise<Connection>} */
export async function connection() {
  const { connection } = /** @type {any} */ (await chrome.storage.local.get("connection"));
  return { port: DEFAULT_PORT, token: "", client: "", ...connection };
}

/** @param {Partial<Connection>} changes */
export async function setConnection(changes) {
  await chrome.storage.local.set({ connection: { ...(await connection()), ...changes } });
}

/** @returns {Promise<Settings>} */
export async function settings() {
  const { settings } = /** @type {any} */ (await chrome.storage.local.get("settings"));
  return { ...DEFAULT_SETTINGS, ...settings };
}

/** @param {Partial<Settings>} changes */
export async function setSettings(changes) {
  await chrome.storage.local.set({ settings: { ...(await settings()), ...changes } });
}

/** Something half-done that must outlive the popup. @param {string} name @returns {Promise<any>} */
export async function kept(name) {
  const key = `kept:${name}`;
  return (await chrome.storage.local.get(key))[key] ?? null;
}

/** @param {string} name @param {any} value `null` forgets it. */
export async function keep(name, value) {
  const key = `kept:${name}`;
  if (value === null) await chrome.storage.local.remove(key);
  else await chrome.storage.local.set({ [key]: value });
}

/** Something of this browser session. @param {string} key @returns {Promise<any>} */
export async function remembered(key) {
  return (await chrome.storage.session.get(key))[key] ?? null;
}

/** @param {string} key @param {any} value */
export async function remember(key, value) {
  await chrome.storage.session.set({ [key]: value });
}

/** Forget everything the extension keeps on this computer; the server keeps its own. */
export async function forgetAll() {
  await chrome.storage.local.clear();
  await chrome.storage.session.clear();
}
