//! Any bytes as a table with separators.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| wirecopy_fuzz::read("a.csv", bytes));
