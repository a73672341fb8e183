//! Any bytes as JSON values.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| wirecopy_fuzz::read("a.json", bytes));
