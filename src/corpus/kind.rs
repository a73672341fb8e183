//! Which kinds of file are read, told by the name alone.

use std::path::Path;

/// How a file holds its articles.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// The file is one article.
    Text,
    /// The file is one HTML page with an article in it.
    Page,
    /// One JSON record a line.
    Lines,
    /// JSON: one object, an array of objects, or objects one after another.
    Values,
}

/// How a file's bytes are packed on disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Packing {
    /// As they are.
    Plain,
    /// gzip, any number of members.
    Gzip,
    /// Zstandard, any number of frames.
    Zstd,
}

impl Kind {
    /// Returns whether files of this kind hold records rather than being one article.
    #[must_use]
    pub fn is_container(self) -> bool {
        !matches!(self, Self::Text | Self::Page)
    }
}

/// Returns the packing and, where the rest of the name tells it, the kind of a file.
pub(super) fn of(path: &Path) -> (Packing, Option<Kind>) {
    match ending(path).as_deref() {
        Some("gz") => (Packing::Gzip, of_ending(ending(&path.with_extension("")))),
        Some("zst") => (Packing::Zstd, of_ending(ending(&path.with_extension("")))),
        plain => (Packing::Plain, of_ending(plain.map(str::to_owned))),
    }
}

/// Returns why a file of this name is passed over.
pub(super) fn unknown(path: &Path) -> String {
    let inner = match of(path).0 {
        Packing::Plain => None,
        Packing::Gzip | Packing::Zstd => ending(&path.with_extension("")),
    };
    match (inner, ending(path)) {
        (Some(inner), Some(outer)) => format!("not a kind of file that is read (.{inner}.{outer})"),
        (None, Some(ending)) => format!("not a kind of file that is read (.{ending})"),
        (_, None) => "not a kind of file that is read (its name has no ending)".to_owned(),
    }
}

fn of_ending(ending: Option<String>) -> Option<Kind> {
    match ending.as_deref()? {
        "txt" | "md" => Some(Kind::Text),
        "html" | "htm" | "xhtml" => Some(Kind::Page),
        "jsonl" | "ndjson" => Some(Kind::Lines),
        "json" => Some(Kind::Values),
        _ => None,
    }
}

fn ending(path: &Path) -> Option<String> {
    path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_kind_and_packing() {
        let of = |name: &str| of(Path::new(name));
        assert_eq!(of("a.txt"), (Packing::Plain, Some(Kind::Text)));
        assert_eq!(of("a.MD"), (Packing::Plain, Some(Kind::Text)));
        assert_eq!(of("a.b.jsonl"), (Packing::Plain, Some(Kind::Lines)));
        assert_eq!(of("a.ndjson.gz"), (Packing::Gzip, Some(Kind::Lines)));
        assert_eq!(of("a.json.ZST"), (Packing::Zstd, Some(Kind::Values)));
        assert_eq!(of("a.HTM.gz"), (Packing::Gzip, Some(Kind::Page)));
        assert_eq!(of("a.pdf"), (Packing::Plain, None));
        assert_eq!(of("a.tar.gz"), (Packing::Gzip, None));
        assert_eq!(of("README"), (Packing::Plain, None));
    }

    #[test]
    fn the_reason_names_the_ending() {
        assert_eq!(unknown(Path::new("a.PDF")), "not a kind of file that is read (.pdf)");
        assert_eq!(unknown(Path::new("a.pdf.gz")), "not a kind of file that is read (.pdf.gz)");
        assert!(unknown(Path::new("README")).contains("no ending"));
    }
}
