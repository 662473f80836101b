// On every page: says how long ago things were, copies, and fetches what searches when it is wanted.
(() => {
  "use strict";

  const own = document.currentScript.src;
  const all = (selector, each) => document.querySelectorAll(selector).forEach(each);

  // How long ago, in days, as days_in_words of the build says it

  const span = (iso) => {
    const [year, month, day] = iso.split("-").map(Number);
    const date = (m, d) => Date.UTC(year, m, d) / 864e5;
    if (day) return [date(month - 1, day), date(month - 1, day)];
    return month ? [date(month - 1, 1), date(month, 0)] : [date(0, 1), date(11, 31)];
  };

  const daysSince = (iso, now = new Date()) => {
    const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate()) / 864e5;
    const [first, last] = span(iso);
    if (first > today) return "";
    const number = (days) => days.toLocaleString("en-GB");
    const most = today - first;
    const least = Math.max(0, today - last);
    return `${least === most ? "" : `${number(least)} to `}${number(most)} ${most === 1 ? "day" : "days"}`;
  };

  all(".age[data-since]", (age) => {
    const days = daysSince(age.dataset.since);
    if (days) age.textContent = ` (${days})`;
  });

  // Copying: the element that a button names, or the address of what it stands in, a finding or the
  // page, which is whole if the page knows its own. A script that is fetched tells what came of it.

  const textOf = (button, from) => {
    if (from) return from.textContent;
    const url = new URL(document.querySelector("link[rel=canonical]")?.href ?? location.href);
    url.hash = button.closest("article")?.id ?? "";
    // A page with a form keeps in its address what was chosen; that belongs to the link to the page.
    url.search = document.querySelector("main form") ? location.search : "";
    return url.href;
  };

  const copy = (button) => {
    const from = document.getElementById(button.dataset.copyFrom);
    const text = textOf(button, from);
    const done = new Promise((resolve) => { resolve(navigator.clipboard.writeText(text)); });
    const tell = () => window.peelsite.tell(done, text, from);
    if (window.peelsite.tell) { tell(); return; }
    done.catch(() => {});
    const script = document.createElement("script");
    script.src = new URL("copied.js", own);
    script.onload = tell;
    document.head.append(script);
  };

  all("[data-copy], [data-copy-from]", (button) => {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  });

  // Search: Ctrl+/ goes to the box, for one key alone would act when somebody speaks to the computer.
  // What searches is fetched when somebody is about to search, and not in a copy that is opened from
  // a folder, where nothing can be fetched

  const box = document.querySelector("form[role=search] [name=q]");
  const fetchSearch = () => { if (location.protocol !== "file:") import("./search.js"); };

  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    if (key === "/" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      box?.focus();
    }
    // Browsers would take the words away and stay.
    if (key === "Escape" && target === box && !event.defaultPrevented) {
      event.preventDefault();
      box.blur();
    }
  });
  box?.addEventListener("focus", fetchSearch, { once: true });
  if (box?.form.matches(".searching") && location.protocol !== "file:") {
    box.form.hidden = false;
    fetchSearch();
  }

  window.peelsite = { daysSince };
})();
