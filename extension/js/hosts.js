// @ts-check
/**
 * Where job portals live. A page of any other host is read only after a second click.
 *
 * The list repeats the `hosts` of `scraper/portals/` in short, because the choice must be made before anything
 * leaves the browser; a test holds every portal's sample pages against it.
 */

const PORTALS = [
  /(^|\.)myworkday(jobs|site)\.com$/,
  /^my\.greenhouse\.io$/,
  /(^|\.)taleo\.net$/,
  /(^|\.)oraclecloud\.com$/,
  /(^|\.)icims\.com$/,
  /(^|\.)successfactors\.(com|eu)$/,
  /(^|\.)sapsf\.(com|eu)$/,
  /(^|\.)usajobs\.gov$/,
  /(^|\.)governmentjobs\.com$/,
  /(^|\.)schooljobs\.com$/,
  /(^|\.)smartrecruiters\.com$/,
  /(^|\.)healthcaresource\.com$/,
  /(^|\.)symplr\.com$/,
  /(^|\.)ultipro\.(com|ca)$/,
  /(^|\.)ukg\.(com|net)$/,
  /(^|\.)brassring\.com$/,
  /^myjobs\.indeed\.com$/,
  /(^|\.)linkedin\.com$/,
];

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
