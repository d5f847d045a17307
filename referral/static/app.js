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

function likely(form) {
  const place = document.getElementById("likely");
  let last = "";
  const look = later(400, async () => {
    const names = ["surname", "forename", "date_of_birth"].map((name) => form.elements[name].value.trim());
    if (!names[0] || !names[1] || names.join() === last) return;
    last = names.join();
    const answer = await send(form.dataset.likely, form).catch(() => null);
    if (answer && answer.ok && !answer.redirected) place.innerHTML = await answer.text();
  });
  form.addEventListener("input", (event) => {
    if (["surname", "forename", "date_of_birth"].includes(event.target.name)) look();
  });
}

function keys(form) {
  const answers = { a: "accepted", d: "declined", w: "not now", u: "not fit yet", x: "not asked" };
  const typing = /^(text|tel|email|search|number|datetime-local|textarea|select-one)$/;
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.altKey || event.metaKey || typing.test(event.target.type || "")) return;
    const box = answers[event.key]
      ? form.querySelector(`[name=answer][value="${answers[event.key]}"]`)
      : /^[1-5]$/.test(event.key) && form.querySelectorAll("[name=needs]")[event.key - 1];
    if (box) { box.click(); box.focus(); event.preventDefault(); }
  });
}

function once(form) {
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) event.preventDefault();
    form.dataset.sent = "yes";
    setTimeout(() => { delete form.dataset.sent; }, 3000);
  });
}

document.querySelectorAll("form[method=post]").forEach(once);
document.querySelectorAll("form[data-autosave]").forEach(autosave);
document.querySelectorAll("form[data-likely]").forEach(likely);
document.querySelectorAll("form[data-keys]").forEach(keys);
