// One article: its text, coloured by where else it stands.

const COLOURED = 6;
const LETTERS = "ABCDEF";

// Where the text comes from that an article has in common with another, as far as it is known.
function originOf({ status, from, with: other }) {
  if (status === "common_source") return "common source";
  if (status !== "established") return "direction not established";
  return from === other ? "from there" : "from here";
}

async function viewArticle({ path: [id], query }) {
  const [{ rows: all, byId }, stories] = await Promise.all([articles(), block("stories")]);
  const at = byId.get(id);
  if (at === undefined) throw new Error(`There is no article ${plain(id)} in this report.`);
  const article = all[at];
  const record = await textOf(at);
  const order = (x, y) => VERDICTS.indexOf(x.verdict) - VERDICTS.indexOf(y.verdict) || y.words - x.words || x.with - y.with;
  const strongest = [...record.relations].sort(order);
  const main = strongest.filter((relation) => VERDICTS.indexOf(relation.verdict) < 3);
  const everything = query.get("all") === "yes" || main.length === 0;
  const relations = everything ? strongest : main;

  const story = article.story === null ? null : stories[article.story];
  return {
    title: title(article),
    kicker: ["Article"],
    nodes: [
      el("p.intro", {}, outlet(article), " · ", time(article.published), story ? [" · ", el("a", { href: `#/story/${story.id}` }, `Story ${article.story + 1}`)] : null),
      el("div.measure", {}, bar(article), barLegend()),
      el("p", {}, `${percent(article.own)} of ${count(article.reporting, "word")} of reporting stand in no other article here; ${percent(article.reused - article.quoted)} stand elsewhere, and ${percent(article.quoted)} stand elsewhere in quotation marks.`),
      await textSection(article, record, relations, all),
      partnersSection(article, record, relations, strongest, main, everything, all, query),
      creditSection(article, record),
      aboutSection(article, record),
    ],
  };
}

async function textSection(article, record, relations, all) {
  if (record.text === null) return el("p.notice", {}, "The text of this article is not in this report.");
  const groups = record.groups.length ? await block("repeated") : null;
  const marks = relations.flatMap((relation, rank) => passagesOf(relation).map((passage) => ({ ...passage, relation, rank })));
  for (const [number, start, end] of record.groups) marks.push({ start, end, group: groups.paragraphs[number], number, rank: relations.length });
  const where = el("div.where", { role: "status", "aria-live": "polite" }, el("p.quiet", {}, "Point at a coloured passage, or move to it with the Tab key, to see where else it stands; open it to see both texts."));
  const tell = (start) => {
    const here = marks.filter((mark) => mark.start <= start && start < mark.end);
    where.replaceChildren(
      el("p", {}, `This passage also stands in ${count(new Set(here.map((mark) => mark.relation?.with ?? -1)).size, "other place")}:`),
      el("ul", {}, here.slice(0, 12).map((mark) => (mark.group
        ? el("li", {}, el("a", { href: `#/repeated?q=${mark.number}` }, `${count(mark.group.articles, "article")} with the same words`))
        : el("li", {}, el("a", { href: pairLink(article, all[mark.relation.with], mark.number) }, words(all[mark.relation.with].outlet ?? ""), " · ", words(title(all[mark.relation.with]))), " ", time(all[mark.relation.with].published), mark.quoted ? ", quoted" : "")))),
      here.length > 12 ? el("p.quiet", {}, `and ${number(here.length - 12)} more`) : "");
  };
  const text = marked(record.text, marks, { quotations: ranges(record.quotations) }, (index, depth, start, first) => {
    const { relation, rank, group, number: passage } = marks[index];
    const place = rank < COLOURED ? `place-${rank + 1}` : "place-more";
    const href = group ? `#/repeated?q=${passage}` : pairLink(article, all[relation.with], passage);
    const more = depth > 1 ? `, and ${depth - 1} more` : "";
    const said = group ? "in many articles" : `${plain(all[relation.with].outlet ?? "")}: ${plain(title(all[relation.with]))}${more}`;
    const element = el(`a.passage.${place}`, { href, title: said });
    if (first) element.append(el("span.letter", { "aria-hidden": "true" }, rank < COLOURED ? LETTERS[rank] : "+"));
    element.addEventListener("mouseenter", () => tell(start));
    element.addEventListener("focus", () => tell(start));
    return element;
  });
  const legend = relations.slice(0, COLOURED).map((relation, rank) => el("li", {},
    el(`span.key.place-${rank + 1}`, {}, LETTERS[rank]), " ",
    el("a", { href: pairLink(article, all[relation.with]) }, words(all[relation.with].outlet ?? ""), " · ", words(title(all[relation.with]))),
    el("span.quiet", {}, ` (${originOf(relation)})`)));
  if (relations.length > COLOURED) legend.push(el("li", {}, el("span.key.place-more", {}, "+"), ` ${count(relations.length - COLOURED, "other article")}`));
  return el("section.reading", {},
    el("h2", {}, "Text"),
    el("div.columns", {},
      el("div.original", { dir: "auto", lang: "" }, text),
      el("aside", { "aria-label": "Where passages stand" }, legend.length ? el("ul.places", {}, legend) : el("p.quiet", {}, "Nothing of it stands in another article."), where)));
}

function partnersSection(article, record, relations, strongest, main, everything, all, query) {
  if (!strongest.length) return null;
  const weak = strongest.length - main.length;
  const toggle = main.length && weak
    ? el("p", {}, el("a", { href: `${articleLink(article)}${everything ? "" : "?all=yes"}` },
        everything ? "Leave out stock sentences and standing text" : `Show ${count(weak, "more article")} that share only stock sentences or standing text`))
    : null;
  const draw = (part) => table(null, [
    { name: "Verdict", cell: (row) => verdict(row.verdict) },
    { name: "Other article", lead: true, cell: (row) => link(all[row.with]) },
    { name: "Outlet", cell: (row) => outlet(all[row.with]) },
    { name: "Stated time", cell: (row) => when(all[row.with].published) },
    { name: "Shared", figure: true, cell: (row) => el("a", { href: pairLink(article, all[row.with]) }, count(row.words, "word")) },
    { name: "Of this", figure: true, cell: (row) => percent(row.mine) },
    { name: "Of the other", figure: true, cell: (row) => percent(row.theirs) },
    { name: "Origin", cell: (row) => originOf(row) },
  ], part);
  const list = browse({ noun: ["other article", "other articles"], rows: relations, filters: [], sorts: [{ key: "strength" }], draw, query: new URLSearchParams() });
  return el("section", {}, el("h2", {}, "Also in"), list, toggle);
}

function creditSection(article, record) {
  if (!record.evidence.length && !record.credited_elsewhere && !record.publisher && !record.release) return null;
  return el("section", {}, el("h2", {}, "Agency"),
    el("p", {}, `This article ${LEVELS[article.level]}`, article.agencies.length ? [": ", article.agencies.map((name, at) => [at ? ", " : "", words(name)])] : null, "."),
    record.publisher ? el("p", {}, "It stands in the own outlet of ", words(record.publisher), ".") : null,
    record.wire_share === null ? null : el("p", {}, `${percent(record.wire_share)} of its reporting words stand in other articles that declare the same agency.`),
    record.credited_elsewhere ? el("p", {}, "Its text matches copy that ", el("a", { href: `#/article/${encodeURIComponent(record.credited_elsewhere.article)}` }, "another article"), " credits to ", words(record.credited_elsewhere.names.join(", ")), `: ${percent(record.credited_elsewhere.share)} of its words stand there.`) : null,
    record.release ? el("p", {}, "It came over a release service: ", el("q", {}, words(record.release.text))) : null,
    record.evidence.length ? table(null, [
      { name: "Rule", cell: (row) => el("code", {}, words(row.rule)) },
      { name: "Gives", cell: (row) => row.level.replace("_", " ") },
      { name: "Words that say so", lead: true, cell: (row) => el("q", {}, words(row.text)) },
    ], record.evidence) : null);
}

function aboutSection(article, record) {
  const source = (name) => (record.origins[name] ? el("span.quiet", {}, " from ", words(record.origins[name])) : null);
  const rows = [
    ["Identifier", words(article.id)],
    ["File", words(place(article))],
    ["Outlet", [outlet(article), source("outlet")]],
    ["Stated time", [article.published === null ? "none" : words(article.published), source("published")]],
    ["Address", record.url === null ? "none" : [outward(record.url), source("url")]],
    ["Words", `${number(article.words)}, of them ${number(article.reporting)} of reporting`],
    ["SHA-256", el("code", {}, record.sha256)],
    record.encoding === null ? null : ["Encoding", words(record.encoding)],
    ...record.notes.map((note) => ["Note", words(note)]),
  ].filter(Boolean);
  return el("section", {}, el("h2", {}, "About this article"),
    el("dl.facts", {}, rows.map(([name, value]) => el("div", {}, el("dt", {}, name), el("dd", {}, value)))));
}
