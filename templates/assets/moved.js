// Leads from an address of before to the one of now, with the anchor, which a refresh would lose.
location.replace(document.querySelector("[data-moved]").href + location.hash);
