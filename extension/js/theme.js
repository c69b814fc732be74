// @ts-check
"use strict";
// Before the first paint, so that a dark popup never flashes white. A classic script: modules wait.
{
  const dark = matchMedia("(prefers-color-scheme: dark)");
  /** The colours that were chosen; without a choice those of the machine, also when they change meanwhile. */
  const wear = () => {
    const chosen = localStorage.getItem("theme") ?? "system";
    document.documentElement.dataset.theme = chosen === "system" ? (dark.matches ? "dark" : "light") : chosen;
  };
  wear();
  dark.addEventListener("change", wear);
  addEventListener("theme", wear); // from the settings
}
if (new URLSearchParams(location.search).get("view") === "tab") document.documentElement.dataset.place = "tab";
