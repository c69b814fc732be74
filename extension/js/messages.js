// @ts-check
/** How the popup asks the worker for things. The worker may be stopped at any moment, so a lost question is asked again. */

import { Problem } from "./api.js";

const LOST = /message (channel|port) closed|Receiving end does not exist|Could not establish connection/i;

/**
 * Ask the worker. Throws a Problem as the server or the connection gave it.
 * Everything asked twice must be harmless: readings replace themselves, and the server refuses a second ask.
 * @param {string} what @param {Record<string, any>} [more] @returns {Promise<any>}
 */
export async function ask(what, more = {}) {
  let reply;
  for (let attempt = 1; ; attempt += 1) {
    try {
      reply = await chrome.runtime.sendMessage({ what, ...more });
      if (reply) break;
    } catch (error) {
      if (attempt >= 3 || !LOST.test(String(error))) throw error;
    }
    if (attempt >= 3) throw new Problem("worker_lost");
    await new Promise((resolve) => setTimeout(resolve, 150 * attempt));
  }
  if (reply.problem) throw new Problem(reply.problem.code, reply.problem);
  return reply.value;
}

/** A request to the server. @param {string} method @param {string} path @param {any} [body] */
export function api(method, path, body) {
  return ask("api", { method, path, body });
}
