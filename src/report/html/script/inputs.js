// What was read and what was not: names and their digests, skipped input, repeated text.

const NAME_VERDICTS = { ok: "matches", ok_by_recipe: "matches after a recipe", mismatch: "does not match", undecided: "undecided" };

async function viewNames({ query }) {
  const inputs = await block("inputs");
  const filters = [
    { key: "q", label: "Part of the path or digest", keep: (row, value) => contains(row.path, value) || contains(row.sha256, value) },
    { key: "verdict", label: "Name", options: [...Object.entries(NAME_VERDICTS).map(([value, name]) => ({ value, name })), { value: "none", name: "carries no digest" }], keep: (row, value) => (row.name_check?.verdict ?? "none") === value },
  ];
  const sorts = [
    { key: "path", label: "by path" },
    { key: "size", label: "largest first", order: (x, y) => y.bytes - x.bytes },
  ];
  const draw = (part) => table(null, [
    { name: "File", lead: true, cell: (row) => words(row.path) },
    { name: "Its name", cell: (row) => (row.name_check ? el(`span.name-${row.name_check.verdict}`, {}, NAME_VERDICTS[row.name_check.verdict]) : el("span.quiet", {}, "no digest")) },
    { name: "Named", cell: (row) => (row.name_check ? el("code", {}, words(row.name_check.named)) : "") },
    { name: "Found", cell: (row) => (row.name_check?.found ? el("code", {}, words(row.name_check.found)) : "") },
    { name: "Convention", cell: (row) => (row.name_check?.convention ? words(row.name_check.convention) : row.name_check?.readings ? `none of ${number(row.name_check.readings)} readings fits` : "") },
    { name: "Articles", figure: true, cell: (row) => number(row.articles) },
    { name: "Bytes", figure: true, cell: (row) => number(row.bytes) },
    { name: "SHA-256 of the file", cell: (row) => el("code", {}, row.sha256) },
  ], part);
  return { title: "Names and hashes", nodes: [
    el("p.intro", {}, "Every file that was read, with the digest of its bytes, and whether a digest in its name says what it is."),
    browse({ noun: ["file", "files"], rows: inputs, filters, sorts, draw, query }),
  ] };
}

async function viewSkipped({ query }) {
  const rows = await block("skipped");
  const filters = [
    { key: "q", label: "Part of path or reason", keep: (row, value) => contains(row.path, value) || contains(row.reason, value) },
    { key: "kind", label: "Kind", options: [{ value: "lost", name: "could not be read" }, { value: "passed", name: "passed over by design" }], keep: (row, value) => row.incomplete === (value === "lost") },
  ];
  const draw = (part) => table(null, [
    { name: "File", lead: true, cell: (row) => words(row.record === null ? row.path : `${row.path}:${row.record}`) },
    { name: "Reason", cell: (row) => words(row.reason) },
    { name: "Kind", cell: (row) => (row.incomplete ? "could not be read" : "passed over by design") },
  ], part);
  return { title: "Not read", nodes: browse({ noun: ["entry", "entries"], rows, filters, sorts: [{ key: "path" }], draw, query }) };
}

async function viewRepeated({ query }) {
  const [{ rows: all, byId }, repeated] = await Promise.all([articles(), block("repeated")]);
  const list = (ids) => el("ul.plain", {}, ids.slice(0, 12).map((at) => el("li", {}, outlet(all[at]), " · ", link(all[at]))),
    ids.length > 12 ? el("li.quiet", {}, `and ${number(ids.length - 12)} more`) : null);
  const rows = [
    ...repeated.exact.map((group) => ({ kind: group.kind === "bytes" ? "same bytes" : "same words", text: "", members: group.articles, articles: group.articles.length })),
    ...repeated.paragraphs.map((group, at) => ({ kind: "paragraph", text: group.text, members: [...new Set(group.articles_at)], articles: group.articles, number: String(at) })),
    ...repeated.standing.map((group) => ({ kind: "standing text", text: group.text, outlet: group.outlet, members: [], articles: group.articles })),
  ];
  const filters = [
    { key: "q", label: "Words, or a group’s number", keep: (row, value) => (/^\d+$/.test(value) ? row.number === value : contains(row.text, value)) },
    { key: "kind", label: "Kind", options: named(["same bytes", "same words", "paragraph", "standing text"]), keep: (row, value) => row.kind === value },
  ];
  const sorts = [{ key: "kind", label: "copies first" }, { key: "most", label: "most articles first", order: (x, y) => y.articles - x.articles }];
  const draw = (part) => table(null, [
    { name: "Kind", brief: true, cell: (row) => row.kind },
    { name: "Articles", figure: true, cell: (row) => number(row.articles) },
    { name: "Words", lead: true, cell: (row) => (row.text ? el("q", {}, words(row.text.length > 600 ? `${row.text.slice(0, 600)}…` : row.text)) : "the whole article") },
    { name: "Where", cell: (row) => (row.members.length ? list(row.members) : row.outlet ? words(row.outlet) : "") },
  ], part);
  return { title: "Copies and repeated text", nodes: [
    el("p.intro", {}, "Articles that are wholly the same, paragraphs that stand word for word in several articles, and the standing text of outlets, which counts for nobody."),
    browse({ noun: ["group", "groups"], rows, filters, sorts, draw, query }),
  ] };
}

async function viewMethod() {
  const [core, inputs] = await Promise.all([block("core"), block("inputs")]);
  const { run, method, thresholds } = core;
  return { title: "Method", nodes: [
    el("p.intro", {}, `Made by wirecopy ${run.version}. The same input with the same options gives the same report, byte for byte.`),
    el("section", {}, el("h2", {}, "Command"), el("pre", {}, el("code", {}, visible(core.command)))),
    el("section", {}, el("h2", {}, "Options"), table(null, [
      { name: "Option", lead: true, cell: ([name]) => el("code", {}, name) },
      { name: "Value", cell: ([, value]) => words(value === null ? "none" : String(value)) },
    ], Object.entries(run.options).filter(([name]) => name !== "thresholds"))),
    el("section", {}, el("h2", {}, "Thresholds of the verdicts"), table(null, [
      { name: "Threshold", lead: true, cell: ([name]) => name },
      { name: "Value", figure: true, cell: ([, value]) => value },
    ], thresholds)),
    el("section", {}, el("h2", {}, "What is found, and what is not"), el("pre", {}, method)),
    el("section", {}, el("h2", {}, "Digests of the input"),
      el("p", {}, `${count(inputs.length, "file")}; every one with its SHA-256 stands under `, el("a", { href: "#/names" }, "names and hashes"), "."),
      table(null, [
        { name: "File", lead: true, cell: (row) => words(row.path) },
        { name: "SHA-256", cell: (row) => el("code", {}, row.sha256) },
      ], inputs.slice(0, 20))),
  ] };
}
