// @ts-check
/**
 * Where job portals live. A page of any other host is read only after a second click.
 *
 * The list repeats the `hosts` of `scraper/portals/` because the choice must be made before anything leaves
 * the browser; a test holds the portals' own addresses against it. Portals under an employer's own name
 * (PeopleSoft, vanity hosts) are told by the page itself, so they take the second click once.
 */

const PORTALS = [
  /[a-z0-9-]+\.wd\d+\.myworkdayjobs\.com|wd\d+\.myworkdaysite\.com/, // Workday
  /[a-z0-9-]+\.taleo\.net/,
  /my\.greenhouse\.io|myjobs\.greenhouse\.io/,
  /[a-z0-9-]+\.fa\.(?:[a-z0-9-]+\.)?oraclecloud\.com/,
  /[a-z0-9-]+\.icims\.com/,
  /career\d*\.(?:successfactors|sapsf)\.(?:com|eu|cn)|[a-z0-9-]+\.jobs\.hr\.cloud\.sap/,
  /(?:www\.)?usajobs\.gov/,
  /(?:www|secure)\.governmentjobs\.com/, // NEOGOV
  /my\.smartrecruiters\.com|(?:www\.)?smartr\.me/,
  /pm\.healthcaresource\.com/,
  /recruiting\d*\.ultipro\.(?:com|ca)|[a-z0-9-]+\.rec\.pro\.ukg\.net|signin(?:-[a-z]+)?\.ukg\.net/,
  /(?:[a-z]+-)?sjobs\.brassring\.com/,
  /(?:myjobs|secure|www|[a-z]{2})\.indeed\.com/,
  /(?:[a-z]{2,3}\.)?linkedin\.com/,
].map((pattern) => new RegExp(`^(?:${pattern.source})$`));

/** Hosts whose lists stand in a frame of another host's page; asked for as an optional permission. */
const FRAMES = [/(^|\.)icims\.com$/, /(^|\.)successfactors\.(com|eu)$/];

/** @param {string} host */
export function isPortalHost(host) {
  return PORTALS.some((pattern) => pattern.test(host));
}

/** @param {string} host */
export function isFrameHost(host) {
  return FRAMES.some((pattern) => pattern.test(host));
}
