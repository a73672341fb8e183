//! Any bytes as packed data of a kind that only they tell.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| wirecopy_fuzz::read("a.gz", bytes));
