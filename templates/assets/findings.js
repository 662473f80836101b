// Filters and sorts the findings. findings/data.js hands over what every choice needs; the texts
// come in further files, when something of them is to be shown, searched or downloaded.
(() => {
  "use strict";
  const { NONE, ORDERS, choose, csv, rowsOf, unpack } = peelsiteFindings;
  const AT_ONCE = 50; // results shown before the reader asks for more
  const A_MINUTE = 60_000;
  const CSV_NAME = "findings.csv";

  const form = document.getElementById("filters");
  const held = document.getElementById("held").content;
  const part = (id) => document.getElementById(id);
  const status = document.querySelector("#found [role=status]");
  const list = document.querySelector("#results .rows");
  const today = form.dataset.today ? new Date(`${form.dataset.today}T12:00`) : new Date();

  // Small things

  const fill = (within, name) => within.querySelector(`[data-fill="${name}"]`);

  // A part of the page's template, with what it speaks of put in.
  const copy = (name, filling = {}) => {
    const made = held.querySelector(`[data-held="${name}"]`).cloneNode(true);
    made.removeAttribute("data-held");
    for (const [what, value] of Object.entries(filling)) fill(made, what).append(value);
    return made;
  };

  const inWords = (iso) => {
    if (!iso) return copy("undated").textContent;
    const [year, month, day] = iso.split("-").map(Number);
    const known = { year: "numeric", month: month && "long", day: day && "numeric", timeZone: "UTC" };
    return new Intl.DateTimeFormat("en-GB", known).format(Date.UTC(year, (month || 1) - 1, day || 1));
  };

  const figure = (number) => number.toLocaleString("en-GB");

  const plain = (text) => text.toLowerCase().replaceAll("’", "'");

  // The address

  const asked = (data) => {
    const address = new URLSearchParams(location.search);
    const unknown = [];
    const chosen = new Map(data.facets.map(({ name, label, values }) => {
      const words = address.getAll(name).join(",").split(",").filter(Boolean);
      const places = words.map((word) => values.findIndex(([value]) => value === word));
      words.forEach((value, index) => places[index] < 0 && unknown.push({ value, facet: label }));
      return [name, new Set(places.filter((place) => place >= 0))];
    }));
    const sort = address.get("sort") || "body";
    const isKnown = Object.hasOwn(ORDERS, sort);
    if (!isKnown) unknown.push({ value: sort, facet: form.elements.sort.labels[0].firstChild.data.trim() });
    const words = (address.get("q") ?? "").trim();
    return { chosen, words, sort: isKnown ? sort : "body", unknown };
  };

  const addressOf = (data, choice) => {
    const address = new URLSearchParams();
    for (const { name, values } of data.facets) {
      const words = [...choice.chosen.get(name)].map((place) => values[place][0]);
      if (words.length) address.set(name, words.join(","));
    }
    if (choice.words) address.set("q", choice.words);
    if (choice.sort !== "body") address.set("sort", choice.sort);
    const query = address.toString().replaceAll("%2C", ",");
    return query ? `?${query}` : location.pathname;
  };

  // What is shown

  const row = (data, finding, cell) => {
    const labels = (name) => {
      const { values, sets, of } = data.facets.find((facet) => facet.name === name);
      return sets[of[finding]].map((place) => values[place][1]);
    };
    const made = copy("row", { title: cell("title"), lead: cell("lead") });
    fill(made, "title").href = cell("link");
    const date = inWords(data.dates[data.date[finding] - 1]);
    const bodies = labels("body").join(", ");
    fill(made, "kicker").append([...labels("kind"), bodies, ...labels("label"), date].join(" · "));
    const filed = [labels("theme").join(", "), cell("speaker_name"), ...labels("evidence")];
    fill(made, "filed").append(filed.filter(Boolean).join(" · "));
    if (labels("status").length) fill(made, "voices").append(...voices(data, finding, cell, labels));
    else fill(made, "voices").remove();
    return made;
  };

  const voices = (data, finding, cell, labels) => {
    const who = cell("body_status_by");
    const [answer] = labels("answer");
    const said = copy("voices", {
      status: labels("status")[0],
      statusDate: inWords(cell("status_date")),
      who: who || labels("body")[0],
      answer: who ? `${answer}, ${inWords(cell("body_status_date"))}` : answer,
    });
    if (data.silent[finding] === NONE) return [said];
    const since = data.dates[data.silent[finding] - 1];
    const days = since && peelsite.daysSince(since, today);
    const age = days ? copy("age", { days }) : "";
    return [said, copy("silence", { since: inWords(since), by: cell("last_word_by"), age })];
  };

  const explore = (data) => {
    const { facets } = data;
    const everything = [...data.date.keys()];
    const summary = part("facets").querySelector("summary");
    const boxes = new Map();
    let choice;
    let searched; // the words of titles and summaries, once they have been read
    let found = []; // the findings that fit, in order
    let shown = 0;
    let turn = 0; // counts the choices, so that a late answer to an earlier one is dropped
    let isTyping = false;

    const complain = (error) => {
      status.replaceChildren(copy("unread"));
      console.error(error);
    };

    const isAsked = () =>
      choice.words || choice.sort !== "body" || facets.some(({ name }) => choice.chosen.get(name).size);

    const matching = async () => {
      if (!choice.words) return null;
      if (!searched) {
        status.replaceChildren(copy("reading", { total: figure(everything.length) }));
        const rows = await rowsOf(data.texts, everything);
        searched = rows.map((cell) => plain(`${cell("title")} ${cell("summary")}`));
      }
      const words = plain(choice.words).split(/\s+/);
      return searched.map((text) => words.every((word) => text.includes(word)));
    };

    const showMore = async () => {
      const [mine, from] = [turn, shown];
      const next = found.slice(from, from + AT_ONCE);
      const cells = await rowsOf(data.rows, next);
      if (mine !== turn || from !== shown) return;
      const made = next.map((finding, index) => row(data, finding, cells[index]));
      if (from) list.append(...made);
      else list.replaceChildren(...made);
      const isFocused = document.activeElement === part("more");
      shown += next.length;
      part("more").hidden = shown >= found.length;
      if (isFocused && part("more").hidden) made[0].querySelector("a").focus();
    };

    const showCounts = (counts) => {
      facets.forEach(({ name }, at) => {
        const { inputs, rest } = boxes.get(name);
        let hidden = 0;
        inputs.forEach((input, place) => {
          const label = input.parentElement;
          const count = counts[at][place];
          input.checked = choice.chosen.get(name).has(place);
          fill(label, "count").textContent = figure(count);
          label.hidden = !count && !input.checked && input !== document.activeElement;
          hidden += label.hidden;
        });
        rest.replaceChildren(...(hidden ? [copy("rest", { number: hidden })] : []));
      });
    };

    const tag = (text, remove) => {
      const made = copy("tag", { text });
      made.querySelector("button").addEventListener("click", () => {
        const place = [...part("active").children].indexOf(made);
        remove();
        take();
        const left = part("active").children;
        (left[Math.min(place, left.length - 1)]?.querySelector("button") ?? summary).focus();
      });
      return made;
    };

    const showChosen = () => {
      const tags = facets.flatMap(({ name, label, values }) =>
        [...choice.chosen.get(name)].map((place) =>
          tag(`${label}: ${values[place][1]}`, () => choice.chosen.get(name).delete(place))));
      const number = tags.length;
      if (choice.words) tags.push(tag(copy("words", { words: choice.words }), () => (choice.words = "")));
      part("active").replaceChildren(...tags);
      part("active").hidden = !tags.length;
      part("clear").hidden = !isAsked();
      part("number-chosen").replaceChildren(...(number ? [copy("chosen", { number })] : []));
      part("unknown").replaceChildren(...choice.unknown.map((each) => copy("unknown", each)));
      if (form.elements.q.value.trim() !== choice.words) form.elements.q.value = choice.words;
      form.elements.sort.value = choice.sort;
    };

    // Shows what the choice leads to.
    const show = async () => {
      turn += 1;
      const mine = turn;
      showChosen();
      try {
        const isFound = await matching();
        if (mine !== turn) return;
        const { fits, counts } = choose(data, choice, isFound);
        found = everything.filter((finding) => fits[finding]).sort(ORDERS[choice.sort](data));
        shown = 0;
        showCounts(counts);
        const [number, total] = [found.length, everything.length].map(figure);
        status.replaceChildren(copy("number", { number, total }));
        part("remarks").replaceChildren(
          ...(found.length ? [] : [copy("none")]),
          ...(choice.sort === "silence" ? [copy("silent")] : []),
        );
        part("all").hidden = isAsked();
        part("results").hidden = !isAsked();
        if (isAsked()) await showMore();
      } catch (error) {
        if (mine === turn) complain(error);
      }
    };

    // Takes up a changed choice: into the address, and to be shown.
    const take = ({ isStep = true } = {}) => {
      choice.unknown = [];
      const record = isStep ? "pushState" : "replaceState";
      history[record](null, "", addressOf(data, choice));
      show();
    };

    const restore = () => {
      isTyping = false;
      choice = asked(data);
      show();
    };

    const download = async () => {
      try {
        const rows = await rowsOf(data.texts, found);
        const text = csv([data.columns, ...rows.map((cell) => data.columns.map(cell))]);
        const link = document.createElement("a");
        link.href = URL.createObjectURL(new Blob([text], { type: "text/csv;charset=utf-8" }));
        link.download = CSV_NAME;
        link.click();
        setTimeout(() => URL.revokeObjectURL(link.href), A_MINUTE);
      } catch (error) {
        complain(error);
      }
    };

    const facetOf = ({ name, label, values }, isOpen) => {
      const made = copy("facet", { name: label, legend: label });
      const labels = values.map(([, text], place) => {
        const value = copy("value", { label: text });
        value.querySelector("input").addEventListener("change", ({ target }) => {
          isTyping = false;
          choice.chosen.get(name)[target.checked ? "add" : "delete"](place);
          take();
        });
        return value;
      });
      made.open = isOpen;
      made.querySelector(".boxes").append(...labels);
      const inputs = labels.map((each) => each.querySelector("input"));
      boxes.set(name, { inputs, rest: fill(made, "rest") });
      return made;
    };

    const isRoomy = matchMedia("(min-width: 62rem)").matches;
    part("facets").append(...facets.map((facet) => facetOf(facet, isRoomy)));
    part("facets").open = isRoomy;
    form.addEventListener("submit", (event) => event.preventDefault());
    form.elements.sort.addEventListener("change", ({ target }) => {
      isTyping = false;
      choice.sort = target.value;
      take();
    });
    form.elements.q.addEventListener("input", ({ target }) => {
      choice.words = target.value.trim();
      take({ isStep: !isTyping });
      isTyping = true;
    });
    form.elements.q.addEventListener("change", () => (isTyping = false));
    part("clear").addEventListener("click", () => {
      for (const chosen of choice.chosen.values()) chosen.clear();
      Object.assign(choice, { words: "", sort: "body" });
      take();
      summary.focus();
    });
    part("more").addEventListener("click", showMore);
    part("download").addEventListener("click", download);
    addEventListener("popstate", restore);
    part("without-script").hidden = true;
    form.hidden = false;
    part("found").hidden = false;
    restore();
  };

  peelsiteFindings.data = (packed) => explore(unpack(packed));
})();
