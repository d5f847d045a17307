// Every page works without this file. It saves drafts while you type, looks for earlier records while
// a name is typed, and gives the booking desk one-letter keys.
"use strict";

function send(url, form, extra) {
  return fetch(url, Object.assign({ method: "POST", body: new FormData(form), credentials: "same-origin" }, extra));
}

function later(wait, deed) {
  let timer;
  return () => { clearTimeout(timer); timer = setTimeout(deed, wait); };
}

function autosave(form) {
  const told = form.querySelector("[data-saved]");
  const version = form.querySelector("[name=version]");
  let dirty = false, busy = false, stopped = false;
  async function save(leaving) {
    if (!dirty || busy || stopped) return;
    busy = true; dirty = false;
    try {
      const answer = await send(form.dataset.autosave, form, leaving ? { keepalive: true } : {});
      if (answer.status === 409) {
        stopped = true;
        told.textContent = "Someone else changed this. Your words are kept here: copy them, then reload the page.";
      } else if (answer.ok && !answer.redirected) {
        version.value = (await answer.json()).version;
        told.textContent = "Saved as a draft at " + new Date().toLocaleTimeString("en-GB", { hour: "2-digit", minute: "2-digit" });
      } else if (answer.status > 400 && answer.status < 500) {
        stopped = true;
        told.textContent = "Not saved: it was refused. Your words are kept here: copy them, then reload the page to see why.";
      } else if (answer.redirected || answer.status === 400) {
        stopped = true;
        told.textContent = "Not saved: you were signed out, or signed in again in another window. Press Save: your words are kept, and you can send them after you have signed in.";
      } else throw new Error(answer.status);
    } catch {
      dirty = true;
      told.textContent = "Not saved: no connection. We keep trying.";
      setTimeout(soon, 5000);
    }
    busy = false;
    if (dirty) soon();
  }
  const soon = later(2000, () => save(false));
  form.addEventListener("input", () => { dirty = true; soon(); });
  form.addEventListener("submit", () => { stopped = true; });
  addEventListener("pagehide", () => save(true));
}

// What is typed at the desk is kept a moment later, for its writer alone, until it is saved.
function draft(form) {
  const told = form.querySelector("[data-saved]");
  let dirty = false;
  async function keep(leaving) {
    if (!dirty || form.dataset.sent) return;
    dirty = false;
    const body = new FormData(form);
    body.set("draft_of", location.pathname);
    const answer = await send(form.dataset.draft, form, { body, keepalive: leaving }).catch(() => null);
    const kept = answer && answer.ok && !answer.redirected;
    told.textContent = kept ? "Kept as a draft" : "Not kept: save it yourself";
    if (!answer) { dirty = true; soon(); }
  }
  const soon = later(1500, () => keep(false));
  form.addEventListener("input", () => { dirty = true; soon(); });
  addEventListener("pagehide", () => keep(true));
}

// Suggestions come while a name is typed. They never hold the typing up and never take the focus: only
// an arrow key goes to them, and only an arrow key, Space or a click chooses.
function likely(form) {
  const place = document.getElementById("likely");
  const told = document.getElementById("likely-told");
  const names = ["surname", "forename", "date_of_birth", "about_age", "postcode", "phone", "number", "s_number", "naming"];
  const boxes = () => [...place.querySelectorAll("[name=same_as]")];
  let last = "", asked = 0;
  function show(html) {
    const before = boxes().find((box) => box.checked);
    const shown = place.querySelector("[name=shown]");
    if (place.contains(document.activeElement)) return;
    place.innerHTML = html;
    const now = place.querySelector("[name=shown]");
    if ((now && now.value) === (shown && shown.value) || (before && before.value !== "new")) {
      const same = before && boxes().find((box) => box.value === before.value);
      if (same) same.checked = true;
    }
    const number = boxes().length - 1;
    told.textContent = number < 1 ? "" : (number === 1 ? "1 person" : number + " people") + " may be this one. Down arrow to choose.";
  }
  const look = later(300, async () => {
    const typed = names.map((name) => form.elements[name].value.trim());
    if (typed.join("\n") === last) return;
    last = typed.join("\n");
    const mine = ++asked;
    if (form.elements.naming.value === "full" && (!typed[0] || !typed[1])) return show("");
    const answer = await send(form.dataset.likely, form).catch(() => null);
    const html = answer && answer.ok && !answer.redirected ? await answer.text() : null;
    if (html !== null && mine === asked) show(html);
  });
  form.addEventListener("input", (event) => { if (names.includes(event.target.name)) look(); });
  if (form.elements.surname.value) look();
  document.addEventListener("keydown", (event) => {
    const choices = boxes();
    if (!choices.length || turned() || event.altKey || event.ctrlKey || event.metaKey) return;
    if (/^(select-one|radio|checkbox)$/.test(event.target.type || "") && event.target.name !== "same_as") return;
    const here = choices.indexOf(document.activeElement);
    const goes = { ArrowDown: here + 1, ArrowUp: here < 0 ? choices.length - 1 : here - 1, Escape: choices.length - 1 }[event.key];
    if (goes === undefined) return;
    const box = choices[(goes + choices.length) % choices.length];
    box.checked = true;
    box.focus();
    event.preventDefault();
  });
}

// The words that a service would be told follow what is ticked, and so does what a save sends.
function told(form) {
  let asked = 0;
  const heeds = form.elements.service
    ? () => form.querySelector("[name=service]:checked:not([value=nobody])")
    : (field) => /^needs_/.test(field.name);
  const look = later(200, async () => {
    const mine = ++asked, body = new FormData(form);
    body.set("look", "told");
    const answer = await send(location.href, form, { body }).catch(() => null);
    if (!answer || answer.redirected || ![200, 422].includes(answer.status) || mine !== asked) return;
    const page = new DOMParser().parseFromString(await answer.text(), "text/html");
    form.querySelectorAll(form.elements.service ? "[data-fresh]" : ".app-told").forEach((place) => {
      const now = page.getElementById(place.id);
      if (now) place.replaceWith(now);
    });
  });
  form.addEventListener("change", (event) => { if (heeds(event.target)) look(); });
}

// Services stand under the first of the needs that are ticked; those that are there for none are not
// shown, unless nothing is ticked. The key stands on the first that is seen.
function forNeeds(form) {
  const groups = [...form.querySelectorAll("[data-need]")];
  const choices = [...form.querySelectorAll("[data-needs]")].map((one) => ({ one, home: one.parentElement }));
  const first = form.querySelector("[data-needs] kbd");
  function place() {
    const ticked = [...form.querySelectorAll("[name=needs]:checked")].map((box) => box.value);
    const open = groups.filter((group) => ticked.includes(group.dataset.need));
    for (const { one, home } of choices) {
      const needs = one.dataset.needs.split(" ");
      const under = open.find((group) => needs.includes(group.dataset.need));
      (under ? under.querySelector(".app-seg__row") : home).append(one);
      one.hidden = !under && open.length > 0 && !one.firstElementChild.checked;
    }
    for (const group of groups) group.hidden = !group.querySelector("[data-needs]:not([hidden])");
    const keyed = form.querySelector("[data-need]:not([hidden]) [data-needs]:not([hidden])");
    for (const { one } of choices) one.firstElementChild.removeAttribute("aria-keyshortcuts");
    if (!keyed) return;
    keyed.firstElementChild.setAttribute("aria-keyshortcuts", "G");
    keyed.lastElementChild.prepend(first);
  }
  form.addEventListener("change", (event) => { if (event.target.name === "needs") place(); });
  form.querySelectorAll("[data-look]").forEach((button) => { button.hidden = true; });
  place();
}

function once(form) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
    setTimeout(() => { delete form.dataset.sent; }, 3000);
  });
}

// A key stands once, on the thing that it presses; Caps Lock and Shift make no difference. It acts from
// anywhere but a field in which one types: in the group where the hand is, else in the next open question.
const TYPED = /^(text|tel|email|search|number|password|textarea|select-one)$/;
const turned = () => "popover" in HTMLElement.prototype && document.querySelector(":popover-open");
const seen = (thing) => thing.getClientRects().length > 0;
const group = (thing) => thing.closest("fieldset");
const answered = (thing) => group(thing) && group(thing).querySelector("input:checked");
const follows = (thing, other) => thing.compareDocumentPosition(other) & Node.DOCUMENT_POSITION_FOLLOWING;
function shortcuts() {
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || event.defaultPrevented) return;
    const always = /^F[0-9]+$/.test(event.key);
    if (!always && (turned() || TYPED.test(event.target.type || ""))) return;
    const here = event.target, key = CSS.escape(event.key.toUpperCase());
    const found = [...document.querySelectorAll(`[aria-keyshortcuts="${key}"]`)].filter(seen);
    const hit = found.find((thing) => group(thing) && group(thing) === group(here))
      || found.find((thing) => follows(here, thing) && !answered(thing)) || found[0];
    if (!hit) return;
    event.preventDefault();
    if (hit.tagName === "AUDIO") return void (hit.paused ? hit.play() : hit.pause());
    hit.click();
    if (hit.tagName === "INPUT") (hit.type === "radio" && onward(hit) || hit).focus();
  });
}

// Where the hand goes after an answer: the first empty line that it opened, else the next open question.
function onward(box) {
  const form = box.form;
  const lines = [...form.querySelectorAll(".app-if input")].filter((line) => TYPED.test(line.type) && seen(line));
  const open = lines.find((line) => follows(box, line) && !line.value && line.closest(".app-step") === box.closest(".app-step"));
  const asks = [...form.querySelectorAll("fieldset .app-opt input")].filter((other) => seen(other) && group(other) !== group(box));
  const next = asks.find((other) => follows(box, other) && !answered(other));
  return open && (!next || follows(open, next)) ? open : next;
}

// Enter saves, also where the hand is on nothing; with Ctrl it goes on to the next person.
function talk(form) {
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Enter" || event.altKey || event.metaKey || event.defaultPrevented) return;
    if (turned() || (!event.ctrlKey && event.target !== document.body)) return;
    event.preventDefault();
    form.querySelector(event.ctrlKey ? "[data-next]" : "[data-save]").click();
  });
}

// The number of a cell opens its row; where one number begins another, after a moment.
function cells(table) {
  const open = (cell) => {
    const row = [...table.querySelectorAll("[data-cell]")].find((mark) => mark.dataset.cell === cell);
    if (row) row.closest("tr").querySelector(".app-who").click();
  };
  let typed = "", timer;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || !/^[0-9]$/.test(event.key)) return;
    if (TYPED.test(event.target.type || "")) return;
    typed += event.key;
    clearTimeout(timer);
    const longer = [...table.querySelectorAll("[data-cell]")]
      .some((mark) => mark.dataset.cell !== typed && mark.dataset.cell.startsWith(typed));
    const go = () => { const cell = typed; typed = ""; open(cell); };
    if (longer) timer = setTimeout(go, 600); else go();
  });
}

// What is wrong is heard first: before a field that asks for the focus by itself gets it.
const summary = document.querySelector(".govuk-error-summary");
if (summary) { summary.tabIndex = -1; summary.focus(); }

const said = document.querySelector(".app-said");
if (said && !summary && !document.querySelector("[autofocus]")) said.focus();

// F9 hides the screen, also while one types: what stands in the page's own form goes along.
function lockable(lock) {
  lock.addEventListener("submit", () => {
    const own = [...document.querySelectorAll("main form[method=post]")]
      .find((form) => new URL(form.action).pathname === location.pathname);
    for (const [name, value] of own ? new FormData(own) : []) {
      if (name === "csrf_token" || typeof value !== "string") continue;
      lock.append(Object.assign(document.createElement("input"), { type: "hidden", name, value }));
    }
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== "F9") return;
    event.preventDefault();
    lock.requestSubmit();
  });
}

// Names are shown for a minute, and hide themselves.
document.querySelectorAll("a[data-after]").forEach((link) => setTimeout(() => link.click(), link.dataset.after * 1000));

// What is worked on is looked at again by itself for ten minutes, while somebody looks; then by a link.
function waits(shown) {
  let left = 300;
  const timer = setInterval(async () => {
    if (document.hidden) return;
    if (--left < 0) { clearInterval(timer); return; }
    const answer = await fetch(location.href, { credentials: "same-origin" }).catch(() => null);
    if (!answer) return;
    const page = answer.ok && !answer.redirected && new DOMParser().parseFromString(await answer.text(), "text/html");
    const now = page && page.querySelector("[data-waits]");
    if (!now) { clearInterval(timer); location.reload(); return; }
    if (now.innerHTML === shown.innerHTML) return;
    for (const part of ["#doing", "progress"]) {
      const [old, other] = [shown.querySelector(part), now.querySelector(part)];
      if (old && other) old.replaceWith(other);
      else if (other) shown.insertBefore(other, shown.lastElementChild);
      else if (old) old.remove();
    }
  }, 2000);
}

const lock = document.getElementById("lock");
if (lock) lockable(lock);
shortcuts();
document.querySelectorAll("[data-waits]").forEach(waits);
document.querySelectorAll("[data-cells]").forEach(cells);
document.querySelectorAll("form[method=post]").forEach(once);
document.querySelectorAll("form[data-autosave]").forEach(autosave);
document.querySelectorAll("form[data-draft]").forEach(draft);
document.querySelectorAll("form[data-likely]").forEach(likely);
document.querySelectorAll("form[data-talk]").forEach(talk);
document.querySelectorAll("form[data-told]").forEach(told);
document.querySelectorAll("form[data-talk][data-told]").forEach(forNeeds);
