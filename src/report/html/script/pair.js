// Two articles beside each other, with their passages tied together.

async function viewPair({ path: [first, second, chosen] }) {
  const { rows: all, byId } = await articles();
  const [a, b] = [first, second].map((id) => all[byId.get(id)]);
  if (!a || !b) throw new Error("There is no such pair of articles in this report.");
  const [textA, textB] = await Promise.all([textOf(a.at), textOf(b.at)]);
  const sideA = textA.relations.find((relation) => relation.with === b.at);
  const sideB = textB.relations.find((relation) => relation.with === a.at);
  const core = await block("core");
  const name = (article) => plain(a.outlet === b.outlet || article.outlet === null ? title(article) : article.outlet);
  const heading = { title: `${name(a)} and ${name(b)}`, kicker: ["Pair"] };
  if (!sideA || !sideB) {
    return { ...heading, nodes: [el("p.intro", {}, "These two articles have no text in common above the thresholds."), nearestOf(core), plainTexts(a, b, textA, textB), madeBy(core)] };
  }
  const relation = sideA.detail ? sideA : sideB;
  const passages = passagesOf(sideA).map((passage, at) => ({ ...passage, words: relation.detail.words[at], quotedWords: relation.detail.quoted[at], run: relation.detail.runs[at] }));
  const stage = el("div.pair");
  const shown = sides(stage, [[a, textA, sideA, "A"], [b, textB, sideB, "B"]], passages);
  const nodes = [
    el("p.intro", {}, pairInWords(relation, passages)),
    el("section", {}, el("h2", {}, "Text"),
      el("p.quiet", {}, "Matched passages have the same number in both texts; what stands inside quotation marks is in italics and underlined twice; words that differ are bold and underlined with dots. Open a passage to bring its partner into view."),
      shown.toolbar, stage),
    el("section", {}, el("h2", {}, "Figures and what they count"), figuresOf(relation, sideA, passages, shown.choose)),
    criteriaOf(core),
    el("section", {}, el("h2", {}, "Direction"), directionOf(relation, a, b)),
    madeBy(core),
  ].filter(Boolean);
  return { ...heading, nodes, shown: () => { if (chosen) shown.choose(Number.parseInt(chosen, 10) - 1); } };
}

function pairInWords(relation, passages) {
  return [verdict(relation.verdict), ` ${MEANING[relation.verdict]}. A and B share ${count(relation.words, "word")} in ${count(passages.length, "passage")}.`,
    relation.by_hand === undefined ? null : [" The verdict was set by hand: ", words(relation.by_hand), "."],
    relation.template ? " Both fill in one template with other figures." : null];
}

// Draws both texts and ties the passages of the same number together.
function sides(stage, columns, passages) {
  const light = (number, on) => {
    for (const element of stage.querySelectorAll(`[data-passage="${number}"]`)) element.classList.toggle("lit", on);
  };
  const choose = (number, from) => {
    for (const element of stage.querySelectorAll(".chosen")) element.classList.remove("chosen");
    const parts = [...stage.querySelectorAll(`[data-passage="${number}"]`)];
    for (const part of parts) part.classList.add("chosen");
    position.textContent = parts.length ? `Passage ${number + 1} of ${passages.length}` : "";
    for (const side of stage.querySelectorAll(".side")) {
      const part = side.querySelector(`[data-passage="${number}"]`);
      if (part && side !== from) reveal(side, part);
    }
    current = number;
  };
  let current = -1;
  const position = el("span", { role: "status", "aria-live": "polite" });
  const step = (by) => () => choose((current + by + passages.length) % passages.length);
  const toolbar = el("p.toolbar", {},
    el("button", { type: "button", onclick: step(-1) }, "Previous passage"), " ",
    el("button", { type: "button", onclick: step(1) }, "Next passage"), " ", position);

  for (const [article, record, side, letter] of columns) {
    const head = el("header", {}, el("h3", {}, el("span.letter", {}, letter), " ", link(article)),
      el("p.quiet", {}, outlet(article), " · ", time(article.published), ` · ${count(article.words, "word")}`));
    const body = el("div.original", { dir: "auto", lang: "", tabindex: 0, role: "region", "aria-label": `Text of ${letter}` });
    const column = el("article.side", { "data-side": letter }, head, body);
    if (record.text === null) {
      body.append(el("p.notice", {}, "The text of this article is not in this report."));
    } else {
      const marks = passagesOf(side);
      const edits = [...ranges(side.edits), ...ranges(side.differing)];
      body.append(...marked(record.text, marks, { edits, quotations: ranges(record.quotations) }, (index, depth, start, first) => {
        const { number, counted } = marks[index];
        const element = el(`a.passage${counted ? "" : ".uncounted"}`, {
          href: `${location.hash.split("/").slice(0, 4).join("/")}/${number + 1}`, "data-passage": number,
        }, first ? el("span.letter", { "aria-hidden": "true" }, number + 1) : null);
        element.addEventListener("mouseenter", () => light(number, true));
        element.addEventListener("mouseleave", () => light(number, false));
        element.addEventListener("focus", () => light(number, true));
        element.addEventListener("blur", () => light(number, false));
        element.addEventListener("click", (event) => {
          event.preventDefault();
          history.replaceState(null, "", element.getAttribute("href"));
          choose(number, column);
        });
        return element;
      }));
    }
    stage.append(column);
  }
  return { toolbar, choose };
}

// Brings a part of a text into view: inside its column where that scrolls by itself.
function reveal(side, part) {
  const body = side.querySelector(".original");
  if (body.scrollHeight > body.clientHeight + 1) {
    const top = part.getBoundingClientRect().top - body.getBoundingClientRect().top + body.scrollTop;
    body.scrollTop = Math.max(0, top - body.clientHeight / 3);
    if (side.getBoundingClientRect().bottom < 0 || side.getBoundingClientRect().top > innerHeight) side.scrollIntoView({ block: "nearest" });
  } else {
    part.scrollIntoView({ block: "center" });
  }
}

// Every figure with the passages that it counts.
function figuresOf(relation, sideA, passages, choose) {
  const counted = passages.filter((passage) => passage.counted);
  const quoted = counted.filter((passage) => passage.quotedWords > 0);
  const longest = counted.filter((passage) => passage.run === relation.run);
  const listed = (list) => (list.length ? list.map(({ number }, at) => [at ? " " : "",
    el("button.number", { type: "button", "aria-label": `Show passage ${number + 1}`, onclick: () => choose(number) }, number + 1)]) : "none");
  const figures = table(null, [
    { name: "Figure", lead: true, cell: ([name]) => name },
    { name: "Value", figure: true, cell: ([, value]) => value },
    { name: "Passages", cell: ([, , list]) => listed(list) },
  ], [
    ["Shared words of reporting, on the side with fewer", number(relation.words), counted],
    ["Share of A’s reporting", percent(sideA.mine), counted],
    ["Share of B’s reporting", percent(sideA.theirs), counted],
    ["Quoted part of the shared words", percent(relation.quoted), quoted],
    ["Longest verbatim run, words", number(relation.run), longest],
  ]);
  const each = table(null, [
    { name: "Passage", cell: (row) => listed([row]) },
    { name: "Verbatim words", figure: true, cell: (row) => number(row.words) },
    { name: "Of them quoted", figure: true, cell: (row) => number(row.quotedWords) },
    { name: "Longest run", figure: true, cell: (row) => number(row.run) },
    { name: "Counted", cell: (row) => (row.counted ? "yes" : row.reporting ? "no: a stock phrase" : "no: caption, credit, heading or standing text") },
  ], passages);
  return [figures,
    el("p.quiet", {}, "Shared words are the aligned words of the counted passages, and half of the words that an editor changed in a sentence that is shared for a good part."),
    el("details", { open: passages.length <= 12 }, el("summary", {}, `Every passage (${number(passages.length)})`), each)];
}

function directionOf(relation, a, b) {
  const status = {
    established: relation.from === null ? "Established." : `Established: from ${relation.from === a.at ? "A" : "B"}.`,
    not_established: "Not established.",
    common_source: "Common source: both may have the text from a third.",
  }[relation.status];
  return [el("p", {}, status), relation.detail.evidence.length ? el("ul", {}, relation.detail.evidence.map(({ text, weight }) => el("li", {}, words(text), el("span.quiet", {}, ` (${weight.replace("_", " ")})`)))) : null];
}

// Only a comparison of two articles says every condition of the verdicts.
function criteriaOf(core) {
  if (!core.comparison?.criteria.length) return null;
  const value = (of, unit) => (unit === "share" ? percent(of) : number(Math.floor(of)));
  return el("section", {}, el("h2", {}, "Why this verdict"),
    el("p.quiet", {}, "The first verdict that has all its conditions met stands."),
    table(null, [
      { name: "Verdict", cell: (row) => verdict(row.verdict) },
      { name: "Condition", lead: true, cell: (row) => `${row.alternative ? "or " : ""}${row.name}` },
      { name: "Found", figure: true, cell: (row) => value(row.found, row.unit) },
      { name: "Needed", figure: true, cell: (row) => `${row.below ? "below " : ""}${value(row.needed, row.unit)}` },
      { name: "Met", cell: (row) => (row.met ? "yes" : "no") },
    ], core.comparison.criteria));
}

// A page of its own says how it was made; a report does so in another view.
function madeBy(core) {
  return core.comparison ? el("section", {}, el("h2", {}, "Made by"), el("pre", {}, el("code", {}, visible(core.command))), el("p.quiet", {}, `wirecopy ${core.run.version}`)) : null;
}

function nearestOf(core) {
  const nearest = core.comparison?.nearest;
  if (!nearest) return null;
  return el("section", {}, el("h2", {}, "What comes nearest"),
    table(null, [
      { name: "One of these would be enough", lead: true, cell: ([name]) => name },
      { name: "Found", figure: true, cell: ([, found]) => found },
      { name: "Needed", figure: true, cell: ([, , needed]) => needed },
    ], [
      ["words of the longest run that both have", nearest.longest_run === 0 ? "below 4" : number(nearest.longest_run), number(nearest.run_needed)],
      ["of a paragraph’s word triples in one of the other", percent(nearest.containment), percent(nearest.containment_needed)],
    ]),
    nearest.text ? el("p", {}, "The longest run: ", el("q", {}, words(nearest.text))) : null);
}

function plainTexts(a, b, textA, textB) {
  const side = (article, record, letter) => el("article.side", {}, el("header", {}, el("h3", {}, el("span.letter", {}, letter), " ", link(article))),
    el("div.original", { dir: "auto", lang: "", tabindex: 0, role: "region", "aria-label": `Text of ${letter}` }, record.text === null ? "" : visible(record.text)));
  return el("div.pair", {}, side(a, textA, "A"), side(b, textB, "B"));
}
