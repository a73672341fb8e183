//! A report that was saved as JSON, read back.

use std::io::{self, BufRead, BufReader, Read};

use flate2::bufread::MultiGzDecoder;

use super::Report;

/// Why a saved report cannot be read. The words say the cause, so that none is given beside them.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum SavedError {
    /// The bytes cannot be read or unpacked.
    #[error("{0}")]
    Read(io::Error),
    /// The bytes are no report of this layout.
    #[error("not a report as `wirecopy report --format json` writes it: {0}")]
    Layout(serde_json::Error),
}

/// Reads what [`json::write`](super::json::write) wrote, plain or packed with gzip or zstd. Fields
/// that this version does not know are passed over.
///
/// # Errors
/// When `source` fails, or holds anything else, a report in another layout included.
pub fn read(source: &mut dyn Read) -> Result<Report, SavedError> {
    let mut source = BufReader::new(source);
    let start = source.fill_buf().map_err(SavedError::Read)?;
    let unpacked: Box<dyn Read + '_> = if start.starts_with(&[0x1f, 0x8b]) {
        Box::new(MultiGzDecoder::new(source))
    } else if start.starts_with(&[0x28, 0xb5, 0x2f, 0xfd]) {
        Box::new(zstd::Decoder::with_buffer(source).map_err(SavedError::Read)?)
    } else {
        Box::new(source)
    };
    serde_json::from_reader(BufReader::new(unpacked)).map_err(|error| {
        if error.is_io() { SavedError::Read(error.into()) } else { SavedError::Layout(error) }
    })
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;
    use crate::report::{json, sample};

    #[test]
    fn packed_and_plain() {
        let report = sample::shipping();
        let mut plain = Vec::new();
        json::write(&report, &mut plain).unwrap();
        let mut gzip = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        gzip.write_all(&plain).unwrap();
        let packed = [gzip.finish().unwrap(), zstd::encode_all(&*plain, 1).unwrap()];
        for bytes in [&plain, &packed[0], &packed[1]] {
            assert_eq!(read(&mut &**bytes).unwrap(), report);
        }
        for bytes in &packed {
            let cut = read(&mut &bytes[..bytes.len() / 2]).unwrap_err();
            assert!(matches!(cut, SavedError::Read(_)), "{cut}");
        }
    }

    #[test]
    fn anything_else_is_refused() {
        let refusal = |bytes: &[u8]| read(&mut &*bytes).unwrap_err().to_string();
        assert!(refusal(b"").starts_with("not a report"));
        assert!(refusal(b"{\"text\":\"an article\"}").contains("missing field `schema`"));
        assert!(refusal(b"{\"schema\":\"wirecopy.flags/1\"}").contains("this is `wirecopy.flags/1`"));
        let mut lines = Vec::new();
        crate::report::jsonl::write(&sample::shipping(), &mut lines).unwrap();
        assert!(refusal(&lines).starts_with("not a report"), "{}", refusal(&lines));
    }
}
