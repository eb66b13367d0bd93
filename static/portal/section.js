// Section pages: questions that follow answers, saving in the background, places found while typing.
(function () {
  "use strict";

  var form = document.getElementById("section-form");
  if (!form) return;
  var say = form.dataset;
  var line = form.querySelector("[data-save-line]");
  document.documentElement.classList.add("has-script");

  /* Questions that depend on an answer beside them. */

  function answersTo(name) {
    return Array.from(form.elements)
      .filter(function (input) {
        return input.name === name && (!/^(radio|checkbox)$/.test(input.type) || input.checked);
      })
      .map(function (input) { return input.value; });
  }

  function followAnswers() {
    form.querySelectorAll("[data-when]").forEach(function (place) {
      var wanted = place.dataset.whenValues.split(" ");
      place.hidden = !answersTo(place.dataset.when).some(function (each) { return wanted.includes(each); });
    });
  }

  /* How much still fits. */

  function count(input) {
    var most = Number(input.dataset.most);
    var counter = input.nextElementSibling;
    if (!counter || !counter.classList.contains("counter")) {
      counter = document.createElement("p");
      counter.className = "counter";
      input.after(counter);
    }
    var left = most - Array.from(input.value).length;
    counter.hidden = left > most * 0.2;
    counter.classList.toggle("is-over", left < 0);
    counter.textContent = (left < 0 ? say.sayOver : say.sayLeft).replace("{n}", Math.abs(left));
  }

  /* Saving in the background. */

  var version = form.elements.base_version;
  var key = "section:" + say.sectionKey;
  var dirty = 0;
  var saved = 0;
  var busy = false;
  var paused = false;
  var pause = 0;
  var timer = null;
  var left = false;

  function tell(text, isFailed) {
    line.textContent = text;
    line.classList.toggle("is-failed", Boolean(isFailed));
  }

  function offer(text, act) {
    var button = document.createElement("button");
    button.type = "button";
    button.className = "btn btn-link btn-sm";
    button.textContent = text;
    button.addEventListener("click", act);
    line.append(" ", button);
  }

  // What must not stay in the browser: files, and personal values, which are sealed by the button.
  function written() {
    var data = new FormData(form);
    form.querySelectorAll("[type=file], [data-sealed], [data-region-find]").forEach(function (input) {
      data.delete(input.name);
    });
    return data;
  }

  function keep() {
    var pairs = [];
    written().forEach(function (value, name) {
      if (name !== "csrfmiddlewaretoken" && typeof value === "string") pairs.push([name, value]);
    });
    try {
      window.localStorage.setItem(key, JSON.stringify({ version: version.value, pairs: pairs }));
    } catch (full) { /* A private window or a full store: the page itself still holds the text. */ }
  }

  function forget() {
    try { window.localStorage.removeItem(key); } catch (none) { /* nothing was kept */ }
  }

  function retry() {
    pause = Math.min(pause ? pause * 2 : 4000, 60000);
    window.clearTimeout(timer);
    timer = window.setTimeout(save, pause);
  }

  function showErrors(errors) {
    form.querySelectorAll("[data-path]").forEach(function (field) {
      var slot = field.querySelector("[data-errors]");
      if (!slot || field.contains(document.activeElement)) return;
      var message = errors[field.dataset.path];
      if (!message && !field.dataset.told) return;
      field.dataset.told = message ? "yes" : "";
      field.classList.toggle("has-error", Boolean(message));
      slot.replaceChildren();
      if (!message) return;
      var said = document.createElement("p");
      said.className = "field-error";
      said.textContent = message;
      slot.append(said);
    });
  }

  function accept(answer, mark) {
    pause = 0;
    saved = mark;
    if (answer.merged) {
      // The page does not show what others wrote; saving from it again would undo their work.
      paused = true;
      tell(say.sayMerged);
      offer(say.sayShow, function () { left = true; window.location.reload(); });
    } else {
      version.value = answer.version;
      tell(say.saySaved.replace("{time}", answer.saved_at));
    }
    if (dirty === mark) forget(); else plan();
    showErrors(answer.errors);
  }

  function sessionEnded() {
    tell(say.saySession, true);
    var link = document.createElement("a");
    link.href = say.signIn;
    link.target = "_blank";
    link.rel = "noopener";
    link.textContent = say.saySignIn;
    line.append(" ", link);
    retry();
  }

  function save() {
    window.clearTimeout(timer);
    if (busy || paused || left || dirty === saved) return;
    var mark = dirty;
    busy = true;
    keep();
    if (!pause) tell(say.saySaving);
    window.fetch(form.action, {
      method: "POST",
      body: written(),
      redirect: "manual",
      credentials: "same-origin",
      headers: { "X-Autosave": "1", Accept: "application/json" }
    }).then(function (response) {
      if (response.type === "opaqueredirect" || response.status === 401 || response.status === 403) return sessionEnded();
      if (response.status === 409) {
        return response.json().then(function (answer) {
          paused = true;
          tell(answer.conflict || answer.refused, true);
        });
      }
      if (!response.ok) throw new Error(String(response.status));
      return response.json().then(function (answer) { accept(answer, mark); });
    }).catch(function () {
      tell(say.sayFailed, true);
      retry();
    }).finally(function () { busy = false; });
  }

  function plan() {
    if (!("autosave" in say) || paused) return;
    window.clearTimeout(timer);
    timer = window.setTimeout(save, 2500);
  }

  function changed(event) {
    if (event.target.matches("[type=file], [data-region-find]")) return;
    followAnswers();
    if (event.target.dataset.most) count(event.target);
    dirty += 1;
    if (event.target.hasAttribute("data-sealed")) return;
    if (!busy) tell(say.sayUnsaved);
    plan();
  }

  /* A place found while its name is typed. */

  function showRegions(box, found) {
    var options = box.querySelector("[data-region-options]");
    Array.from(options.children).forEach(function (child) {
      if (!child.querySelector("input:checked") && child.type !== "hidden") child.remove();
    });
    found.forEach(function (place, at) {
      if (options.querySelector('input[value="' + place.code + '"][type=radio]')) return;
      var row = document.createElement("div");
      var input = document.createElement("input");
      var label = document.createElement("label");
      var number = document.createElement("span");
      row.className = "form-check";
      input.className = "form-check-input";
      input.type = "radio";
      input.name = box.dataset.region;
      input.value = place.code;
      input.id = "region-" + box.dataset.region + "-" + at;
      label.className = "form-check-label";
      label.htmlFor = input.id;
      label.textContent = place.name + " ";
      number.className = "muted nums";
      number.textContent = place.code;
      label.append(number);
      row.append(input, label);
      options.append(row);
    });
    if (!found.length) {
      var none = document.createElement("p");
      none.textContent = say.sayNone;
      options.append(none);
    }
  }

  form.querySelectorAll("[data-region]").forEach(function (box) {
    var input = box.querySelector("[data-region-find]");
    var wait = null;
    function search() {
      var text = input.value.trim();
      if (!text) return;
      window.fetch(say.regions + "?q=" + encodeURIComponent(text), { headers: { Accept: "application/json" } })
        .then(function (response) { return response.json(); })
        .then(function (answer) { if (input.value.trim() === text) showRegions(box, answer.regions); })
        .catch(function () { /* The button beside it still asks by a page of its own. */ });
    }
    input.addEventListener("input", function () {
      window.clearTimeout(wait);
      wait = window.setTimeout(search, 250);
    });
    box.addEventListener("change", function (event) {
      if (event.target.type === "radio") input.value = "";
    });
    box.querySelector("button").addEventListener("click", function (event) { event.preventDefault(); search(); });
    input.addEventListener("keydown", function (event) {
      if (event.key === "Enter") { event.preventDefault(); search(); }
    });
  });

  /* Text that an earlier visit kept because it had not reached the server. */

  function putBack(pairs) {
    var byName = {};
    pairs.forEach(function (pair) { (byName[pair[0]] = byName[pair[0]] || []).push(pair[1]); });
    Array.from(form.elements).forEach(function (input) {
      if (!input.name || input.type === "hidden" || input.type === "file" || input.type === "submit") return;
      var values = byName[input.name] || [];
      if (/^(radio|checkbox)$/.test(input.type)) input.checked = values.includes(input.value);
      else if (values.length) input.value = values[0];
    });
    followAnswers();
    dirty += 1;
    plan();
  }

  function plain(text) { return text.replace(/\s+/g, " ").trim(); }

  // Whether the page already shows a kept answer; items that are gone were removed on purpose.
  function isShown(pair) {
    var item = /-([a-z2-7]{6})-\w+$/.exec(pair[0]);
    if (/^(base_version|new-key)$|-keys$/.test(pair[0])) return true;
    if (item && !form.querySelector('input[value="' + item[1] + '"][name$="-keys"]')) return true;
    return answersTo(pair[0]).some(function (each) { return plain(each) === plain(pair[1]); });
  }

  function offerKept() {
    var kept = null;
    try { kept = JSON.parse(window.localStorage.getItem(key)); } catch (none) { /* nothing readable */ }
    if (!kept) return;
    if (kept.pairs.every(isShown)) { forget(); return; }
    tell(say.sayKept, true);
    offer(say.sayRestore, function () { version.value = kept.version; putBack(kept.pairs); });
    offer(say.sayDrop, function () { forget(); tell(""); });
  }

  function openTarget() {
    var target = window.location.hash && document.getElementById(window.location.hash.slice(1));
    if (!target) return;
    var card = target.closest("details");
    if (card) card.open = true;
    var input = target.querySelector("input:not([type=hidden]), select, textarea");
    if (input && target.matches(".field, .item-card")) input.focus({ preventScroll: true });
    target.scrollIntoView();
  }

  form.addEventListener("input", changed);
  form.addEventListener("change", function (event) {
    if (/^(radio|checkbox|select-one)$/.test(event.target.type)) changed(event);
  });
  form.addEventListener("submit", function () {
    if ("autosave" in say && dirty !== saved) keep();
    left = true;
  });
  window.addEventListener("beforeunload", function (event) {
    if (!left && dirty !== saved) event.preventDefault();
  });
  window.addEventListener("hashchange", openTarget);
  document.querySelectorAll(".error-summary a").forEach(function (link) {
    link.addEventListener("click", function (event) {
      var target = document.getElementById(link.hash.slice(1));
      var card = target && target.closest("details");
      if (card) card.open = true;
      var input = target && (target.matches(".field") ? target.querySelector("input, select, textarea") : target);
      if (input) { event.preventDefault(); input.focus(); }
    });
  });
  document.documentElement.classList.add("follows-answers");
  followAnswers();
  form.querySelectorAll("[data-most]").forEach(count);
  offerKept();
  openTarget();
})();
