// A story in time (to the right) and by outlet (downwards). The table below it says the same in
// words.

const DAY = 86400000;
// Most articles of one outlet below each other; more go to the right.
const LANES = 9;

function picture(members, nearest, numbers) {
  const placed = members.map((member, index) => ({ member, index, at: instant(member.published) })).filter(({ at }) => at !== null);
  const without = members.length - placed.length;
  if (!placed.length) return el("p", {}, "No article of this story states a time.");
  const outlets = [...new Set(placed.map(({ member }) => member.outlet ?? "unknown outlet"))];
  const least = Math.min(...placed.map(({ at }) => at));
  const span = Math.max(Math.max(...placed.map(({ at }) => at)) - least, 3600000);
  const room = 720, left = 150, right = 24, top = 8, step = 14;
  const x = (at) => left + ((at - least) / span) * (room - left - right);

  let most = room - right;
  // Articles of one outlet at about one time stand below each other.
  const rows = outlets.map((name) => {
    const taken = [];
    const dots = placed.filter(({ member }) => (member.outlet ?? "unknown outlet") === name).map((dot) => {
      let at = x(dot.at);
      let lane = taken.findIndex((end) => end + step <= at);
      if (lane < 0 && taken.length < LANES) lane = taken.length;
      if (lane < 0) {
        lane = taken.indexOf(Math.min(...taken));
        at = taken[lane] + step;
      }
      taken[lane] = at;
      most = Math.max(most, at);
      return { ...dot, x: at, lane };
    });
    return { name, dots, lanes: taken.length };
  });
  const width = most + right;
  const spots = new Map();
  let y = top;
  const drawn = svg("g");
  for (const { name, dots, lanes } of rows) {
    const height = lanes * step + 10;
    drawn.append(svg("line.rule", { x1: 0, x2: width, y1: y + height, y2: y + height }));
    drawn.append(svg("text.outlet", { x: 0, y: y + 16 }, svg("title", {}, plain(name)), shortened(plain(name), 22)));
    for (const dot of dots) spots.set(dot.member.at, { x: dot.x, y: y + 11 + dot.lane * step, dot });
    y += height;
  }
  const ties = svg("g");
  members.forEach((member, index) => {
    const to = spots.get(member.at);
    const from = nearest[index] && spots.get(nearest[index].from);
    if (to && from) ties.append(svg("line.tie", { x1: from.x, y1: from.y, x2: to.x, y2: to.y }));
  });
  const dots = svg("g");
  for (const { x: cx, y: cy, dot: { member } } of spots.values()) {
    const share = partsOf(member);
    const kind = share.own >= 0.5 ? "own" : share.reused >= share.quoted ? "reused" : "quoted";
    const said = `[${numbers.get(member.at)}] ${plain(member.outlet ?? "")} ${time(member.published)}: ${plain(title(member))}`;
    const mark = kind === "reused"
      ? svg("rect.dot.dot-reused", { x: cx - 5, y: cy - 5, width: 10, height: 10 })
      : svg(`circle.dot.dot-${kind}`, { cx, cy, r: 5 });
    dots.append(svg("a", { href: articleLink(member), "aria-label": said }, svg("title", {}, said), mark));
  }
  const axis = svg("g");
  for (const { at, label } of ticks(least, span)) {
    axis.append(svg("line.rule", { x1: x(at), x2: x(at), y1: top, y2: y }));
    axis.append(svg("text.tick", { x: x(at), y: y + 16, "text-anchor": x(at) > width - 60 ? "end" : "middle" }, label));
  }
  return el("figure.picture", {},
    el("div.scroll", { tabindex: 0, role: "region", "aria-label": "Picture of the story in time, by outlet" },
      svg("svg", { viewBox: `0 0 ${width} ${y + 24}`, role: "group", "aria-label": "Articles by time and outlet" }, axis, drawn, ties, dots)),
    el("figcaption", {},
      "○ mostly own text  ■ mostly reused text  ◐ mostly quoted text; lines go to the nearest earlier text. ",
      "Times without a zone are drawn as if they were UTC; where many stand at one time, some are moved to the right. ",
      without ? `${count(without, "article")} without a stated time ${without === 1 ? "is" : "are"} not drawn.` : null));
}

function shortened(text, most) {
  const chars = [...text];
  return chars.length > most ? `${chars.slice(0, most - 1).join("")}…` : text;
}

// Round times on the axis, five to eight of them.
function ticks(least, span) {
  const hour = 3600000;
  const steps = [hour / 4, hour, 3 * hour, 6 * hour, 12 * hour, DAY, 2 * DAY, 7 * DAY, 30 * DAY, 91 * DAY, 365 * DAY];
  const step = steps.find((length) => span / length <= 7) ?? steps.at(-1);
  const list = [];
  for (let at = Math.ceil(least / step) * step; at <= least + span && list.length < 12; at += step) {
    const stated = new Date(at).toISOString();
    list.push({ at, label: step < DAY ? `${stated.slice(5, 10)} ${stated.slice(11, 16)}` : stated.slice(0, 10) });
  }
  return list;
}
