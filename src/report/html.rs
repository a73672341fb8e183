//! The report as a page for a browser, which opens from disk and needs no network.
//!
//! The front page is plain HTML and can be read without scripts; lists, texts and pictures are
//! drawn by the page's script when they are asked for, from data that the page carries compressed.
//! Small reports are one file; large ones are a page and a folder with the data ([`Pages::bytes`],
//! [`MOST_BYTES`]).
//!
//! Words of articles are data everywhere: here they are escaped, in the script they only become
//! text nodes, and the page's content security policy lets no other script run, no address be
//! loaded and no form be sent.

mod block;
mod core;
mod escape;
mod front;
mod index;
mod lists;
mod offsets;
mod page;
mod texts;

use std::io::{self, Write};

use super::Report;
use super::comparison::Comparison;
use block::Block;
use page::Page;

/// Most bytes of a report in one file. Larger ones take long to open, and belong into a folder.
pub const MOST_BYTES: u64 = 40_000_000;

/// A report or a comparison as page and data, ready to be written.
#[derive(Debug)]
pub struct Pages {
    page: Page,
    blocks: Vec<Block>,
}

impl Pages {
    /// Makes the pages of a report. Articles without [`text`](super::ArticleEntry::text) are shown
    /// without it.
    #[must_use]
    pub fn of_report(report: &Report) -> Self {
        Self { page: Page::of_report(report), blocks: block::of_report(report) }
    }

    /// Makes the page of a comparison.
    #[must_use]
    pub fn of_comparison(comparison: &Comparison) -> Self {
        Self { page: Page::of_comparison(comparison), blocks: block::of_comparison(comparison) }
    }

    /// Number of bytes that one file with everything has, not counting the few of the front page.
    #[must_use]
    pub fn bytes(&self) -> u64 {
        self.blocks.iter().map(|block| block.data.len() as u64).sum()
    }

    /// Writes everything as one file.
    ///
    /// # Errors
    /// When `out` fails.
    pub fn write(&self, out: &mut dyn Write) -> io::Result<()> {
        self.page.write(page::Data::Inside(&self.blocks), out)
    }

    /// Writes the page alone; `folder` is the name of the folder beside it that holds [`files`].
    ///
    /// # Errors
    /// When `out` fails.
    ///
    /// [`files`]: Self::files
    pub fn write_index(&self, folder: &str, out: &mut dyn Write) -> io::Result<()> {
        self.page.write(page::Data::Beside(folder), out)
    }

    /// The files of the folder, each with its name and its content in parts.
    pub fn files(&self) -> impl Iterator<Item = (String, [&str; 5])> {
        self.blocks.iter().map(|block| {
            let content = ["wirecopyBlock(\"", &block.name, "\", \"", &block.data, "\");\n"];
            (format!("{}.js", block.name), content)
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::report::sample;

    /// What a hostile article may try.
    pub(super) const HOSTILE: &str = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\
        <!-- \u{202e}gnp.exe\u{2066} a\u{200b}b \u{2028}javascript:alert(3) ']]>&quot;";

    fn hostile() -> Report {
        let mut report = sample::shipping();
        for article in &mut report.articles {
            article.head.title = Some(HOSTILE.to_owned());
            article.head.outlet = Some(HOSTILE.to_owned());
            article.head.url = Some("javascript:alert(4)".to_owned());
            article.text = Some(Arc::from(HOSTILE.repeat(20)));
        }
        report.skipped[0].reason = HOSTILE.to_owned();
        report.skipped[0].path = HOSTILE.to_owned();
        report.run.paths = vec![HOSTILE.to_owned()];
        report
    }

    fn written(pages: &Pages) -> String {
        let mut out = Vec::new();
        pages.write(&mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn hostile_words_open_no_element_and_steer_no_line() {
        let page = written(&Pages::of_report(&hostile()));
        assert!(page.contains("&lt;script&gt;alert(1)"), "the words themselves are shown");
        assert!(!page.contains("<script>alert"));
        assert!(!page.contains("<img"));
        assert!(!page.contains("<!-- "));
        assert!(!page.contains(['\u{202e}', '\u{2066}', '\u{200b}', '\u{2028}']));
        // The page's own script and one block each: nothing closed one early.
        let scripts = page.matches("<script").count();
        assert_eq!(scripts, page.matches("</script>").count());
        assert_eq!(scripts, 1 + Pages::of_report(&hostile()).blocks.len());
        for line in page.lines().filter(|line| line.contains("href=")) {
            assert!(!line.contains("href=\"javascript:"), "{line}");
        }
    }

    #[test]
    fn a_folder_holds_the_same_data_and_the_page_none() {
        let pages = Pages::of_report(&hostile());
        let mut index = Vec::new();
        pages.write_index("report \"files\"", &mut index).unwrap();
        let index = String::from_utf8(index).unwrap();
        assert!(index.contains("data-folder=\"report &quot;files&quot;\""), "{}", &index[..400]);
        assert!(index.contains("script-src 'self' 'sha256-"));
        assert_eq!(index.matches("<script").count(), 1);
        let one = written(&pages);
        for (name, content) in pages.files() {
            let block = name.strip_suffix(".js").unwrap();
            let data = content[3];
            assert!(one.contains(&format!("id=\"block-{block}\">{data}</script>")), "{name}");
            assert!(data.bytes().all(|b| b.is_ascii_alphanumeric() || b"+/=".contains(&b)), "{name}");
        }
    }

    #[test]
    fn the_same_report_gives_the_same_bytes() {
        assert_eq!(written(&Pages::of_report(&hostile())), written(&Pages::of_report(&hostile())));
    }

    #[test]
    fn the_front_page_can_be_read_without_scripts() {
        let page = written(&Pages::of_report(&sample::shipping()));
        let front = &page[page.find("<main").unwrap()..page.find("</main>").unwrap()];
        insta::assert_snapshot!(front);
    }
}
