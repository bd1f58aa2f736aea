// The one script. It makes leaving quicker and keeps steps out of the history; without it every page works.
// It stores nothing, sends no event, and asks no address but those that a link or form of the page names.
"use strict";
(() => {
  const root = document.documentElement;
  const flat = root.dataset.flat; // undefined: links add steps; "site": hide all; "page": only inside this site
  const LEAVE_WITHIN = 5000; // milliseconds for three presses of Shift
  let presses = [];
  let alone = false;

  // First nothing is seen, even offline; then the neutral page takes this page's place in the history.
  function leave(address) {
    if (window.speechSynthesis) speechSynthesis.cancel();
    document.title = "";
    root.replaceChildren();
    location.replace(address);
  }

  function exitAddress() {
    const link = document.querySelector("[data-exit]");
    return link ? link.href : "/exit";
  }

  // Only a Shift that is pressed and let go by itself counts: no capital, no shortcut, no marking with the mouse.
  addEventListener("keydown", (event) => {
    if (event.key !== "Shift") {
      alone = false;
      presses = [];
    } else if (!event.repeat) {
      alone = !(event.ctrlKey || event.altKey || event.metaKey || event.isComposing);
    }
  }, true);
  addEventListener("pointerdown", () => { alone = false; presses = []; }, true);
  addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || !alone) return;
    alone = false;
    presses = [...presses, event.timeStamp].slice(-3);
    if (presses.length === 3 && event.timeStamp - presses[0] <= LEAVE_WITHIN) leave(exitAddress());
  }, true);

  // Reading aloud has a script of its own, fetched only where a page offers it and the browser can speak.
  const aloud = document.querySelector("[data-aloud]");
  if (aloud && window.speechSynthesis) {
    const script = document.createElement("script");
    script.src = aloud.dataset.aloud;
    document.head.append(script);
  }

  // A link in a picture (SVG) keeps its address and target in objects.
  const words = (value) => (value && value.baseVal !== undefined ? value.baseVal : value);

  function opensHere(event, link) {
    return !event.defaultPrevented && event.button === 0 && !words(link.target) && !link.hasAttribute("download") &&
      !(event.ctrlKey || event.metaKey || event.shiftKey || event.altKey);
  }

  function staysHere(url) {
    return url.origin === location.origin || (flat === "site" && /^https?:$/.test(url.protocol));
  }

  addEventListener("click", (event) => {
    const link = event.target.closest ? event.target.closest("a[href]") : null;
    if (!link || !opensHere(event, link)) return;
    const address = new URL(words(link.href), location);
    if (link.hasAttribute("data-exit")) {
      event.preventDefault();
      leave(link.href);
    } else if (link.hasAttribute("data-replace") || (flat && staysHere(address))) {
      event.preventDefault();
      location.replace(address);
    }
  });

  // A form of a flat page: the server names the page of the answer, and that page takes this one's place.
  // Whatever goes wrong, the browser sends the form as if there were no script.
  function sendFlat(form, fields) {
    if (form.method === "get") {
      const url = new URL(form.action);
      new URLSearchParams(url.search).forEach((value, name) => fields.has(name) || fields.append(name, value));
      url.search = fields;
      location.replace(url);
      return;
    }
    fetch(form.action, { method: "POST", body: fields, headers: { "X-Flat": "1" }, credentials: "omit" })
      .then((answer) => (answer.headers.get("X-Flat") ? answer.text() : Promise.reject()))
      .then((address) => location.replace(address))
      .catch(() => form.submit());
  }

  addEventListener("submit", (event) => {
    const form = event.target;
    if (!flat || event.defaultPrevented || form.target || form.enctype === "multipart/form-data") return;
    if (new URL(form.action).origin !== location.origin) return;
    event.preventDefault();
    const fields = new URLSearchParams(new FormData(form));
    const button = event.submitter;
    if (button && button.name) fields.append(button.name, button.value);
    sendFlat(form, fields);
  });
})();
