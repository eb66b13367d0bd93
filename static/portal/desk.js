// Makes the desk quicker; every page works without it.
(() => {
  const form = document.querySelector("#finding-form form");
  if (form) {
    const field = (name) => form.querySelector(`[name="${name}"]`);
    document.addEventListener("click", (event) => {
      const raise = event.target.closest("a.raise");
      if (raise) {
        event.preventDefault();
        document.querySelectorAll(".cell.is-at").forEach((cell) => cell.classList.remove("is-at"));
        const cell = raise.closest(".cell");
        cell.classList.add("is-at");
        field("path").value = cell.id.slice("at-".length);
        form.querySelector("[data-place]").textContent = cell.querySelector("dt").firstChild.textContent;
        document.getElementById("finding-form").scrollIntoView({ block: "nearest" });
        field("text").focus();
      }
      const template = event.target.closest("a[data-text]");
      if (template) {
        event.preventDefault();
        field("severity").value = template.dataset.severity;
        field("legal_basis").value = template.dataset.basis;
        field("text").value = template.dataset.text;
        field("text").focus();
      }
    });
  }
  // A picture or a PDF opens beside the dossier; without a script it opens in a new tab.
  const preview = document.getElementById("preview");
  if (preview) {
    const frame = preview.querySelector("iframe");
    let opener = null;
    document.addEventListener("click", (event) => {
      const file = event.target.closest("a[data-preview]");
      if (!file || event.ctrlKey || event.metaKey || event.shiftKey) return;
      event.preventDefault();
      opener = file;
      frame.src = file.href;
      preview.hidden = false;
      preview.scrollIntoView({ block: "nearest" });
      preview.querySelector("button").focus();
    });
    preview.querySelector("button").addEventListener("click", () => {
      preview.hidden = true;
      frame.removeAttribute("src");
      opener?.focus();
    });
  }
  // F6 goes from pane to pane as in a desktop program; Ctrl+Enter sends the form one writes in.
  document.addEventListener("keydown", (event) => {
    if (event.key === "F6") {
      const panes = [...document.querySelectorAll(".pane, .bar")];
      if (!panes.length) return;
      event.preventDefault();
      const now = panes.findIndex((pane) => pane.contains(document.activeElement));
      const step = event.shiftKey ? panes.length - 1 : 1;
      const next = now < 0 ? (event.shiftKey ? panes.length - 1 : 0) : (now + step) % panes.length;
      panes[next].focus();
    }
    if (event.key === "Enter" && event.ctrlKey && event.target.form) {
      event.preventDefault();
      event.target.form.requestSubmit();
    }
  });
  // Only what belongs to the chosen proposal is asked for.
  const kinds = document.querySelectorAll('input[name="kind"]');
  const show = () => {
    const chosen = document.querySelector('input[name="kind"]:checked');
    document.querySelectorAll("[data-for]").forEach((part) => {
      part.hidden = Boolean(chosen) && !part.dataset.for.split(" ").includes(chosen.value);
    });
  };
  if (kinds.length) {
    kinds.forEach((kind) => kind.addEventListener("change", show));
    show();
  }
})();
