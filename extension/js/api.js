// @ts-check
/**
 * The one door to the server: every request goes through here, and only the service worker uses it.
 *
 * Another program may have taken the port before InTown did. A reply counts only with our version header, and
 * neither the token nor anything else is sent before the server has proved that it knows the token (`prove`): whoever
 * merely listens on the port learns nothing.
 */

import { language } from "./i18n.js";
import { connection, setConnection } from "./storage.js";

/** The version of the interface that this extension speaks. */
const API_VERSION = 1;
const TIMEOUT = 15_000;
/** So long a proof counts, in milliseconds: one for all that a popup asks when it opens. */
const PROOF_LASTS = 30_000;
/** Which server proved itself, and until when. Lost with the worker, which then only asks again. */
let proved = { port: 0, token: "", until: 0 };

/**
 * A failure as the popup shows it. `code` picks the state; `message` and `fix` come from the server where it
 * spoke at all.
 */
export class Problem extends Error {
  /** @param {string} code @param {{message?: string, fix?: string, status?: number, details?: any}} [more] */
  constructor(code, more = {}) {
    super(more.message ?? code);
    this.code = code;
    this.message = more.message ?? "";
    this.fix = more.fix ?? "";
    this.status = more.status ?? 0;
    this.details = more.details ?? null;
  }

  /** As it travels in a message. */
  toJSON() {
    return { code: this.code, message: this.message, fix: this.fix, status: this.status, details: this.details };
  }
}

/**
 * One request, without deciding what it means.
 * @param {string} method @param {string} path @param {{body?: any, token?: string, port: number}} options
 */
async function request(method, path, { body, token, port }) {
  /** @type {Record<string, string>} */
  const headers = { Accept: "application/json", "Accept-Language": language }; // the server's sentences follow ours
  if (token) headers.Authorization = `Bearer ${token}`;
  if (body !== undefined) headers["Content-Type"] = "application/json";
  let reply;
  try {
    reply = await fetch(`http://127.0.0.1:${port}${path}`, {
      method,
      headers,
      body: body === undefined ? undefined : JSON.stringify(body),
      cache: "no-store",
      credentials: "omit",
      redirect: "error",
      referrerPolicy: "no-referrer",
      signal: AbortSignal.timeout(TIMEOUT),
    });
  } catch (error) {
    proved.until = 0;
    if (error instanceof DOMException && error.name === "TimeoutError") throw new Problem("timeout");
    throw new Problem((await somethingAnswers(port)) ? "other_program" : "server_off");
  }
  if (!reply.headers.get("X-InTown-Version")) throw new Problem("other_program");
  const text = await reply.text();
  try {
    return { status: reply.status, data: text ? JSON.parse(text) : null };
  } catch {
    throw new Problem("other_program");
  }
}

/**
 * A program that does not answer our CORS request fails just like a closed port; an opaque answer tells them apart.
 * @param {number} port
 */
async function somethingAnswers(port) {
  try {
    await fetch(`http://127.0.0.1:${port}/api/ping`, {
      mode: "no-cors", credentials: "omit", cache: "no-store", signal: AbortSignal.timeout(3_000),
    });
    return true;
  } catch {
    return false;
  }
}

/**
 * A request that needs the pairing.
 * @param {string} method @param {string} path @param {any} [body]
 */
export async function call(method, path, body) {
  const { port, token } = await connection();
  if (!token) throw new Problem("not_paired");
  if (proved.port !== port || proved.token !== token || Date.now() > proved.until) await prove();
  const { status, data } = await request(method, path, { body, token, port });
  if (status < 400) return data;
  if (status === 401) throw new Problem("not_paired");
  throw problemOf(status, data);
}

/** @param {number} status @param {any} data */
function problemOf(status, data) {
  const error = data?.error ?? {};
  return new Problem(error.code ?? `http_${status}`, {
    message: error.message,
    fix: error.fix,
    status,
    details: error,
  });
}

/**
 * Who answers on the port? Throws a Problem unless it is an InTown server of our version that knows our token.
 * @returns {Promise<{version: string}>}
 */
export async function prove() {
  const { port, token, client } = await connection();
  const nonce = hex(crypto.getRandomValues(new Uint8Array(16)));
  const query = token ? `?nonce=${nonce}&client=${encodeURIComponent(client)}` : "";
  const { status, data } = await request("GET", `/api/ping${query}`, { port });
  if (status !== 200 || data?.app !== "intown") throw new Problem("other_program");
  if (data.api !== API_VERSION) throw new Problem("wrong_version", { details: { server: data.version } });
  if (!token || !data.proof) throw new Problem("not_paired", { details: { version: data.version } });
  if (data.proof !== (await proofOf(token, nonce))) throw new Problem("other_program");
  proved = { port, token, until: Date.now() + PROOF_LASTS };
  return { version: data.version };
}

/** HMAC-SHA256 of the nonce under the hash of the token: the server keeps only that hash. @param {string} token @param {string} nonce */
async function proofOf(token, nonce) {
  const encoder = new TextEncoder();
  const hash = await crypto.subtle.digest("SHA-256", encoder.encode(token));
  const key = await crypto.subtle.importKey("raw", hash, { name: "HMAC", hash: "SHA-256" }, false, ["sign"]);
  return hex(new Uint8Array(await crypto.subtle.sign("HMAC", key, encoder.encode(nonce))));
}

/** @param {Uint8Array} bytes */
function hex(bytes) {
  return [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Trade the eight digits for a token, and keep it. @param {string} code @param {string} label */
export async function pair(code, label) {
  const { port } = await connection();
  const { status, data } = await request("POST", "/api/pair", { body: { code, label }, port });
  if (status >= 400) throw problemOf(status, data);
  await setConnection({ token: data.token, client: data.client });
}

/** Give the token back. The server may be off; the extension forgets it all the same. */
export async function unpair() {
  try {
    await call("DELETE", "/api/pair");
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
  }
  await setConnection({ token: "", client: "" });
}
