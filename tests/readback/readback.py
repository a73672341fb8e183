"""Reads the files that wirecopy writes back with the tools that users have, and holds them against
the JSON of the same run.

    python tests/readback/readback.py PATH/TO/wirecopy FOLDER...
"""

import filecmp
import json
import subprocess
import sys
import tempfile
from pathlib import Path

import networkx
import pandas
import prov.model

import hostile

TABLES = ["articles", "relations", "passages", "stories", "flags"]
RULES = ["earliest", "longest", "own-outlet", "first"]
LEVELS = ["declared", "feed_unnamed", "contributed", "cited", "photo", "about"]


def main():
    program, *folders = sys.argv[1:]
    with tempfile.TemporaryDirectory() as top:
        made = Path(top) / "hostile.jsonl"
        hostile.write(made)
        for number, source in enumerate([made, *folders]):
            run = Run(program, source, Path(top) / str(number))
            for check in [graphs, provenance, tables, keep_lists]:
                check(run)
                print(f"{source if number else 'hostile articles'}: {check.__name__} read back")


class Run:
    """One folder of articles: its JSON, and every other form of it, written in both ways."""

    def __init__(self, program, source, top):
        self.program, self.source, self.top = program, source, top
        top.mkdir()
        self.saved = top / "report.json"
        self.call("report", source, "--format", "json", "--texts", "-o", self.saved)
        self.report = json.loads(self.saved.read_text(encoding="utf-8"))
        self.articles = {article["id"]: article for article in self.report["articles"]}
        assert len(self.articles) == len(self.report["articles"]) > 1

    def call(self, *arguments):
        subprocess.run([self.program, *map(str, arguments), "--quiet"], check=True)

    def write(self, name, *arguments):
        """What both commands write: from the articles, and from the saved report."""
        fresh, rendered = self.top / name, self.top / f"rendered-{name}"
        self.call("report", self.source, *arguments, "-o", fresh)
        self.call("render", self.saved, *arguments, "-o", rendered)
        if fresh.is_dir():
            names = sorted(path.name for path in fresh.iterdir())
            assert names == sorted(path.name for path in rendered.iterdir())
            same, different, missing = filecmp.cmpfiles(fresh, rendered, names, shallow=False)
            assert len(same) == len(names), (different, missing)
        else:
            assert filecmp.cmp(fresh, rendered, shallow=False), name
        return fresh


def graphs(run):
    for suffix, read in [("graphml", networkx.read_graphml), ("gexf", networkx.read_gexf)]:
        graph = read(run.write(f"articles.{suffix}", "--format", suffix))
        article_graph(run, graph)
        arguments = ["--format", suffix, "--nodes", "outlets"]
        outlet_graph(run, read(run.write(f"outlets.{suffix}", *arguments)))
    run.write("articles.dot", "--format", "dot")


def article_graph(run, graph):
    equal(set(graph.nodes), {identity(article) for article in run.articles})
    equal(graph.number_of_edges(), len(run.report["relations"]))
    stories = {id: story["id"] for story in run.report["stories"] for id in story["articles"]}
    for id, article in run.articles.items():
        expected = {
            "label": text(article["title"] if article["title"] is not None else id),
            "path": text(article["path"]),
            "record": article["record"],
            "outlet": text(article["outlet"]),
            "published": text(article["published"]),
            "title": text(article["title"]),
            "url": text(article["url"]),
            "words": article["words"],
            "reporting_words": article["reporting_words"],
            "agency_level": article["agency"]["level"],
            "agencies": text("; ".join(article["agency"]["names"]) or None),
            "reused_share": article["reused_share"],
            "own_share": article["own_share"],
            "story": stories.get(id),
        }
        attributes(graph.nodes[identity(id)], expected)
    for relation in run.report["relations"]:
        ends = ["a", "b"]
        source_is = relation["direction"]["from"]
        if source_is == relation["b"]:
            ends.reverse()
        source, target = ends
        published = lambda end: text(run.articles[relation[end]]["published"])
        expected = {
            "weight": relation["shared_words"],
            "verdict": relation["verdict"],
            "share_source": relation[f"share_{source}"],
            "share_target": relation[f"share_{target}"],
            "quoted_share": relation["quoted_share"],
            "longest_run": relation["longest_run"],
            "passages": len(relation["passages"]),
            "template": relation["template"],
            "direction": relation["direction"]["status"],
            "from": text(source_is),
            "published_source": published(source),
            "published_target": published(target),
        }
        attributes(graph.edges[identity(relation["a"]), identity(relation["b"])], expected)


def outlet_graph(run, graph):
    outlets = {outlet["name"]: outlet for outlet in run.report["outlets"]}
    equal(set(graph.nodes), {identity(name) for name in outlets})
    edges = {frozenset([name, edge["outlet"]]) for name in outlets for edge in outlets[name]["edges"]}
    equal({frozenset(edge) for edge in graph.edges}, {frozenset(map(identity, edge)) for edge in edges})
    for name, outlet in outlets.items():
        for field in ["articles", "reprints", "partial", "flagged", "own_share"]:
            equal(graph.nodes[identity(name)][field], outlet[field])
        for edge in outlet["edges"]:
            found = graph.edges[identity(name), identity(edge["outlet"])]
            equal((found["weight"], found["pairs"]), (edge["shared_words"], edge["shares_text"]))
            assert edge["from_other"] in [found["established_from_source"], found["established_from_target"]]


def attributes(found, expected):
    """The attributes are those expected, of the same types; the unknown ones are absent."""
    for name, value in expected.items():
        if value is None:
            assert name not in found, (name, found)
        else:
            equal(found[name], value)
            # Weights are floats to the reader of GEXF.
            assert type(found[name]) is type(value) or name == "weight", (name, found[name])


def provenance(run):
    document = prov.model.ProvDocument.deserialize(run.write("prov.json", "--format", "prov"), format="json")
    entities = list(document.get_records(prov.model.ProvEntity))
    label = lambda entity: next(iter(entity.get_attribute("wirecopy:id")))
    by_name = {str(entity.identifier): label(entity) for entity in entities}
    equal(set(by_name.values()), set(run.articles))
    equal(len(entities), len(run.articles))
    telling = [r for r in run.report["relations"] if r["verdict"] in ["reprint", "partial", "quotation"]]
    derived = set()
    for record in document.get_records(prov.model.ProvDerivation):
        later, source = (by_name[str(name)] for name in record.args[:2])
        quoted = any(str(kind) == "prov:Quotation" for kind in record.get_attribute("prov:type"))
        derived.add((later, source, quoted))
    expected = set()
    for relation in telling:
        source = relation["direction"]["from"]
        if source is not None:
            later = relation["b"] if source == relation["a"] else relation["a"]
            expected.add((later, source, relation["verdict"] == "quotation"))
    equal(derived, expected)
    alternates = document.get_records(prov.model.ProvAlternate)
    equal(
        {tuple(by_name[str(name)] for name in record.args) for record in alternates},
        {(r["a"], r["b"]) for r in telling if r["direction"]["from"] is None},
    )
    agents = {next(iter(agent.get_attribute("prov:label"))) for agent in document.get_records(prov.model.ProvAgent)}
    assert agents >= {article["outlet"] for article in run.articles.values() if article["outlet"]}
    # The reader holds it for a valid document: it can be written again, in both notations.
    again = prov.model.ProvDocument.deserialize(content=document.serialize(format="json"), format="json")
    equal(again, document)
    assert document.get_provn().startswith("document")


def tables(run):
    folder = run.write("tables", "--format", "csv")
    one = run.write("one.csv", "--format", "csv", "--table", "relations")
    assert filecmp.cmp(one, folder / "relations.csv", shallow=False)
    texts, typed = {}, {}
    for name in TABLES:
        path = folder / f"{name}.csv"
        texts[name] = pandas.read_csv(path, dtype=str, keep_default_na=False)
        typed[name] = pandas.read_csv(path)
        for column in texts[name]:
            for value in texts[name][column]:
                harmless(value)
    report = run.report

    columns(texts["articles"], run.articles.values(), {
        "id": lambda a: a["id"],
        "path": lambda a: a["path"],
        "outlet": lambda a: a["outlet"],
        "title": lambda a: a["title"],
        "url": lambda a: a["url"],
        "published": lambda a: a["published"],
        "agency_level": lambda a: a["agency"]["level"],
        "agencies": lambda a: "; ".join(a["agency"]["names"]),
        "sha256": lambda a: a["sha256"],
    })
    numbers(typed["articles"], run.articles.values(), ["words", "reporting_words", "reused_share", "own_share"])

    relations = report["relations"]
    columns(texts["relations"], relations, {
        "a": lambda r: r["a"],
        "b": lambda r: r["b"],
        "title_a": lambda r: run.articles[r["a"]]["title"],
        "outlet_b": lambda r: run.articles[r["b"]]["outlet"],
        "verdict": lambda r: r["verdict"],
        "direction": lambda r: r["direction"]["status"],
        "from": lambda r: r["direction"]["from"],
        "evidence": lambda r: "; ".join(found["text"] for found in r["direction"]["evidence"]),
    })
    numbers(typed["relations"], relations, ["shared_words", "share_a", "share_b", "quoted_share", "longest_run"])
    equal(list(typed["relations"]["template"]), [r["template"] for r in relations])

    passages = [(r, p) for r in relations for p in r["passages"]]
    words = lambda id, span: run.articles[id]["text"].encode()[span[0]:span[1]].decode()
    columns(texts["passages"], passages, {
        "a": lambda rp: rp[0]["a"],
        "b": lambda rp: rp[0]["b"],
        "text_a": lambda rp: words(rp[0]["a"], rp[1]["a"]),
        "text_b": lambda rp: words(rp[0]["b"], rp[1]["b"]),
    })
    for side in "ab":
        spans = zip(typed["passages"][f"start_{side}"], typed["passages"][f"end_{side}"])
        equal([list(map(int, span)) for span in spans], [p[side] for _, p in passages])

    members = [(story, id) for story in report["stories"] for id in story["articles"]]
    columns(texts["stories"], members, {
        "story": lambda m: m[0]["id"],
        "article": lambda m: m[1],
        "origin": lambda m: next(o["name"] for o in m[0]["origins"] if m[1] in o["articles"]),
    })

    flagged = [a for a in run.articles.values()
               if a["agency"]["level"] in LEVELS or a["credited_elsewhere"] or a["agency"].get("release")]
    columns(texts["flags"], flagged, {
        "id": lambda a: a["id"],
        "level": lambda a: a["agency"]["level"],
        "elsewhere_article": lambda a: (a["credited_elsewhere"] or {}).get("article"),
    })


def columns(table, rows, fields):
    """The columns hold the fields of the rows, empty for null."""
    rows = list(rows)
    equal(len(table), len(rows))
    for name, field in fields.items():
        for value, row in zip(table[name], rows):
            expected = cell(field(row) or "")
            assert value in [expected, f"'{expected}"], (name, value, expected)


def numbers(table, rows, fields):
    """The columns are numbers to the reader, and those of the rows."""
    for name in fields:
        assert table[name].dtype.kind in "if", (name, table[name].dtype)
        for value, row in zip(table[name], rows, strict=True):
            assert abs(value - row[name]) <= 5e-5, (name, value, row[name])


def harmless(value):
    """No spreadsheet takes the cell for a formula."""
    begins = value[:1] in [*"=+-@\t\r\n", *"\uff1d\uff0b\uff0d\uff20"]
    if begins and len(value) > 1:
        float(value)


def keep_lists(run):
    report = run.report
    same = {id: id for id in run.articles}
    for kind in ["bytes", "text"]:
        for group in report["exact_groups"]:
            if group["kind"] == kind:
                leaders = {same[id] for id in group["articles"]}
                same = {id: min(leaders) if led in leaders else led for id, led in same.items()}
    held = set()
    for relation in report["relations"]:
        if relation["verdict"] == "reprint" and not relation["template"]:
            for inner, outer in ["ab", "ba"]:
                if relation[f"share_{inner}"] >= min(0.67, relation[f"share_{outer}"]):
                    held.add((same[relation[inner]], same[relation[outer]]))
    for rule in RULES:
        fresh, rendered = run.top / f"{rule}.tsv", run.top / f"rendered-{rule}.tsv"
        run.call("report", run.source, "--keep-list", fresh, "--keep", rule, "-o", "/dev/null")
        run.call("render", run.saved, "--keep-list", rendered, "--keep", rule, "-o", "/dev/null")
        assert filecmp.cmp(fresh, rendered, shallow=False)
        header, *lines = fresh.read_bytes().decode().split("\n")[:-1]
        equal(header.split("\t"), ["decision", "id", "path", "record", "twin", "why", "share", "rule"])
        rows = [dict(zip(header.split("\t"), map(unescape, line.split("\t")), strict=True)) for line in lines]
        equal([row["id"] for row in rows], list(run.articles))
        kept = {row["id"] for row in rows if row["decision"] == "keep"}
        for row in rows:
            equal(row["rule"], rule)
            if row["decision"] == "keep":
                equal(row["twin"] + row["why"] + row["share"], "")
                continue
            equal(row["decision"], "drop")
            assert row["twin"] in kept
            pair = (same[row["id"]], same[row["twin"]])
            assert pair in held if row["why"] == "reprint" else pair[0] == pair[1], row
        for inner, outer in held:
            twins = (outer, inner) in held and inner != outer
            both = {same[id] for id in kept} >= {inner, outer}
            assert not (twins and both), f"{inner} and {outer} hold each other and are both kept"
        for members in [[id for id in kept if same[id] == led] for led in set(same.values())]:
            assert len(members) <= 1, members


def unescape(field):
    marks = {"t": "\t", "n": "\n", "r": "\r", "\\": "\\"}
    parts = iter(field)
    return "".join(marks[next(parts)] if part == "\\" else part for part in parts)


def control(c):
    return (ord(c) < 32 or 127 <= ord(c) < 160) and c not in "\t\n\r"


def text(value):
    """A text as XML can hold it."""
    if value is None:
        return None
    return "".join("\ufffd" if control(c) or c in "\ufffe\uffff" else c for c in value)


def identity(value):
    """An id as XML can hold it."""
    return "".join(
        f"\ufffd{{{ord(c):x}}}" if control(c) or c in "\ufffd\ufffe\uffff" else c for c in value
    )


def cell(value):
    """A text as a cell holds it, without what stands in front of a formula."""
    return "".join("\ufffd" if control(c) else c for c in value)


def equal(found, expected):
    assert found == expected, f"found {found!r}, expected {expected!r}"


if __name__ == "__main__":
    main()
