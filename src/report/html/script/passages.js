// Original text with marked stretches. Offsets are UTF-16 units of the text, half-open.

// Which mark is on top at each place, and how many there are. Marks come strongest first.
function painted(length, marks) {
  const top = new Int32Array(length).fill(-1);
  const depth = new Uint16Array(length);
  for (let index = marks.length - 1; index >= 0; index -= 1) {
    const { start, end } = marks[index];
    top.fill(index, start, end);
    for (let at = start; at < end; at += 1) depth[at] += 1;
  }
  return { top, depth };
}

// The text as nodes; `wrap(index, depth, from, first)` gives the element for a marked stretch (the
// first one of its mark, or one that goes on with fewer or more marks below). Inside it, `edits`
// are shown as words that differ, and `quotations` as quoted.
function marked(text, marks, { edits = [], quotations = [] }, wrap) {
  const { top, depth } = painted(text.length, marks);
  const kinds = new Uint8Array(text.length);
  for (const [start, end] of quotations) kinds.fill(QUOTED, start, end);
  for (const [start, end] of edits) for (let at = start; at < end; at += 1) kinds[at] |= DIFFERS;
  const nodes = [];
  let open = null;
  let at = 0;
  while (at < text.length) {
    const inside = top[at] >= 0;
    let end = at + 1;
    while (end < text.length && top[end] === top[at] && depth[end] === depth[at] && (!inside || kinds[end] === kinds[at])) end += 1;
    const pieces = visible(text.slice(at, end));
    if (!inside) {
      open = null;
      nodes.push(...pieces);
    } else {
      if (!open || open.top !== top[at] || open.depth !== depth[at]) {
        const first = open?.top !== top[at];
        open = { top: top[at], depth: depth[at], element: wrap(top[at], depth[at], at, first) };
        nodes.push(open.element);
      }
      const classes = [kinds[at] & QUOTED ? ".quoted" : "", kinds[at] & DIFFERS ? ".differs" : ""].join("");
      open.element.append(...(classes ? [el(`span${classes}`, {}, pieces)] : pieces));
    }
    at = end;
  }
  return nodes;
}

const QUOTED = 1;
const DIFFERS = 2;

// A flat list as pairs of start and end.
function ranges(flat = []) {
  const list = [];
  for (let at = 0; at < flat.length; at += 2) list.push([flat[at], flat[at + 1]]);
  return list;
}

// The passages of a relation, from the two flat lists that each article keeps of its own side.
function passagesOf(relation) {
  const list = [];
  for (let at = 0; at * 2 < relation.spans.length; at += 1) {
    const kind = relation.kinds[at];
    list.push({
      number: at, start: relation.spans[2 * at], end: relation.spans[2 * at + 1],
      counted: (kind & 1) !== 0, quoted: (kind & 2) !== 0, reporting: (kind & 4) !== 0,
    });
  }
  return list;
}
