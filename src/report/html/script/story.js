// One story: when and where it stood, its articles, its origins, and what shares text with what.

async function viewStory({ path: [id] }) {
  const [{ rows: all }, stories, pairs] = await Promise.all([articles(), block("stories"), block("pairs")]);
  const story = stories.find((entry) => entry.id === id);
  if (!story) throw new Error(`There is no story ${plain(id)} in this report.`);
  const members = story.articles.map((at) => all[at]);
  const numbers = new Map(story.articles.map((at, index) => [at, index + 1]));
  const outlets = new Set(members.map((member) => member.outlet));
  // Where all stand in one outlet, its name tells nothing.
  const called = (article) => [`[${numbers.get(article.at)}] `, words(outlets.size > 1 && article.outlet !== null ? article.outlet : title(article))];
  const name = (at) => el("a", { href: articleLink(all[at]) }, called(all[at]));
  const head = story.title ?? title(members[0]);

  return {
    title: head,
    kicker: ["Story ", id.replace("story-", "")],
    nodes: [
      el("p.intro", {}, storyInWords(story, members)),
      el("section", {}, el("h2", {}, "When and where"), picture(members, story.nearest, numbers)),
      el("section", {}, el("h2", {}, "Articles"), barLegend(), articleTableOf(members, numbers)),
      el("section", {}, el("h2", {}, "Origins"), el("ol.origins", {}, story.origins.map((origin) => el("li", {},
        el("strong", {}, words(origin.name)), ": ", words(origin.reason), ". ",
        el("span.quiet", {}, `${count(origin.articles.length, "article")}: `),
        origin.articles.slice(0, 40).map((at, index) => [index ? ", " : "", name(at)]),
        origin.articles.length > 40 ? ` and ${origin.articles.length - 40} more` : null)))),
      el("section", {}, el("h2", {}, "Nearest earlier text"),
        story.nearest.some(Boolean)
          ? [el("p", {}, "Each article stands below the one with an earlier stated time that it shares most words with. That one was there before by what both state; it need not be where the text came from."),
            tree(story, members, all, name)]
          : el("p", {}, "Stated times put none of these articles before another.")),
      pairsWithin(story, pairs, all, called),
    ],
  };
}

function storyInWords(story, members) {
  const outlets = new Set(members.map((member) => member.outlet).filter((name) => name !== null)).size;
  return [
    `${count(members.length, "article")} in ${count(outlets, "outlet")} with ${count(story.origins.length, "independent origin")}; `,
    `two of them share ${percent(story.cohesion)} on average.`,
  ];
}

function articleTableOf(members, numbers) {
  return table(null, [
    { name: "No.", cell: (row) => `[${numbers.get(row.at)}]` },
    { name: "Title", lead: true, cell: link },
    { name: "Outlet", cell: outlet },
    { name: "Stated time", cell: (row) => when(row.published) },
    { name: "Text", cell: bar },
    { name: "Own", figure: true, cell: (row) => percent(row.own) },
    { name: "Reused", figure: true, cell: (row) => percent(row.reused - row.quoted) },
    { name: "Quoted", figure: true, cell: (row) => percent(row.quoted) },
    { name: "Words", figure: true, cell: (row) => number(row.words) },
    { name: "Agency", cell: agencyOf },
  ], members);
}

function agencyOf(article) {
  if (article.level === "none") return "";
  const names = article.agencies.map((agency, at) => [at ? ", " : "", words(agency)]);
  return el("span", { title: LEVELS[article.level] }, names, names.length ? " " : "", el("span.quiet", {}, `(${article.level.replace("_", " ")})`));
}

// Articles under the one with the most in common among those of earlier times. Long lines of
// descent are common, so the list is drawn without recursion on the stack of the page's width:
// from the seventh level on it no longer moves to the right.
function tree(story, members, all, name) {
  const below = new Map();
  members.forEach((member, index) => {
    const from = story.nearest[index]?.from ?? null;
    if (!below.has(from)) below.set(from, []);
    below.get(from).push({ member, nearest: story.nearest[index] });
  });
  const branch = (from, depth) => {
    const entries = below.get(from) ?? [];
    if (!entries.length) return null;
    return el(depth > 6 ? "ul.tree.flat" : "ul.tree", {}, entries.map(({ member, nearest }) => el("li", {},
      name(member.at), " ", el("span.quiet", {}, time(member.published)),
      nearest ? [" shares ", el("a", { href: pairLink(all[nearest.from], member) }, `${count(nearest.words, "word")}`)] : el("span.quiet", {}, " nothing earlier"),
      branch(member.at, depth + 1))));
  };
  return branch(null, 0);
}

function pairsWithin(story, pairs, all, called) {
  const inside = new Set(story.articles);
  const rows = [];
  for (let at = 0; at < pairs.a.length; at += 1) {
    if (inside.has(pairs.a[at]) && inside.has(pairs.b[at])) rows.push(at);
  }
  rows.sort((x, y) => pairs.verdict[x] - pairs.verdict[y] || pairs.words[y] - pairs.words[x]);
  const draw = (part) => table(null, pairColumns(pairs, all, called), part);
  return el("section", {}, el("h2", {}, "Pairs in this story"),
    browse({ noun: ["pair", "pairs"], rows, filters: [], sorts: [{ key: "strength" }], draw, query: new URLSearchParams() }));
}
