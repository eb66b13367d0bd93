// Improves pages that already work without it. No inline code: everything is found by data attributes.
(function () {
  "use strict";

  function copyText(button) {
    var said = button.querySelector("[data-copy-label]");
    navigator.clipboard.writeText(button.dataset.copy).then(function () {
      var before = said.textContent;
      said.textContent = button.dataset.copied;
      button.classList.add("copied");
      window.setTimeout(function () {
        said.textContent = before;
        button.classList.remove("copied");
      }, 2500);
    });
  }

  function openDialog(event, opener) {
    var dialog = document.getElementById(opener.dataset.dialog);
    if (dialog && dialog.showModal) {
      event.preventDefault();
      dialog.showModal();
    }
  }

  document.addEventListener("click", function (event) {
    var target = event.target.closest("[data-copy], [data-dialog], [data-dialog-close], [data-print]");
    if (!target) return;
    if (target.hasAttribute("data-copy")) copyText(target);
    else if (target.hasAttribute("data-dialog")) openDialog(event, target);
    else if (target.hasAttribute("data-print")) window.print();
    else {
      event.preventDefault();
      target.closest("dialog").close();
    }
  });

  document.addEventListener("click", function (event) {
    document.querySelectorAll(".site-account details[open]").forEach(function (menu) {
      if (!menu.contains(event.target)) menu.removeAttribute("open");
    });
  });

  document.addEventListener("keydown", function (event) {
    if (event.key !== "Escape") return;
    document.querySelectorAll(".site-account details[open]").forEach(function (menu) {
      menu.removeAttribute("open");
      menu.querySelector("summary").focus();
    });
  });

  // A form is sent once, however often its button is pressed.
  document.addEventListener("submit", function (event) {
    var form = event.target;
    if (form.dataset.sent) event.preventDefault();
    else if (form.hasAttribute("data-once")) form.dataset.sent = "yes";
  });

  function start() {
    document.querySelectorAll("[data-copy], [data-print]").forEach(function (button) {
      button.hidden = false;
    });
    var summary = document.querySelector(".error-summary");
    if (summary) summary.focus();
  }

  if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", start);
  else start();
})();
