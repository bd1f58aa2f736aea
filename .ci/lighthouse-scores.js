// Prints the scores of Lighthouse's reports of one page and judges the last report: exit 1 when accessibility or best
// practices are below the budget of performance.md, 3 when only performance is. With --median it prints the median of all.
"use strict";
const fs = require("fs");
const median = process.argv[2] === "--median";
const reports = process.argv.slice(median ? 3 : 2).map((file) => JSON.parse(fs.readFileSync(file, "utf8")));
const least = { performance: 98, accessibility: 100, "best-practices": 100 };
const names = Object.keys(least);
const score = (report, name) => Math.round(report.categories[name].score * 100);
const middle = (values) => values.sort((one, other) => one - other)[Math.floor(values.length / 2)];
const last = reports[reports.length - 1];

function explain(name) {
  for (const { id, weight } of last.categories[name].auditRefs) {
    const audit = last.audits[id];
    if (weight && audit.score !== null && audit.score < 1) console.log(`  ${id}: ${audit.title} ${audit.displayValue || ""}`);
  }
}

function medians() {
  const timings = ["first-contentful-paint", "total-blocking-time"].map(
    (id) => `${id} ${Math.round(middle(reports.map((report) => report.audits[id].numericValue)))} ms`
  );
  const scores = names.map((name) => `${name} ${middle(reports.map((report) => score(report, name)))}`);
  const lowest = Math.min(...reports.map((report) => score(report, "performance")));
  console.log(last.finalDisplayedUrl, [...scores, `lowest performance ${lowest}`, ...timings].join(", "));
}

if (median) {
  medians();
  process.exit(names.some((name) => middle(reports.map((report) => score(report, name))) < least[name]) ? 1 : 0);
}
const low = names.filter((name) => score(last, name) < least[name]);
console.log(last.finalDisplayedUrl, names.map((name) => `${name} ${score(last, name)}`).join(", "));
low.forEach(explain);
if (low.some((name) => name !== "performance")) process.exit(1);
process.exit(low.length ? 3 : 0);
