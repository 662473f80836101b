// On every page: says how long ago things were, and copies what is offered to be copied.
(() => {
  "use strict";

  // How long ago, in days, as days_in_words of the build says it

  const DAY = 24 * 60 * 60 * 1000;

  const span = (iso) => {
    const [year, month, day] = iso.split("-").map(Number);
    if (day) return [Date.UTC(year, month - 1, day), Date.UTC(year, month - 1, day)];
    if (month) return [Date.UTC(year, month - 1, 1), Date.UTC(year, month, 0)];
    return [Date.UTC(year, 0, 1), Date.UTC(year, 11, 31)];
  };

  const daysSince = (iso, now = new Date()) => {
    const today = Date.UTC(now.getFullYear(), now.getMonth(), now.getDate());
    const [first, last] = span(iso);
    if (first > today) return "";
    const most = (today - first) / DAY;
    const least = Math.max(0, (today - last) / DAY);
    const number = (days) => days.toLocaleString("en-GB");
    return `${least === most ? number(most) : `${number(least)} to ${number(most)}`} ${most === 1 ? "day" : "days"}`;
  };

  for (const age of document.querySelectorAll(".age[data-since]")) {
    const days = daysSince(age.dataset.since);
    if (days) age.textContent = ` (${days})`;
  }

  // Copying: a button names an address, or the element whose text is copied. What came of it is
  // told in one place. Where the browser refuses, the text stands selected for the reader to copy.

  const told = document.createElement("p");
  told.className = "told";
  told.setAttribute("role", "status");
  document.body.append(told);
  let forgetting;

  const tell = (words, then) => {
    clearTimeout(forgetting);
    told.replaceChildren();
    // Said anew, because the same words in their old place are not read aloud again.
    setTimeout(() => {
      told.replaceChildren(...words);
      then();
    }, 50);
  };

  // A page with a form keeps in its address what was chosen; that belongs to the link to the page.
  const addressOf = (button) => {
    const url = new URL(button.dataset.copy, document.baseURI);
    if (button.closest(".tools") && document.querySelector("main form")) url.search = location.search;
    return url.href;
  };

  // What is told of a selection stands until the reader leaves it or goes on.
  const offer = (shown) => {
    getSelection().selectAllChildren(shown);
    const over = new AbortController();
    const forget = () => {
      over.abort();
      told.replaceChildren();
    };
    const listen = (event, is) => document.addEventListener(event, (e) => is(e) && forget(), over);
    listen("selectionchange", () => getSelection().isCollapsed);
    listen("keydown", ({ key }) => key === "Escape" || key === "Tab");
  };

  const copy = async (button) => {
    const from = document.getElementById(button.dataset.copyFrom);
    const text = from ? from.textContent : addressOf(button);
    try {
      await navigator.clipboard.writeText(text);
      tell(["Copied."], () => { forgetting = setTimeout(() => told.replaceChildren(), 5000); });
    } catch {
      const address = document.createElement("span");
      address.textContent = text;
      const words = from
        ? ["This browser did not let us copy. The text is selected for you to copy."]
        : ["This browser did not let us copy. The address is selected for you to copy: ", address];
      tell(words, () => offer(from ?? address));
    }
  };

  for (const button of document.querySelectorAll("[data-copy], [data-copy-from]")) {
    button.hidden = false;
    button.addEventListener("click", () => copy(button));
  }

  // Search: "/" goes to the box; what searches is fetched when somebody is about to search, and not
  // in a copy that is opened from a folder, where nothing can be fetched

  const box = document.querySelector("form[role=search] [name=q]");
  const WRITING = "input:not([type=checkbox]), textarea, select, [contenteditable]";
  const isWriting = ({ target }) => target.matches(WRITING);

  const canSearch = location.protocol !== "file:";
  const fetchSearch = () => { if (canSearch) import("./search.js"); };

  document.addEventListener("keydown", (event) => {
    if (event.key !== "/" || event.ctrlKey || event.metaKey || event.altKey || isWriting(event)) return;
    event.preventDefault();
    box?.focus();
  });
  // Browsers would take the words away and stay.
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape" || event.target !== box || event.defaultPrevented) return;
    event.preventDefault();
    box.blur();
  });
  box?.addEventListener("focus", fetchSearch, { once: true });
  if (box?.form.matches(".searching") && canSearch) {
    box.form.hidden = false;
    fetchSearch();
  }

  window.peelsite = { daysSince };
})();
