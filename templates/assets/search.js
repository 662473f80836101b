// Searches the index that Pagefind made: under the box in the header, and on the page of search.
// Fetched only when somebody is about to search. Addresses in the index begin at the top of the site.
const TOP = new URL("../", import.meta.url);
const PAUSE = 300; // milliseconds after a key before it is worth searching
const FEW = 6; // results under the box
const MANY = 10; // results on the page, and as many again on demand
const WORDS = 26; // of an excerpt

// How much it counts that a word stands in what is told of a record. What every record has counts
// for nothing; a name of the thing itself counts most.
const RANKING = {
  metaWeights: { title: 4, names: 8, bodies: 1, kind: 0, when: 0, evidence: 0, status: 0, url: 0 },
};

// Words that stand in nearly every record, in quotations too. They tell nothing apart, and their
// places would be most of what is fetched.
const COMMON = new Set(
  "a about an and are as at be by for from has have in is it its of on or that the they this to was were with"
    .split(" "),
);

// Small things

const element = (tag, attributes = {}, ...children) => {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  made.append(...children);
  return made;
};

const pause = () => new Promise((resolve) => { setTimeout(resolve, PAUSE); });
const count = (number) => (number === 1 ? "1 result" : `${number} results`);
const wanted = (input) => input.value.trim();

// The index

// Pagefind works in a worker, which answers what it is asked by number. Its own script for pages is
// left out: it holds all of the worker's code once more.
const connect = () => {
  const worker = new Worker(new URL("pagefind/pagefind-worker.js", TOP));
  const waiting = new Map();
  let number = 0;
  worker.addEventListener("message", ({ data: { id, result, error } }) => {
    const asked = waiting.get(id);
    waiting.delete(id);
    if (error) asked?.reject(new Error(error));
    else asked?.resolve(result);
  });
  worker.addEventListener("error", () => {
    for (const { reject } of waiting.values()) reject(new Error("The worker failed"));
    waiting.clear();
  });
  const ask = (method, ...args) => new Promise((resolve, reject) => {
    number += 1;
    waiting.set(number, { resolve, reject });
    worker.postMessage({ id: number, method, args });
  });
  const stop = () => worker.terminate();
  const forgotten = new FinalizationRegistry((records) => {
    for (const record of records) worker.postMessage({ method: "releaseData", args: [record] });
  });
  return { ask, stop, forgotten };
};

const load = async () => {
  const { ask, stop, forgotten } = connect();
  const search = async (query, { filters = {}, isByDate = false } = {}) => {
    const { results } = await ask("search", query && telling(query), { filters });
    const found = results.map(({ id, data }) => ({ id, data: () => ask("getData", data) }));
    forgotten.register(found, results.map(({ data }) => data));
    return isByDate ? newestFirst(found) : found;
  };
  try {
    await ask("init", { basePath: new URL("pagefind/", TOP).pathname, language: "en" });
    await ask("options", { ranking: RANKING, excerptLength: WORDS });
  } catch (error) {
    stop();
    throw error;
  }
  return { search };
};

// Leaves out the words that tell nothing, unless there is no other, or the words are a quotation.
const telling = (query) => {
  const words = query.split(/\s+/);
  const rare = words.filter((word) => !COMMON.has(word.toLowerCase()));
  return query.includes('"') || !rare.length ? query : rare.join(" ");
};

// A record is called en_, the mark of the index, and its number.
const newestFirst = async (found) => {
  const { default: places } = await import(new URL("pagefind/newest.js", TOP));
  const place = ({ id }) => places[Number.parseInt(id.slice("en_123456".length), 36)];
  return found.sort((one, other) => place(one) - place(other));
};

let index;

// Gives the index, fetched once; when it cannot be had, the next who asks tries again.
const ready = () => {
  index ??= load().catch((error) => {
    index = undefined;
    throw error;
  });
  return index;
};

// Makes one search at a time count: `run` gives what `work` gives, or null if another was begun
// meanwhile or all were stopped.
const latest = () => {
  let number = 0;
  const stop = () => { number += 1; };
  const run = async (work) => {
    stop();
    const mine = number;
    await pause();
    if (mine !== number) return null;
    const found = await work();
    return mine === number ? found : null;
  };
  return { run, stop };
};

// A result

// Pagefind writes an excerpt as HTML in which the words found are marked.
const excerpt = ({ excerpt: html, plain_excerpt: plain, content }) => {
  const text = (part) => part.replaceAll("&lt;", "<").replaceAll("&gt;", ">");
  const marked = html.split(/<mark>(.*?)<\/mark>/).map((part, place) =>
    (place % 2 ? element("mark", {}, text(part)) : text(part)));
  const before = content.startsWith(text(plain)) ? "" : "… ";
  const after = content.endsWith(text(plain)) ? "" : " …";
  return [before, ...marked, after];
};

let told = 0;

const result = (found) => {
  const { meta } = found;
  told += 1;
  const id = `found-${told}`;
  const facts = [meta.kind, meta.bodies, meta.when, meta.evidence, meta.status].filter(Boolean);
  return element(
    "li",
    {},
    element("a", { href: new URL(meta.url, TOP), "aria-describedby": id }, meta.title),
    element("p", { class: "found-facts", id }, facts.join(" · ")),
    element("p", { class: "found-excerpt" }, ...excerpt(found)),
  );
};

const results = async (found, from, to) => {
  const loaded = await Promise.all(found.slice(from, to).map((each) => each.data()));
  return loaded.map(result);
};

// The box in the header

const inHeader = (form) => {
  const input = form.elements.q;
  const panel = form.querySelector(".found");
  const status = form.querySelector("[role=status]");
  const { run, stop } = latest();

  const close = () => {
    stop();
    panel.hidden = true;
  };

  const open = (said, ...content) => {
    panel.replaceChildren(...content);
    panel.hidden = false;
    status.textContent = said;
  };

  const all = (words) => {
    const address = new URL(form.action);
    if (wanted(input)) address.searchParams.set("q", wanted(input));
    return element("p", {}, element("a", { href: address }, words));
  };

  const search = async () => {
    const query = wanted(input);
    const found = await run(async () => {
      if (!query) return [];
      const each = await (await ready()).search(query);
      return [each.length, await results(each, 0, FEW)];
    });
    if (!found) return;
    const [number, items] = found;
    status.textContent = "";
    if (!query) close();
    else if (number) open(count(number), element("ol", {}, ...items), all(`All results (${number})`));
    else open("Nothing found", element("p", {}, `Nothing found for “${query}”.`), all("Other ways to find it"));
  };

  const look = () => search().catch(() => {
    open("Search does not work just now", all("Search does not work just now: what to use instead"));
  });

  const links = () => [...panel.querySelectorAll("a")];

  const step = (event, by) => {
    const stops = [input, ...links()];
    const next = stops[stops.indexOf(document.activeElement) + by];
    if (panel.hidden || !next) return;
    event.preventDefault();
    next.focus();
  };

  // Without results on show, the script of every page leaves the box.
  const leave = (event) => {
    if (panel.hidden) return;
    event.preventDefault();
    input.focus();
    close();
  };

  input.addEventListener("input", look);
  input.addEventListener("focus", () => { if (links().length) panel.hidden = !wanted(input); });
  form.addEventListener("keydown", (event) => {
    if (event.key === "ArrowDown") step(event, 1);
    if (event.key === "ArrowUp") step(event, -1);
    if (event.key === "Escape") leave(event);
  });
  form.addEventListener("focusout", ({ relatedTarget }) => {
    if (!form.contains(relatedTarget)) close();
  });
  if (wanted(input)) look();
};

// The page of search

const onPage = (form) => {
  const { q } = form.elements;
  const choices = [...form.querySelectorAll("[data-filter]")];
  const list = document.getElementById("results");
  const status = document.getElementById("result-count");
  const more = document.getElementById("more");
  const notice = document.getElementById("without-search");
  const { run } = latest();
  const title = document.title;
  let shown = [];

  const fields = () => [q, ...choices, form.elements.sort];
  const address = () => new URLSearchParams(location.search);

  // Puts what the address says into some fields of the form.
  const fill = (into) => {
    for (const field of into) {
      const value = address().get(field.name) ?? "";
      const options = field.options && [...field.options].map((option) => option.value);
      field.value = options && !options.includes(value) ? "" : value;
    }
  };

  const remember = (keep) => {
    const asked = new URLSearchParams();
    for (const field of fields()) if (field.value.trim()) asked.set(field.name, field.value.trim());
    const query = asked.size ? `?${asked}` : "";
    if (query === location.search) return;
    history[keep](null, "", `${location.pathname}${query}`);
  };

  const extend = async () => {
    const from = list.childElementCount;
    const items = await results(shown, from, from + MANY);
    list.append(...items);
    more.hidden = list.childElementCount >= shown.length;
    return items;
  };

  const asked = () => {
    const chosen = choices.filter(({ value }) => value).map(({ name, value }) => [name, value]);
    const isByDate = Boolean(form.elements.sort.value);
    return [wanted(q) || null, { filters: Object.fromEntries(chosen), isByDate }];
  };

  const search = async () => {
    const [query, options] = asked();
    const isAsked = query !== null || Object.keys(options.filters).length > 0;
    const found = await run(async () =>
      (isAsked ? (await ready()).search(query, options) : []));
    if (!found) return;
    shown = found;
    const items = await results(shown, 0, MANY);
    if (shown !== found) return;
    list.replaceChildren(...items);
    more.hidden = items.length >= shown.length;
    const about = query ? ` for “${query}”` : "";
    const said = shown.length ? count(shown.length) : "Nothing found";
    status.textContent = isAsked ? `${said}${about}` : "";
    document.title = query ? `${query} · ${title}` : title;
  };

  const fail = () => {
    form.hidden = true;
    notice.hidden = false;
  };
  const look = () => search().catch(fail);

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    remember("pushState");
    look();
  });
  q.addEventListener("input", () => {
    remember("replaceState");
    look();
  });
  form.addEventListener("change", ({ target }) => {
    if (target === q) return;
    remember("pushState");
    look();
  });
  more.addEventListener("click", async () => {
    const [first] = await extend();
    first?.querySelector("a").focus();
  });
  addEventListener("popstate", () => {
    fill(fields());
    look();
  });

  notice.hidden = true;
  fill(q.value ? fields().slice(1) : fields()); // somebody may have been quicker than this script
  if (typeof Worker === "undefined") fail();
  else look();
};

// The looks of what is found below the box come with this script; the page of search has them.
const bringLooks = () => {
  const sheet = element("link", { rel: "stylesheet", href: new URL("search.css", import.meta.url) });
  document.head.append(sheet);
};

const inHeaderForm = document.querySelector("form.search");
const onPageForm = document.querySelector("form.searching");
if (inHeaderForm) {
  bringLooks();
  inHeader(inHeaderForm);
}
if (onPageForm) onPage(onPageForm);
