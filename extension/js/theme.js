// @ts-check
"use strict";
// Before the first paint, so that a dark popup never flashes white. A classic script: modules wait.
document.documentElement.dataset.theme = localStorage.getItem("theme") ?? "system";
if (new URLSearchParams(location.search).get("view") === "tab") document.documentElement.dataset.place = "tab";
