//! Writes what fuzzing starts from: `seeds FOLDER` puts one invented article in every format into a
//! folder a target.

use std::fs;
use std::io;
use std::path::Path;

// All crates are compiled to count what they run, and the counters lie there.
use libfuzzer_sys as _;

#[path = "../../tests/packing/mod.rs"]
mod packing;
#[path = "../../tests/stored/mod.rs"]
mod stored;

/// Lines that agencies and publishers write around a text, mostly quoted or repeated.
const PLAIN: &str = "Quay closed for the winter\n\n\
    STENHOLT, Oct 31 (Northwire) – “We counted twice,” she said. ‘And then again.’\r\n\r\n\
    By-laws of 1974: § 3, e.g. “90 days”, cost €12.50 a boat – see the café’s list:\n\
    - one cutter\n- two dinghies\n\n(With inputs from Northwire)\n\n© 2031 Northwire. All rights reserved.";

/// A page that declares its encoding and says everything in two places.
const PAGE: &str = "<!DOCTYPE html><html lang=en><head><meta charset=windows-1252><title>Quay | Gazette</title>\
    <meta property=og:title content='Quay closed'><link rel=canonical href=https://wire.example/quay>\
    <meta name=article:published_time content=2031-03-04T07:11:00+02:00>\
    <script type=application/ld+json>{\"@graph\":[{\"@type\":\"NewsArticle\",\"headline\":\"Quay closed\",\
    \"publisher\":{\"@id\":\"#p\"},\"isBasedOn\":\"https://wire.example/1\"},{\"@id\":\"#p\",\"name\":\"Gazette\"}]}</script>\
    <style>p{}</style></head><body><nav><a href=/>Home</a></nav><!-- x --><article><h1>Quay closed</h1>\
    <p class=byline>By <b>Mara Quist</b>, Northwire<time datetime=2031-03-04>4 March</time></p>\
    <p>The east quay was closed on Monday &amp; nobody was told &#8212; or asked.<br><br>Boats had to leave, all of \
    them, before the evening, and forty families went with them.</p><ul><li>One<li>Two</ul><table><tr><td>a<td>b</table>\
    <figure><figcaption>Photo: Northwire</figcaption></figure></article><footer>&copy; Gazette</footer></body></html>";

/// What people say about articles, in each of the forms.
const TOLD: [&str; 4] = [
    "path,outlet,published,title,url,id\na.txt,Gazette,2031-03-04,\"Quay\nclosed\",https://a.example/1,\nb/a.txt,,,,,x\n",
    "outlet;publisher\nGazette;Vell Group\nwww.courier.example;Vell Group\n",
    "\"Vell Group\" = [\"Gazette\", \"courier.example\"]\n",
    "[[article]]\nid = 'a.txt'\noutlet = 'Gazette'\npublished = '2031-05-04T10:00+02:00'\nagency = ['AP']\nreason = 'seen'\n\
     [[relation]]\na = 'a'\nb = 'b'\nverdict = 'reprint'\nreason = 'seen'\n",
];

fn main() -> io::Result<()> {
    let folder = std::env::args_os().nth(1).expect("usage: seeds FOLDER");
    let folder = Path::new(&folder);
    for (name, bytes, _) in stored::stored() {
        write(folder, target(name), name, &bytes)?;
    }
    write(folder, "page", "article.html", stored::page().as_bytes())?;
    write(folder, "page", "declared.html", &encoding_rs::WINDOWS_1252.encode(PAGE).0)?;
    write(folder, "plain", "utf-8.txt", PLAIN.as_bytes())?;
    write(folder, "plain", "windows-1252.txt", &encoding_rs::WINDOWS_1252.encode(PLAIN).0)?;
    let utf16: Vec<u8> = PLAIN.encode_utf16().flat_map(u16::to_le_bytes).collect();
    write(folder, "plain", "utf-16.txt", &utf16)?;
    write(folder, "splitting", "plain.txt", PLAIN.as_bytes())?;
    write(folder, "aligner", "twice", &PLAIN.repeat(2).into_bytes())?;
    for (number, told) in TOLD.iter().enumerate() {
        write(folder, "metadata", &number.to_string(), told.as_bytes())?;
    }
    Ok(())
}

/// The target that reads a file of this name.
fn target(name: &str) -> &'static str {
    let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    match () {
        () if ends(&[".txt"]) && !name.contains("packed") => "plain",
        () if ends(&[".jsonl"]) => "lines",
        () if ends(&[".json"]) => "values",
        () if ends(&[".csv", ".tsv"]) => "table",
        () if ends(&[".parquet"]) => "parquet",
        () if ends(&[".warc", ".warc.gz"]) => "warc",
        () if ends(&[".xml", ".rss"]) => "xml",
        () if ends(&[".zip", ".wacz"]) => "zip",
        () if ends(&[".tar", ".tar.xz"]) => "tar",
        () => "packed",
    }
}

fn write(folder: &Path, target: &str, name: &str, bytes: &[u8]) -> io::Result<()> {
    let folder = folder.join(target);
    fs::create_dir_all(&folder)?;
    fs::write(folder.join(name), bytes)
}
