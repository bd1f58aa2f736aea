// Reads a page aloud on request, with a voice that the device itself has (R77). The first script fetches this one,
// only where a page offers it. Without such a voice for the page's language there is no button.
"use strict";
(() => {
  const box = document.querySelector("[data-aloud]");
  const speech = window.speechSynthesis;
  const button = box && box.querySelector("button");
  if (!button || !speech || !window.SpeechSynthesisUtterance) return;
  const label = button.querySelector("span");
  const read = label.textContent;
  const PARTS = "h1, h2, h3, p, li, dt, dd, summary, .dial";
  const SILENT = "[hidden], .hidden, nav, form, .tools, .tell, .back, .plain, details:not([open]) > :not(summary)";
  const CLOSE = { "sr-Latn": ["hr", "bs"], bs: ["hr", "sr"] }; // these read the same letters in the same way
  let queue = [];

  function base(tag) { return tag.toLowerCase().split(/[-_]/)[0]; }

  // A voice that is no service of the device would send the page's words to somebody else's computer.
  function voiceFor(tag) {
    const own = speech.getVoices().filter((voice) => voice.localService);
    const names = [base(tag), ...(CLOSE[tag] || [])];
    return names.map((name) => own.find((voice) => base(voice.lang) === name)).find(Boolean);
  }

  function languageOf(element) { return element.closest("[lang]").lang; }

  // Numbers to call are spoken digit by digit, as number words.
  function wordsOf(element) {
    const copy = element.cloneNode(true);
    copy.querySelectorAll(SILENT).forEach((silent) => silent.remove());
    copy.querySelectorAll(".number").forEach((number) => {
      number.textContent = ` ${number.textContent.replace(/[^+\d]/g, "").split("").join(" ")}, `;
    });
    return copy.textContent.replace(/\s+/g, " ").trim();
  }

  function parts() {
    const all = [...document.querySelectorAll(PARTS)].filter((part) => part.closest("main article"));
    return all.filter((part) => !part.closest(SILENT) && !part.querySelector(PARTS));
  }

  function mark(part) {
    document.querySelectorAll("[data-spoken]").forEach((old) => old.removeAttribute("data-spoken"));
    if (part) {
      part.setAttribute("data-spoken", "");
      part.scrollIntoView({ block: "nearest" });
    }
  }

  function stop() {
    queue = [];
    speech.cancel();
    mark(null);
    label.textContent = read;
  }

  function next() {
    const part = queue.shift();
    if (!part) return stop();
    const words = wordsOf(part);
    const voice = voiceFor(languageOf(part));
    if (!words || !voice) return next();
    const spoken = new SpeechSynthesisUtterance(words);
    spoken.voice = voice;
    spoken.lang = voice.lang;
    spoken.rate = 0.9;
    const now = queue;
    spoken.onend = () => { if (now === queue) next(); };
    spoken.onerror = () => { if (now === queue) stop(); };
    mark(part);
    speech.speak(spoken);
  }

  button.addEventListener("click", () => {
    if (label.textContent !== read) return stop();
    speech.cancel();
    queue = parts();
    label.textContent = button.dataset.stop;
    next();
  });
  addEventListener("pagehide", stop);
  document.addEventListener("visibilitychange", () => { if (document.hidden) stop(); });

  function offer() { box.hidden = !voiceFor(languageOf(document.querySelector("main"))); }
  offer();
  if (speech.addEventListener) speech.addEventListener("voiceschanged", offer);
})();
