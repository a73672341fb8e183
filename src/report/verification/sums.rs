//! Checksum lines as GNU coreutils write and check them.

use std::io::{self, Write};
use std::path::Path;

use crate::fixity::hex;

/// Writes `HEX  PATH`, ended by a line feed, or by NUL where `nul` is true. As coreutils do, a
/// name with a line break or a backslash is escaped and its line begins with a backslash, except
/// before NUL, where nothing needs escaping.
///
/// # Errors
/// What the writer says.
pub fn write_sums<'a>(
    out: &mut dyn Write,
    sums: impl IntoIterator<Item = (&'a Path, &'a [u8])>,
    nul: bool,
) -> io::Result<()> {
    for (path, digest) in sums {
        let name = path.as_os_str().as_encoded_bytes();
        let odd = !nul && name.iter().any(|byte| matches!(byte, b'\\' | b'\n' | b'\r'));
        write!(out, "{}{}  ", if odd { "\\" } else { "" }, hex(digest))?;
        for byte in name {
            match byte {
                b'\\' if odd => out.write_all(b"\\\\")?,
                b'\n' if odd => out.write_all(b"\\n")?,
                b'\r' if odd => out.write_all(b"\\r")?,
                _ => out.write_all(&[*byte])?,
            }
        }
        out.write_all(if nul { b"\0" } else { b"\n" })?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escapes_like_coreutils() {
        let mut out = Vec::new();
        let sums: [(&Path, &[u8]); 2] = [(Path::new("a b"), &[1]), (Path::new("a\nb\\"), &[2])];
        write_sums(&mut out, sums, false).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "01  a b\n\\02  a\\nb\\\\\n");
        let mut out = Vec::new();
        write_sums(&mut out, sums, true).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "01  a b\x0002  a\nb\\\0");
    }
}
