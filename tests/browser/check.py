"""Opens the report and a comparison in Chromium and uses them as a reader would.

    check.py PROGRAM FOLDER

PROGRAM is wirecopy; pages and screenshots go to FOLDER. Every check that fails is printed, and the
exit code is 1 then.
"""

import re
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from playwright.sync_api import sync_playwright

HERE = Path(__file__).parent
ROOT = HERE.parent.parent
VIEWS = ["", "stories", "articles", "pairs", "outlets", "agencies", "names", "repeated", "skipped", "method"]
PHONE = {"width": 390, "height": 800}
DESK = {"width": 1200, "height": 900}
FIRST_CONTENT = 2000  # milliseconds
FERRY = ["fixtures/vell-gazette/000_a2dbaac33ec344c2.txt", "fixtures/orvane-courier/000_26bdb55b254f2442.txt"]

# Least contrast of every text on the page with what is behind it (WCAG AA).
CONTRAST = """() => {
  const parse = (text) => {
    const numbers = text.match(/[\\d.e+-]+/g).map(Number);
    const scale = text.startsWith("color(") ? 255 : 1;
    return [numbers[0] * scale, numbers[1] * scale, numbers[2] * scale, numbers[3] ?? 1];
  };
  const light = ([r, g, b]) => [r, g, b].map((v) => v / 255).map((v) => v <= 0.03928 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4)
    .reduce((sum, v, i) => sum + v * [0.2126, 0.7152, 0.0722][i], 0);
  const over = (top, below) => [0, 1, 2].map((i) => top[i] * top[3] + below[i] * (1 - top[3])).concat(1);
  const behind = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) layers.push(parse(getComputedStyle(at).backgroundColor));
    return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255, 1]);
  };
  const weak = [];
  for (const element of document.querySelectorAll("body *")) {
    if (!element.checkVisibility() || element.closest("svg, :disabled, script, noscript")) continue;
    if (![...element.childNodes].some((node) => node.nodeType === 3 && node.textContent.trim())) continue;
    const style = getComputedStyle(element);
    const ground = behind(element);
    const [x, y] = [light(over(parse(style.color), ground)), light(ground)].sort((a, b) => b - a);
    const ratio = (x + 0.05) / (y + 0.05);
    const large = parseFloat(style.fontSize) >= 24;
    if (ratio < (large ? 3 : 4.5)) weak.push(`${element.className || element.tagName} ${ratio.toFixed(2)}`);
  }
  return [...new Set(weak)];
}"""

failures = []


def check(holds, what):
    if not holds:
        failures.append(what)
        print(f"FAILED {what}")


class Reader:
    """A browser window that notes everything that must not happen."""

    def __init__(self, browser, page_file, **options):
        self.file = page_file
        self.context = browser.new_context(**options)
        self.page = self.context.new_page()
        self.page.set_default_timeout(15000)
        inside = page_file.parent.as_uri()
        self.page.on("request", lambda r: check(r.url.startswith(inside), f"a request leaves the page: {r.url}"))
        self.page.on("console", lambda m: check(m.type not in ("error", "warning"), f"console: {m.text}"))
        self.page.on("pageerror", lambda e: check(False, f"error in the script: {e}"))
        self.page.on("dialog", self.dialog)
        self.context.on("page", lambda p: check(p == self.page, "a window opens"))

    def dialog(self, dialog):
        check(False, f"a dialog opens: {dialog.message}")
        dialog.dismiss()

    def open(self, view=None):
        """Opens a view afresh, and waits until it is drawn."""
        self.page.goto("about:blank")
        self.page.goto(self.file.as_uri() + ("" if view is None else f"#/{view}"))
        if view:
            self.drawn()

    def drawn(self):
        self.page.wait_for_selector("#view:not([hidden]) h1")
        self.page.wait_for_function("!document.getElementById('view').hasAttribute('aria-busy')")

    def heading(self):
        return self.page.locator("main h1:visible").inner_text()

    def focused(self):
        return self.page.evaluate("document.activeElement.tagName + ' ' + document.activeElement.innerText.slice(0, 40)")

    def tab_to(self, wanted, most=120):
        """Presses Tab until the focus is on an element that the selector names."""
        for _ in range(most):
            self.page.keyboard.press("Tab")
            if self.page.evaluate("(wanted) => document.activeElement.matches(wanted)", wanted):
                return True
        check(False, f"the keyboard does not reach {wanted}")
        return False

    def picture(self, folder, name):
        self.page.screenshot(path=str(folder / f"{name}.png"), full_page=True)


@contextmanager
def reader(browser, page_file, **options):
    window = Reader(browser, page_file, **options)
    yield window
    window.context.close()


def pair(a, b, passage=None):
    return f"pair/{quote(a, safe='')}/{quote(b, safe='')}" + (f"/{passage}" if passage else "")


def read_front(browser, page_file):
    with reader(browser, page_file, viewport=DESK) as window:
        window.open()
        paint = window.page.evaluate("""() => new Promise((done) => new PerformanceObserver((list) =>
            done(list.getEntriesByName("first-contentful-paint")[0].startTime)).observe({ type: "paint", buffered: true }))""")
        check(paint < FIRST_CONTENT, f"first content after {paint:.0f} ms")
        check("articles share narrative text" in window.heading(), f"the front says {window.heading()!r}")
        print(f"first content of {page_file.name} after {paint:.0f} ms")


def read_without_scripts(browser, page_file):
    with reader(browser, page_file, viewport=DESK, java_script_enabled=False) as window:
        window.open()
        text = window.page.locator("main").inner_text()
        for words in ["articles share narrative text", "Keep in mind", "How to read it", "Largest stories", "Quarry to stop weekend blasting", "Not read", "can be read without scripts"]:
            check(words in text, f"without scripts the front does not say {words!r}")
        check(not window.page.locator("nav.views").is_visible(), "without scripts links to views are shown")


def read_stories(browser, page_file, shots):
    with reader(browser, page_file, viewport=DESK) as window:
        page = window.page
        window.open("")
        page.get_by_role("link", name="Stories", exact=True).click()
        window.drawn()
        check(window.focused().startswith("H1 Stories"), f"the focus is on {window.focused()}")
        page.get_by_label("Words in a title").fill("quarry")
        said = page.get_by_role("status").first.inner_text()
        check(re.fullmatch(r"1 story of \d+", said) is not None, f"the filter says {said!r}")
        page.get_by_label("Words in a title").fill("")
        page.get_by_label("Agency").select_option("AP")
        said = page.get_by_role("status").first.inner_text()
        check(" of " in said, f"the filter of agencies says {said!r}")
        page.get_by_label("Agency").select_option("")
        page.get_by_label("Words in a title").fill("quarry")
        page.get_by_role("link", name="Quarry to stop weekend blasting").click()
        window.drawn()
        check(window.heading() == "Quarry to stop weekend blasting", f"the story is {window.heading()!r}")
        check(page.locator("figure.picture svg .dot").count() == 2, "the picture of the story has two dots")
        check(page.locator("svg.bar").count() >= 2, "the story has bars")
        check("shares 146 words" in page.locator("ul.tree").first.inner_text(), "the tree names the nearest earlier text")
        page.get_by_role("link", name="146 words").last.click()
        window.drawn()
        check("Hill Country Mail" in window.heading(), f"the pair is {window.heading()!r}")
        text = page.locator("main").inner_text()
        check("Established: from A." in text, "the pair says its direction")
        check(re.search("Share of A’s reporting\\s+100%", text) and re.search("Share of B’s reporting\\s+87%", text), "the pair says each one's share")
        page.go_back()
        page.wait_for_function("document.querySelector('#view h1').innerText.startsWith('Quarry')")
        page.go_back()
        page.wait_for_function("document.querySelector('#view h1').innerText === 'Stories'")
        check(page.get_by_label("Words in a title").input_value() == "quarry", "going back keeps the filter")
        window.picture(shots, "stories-light")


def read_pair(browser, page_file, view):
    with reader(browser, page_file, viewport=DESK) as window:
        page = window.page
        window.open(view)
        if view is None:
            window.drawn()
        left = page.locator(".side[data-side=A] [data-passage]")
        right = page.locator(".side[data-side=B] [data-passage]")
        check(left.count() > 0 and right.count() > 0, "both texts have passages")
        check(page.locator(".side .differs").count() > 4, "words that differ are marked")
        number = left.last.get_attribute("data-passage")
        partner = page.locator(f".side[data-side=B] [data-passage='{number}']").first
        left.last.hover()
        check("lit" in partner.get_attribute("class"), "pointing at a passage lights up its partner")
        page.locator("#view h1").hover()
        check("lit" not in partner.get_attribute("class"), "the light goes out again")
        left.last.click()
        check("chosen" in partner.get_attribute("class"), "a click chooses the partner")
        check(page.url.endswith(f"/{int(number) + 1}"), "the address names the passage")
        inside = """(part) => { const box = part.getBoundingClientRect(), side = part.closest(".original").getBoundingClientRect();
            return box.bottom > side.top && box.top < side.bottom; }"""
        check(partner.evaluate(inside), "the partner is scrolled into view")
        page.get_by_role("button", name="Show passage 1").first.click()
        check("chosen" in right.first.get_attribute("class"), "a figure leads to its passage")


def read_by_keyboard(browser, page_file):
    with reader(browser, page_file, viewport=DESK) as window:
        page = window.page
        window.open("")
        page.keyboard.press("Tab")
        check(window.focused().startswith("A Skip"), f"the first stop is {window.focused()}")
        page.keyboard.press("Enter")
        check(window.focused().startswith("H1"), f"the skip link leads to {window.focused()}")
        window.open("")
        window.tab_to("nav.views a[href='#/stories']")
        page.keyboard.press("Enter")
        window.drawn()
        window.tab_to("td a[href^='#/story/']")
        page.keyboard.press("Enter")
        page.wait_for_selector("#view .origins")
        window.drawn()
        window.tab_to("a[href^='#/pair/']")
        page.keyboard.press("Enter")
        page.wait_for_selector("#view .pair")
        window.tab_to(".side[data-side=A] a.passage")
        number = page.evaluate("document.activeElement.dataset.passage")
        partner = page.locator(f".side[data-side=B] [data-passage='{number}']").first
        check("lit" in partner.get_attribute("class"), "the focus on a passage lights up its partner")
        page.keyboard.press("Enter")
        check("chosen" in partner.get_attribute("class"), "Enter chooses the partner")


def read_hostile(browser, page_file, ids, shots):
    with reader(browser, page_file, viewport=DESK) as window:
        page = window.page
        views = VIEWS + ["story/story-1"] + [f"article/{quote(one, safe='')}" for one in ids] + [pair(ids[0], ids[1], 1)]
        for view in views:
            window.open(view)
            found = page.evaluate("""() => [...document.querySelectorAll("main img, main script, main iframe, main b, main object, main [style]")].map((e) => e.outerHTML)""")
            check(not found, f"words of an article became elements in {view!r}: {found}")
            wrong = page.evaluate("""() => [...document.querySelectorAll("a")].map((a) => a.getAttribute("href")).filter((href) => !href.startsWith("#") && !/^https?:/.test(href))""")
            check(not wrong, f"links out of the web in {view!r}: {wrong}")
            hidden = page.evaluate("() => document.body.innerText.match(/[\\u202a-\\u202e\\u2066-\\u2069\\u200b\\u0007]/g)")
            check(not hidden, f"hidden characters in {view!r}: {hidden}")
            check("cannot be shown" not in window.heading(), f"{view!r} cannot be shown: {page.locator('main').inner_text()[:200]}")
        text = page.locator(".side .original").first.inner_text()
        check("<script>alert('script')</script>" in text, "the hostile words are shown as words")
        for mark in ["RLO", "ZWSP", "ZWJ", "LRI", "U+0007"]:
            check(mark in text, f"{mark} is not shown")
        window.picture(shots, "hostile-pair")
        window.open(f"article/{quote(ids[1], safe='')}")
        out = page.locator("a[target=_blank]").first
        check(out.get_attribute("rel") == "noreferrer noopener", "links out hide where they come from")
    # The policy holds even if the script had a hole. The browser complains, so nobody listens.
    context = browser.new_context(viewport=DESK)
    page = context.new_page()
    page.goto(page_file.as_uri())
    check(page.evaluate("""() => { try { document.body.innerHTML = "<b>x</b>"; return false; } catch { return true; } }"""), "the policy refuses HTML from scripts")
    refused = page.evaluate("""() => new Promise((done) => {
      addEventListener("securitypolicyviolation", (event) => done(event.effectiveDirective));
      const image = document.createElement("img"); image.src = "https://example.org/x.png"; document.body.append(image);
      setTimeout(() => done(null), 3000);
    })""")
    check(refused == "img-src", f"the policy lets an image be loaded: {refused}")
    context.close()


def look(browser, page_file, shots, views):
    """Both themes and a phone: nothing is wider than the page, and everything can be read."""
    for scheme, viewport in [("light", DESK), ("dark", DESK), ("light", PHONE), ("dark", PHONE)]:
        with reader(browser, page_file, viewport=viewport, color_scheme=scheme) as window:
            for name, view in views.items():
                window.open(view)
                wide = window.page.evaluate("document.documentElement.scrollWidth - innerWidth")
                odd = re.search(r"\[object|undefined|NaN|cannot be shown", window.page.locator("main").inner_text())
                check(not odd, f"{name} says {odd and odd.group()!r}")
                check(wide <= 0, f"{name} is {wide} px wider than {viewport['width']} px")
                weak = window.page.evaluate(CONTRAST)
                check(not weak, f"too little contrast in {name}, {scheme}: {weak}")
                window.picture(shots, f"{name}-{scheme}-{viewport['width']}")


def read_broken_folder(browser, page_file):
    """A folder of which a part is missing says which. The browser complains too, so nobody listens."""
    (page_file.parent / "index_files" / "stories.js").unlink()
    context = browser.new_context(viewport=DESK)
    page = context.new_page()
    page.goto(page_file.as_uri() + "#/stories")
    text = page.locator("[role=alert]").inner_text()
    check("index_files/stories.js cannot be read" in text, f"a missing file is not named: {text!r}")
    context.close()


def main():
    program, folder = sys.argv[1], Path(sys.argv[2]).resolve()
    shots = folder / "shots"
    shots.mkdir(parents=True, exist_ok=True)
    program = str(Path(program).resolve())

    def make(*arguments):
        subprocess.run([program, *map(str, arguments), "--quiet"], cwd=ROOT, check=True)

    # File names that a repository should not carry are made here.
    odd = folder / "odd"
    odd.mkdir(exist_ok=True)
    text = "The bridge over the Sarn is closed until Friday, because a barge has struck its second pier, the county said.\n"
    (odd / "<img src=x onerror=alert(7)>.txt").write_text(text)
    (odd / "\u202etxt.exe.txt").write_text(text + "Buses go round by Hask.\n")
    one, apart, two = folder / "report.html", folder / "apart", folder / "pair.html"
    make("report", "fixtures", HERE / "hostile.jsonl", odd, "--format", "html", "-o", one)
    make("report", "fixtures", "--format", "html", "-o", f"{apart}/", "--force")
    make("compare", *FERRY, "--format", "html", "-o", two)
    ids = ["evil-1</script>\u202e", "evil-2'\"><img src=x onerror=alert(2)>", "evil-3"]

    with sync_playwright() as driver:
        # The sandbox needs rights that containers do not give; what is opened here is our own.
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        for page_file in [one, apart / "index.html"]:
            read_front(browser, page_file)
            read_without_scripts(browser, page_file)
            read_stories(browser, page_file, shots)
            read_pair(browser, page_file, pair(*FERRY))
            read_by_keyboard(browser, page_file)
        read_pair(browser, two, None)
        read_hostile(browser, one, ids, shots)
        views = {view or "front": view for view in VIEWS}
        views |= {"story": "story/story-2", "article": f"article/{quote(FERRY[1], safe='')}", "pair": pair(*FERRY, 1)}
        look(browser, apart / "index.html", shots, views)
        look(browser, two, shots, {"comparison": pair(*FERRY)})
        read_broken_folder(browser, apart / "index.html")
        browser.close()
    print(f"{len(failures)} checks failed" if failures else "all checks hold")
    sys.exit(1 if failures else 0)


main()
