// Which outlets share text with which, and the share of agency copy in each.

const MATRIX = 24;

async function viewOutlets() {
  const core = await block("core");
  const rows = core.outlets;
  const busiest = [...rows].sort((x, y) => shared(y) - shared(x) || y.articles - x.articles).filter((row) => shared(row) > 0).slice(0, MATRIX);
  return {
    title: "Outlets",
    nodes: [
      el("p.intro", {}, "Pairs of articles with a reprint or partial relation, counted between outlets. A shared text may come from a third; only where direction is established does a figure say from whom."),
      el("section", {}, el("h2", {}, "Each outlet"), table(null, [
        { name: "Outlet", lead: true, cell: (row) => el("a", { href: `#/articles?outlet=${encodeURIComponent(row.name)}` }, words(row.name)) },
        { name: "Articles", figure: true, cell: (row) => number(row.articles) },
        { name: "Reprints", figure: true, cell: (row) => number(row.reprints) },
        { name: "Partial", figure: true, cell: (row) => number(row.partial) },
        { name: "Own text", figure: true, cell: (row) => percent(row.own_share) },
        { name: "Agency-feed reprints", figure: true, cell: (row) => number(row.flagged) },
        { name: "Share of its articles", figure: true, cell: (row) => percent(row.articles ? row.flagged / row.articles : 0) },
      ], rows)),
      busiest.length ? el("section", {}, el("h2", {}, "Who shares text with whom"),
        busiest.length === MATRIX ? el("p.quiet", {}, `The ${MATRIX} outlets with the most pairs.`) : null,
        graph(busiest), matrix(busiest)) : el("p", {}, "No two outlets share narrative text."),
    ],
  };
}

const shared = (row) => row.edges.reduce((sum, edge) => sum + edge.shares_text, 0);
const edgeBetween = (row, other) => row.edges.find((edge) => edge.outlet === other.name);

function matrix(rows) {
  const most = Math.max(...rows.flatMap((row) => row.edges.map((edge) => edge.shares_text)));
  const cell = (row, other) => {
    const edge = row === other ? null : edgeBetween(row, other);
    if (!edge) return el("td.empty", {}, row === other ? "–" : "");
    const grade = most < 4 ? Math.min(4, edge.shares_text) : 1 + Math.floor((3.999 * Math.log(edge.shares_text)) / Math.log(most));
    const href = `#/pairs?outlet=${encodeURIComponent(row.name)}&other=${encodeURIComponent(other.name)}`;
    const from = edge.from_other ? el("span.from", {}, `${number(edge.from_other)} from`) : null;
    return el(`td.grade-${grade}`, {}, el("a", { href, "aria-label": `${plain(row.name)} and ${plain(other.name)}: ${count(edge.shares_text, "pair")}, ${number(edge.from_other)} of them established to come from ${plain(other.name)}` }, number(edge.shares_text), from));
  };
  return el("div.scroll", { tabindex: 0, role: "region", "aria-label": "Matrix of outlets" },
    el("table.matrix", {},
      el("caption", {}, "Pairs of articles that share narrative text. Second line: how many of them are established to come from the outlet of the column."),
      el("thead", {}, el("tr", {}, el("td"), rows.map((row) => el("th", { scope: "col" }, el("span", {}, words(row.name)))))),
      el("tbody", {}, rows.map((row) => el("tr", {}, el("th", { scope: "row" }, words(row.name)), rows.map((other) => cell(row, other)))))));
}

// The same on a circle: a line for shared text, thicker for more; an arrow where direction is
// established for at least one pair.
function graph(rows) {
  const size = 520, centre = size / 2, radius = 205;
  const most = Math.max(...rows.flatMap((row) => row.edges.map((edge) => edge.shares_text)));
  const spot = (index) => {
    const angle = (index / rows.length) * 2 * Math.PI - Math.PI / 2;
    return { x: centre + radius * Math.cos(angle), y: centre + radius * Math.sin(angle), angle };
  };
  const lines = svg("g"), nodes = svg("g");
  rows.forEach((row, index) => rows.slice(index + 1).forEach((other, offset) => {
    const edge = edgeBetween(row, other);
    if (!edge) return;
    const back = edgeBetween(other, row)?.from_other ?? 0;
    const [from, to] = [spot(index), spot(index + 1 + offset)];
    const said = `${plain(row.name)} and ${plain(other.name)}: ${count(edge.shares_text, "pair")}; ${number(edge.from_other)} established from ${plain(other.name)}, ${number(back)} from ${plain(row.name)}`;
    const width = (1.5 + (6.5 * Math.log(edge.shares_text)) / Math.log(Math.max(most, 2))).toFixed(1);
    lines.append(svg(`line.edge${edge.from_other || back ? ".established" : ""}`, { x1: from.x, y1: from.y, x2: to.x, y2: to.y, "stroke-width": width }, svg("title", {}, said)));
    if (back) lines.append(arrow(from, to));
    if (edge.from_other) lines.append(arrow(to, from));
  }));
  rows.forEach((row, index) => {
    const { x, y, angle } = spot(index);
    const right = Math.cos(angle) > 0.1, left = Math.cos(angle) < -0.1;
    nodes.append(svg("circle.node", { cx: x, cy: y, r: 6 }),
      svg("text.outlet", { x: x + (right ? 12 : left ? -12 : 0), y: y + (right || left ? 4 : Math.sin(angle) > 0 ? 22 : -14), "text-anchor": right ? "start" : left ? "end" : "middle" }, shortened(plain(row.name), 24)));
  });
  return el("figure.picture", {}, svg("svg.graph", { viewBox: `-110 0 ${size + 220} ${size}`, role: "img", "aria-label": "Outlets that share text; the matrix below says the same in figures" }, lines, nodes),
    el("figcaption", {}, "A line: text is shared, thicker for more pairs. A dashed line: nothing says who was first. An arrow: for at least one pair it is established from whom the text comes."));
}

// A head at two thirds of the way.
function arrow(from, to) {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = Math.hypot(dx, dy) || 1;
  const [ux, uy] = [dx / length, dy / length];
  const [x, y] = [from.x + dx * 0.66, from.y + dy * 0.66];
  const point = (along, across) => `${(x + ux * along - uy * across).toFixed(1)},${(y + uy * along + ux * across).toFixed(1)}`;
  return svg("polygon.arrow", { points: [point(9, 0), point(-5, 6), point(-5, -6)].join(" ") });
}
