//! Which kinds of file are read: told by the name, or by how the bytes begin.
//!
//! What the bytes say about packing, archives and tables is certain, so that it goes before the
//! name; between kinds of text only the name can tell.

use std::path::Path;

use super::fault;

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
    /// A table whose first line names its columns, with commas, semicolons, tabs or bars between
    /// them: one row an article.
    Table,
    /// An Apache Parquet table: one row an article.
    Parquet,
    /// A web archive: one capture an article.
    Warc,
    /// RSS or Atom with one article an item, NITF, or NewsML-G2.
    Xml,
    /// A ZIP archive (WACZ too), read like a folder.
    Zip,
    /// A tar archive, read like a folder.
    Tar,
}

/// How bytes are packed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Packing {
    /// gzip, any number of members.
    Gzip,
    /// Zstandard, any number of frames.
    Zstd,
    /// bzip2, any number of streams.
    Bzip2,
    /// xz, any number of streams.
    Xz,
}

/// Enough of a file to tell what it is: the mark of a tar archive is the last to come.
pub(super) const MARK: usize = 512;

impl Kind {
    /// Returns whether files of this kind hold records rather than being one article.
    #[must_use]
    pub fn is_container(self) -> bool {
        !matches!(self, Self::Text | Self::Page)
    }

    /// Returns the kind that a file's name tells, whatever it is packed with; nothing when only
    /// the bytes can tell.
    pub(super) fn of_name(path: &Path) -> Option<Self> {
        let mut path = path.to_owned();
        loop {
            match ending(&path).as_deref()? {
                "gz" | "zst" | "bz2" | "xz" => path.set_extension(""),
                "txt" | "md" => return Some(Self::Text),
                "html" | "htm" | "xhtml" => return Some(Self::Page),
                "jsonl" | "ndjson" => return Some(Self::Lines),
                "json" => return Some(Self::Values),
                "csv" | "tsv" => return Some(Self::Table),
                "parquet" => return Some(Self::Parquet),
                "warc" => return Some(Self::Warc),
                "xml" | "rss" | "atom" | "nitf" => return Some(Self::Xml),
                "zip" | "wacz" => return Some(Self::Zip),
                "tar" | "tgz" | "tbz2" | "txz" | "tzst" => return Some(Self::Tar),
                _ => return None,
            };
        }
    }

    /// Returns the kind of unpacked bytes, from how they begin and what the name says.
    pub(super) fn of(head: &[u8], by_name: Option<Self>) -> Self {
        if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
            return Self::Zip;
        }
        if head.starts_with(b"PAR1") {
            return Self::Parquet;
        }
        if head.starts_with(b"WARC/") {
            return Self::Warc;
        }
        if head.get(257..262) == Some(b"ustar") {
            return Self::Tar;
        }
        by_name.unwrap_or_else(|| {
            let text = head.strip_prefix(b"\xef\xbb\xbf").unwrap_or(head).trim_ascii_start();
            match text.first() {
                Some(b'{' | b'[') => Self::Values,
                Some(b'<') if is_page(text) => Self::Page,
                Some(b'<') if is_xml(text) => Self::Xml,
                _ => Self::Text,
            }
        })
    }
}

impl Packing {
    /// Recognises packed bytes by how they begin.
    pub(super) fn of(head: &[u8]) -> Option<Self> {
        match head {
            [0x1f, 0x8b, 8, ..] => Some(Self::Gzip),
            [0x28, 0xb5, 0x2f, 0xfd, ..] | [0x50..=0x5f, 0x2a, 0x4d, 0x18, ..] => Some(Self::Zstd),
            [b'B', b'Z', b'h', b'1'..=b'9', rest @ ..]
                if rest.starts_with(b"1AY&SY") || rest.starts_with(&[0x17, 0x72, 0x45, 0x38, 0x50, 0x90]) =>
            {
                Some(Self::Bzip2)
            }
            [0xfd, b'7', b'z', b'X', b'Z', 0, ..] => Some(Self::Xz),
            _ => None,
        }
    }
}

/// Returns whether a file of this name, met in a folder or an archive, is opened: when the name
/// tells a kind that is read, or only that something is packed.
pub(super) fn is_read(path: &Path) -> bool {
    Kind::of_name(path).is_some() || only_packing(path)
}

/// Whether a name says nothing about what is packed in it, as `dump.gz` does.
fn only_packing(path: &Path) -> bool {
    let mut path = path.to_owned();
    let mut packed = false;
    loop {
        match ending(&path).as_deref() {
            Some("gz" | "zst" | "bz2" | "xz") => packed = path.set_extension(""),
            Some(_) => return false,
            None => return packed,
        }
    }
}

/// Returns why a file of this name is passed over.
pub(super) fn unknown(path: &Path) -> String {
    let Some(last) = ending(path) else {
        return "not a kind of file that is read (its name has no ending)".to_owned();
    };
    let packed = matches!(last.as_str(), "gz" | "zst" | "bz2" | "xz");
    let endings = match ending(&path.with_extension("")).filter(|_| packed) {
        Some(inner) => format!(".{inner}.{last}"),
        None => format!(".{last}"),
    };
    // A member of an archive may be called anything.
    format!("not a kind of file that is read ({})", fault::repeated(&endings))
}

fn is_page(text: &[u8]) -> bool {
    let begin = text[..text.len().min(MARK)].to_ascii_lowercase();
    begin.starts_with(b"<!doctype html") || memchr::memmem::find(&begin, b"<html").is_some()
}

fn is_xml(text: &[u8]) -> bool {
    let roots: [&[u8]; 7] =
        [b"<?xml", b"<rss", b"<feed", b"<nitf", b"<newsItem", b"<newsMessage", b"<rdf:RDF"];
    roots.iter().any(|root| text.starts_with(root))
}

fn ending(path: &Path) -> Option<String> {
    path.extension().map(|ending| ending.to_string_lossy().to_ascii_lowercase())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_tell_the_kind_whatever_they_are_packed_with() {
        let of = |name: &str| Kind::of_name(Path::new(name));
        assert_eq!(of("a.txt"), Some(Kind::Text));
        assert_eq!(of("a.MD"), Some(Kind::Text));
        assert_eq!(of("a.b.jsonl"), Some(Kind::Lines));
        assert_eq!(of("a.ndjson.gz"), Some(Kind::Lines));
        assert_eq!(of("a.json.ZST"), Some(Kind::Values));
        assert_eq!(of("a.HTM.gz"), Some(Kind::Page));
        assert_eq!(of("a.warc.gz"), Some(Kind::Warc));
        assert_eq!(of("a.tar.xz"), Some(Kind::Tar));
        assert_eq!(of("a.tgz"), Some(Kind::Tar));
        assert_eq!(of("a.csv.bz2.gz"), Some(Kind::Table));
        assert_eq!(of("a.pdf"), None);
        assert_eq!(of("a.gz"), None);
        assert_eq!(of("README"), None);
    }

    #[test]
    fn a_name_may_tell_the_packing_alone() {
        assert!(only_packing(Path::new("dump.gz")) && only_packing(Path::new("dump.gz.xz")));
        assert!(!only_packing(Path::new("a.pdf.gz")) && !only_packing(Path::new("dump")));
    }

    #[test]
    fn certain_marks_go_before_the_name() {
        assert_eq!(Kind::of(b"PK\x03\x04...", Some(Kind::Text)), Kind::Zip);
        assert_eq!(Kind::of(b"WARC/1.0\r\n", None), Kind::Warc);
        assert_eq!(Kind::of(b"PAR1", Some(Kind::Lines)), Kind::Parquet);
        let mut tar = [0; MARK];
        tar[257..262].copy_from_slice(b"ustar");
        assert_eq!(Kind::of(&tar, None), Kind::Tar);
        assert_eq!(Kind::of(b"{}", Some(Kind::Text)), Kind::Text);
        assert_eq!(Kind::of(b"\xef\xbb\xbf [", None), Kind::Values);
        assert_eq!(Kind::of(b"<?xml version", None), Kind::Xml);
        assert_eq!(Kind::of(b"<!DOCTYPE HTML>", None), Kind::Page);
        assert_eq!(Kind::of(b"<?xml version='1.0'?><html>", None), Kind::Page);
        assert_eq!(Kind::of(b"a text", None), Kind::Text);
    }

    #[test]
    fn packed_bytes_are_recognised() {
        assert_eq!(Packing::of(&[0x1f, 0x8b, 8, 0]), Some(Packing::Gzip));
        assert_eq!(Packing::of(&zstd::encode_all(&b"x"[..], 1).unwrap()), Some(Packing::Zstd));
        assert_eq!(Packing::of(b"BZh91AY&SY"), Some(Packing::Bzip2));
        assert_eq!(Packing::of(b"BZh9 is no packing"), None);
        assert_eq!(Packing::of(b"\xfd7zXZ\0"), Some(Packing::Xz));
        assert_eq!(Packing::of(b"a"), None);
    }

    #[test]
    fn the_reason_names_the_ending() {
        assert_eq!(unknown(Path::new("a.PDF")), "not a kind of file that is read (.pdf)");
        assert_eq!(unknown(Path::new("a.doc.gz")), "not a kind of file that is read (.doc.gz)");
        assert_eq!(unknown(Path::new("a.b\nc")), "not a kind of file that is read (.b c)");
        assert!(unknown(Path::new("README")).contains("no ending"));
    }
}
