//! Two sequences of words, aligned within a time that grows with their length.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| wirecopy_fuzz::align(bytes));
