//! Layers of compression off a stream, as many as its bytes say there are.

use std::io::{self, BufReader, Read};

use flate2::bufread::MultiGzDecoder;

use super::bound::{Bounded, Budget, DEEPEST, Refusal};
use super::kind::{MARK, Packing};

/// Bytes that a decompressor is given at a time.
const STEP: usize = 128 * 1024;
/// Window of 2 GiB, the largest that Zstandard writes (`zstd --long=31`, usual for news dumps);
/// memory is only taken where a frame asks for it and fills it.
const LARGEST_ZSTD_WINDOW_LOG: u32 = 31;
/// Most memory in KiB that an xz stream may ask for. `xz -9` asks for 65 MiB.
const LARGEST_XZ_MEMORY: u32 = 512 << 10;

/// A stream whose beginning can be looked at.
pub(super) struct Unpacked<'a> {
    head: Vec<u8>,
    passed: usize,
    rest: Box<dyn Read + 'a>,
    /// How many layers were taken off.
    pub(super) layers: u32,
}

/// Takes off the layers of compression; `depth` is how many there are around the stream.
///
/// # Errors
/// When the stream breaks off or is damaged, or when there are too many layers.
pub(super) fn unpack<'a>(
    stream: Box<dyn Read + 'a>,
    depth: u32,
    budget: &'a Budget,
) -> io::Result<Unpacked<'a>> {
    let mut unpacked = Unpacked::look(stream, 0)?;
    while let Some(packing) = Packing::of(&unpacked.head) {
        let layers = unpacked.layers + 1;
        check_depth(depth + layers)?;
        let packed = BufReader::with_capacity(STEP, unpacked);
        let stream: Box<dyn Read + 'a> = match packing {
            Packing::Gzip => Box::new(Bounded::new(MultiGzDecoder::new(packed), budget)),
            Packing::Zstd => {
                let mut decoder = zstd::Decoder::with_buffer(packed)?;
                decoder.window_log_max(LARGEST_ZSTD_WINDOW_LOG)?;
                Box::new(Bounded::new(decoder, budget))
            }
            Packing::Bzip2 => Box::new(Bounded::new(bzip2::bufread::MultiBzDecoder::new(packed), budget)),
            Packing::Xz => {
                let decoder = lzma_rust2::XzReader::new_mem_limit(packed, true, LARGEST_XZ_MEMORY);
                Box::new(Bounded::new(decoder, budget))
            }
        };
        unpacked = Unpacked::look(stream, layers)?;
    }
    Ok(unpacked)
}

/// Refuses what lies too deep.
///
/// # Errors
/// When there are more layers than anything but a bomb has.
pub(super) fn check_depth(depth: u32) -> Result<(), Refusal> {
    if depth > DEEPEST {
        return Err(Refusal(format!(
            "more than {DEEPEST} layers of archives and compression: not unpacked further"
        )));
    }
    Ok(())
}

impl<'a> Unpacked<'a> {
    fn look(mut rest: Box<dyn Read + 'a>, layers: u32) -> io::Result<Self> {
        let mut head = Vec::with_capacity(MARK);
        rest.by_ref().take(MARK as u64).read_to_end(&mut head)?;
        Ok(Self { head, passed: 0, rest, layers })
    }

    /// Returns how the bytes begin: [`MARK`] of them, or all if they are fewer.
    pub(super) fn head(&self) -> &[u8] {
        &self.head
    }
}

impl Read for Unpacked<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let ahead = &self.head[self.passed..];
        if ahead.is_empty() {
            return self.rest.read(buffer);
        }
        let count = ahead.len().min(buffer.len());
        buffer[..count].copy_from_slice(&ahead[..count]);
        self.passed += count;
        Ok(count)
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::super::fault;
    use super::*;

    fn gzip(bytes: &[u8]) -> Vec<u8> {
        let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
        packed.write_all(bytes).unwrap();
        packed.finish().unwrap()
    }

    fn zstd(bytes: &[u8]) -> Vec<u8> {
        // Without its checksum damage may go unseen.
        let mut packed = zstd::Encoder::new(Vec::new(), 1).unwrap();
        packed.include_checksum(true).unwrap();
        packed.write_all(bytes).unwrap();
        packed.finish().unwrap()
    }

    fn bzip2(bytes: &[u8]) -> Vec<u8> {
        let mut packed = bzip2::write::BzEncoder::new(Vec::new(), bzip2::Compression::fast());
        packed.write_all(bytes).unwrap();
        packed.finish().unwrap()
    }

    fn xz(bytes: &[u8]) -> Vec<u8> {
        let options = lzma_rust2::XzOptions::with_preset(1);
        let mut packed = lzma_rust2::XzWriter::new(Vec::new(), options).unwrap();
        packed.write_all(bytes).unwrap();
        packed.finish().unwrap()
    }

    type Pack = fn(&[u8]) -> Vec<u8>;
    const PACKINGS: [(&str, Pack); 4] = [("gzip", gzip), ("zstd", zstd), ("bzip2", bzip2), ("xz", xz)];

    fn unpacked(disk: &[u8]) -> io::Result<(Vec<u8>, u32)> {
        let budget = Budget::default();
        let mut unpacked = unpack(Box::new(disk), 0, &budget)?;
        let mut text = Vec::new();
        unpacked.read_to_end(&mut text)?;
        Ok((text, unpacked.layers))
    }

    #[test]
    fn several_members_are_one_text_in_every_packing() {
        for (name, pack) in PACKINGS {
            let members = [pack(b"one "), pack(b""), pack(b"two")].concat();
            assert_eq!(unpacked(&members).unwrap(), (b"one two".to_vec(), 1), "{name}");
        }
        assert_eq!(unpacked(b"").unwrap(), (Vec::new(), 0));
        assert_eq!(unpacked(b"plain").unwrap(), (b"plain".to_vec(), 0));
    }

    #[test]
    fn layers_come_off_up_to_the_deepest() {
        let mut bytes = b"text".to_vec();
        for layers in 1..=DEEPEST {
            bytes = PACKINGS[layers as usize % 4].1(&bytes);
            assert_eq!(unpacked(&bytes).unwrap(), (b"text".to_vec(), layers));
        }
        let reason = fault::in_compressed_data(&unpacked(&gzip(&bytes)).unwrap_err());
        assert!(reason.starts_with("more than 6 layers"), "{reason}");
    }

    #[test]
    fn cut_and_damaged_data_are_told_apart() {
        let text: Vec<u8> = (0..20_000u32).flat_map(u32::to_le_bytes).collect();
        for (name, pack) in PACKINGS {
            let whole = pack(&text);
            let result = unpacked(&whole[..whole.len() / 2]).map(|(text, _)| text.len());
            let reason = fault::in_compressed_data(&result.unwrap_err());
            assert!(reason.contains("cut short"), "{name}: {reason}");
            let mut damaged = whole;
            // In the sum over the whole, which every packing has at its end.
            let at = damaged.len() - 6;
            damaged[at] ^= 0x55;
            let result = unpacked(&damaged).map(|(text, _)| text.len());
            let reason = fault::in_compressed_data(&result.unwrap_err());
            assert!(reason.contains("damaged"), "{name}: {reason}");
        }
    }
}
