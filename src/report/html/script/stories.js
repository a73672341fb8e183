// The list of stories.

async function viewStories({ query }) {
  const [{ rows: all }, stories, core] = await Promise.all([articles(), block("stories"), block("core")]);
  const rows = stories.map((story, at) => {
    const members = story.articles.map((member) => all[member]);
    const times = members.map((member) => member.published).filter(Boolean);
    return {
      ...story, at, members,
      head: story.title ?? title(members[0]),
      outlets: new Set(members.map((member) => member.outlet).filter((name) => name !== null)),
      agencies: new Set([...members.flatMap((member) => member.agencies), ...story.origins.map((origin) => origin.name)]),
      first: times.reduce((least, next) => (least === null || next < least ? next : least), null),
      last: times.reduce((most, next) => (most === null || next > most ? next : most), null),
    };
  });
  const day = (stated) => (stated ?? "").slice(0, 10);
  const filters = [
    { key: "q", label: "Words in a title", keep: (row, value) => row.members.some((member) => contains(title(member), value)) },
    { key: "outlet", label: "Outlet", options: named(core.outlets.map((row) => row.name)), keep: (row, value) => row.outlets.has(value) },
    { key: "agency", label: "Agency", options: named(core.agencies.map((row) => row.name).filter(Boolean)), keep: (row, value) => row.agencies.has(value) },
    { key: "verdict", label: "With a pair that is", options: named(VERDICTS.slice(0, 3)), keep: (row, value) => row[value] > 0 },
    { key: "origins", label: "Origins", options: [{ value: "one", name: "one" }, { value: "several", name: "several" }], keep: (row, value) => (row.origins.length === 1) === (value === "one") },
    { key: "from", label: "From", type: "date", keep: (row, value) => row.last !== null && day(row.last) >= value },
    { key: "to", label: "Until", type: "date", keep: (row, value) => row.first !== null && day(row.first) <= value },
  ];
  const sorts = [
    { key: "size", label: "largest first" },
    { key: "time", label: "earliest first", order: (x, y) => (x.first ?? "9") < (y.first ?? "9") ? -1 : 1 },
    { key: "latest", label: "latest first", order: (x, y) => (x.last ?? "") > (y.last ?? "") ? -1 : 1 },
    { key: "outlets", label: "most outlets first", order: (x, y) => y.outlets.size - x.outlets.size },
    { key: "origins", label: "most origins first", order: (x, y) => y.origins.length - x.origins.length },
    { key: "shared", label: "most alike first", order: (x, y) => y.cohesion - x.cohesion },
  ];
  const draw = (part) => table(null, [
    { name: "Story", lead: true, cell: (row) => el("a", { href: `#/story/${row.id}` }, words(row.head)) },
    { name: "Articles", figure: true, cell: (row) => number(row.members.length) },
    { name: "Outlets", figure: true, cell: (row) => number(row.outlets.size) },
    { name: "Origins", cell: (row) => originsIn(row) },
    { name: "Stated times", cell: (row) => (row.first === null ? "none" : day(row.first) === day(row.last) ? day(row.first) : `${day(row.first)} to ${day(row.last)}`) },
    { name: "Shared on average", figure: true, cell: (row) => percent(row.cohesion) },
  ], part);
  return {
    title: "Stories",
    nodes: [
      el("p.intro", {}, "A story is a group of articles that share narrative text. Its origins are the texts that the others go back to, as far as this collection shows."),
      browse({ noun: ["story", "stories"], rows, filters, sorts, draw, query }),
    ],
  };
}

function originsIn(story) {
  const names = story.origins.slice(0, 3).map((origin, at) => [at ? ", " : "", words(origin.name)]);
  const more = story.origins.length > 3 ? ` and ${story.origins.length - 3} more` : "";
  return [`${story.origins.length}: `, names, more];
}
