//! The page around everything: its head with the policy, its front, its script.

use std::io::{self, Write};

use sha2::{Digest, Sha256};

use super::block::{self, Block};
use super::{escape, front};
use crate::report::Report;
use crate::report::comparison::Comparison;

const STYLE: &str = include_str!("report.css");

/// One script, because one hash in the policy then allows it and nothing else. Its parts see each
/// other and are sealed off from the page by the function around them.
const SCRIPT: &str = concat!(
    "\"use strict\";\n(() => {\n",
    include_str!("script/blocks.js"),
    include_str!("script/elements.js"),
    include_str!("script/figures.js"),
    include_str!("script/lists.js"),
    include_str!("script/bars.js"),
    include_str!("script/articles.js"),
    include_str!("script/stories.js"),
    include_str!("script/picture.js"),
    include_str!("script/story.js"),
    include_str!("script/passages.js"),
    include_str!("script/article.js"),
    include_str!("script/pair.js"),
    include_str!("script/outlets.js"),
    include_str!("script/agencies.js"),
    include_str!("script/inputs.js"),
    include_str!("script/page.js"),
    "})();\n"
);

/// The views that the page's navigation names.
const VIEWS: [(&str, &str); 9] = [
    ("", "Overview"),
    ("stories", "Stories"),
    ("articles", "Articles"),
    ("pairs", "Pairs"),
    ("repeated", "Copies"),
    ("outlets", "Outlets"),
    ("agencies", "Agencies"),
    ("names", "Names"),
    ("method", "Method"),
];

/// Where the data stands.
#[derive(Debug, Clone, Copy)]
pub(super) enum Data<'a> {
    /// In the page.
    Inside(&'a [Block]),
    /// In a folder of this name beside it.
    Beside(&'a str),
}

/// The parts of a page that depend on the report.
#[derive(Debug)]
pub(super) struct Page {
    /// `report` or `comparison`.
    kind: &'static str,
    title: String,
    front: String,
}

impl Page {
    pub(super) fn of_report(report: &Report) -> Self {
        let title = format!("Shared text in {}", report.run.paths.join(", "));
        Self { kind: "report", title, front: front::of_report(report) }
    }

    pub(super) fn of_comparison(comparison: &Comparison) -> Self {
        let title = format!("{} and {}", comparison.a.head.id, comparison.b.head.id);
        Self { kind: "comparison", title, front: front::of_comparison(comparison) }
    }

    /// Writes the page.
    pub(super) fn write(&self, data: Data<'_>, out: &mut dyn Write) -> io::Result<()> {
        let Self { kind, title, front } = self;
        let title = escape::prose(title);
        let (own, folder) = match data {
            Data::Inside(_) => ("", String::new()),
            Data::Beside(name) => ("'self' ", format!(" data-folder=\"{}\"", escape::markup(name))),
        };
        write!(
            out,
            "<!DOCTYPE html>\n<html lang=\"en\" data-kind=\"{kind}\"{folder}>\n<head>\n<meta charset=\"utf-8\">\n\
             <meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; script-src {own}{script}; \
             style-src {style}; base-uri 'none'; form-action 'none'; require-trusted-types-for 'script'; \
             trusted-types wirecopy\">\n\
             <meta name=\"referrer\" content=\"no-referrer\">\n\
             <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
             <meta name=\"color-scheme\" content=\"light dark\">\n\
             <meta name=\"generator\" content=\"wirecopy {version}\">\n\
             <title>{title}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n\
             <a class=\"skip\" id=\"skip\" href=\"#main\">Skip to the content</a>\n",
            script = hash(SCRIPT),
            style = hash(STYLE),
            version = env!("CARGO_PKG_VERSION"),
        )?;
        write!(out, "<header class=\"top\">\n<p class=\"brand\">wirecopy</p>\n")?;
        if *kind == "report" {
            writeln!(out, "<nav class=\"views\" aria-label=\"Views\" data-with-scripts hidden>")?;
            for (view, name) in VIEWS {
                writeln!(out, "<a href=\"#/{view}\">{name}</a>")?;
            }
            writeln!(out, "</nav>")?;
        }
        write!(
            out,
            "</header>\n<main id=\"main\">\n<noscript><p class=\"notice\">This page can be read without \
             scripts; its lists, texts and pictures need them.</p></noscript>\n\
             <div id=\"front\" data-title=\"{title}\">\n{front}</div>\n<div id=\"view\" hidden></div>\n</main>\n"
        )?;
        // The front page is shown before the data arrives.
        if let Data::Inside(blocks) = data {
            for Block { name, data } in blocks {
                writeln!(
                    out,
                    "<script type=\"application/octet-stream\" id=\"block-{name}\">{data}</script>"
                )?;
            }
        }
        write!(out, "<script>{SCRIPT}</script>\n</body>\n</html>\n")
    }
}

/// What the policy calls a script or style by.
fn hash(content: &str) -> String {
    format!("'sha256-{}'", block::base64(&Sha256::digest(content.as_bytes())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_script_can_stand_inside_html_as_it_is() {
        for sequence in ["<script", "</script", "<!--"] {
            assert!(!SCRIPT.contains(sequence), "{sequence}");
        }
        assert!(!STYLE.contains("</"));
    }

    #[test]
    fn the_script_makes_no_html_from_text() {
        for sink in ["innerHTML", "outerHTML", "insertAdjacent", "document.write", "eval(", "new Function"] {
            assert!(!SCRIPT.contains(sink), "{sink}");
        }
    }
}
