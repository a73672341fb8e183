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

// The text as nodes; `wrap(index, depth, from)` gives the element for a marked stretch, and
// stretches of `edits` are marked inside it as words that differ.
function marked(text, marks, edits, wrap) {
  const { top, depth } = painted(text.length, marks);
  const differs = new Uint8Array(text.length);
  for (const [start, end] of edits) differs.fill(1, start, end);
  const nodes = [];
  let open = null;
  let at = 0;
  while (at < text.length) {
    let end = at + 1;
    while (end < text.length && top[end] === top[at] && depth[end] === depth[at] && differs[end] === differs[at]) end += 1;
    const pieces = visible(text.slice(at, end));
    const piece = differs[at] && top[at] >= 0 ? [el("span.differs", {}, pieces)] : pieces;
    if (top[at] < 0) {
      open = null;
      nodes.push(...piece);
    } else {
      if (!open || open.top !== top[at] || open.depth !== depth[at]) {
        open = { top: top[at], depth: depth[at], element: wrap(top[at], depth[at], at) };
        nodes.push(open.element);
      }
      open.element.append(...piece);
    }
    at = end;
  }
  return nodes;
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
