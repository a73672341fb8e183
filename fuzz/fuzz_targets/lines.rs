//! Any bytes as lines of JSON.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| wirecopy_fuzz::read("a.jsonl", bytes));
