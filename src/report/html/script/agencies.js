// What articles say about agencies: counts per rule with the deciding words.

const MOST_WORDINGS = 8;

async function viewAgencies({ query }) {
  const [{ rows: all }, core, credits] = await Promise.all([articles(), block("core"), block("credits")]);
  const wordings = new Map();
  for (const { article, evidence } of credits) {
    for (const { rule, text, names } of evidence) {
      for (const name of names.length ? names : [null]) {
        const key = `${name ?? ""}\u0000${rule}`;
        if (!wordings.has(key)) wordings.set(key, new Map());
        const found = wordings.get(key);
        if (!found.has(text)) found.set(text, new Set());
        found.get(text).add(article);
      }
    }
  }
  const label = (row) => row.name ?? "a feed that names no agency";
  const sections = (part) => part.map((row) => el("section.agency", {},
    el("h2", {}, row.name === null ? label(row) : el("a", { href: `#/articles?agency=${encodeURIComponent(row.name)}` }, words(row.name))),
    el("p", {}, `Declared by ${count(row.declared, "article")}; inputs to ${number(row.contributed)}, cited by ${number(row.cited)}, pictures in ${number(row.photo)}.`),
    table(null, [
      { name: "Rule", cell: (rule) => el("code", {}, words(rule.rule)) },
      { name: "Articles", figure: true, cell: (rule) => number(rule.articles) },
      { name: "Deciding words", lead: true, cell: (rule) => deciding(wordings.get(`${row.name ?? ""}\u0000${rule.rule}`), all) },
    ], row.rules)));
  const filters = [{ key: "q", label: "Name", keep: (row, value) => contains(label(row), value) }];
  return {
    title: "Agencies",
    nodes: [
      el("p.intro", {}, "What the articles themselves say. Only an article that declares an agency for its whole text, or a feed, counts as an agency-feed reprint."),
      browse({ noun: ["agency", "agencies"], rows: core.agencies, filters, sorts: [{ key: "declared" }], draw: sections, query }),
    ],
  };
}

function deciding(found, all) {
  if (!found) return "";
  const most = [...found].sort((x, y) => y[1].size - x[1].size);
  const shown = most.slice(0, MOST_WORDINGS).map(([text, set]) => el("li", {}, el("q", {}, words(text)), " ",
    el("a", { href: articleLink(all[[...set][0]]) }, set.size === 1 ? "in this article" : `in ${number(set.size)} articles, the first of them`)));
  return el("ul.plain", {}, shown, most.length > MOST_WORDINGS ? el("li.quiet", {}, `and ${number(most.length - MOST_WORDINGS)} other wordings`) : null);
}
