// How much of an article is its own, drawn as a bar. Patterns and an explanation in words stand
// beside the colours.

const PARTS = [
  ["own", "own text"],
  ["reused", "also in another article"],
  ["quoted", "also in another article, quoted"],
  ["around", "captions, credits, standing text"],
];

function partsOf(article) {
  const reporting = article.words ? article.reporting / article.words : 0;
  return {
    own: article.own * reporting,
    reused: Math.max(0, article.reused - article.quoted) * reporting,
    quoted: article.quoted * reporting,
    around: article.words ? 1 - reporting : 0,
  };
}

function bar(article) {
  const parts = partsOf(article);
  const said = PARTS.map(([key, name]) => `${percent(parts[key])} ${name}`).join(", ");
  const drawing = svg("svg.bar", { viewBox: "0 0 100 10", preserveAspectRatio: "none", role: "img", "aria-label": said });
  drawing.append(svg("title", {}, said));
  let x = 0;
  for (const [key] of PARTS) {
    const width = parts[key] * 100;
    if (width > 0) drawing.append(svg(`rect.part-${key}`, { x: x.toFixed(2), y: 0, width: width.toFixed(2), height: 10 }));
    x += width;
  }
  return drawing;
}

function barLegend() {
  return el("ul.legend", {}, PARTS.map(([key, name]) => el("li", {},
    svg("svg.swatch", { viewBox: "0 0 10 10", "aria-hidden": "true" }, svg(`rect.part-${key}`, { width: 10, height: 10 })),
    name)));
}
