"""Measures the HTML report of a large input: its size, the time to write it, and to see it.

    measure.py PROGRAM INPUT FOLDER

PROGRAM is wirecopy, built for release; pages go to FOLDER. Times are those of the whole command, as
the clock and the processor have them; the text report stands for the analysis alone.
"""

import resource
import subprocess
import sys
import time
from pathlib import Path

from playwright.sync_api import sync_playwright

VIEWS = ["stories", "articles", "pairs", "outlets", "agencies", "repeated", "story/story-1"]


def run(program, *arguments):
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    start = time.perf_counter()
    subprocess.run([program, *map(str, arguments), "--quiet"], check=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return time.perf_counter() - start, used


def main():
    program, source, folder = sys.argv[1], sys.argv[2], Path(sys.argv[3]).resolve()
    folder.mkdir(parents=True, exist_ok=True)
    page_file = folder / "large.html"
    text = run(program, "report", source, "-o", "/dev/null")
    html = run(program, "report", source, "--format", "html", "-o", page_file)
    print(f"analysis and text: {text[0]:6.1f} s, {text[1]:6.1f} s of processor time")
    print(f"analysis and HTML: {html[0]:6.1f} s, {html[1]:6.1f} s of processor time")
    print(f"writing HTML takes {(html[0] - text[0]) / text[0]:.0%} of the analysis ({(html[1] - text[1]) / text[1]:.0%} of its processor time)")
    data = sorted((folder / "large_files").glob("*")) if page_file.stat().st_size < 40e6 else []
    print(f"page {page_file.stat().st_size / 1e6:.2f} MB, data beside it {sum(f.stat().st_size for f in data) / 1e6:.1f} MB in {len(data)} files")
    with sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path="/usr/bin/chromium", args=["--no-sandbox"])
        page = browser.new_page()
        page.goto(page_file.as_uri())
        paint = page.evaluate("""() => new Promise((done) => new PerformanceObserver((list) =>
            done(list.getEntriesByName("first-contentful-paint")[0].startTime)).observe({ type: "paint", buffered: true }))""")
        print(f"first content after {paint:.0f} ms")
        for view in VIEWS:
            page.goto("about:blank")
            start = time.perf_counter()
            page.goto(f"{page_file.as_uri()}#/{view}")
            page.wait_for_selector("#view:not([hidden]) h1", timeout=60000)
            print(f"{view:14} after {time.perf_counter() - start:.2f} s")
        browser.close()


main()
