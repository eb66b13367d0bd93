// Uploads chosen files at once, with progress, retry and cancel. Without it they travel with the form.
(function () {
  "use strict";

  var form = document.querySelector("form[data-upload]");
  if (!form || !window.FormData || !window.XMLHttpRequest) return;
  var PAUSES = [1, 3, 9];

  function say(word, facts) {
    return Object.keys(facts || {}).reduce(function (text, key) {
      return text.replace("{" + key + "}", facts[key]);
    }, form.dataset[word] || "");
  }

  function element(tag, className, text) {
    var made = document.createElement(tag);
    if (className) made.className = className;
    if (text) made.textContent = text;
    return made;
  }

  function button(text, act) {
    var made = element("button", "btn btn-link btn-sm", text);
    made.type = "button";
    made.addEventListener("click", act);
    return made;
  }

  function listOf(field) {
    var list = field.querySelector("ul.files");
    if (!list) {
      list = element("ul", "files");
      field.insertBefore(list, field.firstChild);
    }
    return list;
  }

  // One file on its way. The row shows where it is; leaving the page does not lose the rest of the form.
  function Upload(field, file) {
    this.field = field;
    this.file = file;
    this.attempt = 0;
    this.row = element("li", "uploading");
    this.row.setAttribute("role", "status");
    this.text = element("span", "name");
    this.bar = element("progress");
    this.bar.max = 100;
    this.bar.setAttribute("aria-label", file.name);
    this.row.append(this.text, this.bar);
    listOf(field).append(this.row);
  }

  Upload.prototype.facts = function (more) {
    return Object.assign({ name: this.file.name }, more);
  };

  Upload.prototype.tell = function (word, more, actions) {
    this.text.textContent = say(word, this.facts(more));
    this.row.querySelectorAll("button").forEach(function (each) { each.remove(); });
    this.row.append.apply(this.row, actions || []);
  };

  Upload.prototype.cancelButton = function () {
    var self = this;
    return button(say("sayCancel"), function () {
      self.cancelled = true;
      window.clearTimeout(self.timer);
      if (self.request) self.request.abort();
      self.bar.remove();
      self.tell("sayCancelled");
    });
  };

  Upload.prototype.start = function () {
    var self = this;
    var data = new FormData();
    data.append("file", this.file);
    data.append("kind", form.dataset.kind || "");
    data.append("section", this.field.dataset.section || "");
    data.append("field", this.field.dataset.attachments);
    var request = (this.request = new XMLHttpRequest());
    request.open("POST", form.dataset.upload);
    request.setRequestHeader("Accept", "application/json");
    request.setRequestHeader("X-CSRFToken", form.querySelector("[name=csrfmiddlewaretoken]").value);
    request.upload.addEventListener("progress", function (event) {
      if (!event.lengthComputable || self.cancelled) return;
      var percent = Math.round((100 * event.loaded) / event.total);
      self.bar.value = percent;
      if (percent < 100) self.text.textContent = say("sayUploading", self.facts({ percent: percent }));
      else self.text.textContent = say("sayChecking", self.facts());
    });
    request.addEventListener("load", function () { self.answered(request); });
    request.addEventListener("error", function () { self.broken(); });
    request.addEventListener("timeout", function () { self.broken(); });
    this.tell("sayUploading", { percent: 0 }, [this.cancelButton()]);
    request.send(data);
  };

  Upload.prototype.answered = function (request) {
    var answer = null;
    try { answer = JSON.parse(request.responseText); } catch (error) { /* a page: signed out, or the server is away */ }
    if (request.status === 201 && answer) this.keep(answer);
    else if (request.status === 422 && answer) this.refuse(answer.message);
    else this.broken();
  };

  Upload.prototype.broken = function () {
    var self = this;
    if (this.cancelled) return;
    var pause = PAUSES[this.attempt];
    this.attempt += 1;
    if (pause) {
      this.tell("sayAgain", { seconds: pause }, [this.cancelButton()]);
      this.timer = window.setTimeout(function () { self.start(); }, pause * 1000);
      return;
    }
    this.attempt = 0;
    this.tell("sayBroken", {}, [button(say("sayRetry"), function () { self.start(); }), this.cancelButton()]);
  };

  Upload.prototype.refuse = function (message) {
    this.bar.remove();
    this.tell("sayCancelled");
    this.row.setAttribute("role", "alert");
    this.row.className = "text-danger";
    this.text.textContent = message;
  };

  Upload.prototype.keep = function (answer) {
    var label = element("label", "attachment-kept");
    var box = element("input", "form-check-input");
    box.type = "checkbox";
    box.name = this.field.dataset.attachments;
    box.value = answer.attachment;
    box.checked = true;
    label.append(box, " ", element("span", "visually-hidden", say("sayKeep")));
    var name = element("span", "name");
    if (answer.url) {
      var link = element("a", "", answer.name);
      link.href = answer.url;
      name.append(link);
    } else {
      name.textContent = answer.name;
    }
    if (!this.field.querySelector("input[type=file]").multiple) this.replace();
    this.row.className = "";
    this.row.replaceChildren(label, name, element("span", "visually-hidden", say("sayUploaded", this.facts())));
    box.dispatchEvent(new Event("change", { bubbles: true }));
  };

  // Where one file is taken, the new one stands in the place of the old.
  Upload.prototype.replace = function () {
    var row = this.row;
    Array.prototype.slice.call(listOf(this.field).children).forEach(function (each) { if (each !== row) each.remove(); });
  };

  form.addEventListener("change", function (event) {
    var input = event.target;
    if (input.type !== "file") return;
    var field = input.closest("[data-attachments]");
    if (!field) return;
    Array.prototype.slice.call(input.files).forEach(function (file) { new Upload(field, file).start(); });
    input.value = ""; // it is on its way; the form must not send it a second time
  });
})();
