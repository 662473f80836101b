// What the page of findings works out: which findings fit, in which order, and what is read of them.
const peelsiteFindings = (() => {
  "use strict";
  const NONE = -1; // in place of a date that there cannot be; 0 stands for one not known
  const ZERO = "0".charCodeAt(0);

  // The texts

  const taking = new WeakMap(); // by script: who takes what it hands over
  const given = new Map(); // by name of file: a promise of what stands in it

  const read = (name) => {
    if (!given.has(name)) {
      given.set(name, new Promise((take, fail) => {
        const script = document.createElement("script");
        taking.set(script, take);
        script.src = name;
        script.addEventListener("error", () => {
          given.delete(name);
          fail(new Error(name));
        });
        document.head.append(script);
      }));
    }
    return given.get(name);
  };

  // Gives for each of some findings what looks up a cell of its row by the name of the column.
  const rowsOf = async ({ perFile, files }, findings) => {
    const numbers = [...new Set(findings.map((finding) => Math.floor(finding / perFile)))];
    const tables = new Map();
    await Promise.all(numbers.map(async (each) => tables.set(each, await read(files[each]))));
    return findings.map((finding) => {
      const table = tables.get(Math.floor(finding / perFile));
      return (name) => table[name][finding % perFile];
    });
  };

  // Choosing

  // What stands in a text that has one character for each number.
  const unpacked = (text) => Int32Array.from(text, (character) => character.charCodeAt(0) - ZERO);

  // Makes of what data.js hands over what the rest works with.
  const unpack = ({ facets, date, silent, ...rest }) => ({
    ...rest,
    facets: facets.map((facet) => ({ ...facet, of: unpacked(facet.of) })),
    date: unpacked(date),
    silent: unpacked(silent),
  });

  // Which sets of a facet's values hold one of the chosen; null if nothing is chosen.
  const allowed = ({ sets }, chosen) =>
    chosen.size ? sets.map((set) => set.some((place) => chosen.has(place))) : null;

  // Gives the findings that fit, and for each facet how many fit with each of its values if
  // the choice within that facet is left out: what choosing it too would add.
  const choose = (data, choice, isFound) => {
    const { facets } = data;
    const passes = facets.map((facet) => allowed(facet, choice.chosen.get(facet.name)));
    const ofSets = facets.map((facet) => new Uint32Array(facet.sets.length));
    const fits = new Uint8Array(data.date.length);
    for (let finding = 0; finding < fits.length; finding += 1) {
      if (isFound && !isFound[finding]) continue;
      const failed = [];
      for (let at = 0; at < facets.length && failed.length < 2; at += 1) {
        if (passes[at] && !passes[at][facets[at].of[finding]]) failed.push(at);
      }
      if (failed.length === 1) ofSets[failed[0]][facets[failed[0]].of[finding]] += 1;
      if (failed.length) continue;
      fits[finding] = 1;
      for (let at = 0; at < facets.length; at += 1) ofSets[at][facets[at].of[finding]] += 1;
    }
    const counts = facets.map(({ values, sets }, at) => {
      const ofValues = values.map(() => 0);
      sets.forEach((set, index) => set.forEach((place) => (ofValues[place] += ofSets[at][index])));
      return ofValues;
    });
    return { fits, counts };
  };

  const ORDERS = {
    body: () => (one, other) => one - other,
    date: (data) => (one, other) => data.date[other] - data.date[one],
    silence: (data) => {
      const rank = (finding) => {
        const since = data.silent[finding];
        if (since === NONE) return data.dates.length + 2;
        return since || data.dates.length + 1;
      };
      return (one, other) => rank(one) - rank(other);
    },
  };

  // A table as RFC 4180 has it; a spreadsheet takes no cell of it for a formula.
  const csv = (lines) => {
    const harmless = (text) => (/^[=+\-@\t\r]/.test(text) ? `'${text}` : text);
    const quoted = (text) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);
    return lines.map((cells) => `${cells.map((text) => quoted(harmless(text))).join(",")}\r\n`).join("");
  };

  const texts = (table) => taking.get(document.currentScript)(table);
  return { NONE, ORDERS, choose, csv, rowsOf, texts, unpack };
})();
