// Numbers, times and names as people write them.

const number = (value) => (value === null || value === undefined ? "–" : String(value)).replace(/\B(?=(\d{3})+$)/g, ",");
const count = (value, one, many = `${one}s`) => `${number(value)} ${value === 1 ? one : many}`;

// Only nothing is 0 % and only the whole is 100 %.
function percent(share) {
  if (share === null || share === undefined) return "–";
  const rounded = Math.round(share * 100);
  if (rounded < 1 && share > 0) return "<1%";
  if (rounded > 99 && share < 1) return ">99%";
  return `${rounded}%`;
}

// `2025-10-31T08:15:00+08:00` as `2025-10-31 08:15 +08:00`; what is not stated is not shown.
function time(stated) {
  if (!stated) return "no time stated";
  const match = /^([^T]*)T(\d\d:\d\d)[^Z+-]*(Z|[+-].*)?$/.exec(stated);
  if (!match) return stated;
  const zone = match[3] === "Z" ? " UTC" : match[3] ? ` ${match[3]}` : "";
  return `${match[1]} ${match[2]}${zone}`;
}

// The same for tables, where a date stays on one line.
function when(stated) {
  const [date, ...rest] = time(stated).split(" ");
  return stated ? [el("span.nobreak", {}, plain(date)), rest.length ? ` ${plain(rest.join(" "))}` : ""] : "none";
}

// Milliseconds for placing a stated time on an axis; null without one. A time without a zone is
// placed as if it were UTC: for the picture only.
function instant(stated) {
  const match = /^(\d{4})(?:-(\d\d))?(?:-(\d\d))?(?:T(\d\d):(\d\d)(?::(\d\d))?)?(Z|[+-]\d\d:\d\d)?/.exec(stated ?? "");
  if (!match) return null;
  const [, year, month = "01", day = "01", hour = "00", minute = "00", second = "00", zone] = match;
  const local = Date.UTC(+year, month - 1, +day, +hour, +minute, +second);
  if (!zone || zone === "Z") return local;
  const sign = zone[0] === "-" ? -1 : 1;
  return local - sign * (+zone.slice(1, 3) * 60 + +zone.slice(4, 6)) * 60000;
}

const VERDICTS = ["reprint", "partial", "quotation", "incidental", "boilerplate"];
const MEANING = {
  reprint: "at least two thirds of what one article reports stands in the other",
  partial: "a substantial part of the narrative is shared, and there is own text too",
  quotation: "what is shared is quoted speech, with little or no narrative",
  incidental: "something is shared, too little for any of the others",
  boilerplate: "only page furniture or standing text is shared",
};
const LEVELS = {
  declared: "credits the whole article to an agency",
  feed_unnamed: "declares a feed without naming the agency",
  contributed: "has inputs from an agency",
  cited: "cites an agency for a fact or quote",
  photo: "has an agency’s picture",
  about: "is about an agency, or names it outside the text",
  none: "names no agency",
};

const verdict = (name) => el("span.verdict", { title: MEANING[name] }, name);
const outlet = (article) => (article.outlet === null ? el("span.quiet", {}, "unknown outlet") : el("span.outlet", {}, words(article.outlet)));
const place = (article) => (article.record === null ? article.path : `${article.path}:${article.record}`);
const title = (article) => article.title?.trim() || place(article);

const articleLink = (article) => `#/article/${encodeURIComponent(article.id)}`;
const pairLink = (a, b, passage) => {
  const [first, second] = a.at < b.at ? [a, b] : [b, a];
  const end = passage === undefined ? "" : `/${passage + 1}`;
  return `#/pair/${encodeURIComponent(first.id)}/${encodeURIComponent(second.id)}${end}`;
};

const link = (article) => el("a", { href: articleLink(article) }, words(title(article)));
