//! The HTTP response in a captured record.

use std::io::{self, Read};

use flate2::bufread::{MultiGzDecoder, ZlibDecoder};

use crate::corpus::bound::{Bounded, Budget, LONGEST, too_long};
use crate::corpus::fault;

/// A response as it came over the wire.
pub(super) struct Response<'a> {
    pub(super) status: u16,
    /// The `Content-Type`.
    pub(super) media_type: Option<String>,
    /// The `Content-Encoding`, in lower case.
    encoding: Option<String>,
    chunked: bool,
    raw: &'a [u8],
}

impl<'a> Response<'a> {
    /// Reads the header lines.
    ///
    /// # Errors
    /// When there is no status line.
    pub(super) fn parse(content: &'a [u8]) -> Result<Self, String> {
        let mut rest = content;
        let first = line(&mut rest);
        let status = first.strip_prefix("HTTP/").and_then(|line| line.split_ascii_whitespace().nth(1));
        let status = status
            .and_then(|digits| digits.parse().ok())
            .ok_or("the content does not begin as an HTTP response")?;
        let mut response = Self { status, media_type: None, encoding: None, chunked: false, raw: &[] };
        loop {
            let line = line(&mut rest);
            if line.trim().is_empty() {
                break;
            }
            let Some((name, value)) = line.split_once(':') else { continue };
            let value = value.trim();
            match name.trim().to_ascii_lowercase().as_str() {
                "content-type" => response.media_type = Some(value.to_owned()),
                "content-encoding" => response.encoding = Some(value.to_ascii_lowercase()),
                "transfer-encoding" => response.chunked = value.to_ascii_lowercase().contains("chunked"),
                _ => {}
            }
        }
        response.raw = rest;
        Ok(response)
    }

    /// Returns whether it may be a page, as far as its header tells.
    pub(super) fn may_be_page(&self) -> bool {
        may_be_page(self.media_type.as_deref())
    }

    /// Returns the body without chunks and packing. Many crawlers take both off and leave the
    /// header as it was, so that what does not look chunked or packed is taken as it is.
    ///
    /// # Errors
    /// When it is packed and damaged, or unpacks to more than any page is or the budget has left.
    pub(super) fn body(&self, budget: &Budget) -> Result<Vec<u8>, String> {
        let joined = if self.chunked { joined(self.raw) } else { None };
        let body = joined.as_deref().unwrap_or(self.raw);
        let damaged = |error| format!("its content is packed and damaged ({error})");
        let Some(stream) = unpacking(self.encoding.as_deref(), body).map_err(damaged)? else {
            return Ok(body.to_owned());
        };
        let mut unpacked = Vec::new();
        let read = Bounded::new(stream, budget).take(LONGEST as u64 + 1).read_to_end(&mut unpacked);
        if let Err(error) = read {
            if let Some(refusal) = fault::refusal(&error) {
                return Err(refusal);
            }
            // A capture that broke off still has its beginning.
            if unpacked.is_empty() {
                return Err(damaged(error));
            }
        }
        if unpacked.len() > LONGEST {
            return Err(too_long(LONGEST, "which no page is").to_string());
        }
        Ok(unpacked)
    }
}

/// Takes the packing off a body; nothing where it is not packed as its header says.
///
/// # Errors
/// When there is no memory for it.
fn unpacking<'a>(encoding: Option<&str>, body: &'a [u8]) -> io::Result<Option<Box<dyn Read + 'a>>> {
    Ok(Some(match encoding {
        Some("gzip" | "x-gzip") if body.starts_with(&[0x1f, 0x8b]) => Box::new(MultiGzDecoder::new(body)),
        Some("deflate") if body.first() == Some(&0x78) => Box::new(ZlibDecoder::new(body)),
        Some("zstd") if body.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) => Box::new(zstd::Decoder::new(body)?),
        Some("br") if !looks_like_text(body) => Box::new(brotli_decompressor::Decompressor::new(body, 4096)),
        _ => return Ok(None),
    }))
}

/// Returns whether a media type is that of a page or a text, or nothing is stated.
pub(super) fn may_be_page(media_type: Option<&str>) -> bool {
    media_type.is_none_or(|stated| {
        let essence = essence(stated);
        essence.is_empty() || is_html(&essence) || essence == "text/plain"
    })
}

/// Returns whether a media type is that of a text without markup.
pub(super) fn is_plain(media_type: Option<&str>) -> bool {
    media_type.is_some_and(|stated| essence(stated) == "text/plain")
}

/// Returns the character encoding that a media type names.
pub(super) fn charset(media_type: &str) -> Option<&str> {
    let parameters = media_type.split(';').skip(1);
    parameters.filter_map(|parameter| parameter.split_once('=')).find_map(|(name, value)| {
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches(['"', '\'']))
    })
}

fn is_html(essence: &str) -> bool {
    matches!(essence, "text/html" | "application/xhtml+xml")
}

fn essence(media_type: &str) -> String {
    media_type.split(';').next().unwrap_or("").trim().to_ascii_lowercase()
}

/// Takes the next line off, without its end.
fn line(rest: &mut &[u8]) -> String {
    let end = memchr::memchr(b'\n', rest).unwrap_or(rest.len());
    let line = String::from_utf8_lossy(&rest[..end]).trim_end().to_owned();
    *rest = rest.get(end + 1..).unwrap_or_default();
    line
}

/// Puts chunks together; nothing when the bytes are no chunks.
fn joined(mut rest: &[u8]) -> Option<Vec<u8>> {
    let mut body = Vec::with_capacity(rest.len());
    loop {
        let line = line(&mut rest);
        let digits = line.split(';').next()?.trim();
        let size = usize::from_str_radix(digits, 16).ok()?;
        if size == 0 {
            return Some(body);
        }
        // The last chunk of a capture that broke off is kept.
        let Some(chunk) = rest.get(..size) else {
            body.extend_from_slice(rest);
            return Some(body);
        };
        body.extend_from_slice(chunk);
        rest = rest[size..].strip_prefix(b"\r\n").or_else(|| rest[size..].strip_prefix(b"\n"))?;
        if rest.is_empty() {
            return Some(body);
        }
    }
}

fn looks_like_text(body: &[u8]) -> bool {
    body.trim_ascii_start().first() == Some(&b'<')
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn body(response: &[u8]) -> Result<Vec<u8>, String> {
        Response::parse(response).unwrap().body(&Budget::default())
    }

    #[test]
    fn header_and_body_are_told_apart() {
        let response =
            Response::parse(b"HTTP/1.1 200 OK\r\nContent-Type: text/HTML; Charset=\"utf-8\"\r\n\r\n<p>x")
                .unwrap();
        assert_eq!((response.status, response.body(&Budget::default()).unwrap()), (200, b"<p>x".to_vec()));
        let media_type = response.media_type.as_deref();
        assert!(response.may_be_page() && !is_plain(media_type));
        assert_eq!(charset(media_type.unwrap()), Some("utf-8"));
        assert!(Response::parse(b"<html>").is_err() && Response::parse(b"").is_err());
        assert!(!may_be_page(Some("image/png")) && may_be_page(None));
    }

    #[test]
    fn chunks_and_packing_come_off_where_they_are() {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(b"<p>a text").unwrap();
        let packed = packed.finish().unwrap();
        let (first, second) = packed.split_at(9);
        let header = b"HTTP/1.1 200 OK\nTransfer-Encoding: chunked\nContent-Encoding: gzip\n\n";
        let chunks = [
            header.as_slice(),
            b"9\r\n",
            first,
            format!("\r\n{:x};x\r\n", second.len()).as_bytes(),
            second,
            b"\r\n0\r\n\r\n",
        ]
        .concat();
        assert_eq!(body(&chunks).unwrap(), b"<p>a text");
        let taken_off = [header.as_slice(), b"<p>a text"].concat();
        assert_eq!(body(&taken_off).unwrap(), b"<p>a text");
    }

    #[test]
    fn what_unpacks_to_more_than_a_page_is_refused() {
        let unpacked = |length: usize| {
            let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
            packed.write_all(&vec![b' '; length]).unwrap();
            let page = [b"HTTP/1.1 200 OK\nContent-Encoding: gzip\n\n".to_vec(), packed.finish().unwrap()];
            body(&page.concat()).map(|body| body.len())
        };
        assert_eq!(unpacked(LONGEST), Ok(LONGEST));
        assert_eq!(unpacked(LONGEST + 1), Err("longer than 64 MiB, which no page is".to_owned()));
    }
}
