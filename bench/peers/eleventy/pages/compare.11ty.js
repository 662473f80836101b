import { escape, partsOf, shell } from "../parts.js";

export const data = { permalink: "/compare/index.html" };

export function render({ bodies, inspections, questions }) {
  const heads = Object.values(questions).map((each) => `<th>${escape(each.label)}</th>`);
  const rows = Object.entries(bodies).map(([id, body]) => {
    const latest = {};
    for (const { part } of partsOf(id, inspections)) {
      for (const { question, grade } of part.ratings ?? []) {
        if (grade) latest[question] = grade;
      }
    }
    const cells = Object.keys(questions).map((question) => `<td>${latest[question] ?? ""}</td>`);
    return `<tr><td><a href="/bodies/${id}/">${escape(body.short)}</a></td>${cells.join("")}</tr>`;
  });
  return shell(
    "Comparison",
    `<table>
<thead><tr><th>Body</th>${heads.join("")}</tr></thead>
<tbody>
${rows.join("\n")}
</tbody>
</table>`,
  );
}
