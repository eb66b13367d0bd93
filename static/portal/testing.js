// One key for each verdict and each step of a technical test; every button works without it.
(() => {
  const fields = "input, textarea, select";
  document.addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey || event.isComposing) return;
    const at = event.target;
    if (at.matches(fields)) {
      if (event.key === "Escape") at.blur();
      return;
    }
    const key = event.key.toLowerCase();
    if (key === "a") {
      const answer = document.querySelector("#judging textarea");
      if (answer) {
        event.preventDefault();
        answer.focus();
      }
      return;
    }
    const step = { arrowleft: "p", arrowright: "n" }[key] || key;
    const wanted = /^[a-z0-9]$/.test(step) ? document.querySelector(`[data-key="${step}"]`) : null;
    if (wanted) {
      event.preventDefault();
      wanted.click();
    }
  });
})();
