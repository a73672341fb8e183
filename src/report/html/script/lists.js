// Tables, and lists in pages with filters whose state stands in the address.

const PAGE = 50;

// columns: { name, cell(row) }, and of those to the right `figure`, the main one `lead`, those not to
// be broken `brief`. On narrow screens every row becomes a block with the
// columns' names, so the roles are said again.
function table(caption, columns, rows) {
  const head = columns.map(({ name, figure }) => el(figure ? "th.figure" : "th", { scope: "col", role: "columnheader" }, name));
  const body = rows.map((row) => el("tr", { role: "row" }, columns.map(({ name, cell, figure, lead, brief }) =>
    el(`td${figure ? ".figure" : ""}${lead ? ".lead" : ""}${brief ? ".brief" : ""}`, { role: "cell", "data-name": name }, cell(row)))));
  return el("table", { role: "table" },
    caption ? el("caption", {}, caption) : null,
    el("thead", { role: "rowgroup" }, el("tr", { role: "row" }, head)),
    el("tbody", { role: "rowgroup" }, body));
}

// A list to filter, sort and leaf through.
//   noun     what the rows are, [one, many]
//   filters  { key, label, keep(row, value), options? | type? }
//   sorts    { key, label, order(x, y) }; the first one is the natural order
//   draw     the shown rows as an element, or several
function browse({ noun, rows, filters, sorts, draw, query }) {
  const form = el("form.filters", { role: "search", "aria-label": `Filter ${noun[1]}`, onsubmit: (event) => event.preventDefault() });
  const said = el("p.found", { role: "status", "aria-live": "polite" });
  const shown = el("div.shown");
  const pages = el("nav.pages", { "aria-label": `Pages of ${noun[1]}` });

  const change = (key, value) => {
    if (value) query.set(key, value); else query.delete(key);
    if (key !== "page") query.delete("page");
    const state = query.toString();
    history.replaceState(null, "", `${location.hash.split("?")[0]}${state ? `?${state}` : ""}`);
    update();
  };
  for (const { key, label, options, type } of filters) {
    const id = `filter-${key}`;
    const current = query.get(key) ?? "";
    const field = options
      ? el("select", { id, onchange: (event) => change(key, event.target.value) },
          el("option", { value: "" }, "all"),
          options.map(({ value, name }) => el("option", { value, selected: value === current }, plain(name))))
      : el("input", { id, type: type ?? "search", value: current, autocomplete: "off",
          oninput: (event) => change(key, event.target.value.trim()) });
    form.append(el("label", { for: id }, label, field));
  }
  if (sorts.length > 1) {
    const id = "filter-sort";
    form.append(el("label", { for: id }, "Order",
      el("select", { id, onchange: (event) => change("sort", event.target.value) },
        sorts.map(({ key, label }) => el("option", { value: key, selected: key === query.get("sort") }, label)))));
  }

  function update() {
    const active = filters.filter(({ key }) => query.get(key));
    const kept = rows.filter((row) => active.every(({ key, keep }) => keep(row, query.get(key))));
    const sort = sorts.find(({ key }) => key === query.get("sort")) ?? sorts[0];
    if (sort?.order) kept.sort(sort.order);
    const last = Math.max(0, Math.ceil(kept.length / PAGE) - 1);
    const page = Math.min(last, Math.max(0, (Number.parseInt(query.get("page"), 10) || 1) - 1));
    const from = page * PAGE;
    const part = kept.slice(from, from + PAGE);
    const all = active.length ? ` of ${number(rows.length)}` : "";
    const range = last > 0 ? `, showing ${number(from + 1)} to ${number(from + part.length)}` : "";
    said.replaceChildren(`${count(kept.length, ...noun)}${all}${range}`);
    shown.replaceChildren(...[part.length ? draw(part) : el("p", {}, `There are no ${noun[1]} to show.`)].flat());
    const turn = (label, to, usable) => el("button", { type: "button", disabled: !usable, onclick: () => {
      change("page", String(to + 1));
      said.scrollIntoView({ block: "nearest" });
    } }, label);
    pages.replaceChildren(...(last > 0 ? [
      turn("Previous", page - 1, page > 0),
      el("span", {}, `Page ${number(page + 1)} of ${number(last + 1)}`),
      turn("Next", page + 1, page < last),
    ] : []));
  }
  update();
  // On a narrow screen the list comes first, unless it is already filtered.
  const open = innerWidth > 704 || query.toString() !== "";
  const choices = form.children.length ? el("details.choices", { open }, el("summary", {}, "Filter and order"), form) : null;
  return [choices, said, shown, pages];
}

const contains = (text, wanted) => text.toLowerCase().includes(wanted.toLowerCase());
const named = (names) => names.map((name) => ({ value: name, name }));
