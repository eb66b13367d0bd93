// Makes the desk quicker; every page works without it.
(() => {
  const form = document.querySelector("#finding-form form");
  if (form) {
    const field = (name) => form.querySelector(`[name="${name}"]`);
    document.addEventListener("click", (event) => {
      const raise = event.target.closest("a[data-at]");
      if (raise) {
        event.preventDefault();
        document.querySelectorAll(".cell.is-at").forEach((cell) => cell.classList.remove("is-at"));
        raise.closest(".cell").classList.add("is-at");
        field("path").value = raise.dataset.at;
        form.querySelector("[data-place]").textContent = raise.dataset.label;
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
