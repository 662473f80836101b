// Puts together the comparison that the address asks for, out of what the page holds in a template.
(() => {
  "use strict";
  const FEWEST = 2;
  const MOST = 6;
  const MANY = 4; // as many columns as need a wide sheet of paper
  const FINDINGS = [["concerns", "Concerns"], ["praised", "Praised work"], ["replies", "Replies"]];

  const choice = document.getElementById("choice");
  const form = document.getElementById("compare");
  const chosen = document.getElementById("chosen");
  const refusal = document.getElementById("refusal");
  const result = document.getElementById("comparison");
  const heading = document.querySelector("h1");
  const held = document.getElementById("held").content;

  const fields = form.elements;
  const boxes = [...form.querySelectorAll("[name=body]")];
  const roundOptions = [...fields.round.options];
  const usual = roundOptions.find((option) => option.defaultSelected);
  if (!usual || !boxes.length) return; // there is nothing to compare yet

  const before = { heading: heading.textContent, title: document.title };
  const listing = new Intl.ListFormat("en-GB", { type: "conjunction" });

  // Small things

  const find = (within, name, value) => within.querySelector(`[data-${name}="${CSS.escape(value)}"]`);
  const copy = (name, value) => find(held, name, value).cloneNode(true);
  const words = (node) => node.textContent.trim();

  const element = (tag, attributes = {}, ...children) => {
    const made = document.createElement(tag);
    for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
    made.append(...children);
    return made;
  };

  const headline = (text) => element("h2", { id: "compared", tabindex: "-1" }, text);

  // A sentence of the page, with what it speaks of put in.
  const message = (name, filling = {}) => {
    const made = copy("message", name);
    for (const [what, value] of Object.entries(filling)) find(made, "fill", what).textContent = value;
    return made;
  };

  // What the page holds

  const box = (body) => boxes.find((each) => each.value === body);
  const kind = (body) => box(body).closest("[data-kind]").dataset.kind;
  const short = (body) => words(box(body).parentElement);
  const label = (question) => words(find(held, "label", question));
  const round = (id) => find(held, "round", id);
  const roundName = (id) => roundOptions.find((option) => option.value === id).label;
  const newestFirst = (ids) => roundOptions.map(({ value }) => value).filter((id) => ids.includes(id));
  const asked = (id) => [...round(id).querySelectorAll("[data-asked]")].map(({ dataset }) => dataset.asked);
  const reason = (id) => round(id).querySelector("[data-reason]").cloneNode(true);

  // A body's ratings in a round: of each its question, then the numbers of its chip, source and note.
  const ratings = (id, body) => {
    const written = find(round(id), "body", body)?.dataset.ratings;
    return written ? written.split(", ").map((rating) => rating.split(" ")) : [];
  };

  // What the address asks for

  const request = () => {
    const address = new URLSearchParams(location.search);
    const value = (name) => (address.get(name) ?? "").trim();
    const bodies = value("bodies").split(",").map((id) => id.trim()).filter(Boolean);
    const rounds = [value("round") || usual.value, value("with")].filter(Boolean);
    return {
      isMade: address.has("bodies"),
      bodies: [...new Set(bodies)],
      rounds: [...new Set(rounds)],
      question: value("question"),
    };
  };

  const refusalsOfBodies = ({ bodies }) => {
    const reasons = bodies.filter((id) => !box(id)).map((id) => message("body", { id }));
    if (bodies.length < FEWEST) reasons.push(message("few"));
    if (bodies.length > MOST) reasons.push(message("many", { number: bodies.length }));
    if (new Set(bodies.filter(box).map(kind)).size > 1) reasons.push(message("kinds"));
    return reasons;
  };

  const refusalsOfRounds = ({ rounds, question }) => {
    const unknown = rounds.filter((id) => !round(id)).map((id) => message("round", { id }));
    const isQuestion = question && find(held, "label", question);
    if (question && !isQuestion) unknown.push(message("question", { id: question }));
    if (unknown.length) return unknown;

    const reasons = [];
    const [newer, older] = newestFirst(rounds);
    const names = older && { newer: roundName(newer), older: roundName(older) };
    if (older && !round(newer).dataset.alike.split(" ").includes(older)) {
      reasons.push(message("rounds", names), reason(newer));
    } else if (older && !asked(newer).some((each) => asked(older).includes(each))) {
      reasons.push(message("unshared", names));
    }
    for (const id of isQuestion ? rounds : []) {
      if (!asked(id).includes(question)) {
        reasons.push(message("unasked", { question: label(question), round: roundName(id) }));
      }
    }
    return reasons;
  };

  // The table

  const rating = ([, chip, read, note]) => {
    const where = copy("read", read);
    const evidence = copy("evidence", where.dataset.kind);
    evidence.href += `#${where.dataset.best}`;
    const said = element("div", {}, copy("chip", chip), " ", where, " ", evidence);
    if (note) said.append(copy("note", note));
    return said;
  };

  const rated = (id, body, question) => {
    const found = ratings(id, body).filter(([on]) => on === question).map(rating);
    if (found.length) return found;
    const isUngraded = "ungraded" in find(round(id), "asked", question).dataset;
    return [message(isUngraded ? "ungraded" : "none")];
  };

  const found = (id, body, part) => {
    const ofBody = find(round(id), "body", body);
    const list = ofBody && find(ofBody, "part", part);
    return [list ? list.cloneNode(true) : message("nothing")];
  };

  // What every body is asked about, in one order: its name, its head and what stands in the cell.
  const lines = (questions, rounds) => {
    const inRound = (id) => (rounds.length > 1 ? `, ${roundName(id)}` : "");
    const onQuestion = (question) => rounds.map((id) => ({
      name: label(question) + inRound(id),
      head: [copy("label", question), inRound(id)],
      cell: (body) => rated(id, body, question),
    }));
    const ofPart = ([part, name]) => rounds.map((id) => ({
      name: name + inRound(id),
      head: [name + inRound(id)],
      cell: (body) => found(id, body, part),
    }));
    return [...questions.flatMap(onQuestion), ...FINDINGS.flatMap(ofPart)];
  };

  // One row of the table is one body. The stylesheet sets it as a column, or on a phone as a card,
  // after which browsers would forget that it is a table if the roles did not say so.
  const table = (bodies, about) => {
    const headOf = (...line) => element("th", { role: "columnheader", scope: "col" }, ...line);
    const nameOf = (body) => element("th", { role: "rowheader", scope: "row" }, copy("name", body));
    const cellOf = (body) => ({ name, cell }) =>
      element("td", { role: "cell", "data-label": name }, ...cell(body));
    const row = (...cells) => {
      cells.forEach((each, index) => each.style.setProperty("--row", index + 1));
      return element("tr", { role: "row" }, ...cells);
    };
    const heads = row(headOf("Body"), ...about.map(({ head }) => headOf(...head)));
    const rows = bodies.map((body) => row(nameOf(body), ...about.map(cellOf(body))));
    const style = `stacked compared${bodies.length < MANY ? "" : " compared-many"}`;
    const made = element(
      "table",
      { class: style, role: "table", "aria-labelledby": "compared" },
      element("thead", { role: "rowgroup" }, heads),
      element("tbody", { role: "rowgroup" }, ...rows),
    );
    made.style.setProperty("--bodies", bodies.length);
    made.style.setProperty("--rows", about.length + 1);
    return made;
  };

  const wordings = (questions, rounds) => {
    const wording = (question) => (id) => {
      const written = find(round(id), "asked", question);
      const name = rounds.length > 1 ? `${roundName(id)}: ` : "";
      return element("dd", {}, `${name}${words(written)} `, copy("wording", written.dataset.is));
    };
    const entries = questions.map((question) =>
      element("div", {}, element("dt", {}, label(question)), ...rounds.map(wording(question))));
    return [element("h3", {}, "What was asked"), element("dl", { class: "glossary" }, ...entries)];
  };

  const comparison = ({ bodies, rounds: inAnyOrder, question }) => {
    const rounds = newestFirst(inAnyOrder);
    const all = question ? [question] : [...new Set(rounds.flatMap(asked))];
    const shared = all.filter((each) => rounds.every((id) => asked(id).includes(each)));
    const isRated = (each) =>
      rounds.some((id) => bodies.some((body) => ratings(id, body).some(([on]) => on === each)));
    const shown = shared.filter((each) => question || isRated(each));
    const silent = shared.filter((each) => !shown.includes(each));
    const apart = all.filter((each) => !shared.includes(each));

    const title = rounds.map(roundName).join(" and ") + (question ? `: ${label(question)}` : "");
    const parts = [headline(title), table(bodies, lines(shown, rounds))];
    if (silent.length) parts.push(message("silent", { questions: silent.map(label).join("; ") }));
    if (apart.length) parts.push(message("apart", { questions: apart.map(label).join("; ") }));
    parts.push(message("end"));
    if (rounds.length > 1) parts.push(message("allowed"), reason(rounds[0]));
    if (shown.length) parts.push(...wordings(shown, rounds));
    return parts;
  };

  // The form

  const option = (value, text) => element("option", { value, label: text });

  // Offers the questions that the chosen rounds have in common.
  const offerQuestions = () => {
    const { value } = fields.question;
    const rounds = [fields.round.value, fields.with.value].filter(Boolean);
    const shared = asked(rounds[0]).filter((each) => rounds.every((id) => asked(id).includes(each)));
    const [all] = fields.question.options;
    fields.question.replaceChildren(all, ...shared.map((each) => option(each, label(each))));
    fields.question.value = shared.includes(value) ? value : "";
  };

  const checked = () => {
    const bodies = boxes.filter((each) => each.checked).map((each) => each.value);
    return bodies.filter((body) => kind(body) === fields.kind.value);
  };

  const refresh = () => {
    for (const fieldset of form.querySelectorAll("[data-kind]")) {
      fieldset.hidden = fieldset.dataset.kind !== fields.kind.value;
    }
    const names = checked().map(short);
    chosen.textContent = names.length
      ? `Chosen (${names.length} of at most ${MOST}): ${listing.format(names)}`
      : "None chosen yet";
    offerQuestions();
  };

  const choose = (select, value) => {
    if ([...select.options].some((each) => each.value === value)) select.value = value;
  };

  const fill = ({ bodies, rounds, question }) => {
    const [first] = bodies.filter(box);
    if (first) fields.kind.value = kind(first);
    for (const each of boxes) each.checked = bodies.includes(each.value);
    const isRoomy = matchMedia("(min-width: 44rem)").matches;
    for (const region of form.querySelectorAll("details")) {
      region.open = isRoomy || region.querySelector(":checked") !== null;
    }
    choose(fields.round, rounds[0]);
    choose(fields.with, rounds[1] ?? "");
    refresh();
    choose(fields.question, question);
  };

  const show = () => {
    const wanted = request();
    fill(wanted);
    refusal.replaceChildren();
    result.replaceChildren();
    heading.textContent = before.heading;
    document.title = before.title;
    choice.open = true;
    if (!wanted.isMade) return;

    const reasons = [...refusalsOfBodies(wanted), ...refusalsOfRounds(wanted)];
    if (reasons.length) {
      const parts = [headline("Not compared"), ...reasons];
      refusal.append(element("section", { class: "panel", "aria-labelledby": "compared" }, ...parts));
      return;
    }
    choice.open = false;
    heading.textContent = `Compare ${listing.format(wanted.bodies.map(short))}`;
    document.title = before.title.replace(before.heading, heading.textContent);
    result.append(element("section", { "aria-labelledby": "compared" }, ...comparison(wanted)));
  };

  form.addEventListener("change", refresh);
  form.addEventListener("submit", (event) => {
    event.preventDefault();
    const address = new URLSearchParams({ bodies: checked().join(",") });
    for (const name of ["round", "with", "question"]) {
      if (fields[name].value) address.set(name, fields[name].value);
    }
    history.pushState(null, "", `?${address.toString().replaceAll("%2C", ",")}`);
    show();
    document.getElementById("compared").focus();
  });
  addEventListener("popstate", show);

  fields.with.append(...roundOptions.map((each) => option(each.value, each.label)));
  document.getElementById("without-script").hidden = true;
  choice.hidden = false;
  show();
})();
