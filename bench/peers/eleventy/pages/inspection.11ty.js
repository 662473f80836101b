import { escape, findings, nameOf, ratings, shell, source, spoken, statements } from "../parts.js";

export const data = {
  pagination: { data: "inspections", size: 1, alias: "id" },
  permalink: ({ id }) => `/inspections/${id}/index.html`,
};

export function render({ id, bodies, inspections, questions }) {
  const { title, published, about, sources, bodies: parts } = inspections[id];
  const inspected = Object.entries(parts).map(([key, part]) => [key, part ?? {}]);
  const rows = inspected.flatMap(([key, part]) =>
    (part.ratings ?? []).map((rating) => ({
      url: `/bodies/${key}/`,
      name: nameOf(bodies[key]),
      rating,
      sources,
    })),
  );
  const said = inspected.map(
    ([key, part]) => `<h2><a href="/bodies/${key}/">${escape(nameOf(bodies[key]))}</a></h2>
${findings(part, sources)}
${spoken(part.claims, sources)}
${spoken(part.replies, sources)}`,
  );
  const read = Object.entries(sources).map(
    ([key, each]) =>
      `<li>${source(sources, key)}, ${each.published}, read ${each.read}: ${escape(each.seen)}</li>`,
  );
  return shell(
    title,
    `<p>Published: ${published}</p>
${statements(about, sources)}
${ratings("Body", rows, questions)}
${said.join("\n")}
<h2>Sources</h2>
<ul>
${read.join("\n")}
</ul>`,
  );
}
