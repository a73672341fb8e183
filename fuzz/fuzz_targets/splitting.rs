//! Any text into words and paragraphs.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| wirecopy_fuzz::split(bytes));
