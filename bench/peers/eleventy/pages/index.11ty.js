import { escape, nameOf, shell } from "../parts.js";

export const data = { permalink: "/index.html" };

export function render({ bodies, inspections }) {
  const items = (folder, records, name) =>
    Object.entries(records)
      .map(([id, each]) => `<li><a href="/${folder}/${id}/">${escape(name(each))}</a></li>`)
      .join("\n");
  return shell(
    "peelsite",
    `<h2>Bodies</h2>
<ul>
${items("bodies", bodies, nameOf)}
</ul>
<h2>Inspections</h2>
<ul>
${items("inspections", inspections, (each) => each.title)}
</ul>`,
  );
}
