//! Any bytes as a tar archive and its members, as they are and with the sums of the headers mended.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    wirecopy_fuzz::read("a.tar", bytes);
    wirecopy_fuzz::read_tar(bytes);
});
