// Prints the scores of a Lighthouse report and fails below the budget of performance.md.
"use strict";
const report = JSON.parse(require("fs").readFileSync(process.argv[2], "utf8"));
const least = { performance: 98, accessibility: 100, "best-practices": 100 };
const score = (name) => Math.round(report.categories[name].score * 100);
const low = Object.keys(least).filter((name) => score(name) < least[name]);
console.log(report.finalDisplayedUrl, Object.keys(least).map((name) => `${name} ${score(name)}`).join(", "));
for (const name of low) {
  for (const { id, weight } of report.categories[name].auditRefs) {
    const audit = report.audits[id];
    if (weight && audit.score !== null && audit.score < 1) console.log(`  ${id}: ${audit.title} ${audit.displayValue || ""}`);
  }
}
process.exit(low.length ? 1 : 0);
