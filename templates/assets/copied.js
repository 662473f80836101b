// Says what came of copying, in one place. Where the browser refused, the text stands selected for
// the reader to copy.
(() => {
  "use strict";

  const told = document.createElement("p");
  told.className = "told";
  told.setAttribute("role", "status");
  document.body.append(told);
  let forgetting;

  const say = (words, then) => {
    clearTimeout(forgetting);
    told.replaceChildren();
    // Said anew, because the same words in their old place are not read aloud again.
    setTimeout(() => {
      told.replaceChildren(...words);
      then();
    }, 50);
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

  // `done` is the copying; `from` is the element whose text it was, null for an address.
  window.peelsite.tell = async (done, text, from) => {
    try {
      await done;
      say(["Copied."], () => { forgetting = setTimeout(() => told.replaceChildren(), 5000); });
    } catch {
      const address = document.createElement("span");
      address.textContent = text;
      const words = from
        ? ["This browser did not let us copy. The text is selected for you to copy."]
        : ["This browser did not let us copy. The address is selected for you to copy: ", address];
      say(words, () => offer(from ?? address));
    }
  };
})();
