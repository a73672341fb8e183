// Which view the address names, and moving between views.

const VIEWS = {
  stories: viewStories, story: viewStory, articles: viewArticles, article: viewArticle,
  pairs: viewPairs, pair: viewPair, outlets: viewOutlets, agencies: viewAgencies,
  names: viewNames, repeated: viewRepeated, skipped: viewSkipped, method: viewMethod,
};

const front = document.getElementById("front");
const view = document.getElementById("view");
const heights = new Map();
let here = location.hash;
let wanted = 0;
let back = false;

function parsed() {
  const [address, state = ""] = location.hash.replace(/^#\/?/, "").split("?");
  const decoded = (part) => { try { return decodeURIComponent(part); } catch { return part; } };
  const [name, ...path] = address.split("/").map(decoded);
  return { name, path, query: new URLSearchParams(state) };
}

async function show() {
  const turn = ++wanted;
  const { name, path, query } = parsed();
  for (const anchor of document.querySelectorAll("nav.views a")) {
    const current = anchor.getAttribute("href") === `#/${name}` ? "page" : null;
    if (current) anchor.setAttribute("aria-current", current); else anchor.removeAttribute("aria-current");
  }
  const draw = Object.hasOwn(VIEWS, name) ? VIEWS[name] : null;
  if (!draw && document.documentElement.dataset.kind === "comparison") {
    const { rows } = await articles();
    history.replaceState(null, "", pairLink(rows[0], rows[1]));
    show();
    return;
  }
  if (!draw) {
    view.replaceChildren();
    view.hidden = true;
    front.hidden = false;
    document.title = front.dataset.title;
    if (here !== location.hash) arrive(front.querySelector("h1"));
    here = location.hash;
    return;
  }
  view.setAttribute("aria-busy", "true");
  let drawn;
  try {
    drawn = await draw({ path, query });
  } catch (error) {
    drawn = { title: "This cannot be shown", nodes: [el("p.notice", { role: "alert" }, error.message)] };
  }
  if (turn !== wanted) return;
  const heading = el("h1", {}, words(drawn.title));
  view.replaceChildren(drawn.kicker ? el("p.kicker", {}, drawn.kicker) : "", heading, ...drawn.nodes.flat().filter(Boolean));
  view.removeAttribute("aria-busy");
  view.hidden = false;
  front.hidden = true;
  document.title = `${plain(drawn.title)} – ${front.dataset.title}`;
  here = location.hash;
  arrive(heading);
  drawn.shown?.();
}

function focusOn(heading) {
  heading.setAttribute("tabindex", "-1");
  heading.focus({ preventScroll: true });
}

// Focus goes to the heading; going back finds the old place again.
function arrive(heading) {
  focusOn(heading);
  scrollTo(0, back ? heights.get(location.hash) ?? 0 : 0);
  back = false;
}

history.scrollRestoration = "manual";
addEventListener("click", (event) => {
  const anchor = event.target.closest?.("a[href^='#/']");
  if (anchor && !event.defaultPrevented) heights.set(here, scrollY);
});
addEventListener("popstate", () => { back = heights.has(location.hash); });
addEventListener("hashchange", () => {
  // The skip link is no view.
  if (location.hash.startsWith("#/") || location.hash === "") show();
});
document.getElementById("skip").addEventListener("click", (event) => {
  event.preventDefault();
  const heading = (view.hidden ? front : view).querySelector("h1");
  focusOn(heading);
  heading.scrollIntoView();
});
for (const element of document.querySelectorAll("[data-with-scripts]")) element.hidden = false;
show();
