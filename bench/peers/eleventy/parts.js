import MarkdownIt from "markdown-it";

const md = new MarkdownIt();
const SPECIAL = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

export const escape = (text) => String(text).replace(/[&<>"]/g, (mark) => SPECIAL[mark]);

export const nameOf = (body) => body.names[0].name;

const all = (items, write) => (items ?? []).map(write).join("\n");

/* Each text stands on two pages, and is rendered once. */
const rendered = new Map();

function markdown(text) {
  let html = rendered.get(text);
  if (html === undefined) {
    html = md.render(text);
    rendered.set(text, html);
  }
  return html;
}

export function shell(title, main) {
  return `<!doctype html>
<html lang="en-GB">
<head><meta charset="utf-8"><title>${escape(title)}</title></head>
<body>
<nav><a href="/">Home</a> <a href="/compare/">Comparison</a></nav>
<main>
<h1>${escape(title)}</h1>
${main}
</main>
</body>
</html>
`;
}

/* What each inspection says of each body, oldest first, by the body's id; made once. */
let joined;

export function partsOf(id, inspections) {
  if (joined === undefined) {
    joined = {};
    const at = ([key, { published }]) => `${published === "not-known" ? "" : published}|${key}`;
    const dated = Object.entries(inspections).map((each) => [at(each), ...each]);
    dated.sort(([one], [other]) => (one < other ? -1 : 1));
    for (const [, key, inspection] of dated) {
      for (const [body, part] of Object.entries(inspection.bodies)) {
        (joined[body] ??= []).push({ key, inspection, part: part ?? {} });
      }
    }
  }
  return joined[id] ?? [];
}

export function source(sources, key) {
  const { url, publisher, title } = sources[key];
  return `<a href="${escape(url)}">${escape(publisher)}: ${escape(title)}</a>`;
}

function quotes(items, sources) {
  return all(
    items,
    (each) => `<blockquote><p>${escape(each.text)}</p></blockquote>
<p>${each.speaker}, ${source(sources, each.source)}</p>`,
  );
}

export function ratings(heading, rows, questions) {
  return `<table>
<thead><tr><th>${heading}</th><th>Question</th><th>Grade</th><th>Source</th></tr></thead>
<tbody>
${all(
  rows,
  ({ url, name, rating, sources }) =>
    `<tr><td><a href="${url}">${escape(name)}</a></td><td>${escape(questions[rating.question].label)}</td>` +
    `<td>${rating.grade ?? rating["not-graded"]}</td><td>${source(sources, rating.source)}</td></tr>`,
)}
</tbody>
</table>`;
}

export function statement(each, sources) {
  return `${markdown(each.summary)}<p>${each.speaker}, ${source(sources, each.source)}</p>`;
}

export function statements(items, sources) {
  return all(items, (each) => statement(each, sources));
}

export function findings(part, sources) {
  return all(
    [...(part.concerns ?? []), ...(part.praised ?? [])],
    (each) => `<h3>${escape(each.title)}</h3>
${markdown(each.summary)}<p>${each.label}, ${source(sources, each.source)}</p>
${quotes(each.quotes, sources)}
${statements(each.further, sources)}
${each.note ? markdown(each.note) : ""}
${all(
  each.updates,
  (update) => `<h4>Update, ${update.date}</h4>
${statement(update, sources)}
${quotes(update.quotes, sources)}`,
)}`,
  );
}

export function spoken(items, sources) {
  return all(
    items,
    (each) => `<h4>${each.title ? `Claim: ${escape(each.title)}` : "Reply"}</h4>
${markdown(each.summary)}<p>${escape(each.by)}, ${each.date}, ${source(sources, each.source)}</p>
${quotes(each.quotes, sources)}`,
  );
}
