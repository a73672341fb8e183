//! Any bytes as a web archive.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| wirecopy_fuzz::read("a.warc", bytes));
