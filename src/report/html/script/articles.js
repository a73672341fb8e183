// The lists of articles and of pairs of articles.

async function viewArticles({ query }) {
  const [{ rows: all }, core, stories] = await Promise.all([articles(), block("core"), block("stories")]);
  const day = (row) => (row.published ?? "").slice(0, 10);
  const filters = [
    { key: "q", label: "Words in title or path", keep: (row, value) => contains(title(row), value) || contains(place(row), value) },
    { key: "outlet", label: "Outlet", options: named(core.outlets.map((row) => row.name)), keep: (row, value) => row.outlet === value },
    { key: "agency", label: "Agency", options: named(core.agencies.map((row) => row.name).filter(Boolean)), keep: (row, value) => row.agencies.includes(value) },
    { key: "level", label: "Credit", options: Object.keys(LEVELS).map((value) => ({ value, name: value.replace("_", " ") })), keep: (row, value) => row.level === value },
    { key: "sharing", label: "Shared text", options: [{ value: "yes", name: "reprint or partial" }, { value: "no", name: "neither" }], keep: (row, value) => row.sharing === (value === "yes") },
    { key: "feed", label: "Agency-feed reprint", options: [{ value: "yes", name: "yes" }, { value: "matching", name: "matches credited copy" }], keep: (row, value) => (value === "yes" ? row.level === "declared" || row.level === "feed_unnamed" : row.elsewhere) },
    { key: "from", label: "From", type: "date", keep: (row, value) => day(row) && day(row) >= value },
    { key: "to", label: "Until", type: "date", keep: (row, value) => day(row) && day(row) <= value },
  ];
  const sorts = [
    { key: "input", label: "as read" },
    { key: "time", label: "earliest first", order: (x, y) => (x.published ?? "9") < (y.published ?? "9") ? -1 : 1 },
    { key: "latest", label: "latest first", order: (x, y) => (x.published ?? "") > (y.published ?? "") ? -1 : 1 },
    { key: "reused", label: "most reused first", order: (x, y) => y.reused - x.reused },
    { key: "words", label: "longest first", order: (x, y) => y.words - x.words },
  ];
  const draw = (part) => [barLegend(), table(null, [
    { name: "Title", lead: true, cell: link },
    { name: "Outlet", cell: outlet },
    { name: "Stated time", cell: (row) => when(row.published) },
    { name: "Text", cell: bar },
    { name: "Own", figure: true, cell: (row) => percent(row.own) },
    { name: "Words", figure: true, cell: (row) => number(row.words) },
    { name: "Agency", cell: agencyOf },
    { name: "Story", brief: true, cell: (row) => (row.story === null ? "" : el("a", { href: `#/story/${stories[row.story].id}` }, `Story ${row.story + 1}`)) },
  ], part)];
  return { title: "Articles", nodes: browse({ noun: ["article", "articles"], rows: all, filters, sorts, draw, query }) };
}

const DIRECTIONS = ["not established", "from A", "from B", "common source"];

function pairColumns(pairs, all, name) {
  const a = (row) => all[pairs.a[row]];
  const b = (row) => all[pairs.b[row]];
  return [
    { name: "Verdict", cell: (row) => verdict(VERDICTS[pairs.verdict[row]]) },
    { name: "A", lead: true, cell: (row) => el("a", { href: articleLink(a(row)) }, name(a(row))) },
    { name: "B", lead: true, cell: (row) => el("a", { href: articleLink(b(row)) }, name(b(row))) },
    { name: "Shared", figure: true, cell: (row) => el("a", { href: pairLink(a(row), b(row)) }, count(pairs.words[row], "word")) },
    { name: "Of A", figure: true, cell: (row) => `${pairs.share_a[row]}%` },
    { name: "Of B", figure: true, cell: (row) => `${pairs.share_b[row]}%` },
    { name: "Direction", cell: (row) => DIRECTIONS[pairs.direction[row]] },
  ];
}

async function viewPairs({ query }) {
  const [{ rows: all }, core, pairs] = await Promise.all([articles(), block("core"), block("pairs")]);
  const rows = pairs.a.map((_, at) => at);
  const names = named(core.outlets.map((row) => row.name));
  const either = (row, keep) => keep(all[pairs.a[row]]) || keep(all[pairs.b[row]]);
  const filters = [
    { key: "q", label: "Words in a title", keep: (row, value) => either(row, (article) => contains(title(article), value)) },
    { key: "verdict", label: "Verdict", options: named(VERDICTS), keep: (row, value) => VERDICTS[pairs.verdict[row]] === value },
    { key: "outlet", label: "Outlet", options: names, keep: (row, value) => either(row, (article) => article.outlet === value) },
    { key: "other", label: "Other outlet", options: names, keep: (row, value) => {
      const mine = query.get("outlet");
      const [x, y] = [all[pairs.a[row]].outlet, all[pairs.b[row]].outlet];
      return mine ? (x === mine && y === value) || (y === mine && x === value) : x === value || y === value;
    } },
    { key: "direction", label: "Direction", options: [{ value: "established", name: "established" }, { value: "common", name: "common source" }, { value: "open", name: "not established" }],
      keep: (row, value) => ["open", "established", "established", "common"][pairs.direction[row]] === value },
  ];
  const sorts = [
    { key: "strength", label: "strongest first", order: (x, y) => pairs.verdict[x] - pairs.verdict[y] || pairs.words[y] - pairs.words[x] },
    { key: "words", label: "most shared words first", order: (x, y) => pairs.words[y] - pairs.words[x] },
  ];
  const label = (article) => [article.outlet === null ? "" : [words(article.outlet), " · "], words(title(article))];
  const draw = (part) => table(null, pairColumns(pairs, all, label), part);
  return {
    title: "Pairs of articles",
    nodes: [
      el("dl.meanings", {}, VERDICTS.map((name) => el("div", {}, el("dt", {}, verdict(name)), el("dd", {}, MEANING[name])))),
      browse({ noun: ["pair", "pairs"], rows, filters, sorts, draw, query }),
    ],
  };
}
