/* A filed model found while its name is typed; without this the button beside it asks by a page of its own. */
(function () {
  "use strict";
  document.querySelectorAll("[data-lookup]").forEach(function (box) {
    var form = box.closest("form");
    var field = box.dataset.lookup;
    var input = box.querySelector("[data-lookup-find]");
    var options = box.querySelector("[data-lookup-options]");
    var wait = null;

    function beside(name) { return form.elements[field.replace(/number$/, name)]; }

    function take(model) {
      form.elements[field].value = model.number;
      ["name", "supplier"].forEach(function (name) {
        var other = beside(name);
        if (other && !other.value.trim()) other.value = model[name];
      });
      input.value = "";
      form.elements[field].dispatchEvent(new Event("input", { bubbles: true }));
    }

    function show(models) {
      options.replaceChildren();
      models.forEach(function (model, at) {
        var row = document.createElement("div");
        var radio = document.createElement("input");
        var label = document.createElement("label");
        var number = document.createElement("span");
        row.className = "form-check";
        radio.className = "form-check-input";
        radio.type = "radio";
        radio.name = field + "-match";
        radio.value = model.number;
        radio.id = "lookup-" + field + "-" + at;
        label.className = "form-check-label";
        label.htmlFor = radio.id;
        label.textContent = model.name + " · " + model.supplier + " ";
        number.className = "muted nums";
        number.textContent = model.number + " " + model.standing;
        label.append(number);
        row.append(radio, label);
        radio.addEventListener("change", function () { take(model); });
        options.append(row);
      });
      if (!models.length) {
        var none = document.createElement("p");
        none.textContent = form.dataset.sayNoModel;
        options.append(none);
      }
    }

    function search() {
      var text = input.value.trim();
      if (!text) return;
      window.fetch(form.dataset.models + "?q=" + encodeURIComponent(text), { headers: { Accept: "application/json" } })
        .then(function (response) { return response.json(); })
        .then(function (answer) { if (input.value.trim() === text) show(answer.models); })
        .catch(function () { /* The button beside it still asks by a page of its own. */ });
    }

    input.addEventListener("input", function (event) {
      event.stopPropagation();
      window.clearTimeout(wait);
      wait = window.setTimeout(search, 250);
    });
    box.querySelector("button").addEventListener("click", function (event) { event.preventDefault(); search(); });
    input.addEventListener("keydown", function (event) {
      if (event.key === "Enter") { event.preventDefault(); search(); }
    });
  });
})();
