import { escape, findings, nameOf, partsOf, ratings, shell, spoken } from "../parts.js";

export const data = {
  pagination: { data: "bodies", size: 1, alias: "id" },
  permalink: ({ id }) => `/bodies/${id}/index.html`,
};

export function render({ id, bodies, inspections, questions }) {
  const parts = partsOf(id, inspections);
  const rows = parts.flatMap(({ key, inspection, part }) =>
    (part.ratings ?? []).map((rating) => ({
      url: `/inspections/${key}/`,
      name: inspection.published,
      rating,
      sources: inspection.sources,
    })),
  );
  const said = parts.map(
    ({ key, inspection: { short, sources }, part }) =>
      `<h2><a href="/inspections/${key}/">${escape(short)}</a></h2>
${findings(part, sources)}
${spoken(part.replies, sources)}`,
  );
  return shell(nameOf(bodies[id]), [ratings("Inspection", rows, questions), ...said].join("\n"));
}
