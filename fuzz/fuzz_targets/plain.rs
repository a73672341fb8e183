//! Any bytes as a text in some encoding.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| wirecopy_fuzz::read("a.txt", bytes));
