// Runs axe on the page, its rules of contrast on as many elements of each look as `most` says.
// `known` counts how often a look was judged on earlier pages. A look is all that contrast follows from:
// colour, size and weight of the letters, and every background, picture and opacity behind them; for a link
// in a text also its lines, and the look of that text.
async ([known, most]) => {
  const CONTRAST = "data-contrast-judged", LINK = "data-link-judged";
  const LAYERS = ["backgroundColor", "backgroundImage", "opacity", "filter", "mixBlendMode", "backdropFilter"];
  const PLAIN = ["rgba(0, 0, 0, 0)", "none", "1", "none", "normal", "none"];
  const LETTERS = ["color", "fontSize", "fontWeight", "textShadow", "webkitTextStroke"];
  const FLOATS = new Set(["absolute", "fixed", "sticky"]);
  const layers = new Map([[null, ""]]);

  function behind(element) {
    if (!layers.has(element)) {
      const style = getComputedStyle(element);
      const layer = LAYERS.map((name) => style[name]);
      const isPlain = layer.every((value, at) => value === PLAIN[at]) && !FLOATS.has(style.position);
      const own = isPlain ? "" : `${layer} ${style.position} <`;
      layers.set(element, own + behind(element.parentElement));
    }
    return layers.get(element);
  }

  function digest(text) {
    let high = 0xdeadbeef, low = 0x41c6ce57;
    for (let at = 0; at < text.length; at++) {
      high = Math.imul(high ^ text.charCodeAt(at), 2654435761);
      low = Math.imul(low ^ text.charCodeAt(at), 1597334677);
    }
    return `${(high >>> 0).toString(36)}${(low >>> 0).toString(36)}`;
  }

  const LINES = ["textDecorationLine", "textDecorationColor", "borderBottom", "outline", "fontStyle", "fontFamily"];

  function letters(element) {
    const style = getComputedStyle(element);
    return `${LETTERS.map((name) => style[name])} ${behind(element)}`;
  }

  function link(element) {
    const style = getComputedStyle(element);
    return `link ${LINES.map((name) => style[name])} ${letters(element)} in ${letters(element.parentElement)}`;
  }

  const says = (element) => [...element.childNodes].some((node) => node.nodeType === 3 && node.data.trim());
  const written = [...document.body.querySelectorAll("*")].filter(
    (element) => (element.matches("input, select, textarea, button") || says(element))
      && !element.closest(":disabled, [aria-disabled=true]") && element.checkVisibility({ visibilityProperty: true }),
  );
  const links = [...document.body.querySelectorAll("a[href]")].filter((element) => element.checkVisibility());
  const judged = {};

  function mark(elements, look, attribute, isJudged) {
    for (const element of elements) {
      const name = digest(look(element));
      if ((known[name] ?? 0) + (judged[name] ?? 0) < most && isJudged(element)) {
        judged[name] = (judged[name] ?? 0) + 1;
        element.setAttribute(attribute, "");
      }
    }
  }

  const { isVisibleOnScreen, isInTextBlock } = axe.commons.dom;
  axe.setup(document);
  mark(written, letters, CONTRAST, isVisibleOnScreen);
  mark(links, link, LINK, (element) => isVisibleOnScreen(element) && isInTextBlock(element));
  axe.teardown();
  axe.configure({
    rules: [
      { id: "color-contrast", selector: `[${CONTRAST}]` },
      { id: "link-in-text-block", selector: `[${LINK}]` },
    ],
  });
  const { violations } = await axe.run({ resultTypes: ["violations"] });
  for (const attribute of [CONTRAST, LINK]) {
    document.querySelectorAll(`[${attribute}]`).forEach((element) => element.removeAttribute(attribute));
  }
  const found = violations.map(
    ({ id, impact, help, nodes }) => ({ id, impact, help, nodes: nodes.slice(0, 5).map((node) => node.html.slice(0, 160)) }),
  );
  return [found, judged];
}
