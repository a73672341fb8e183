//! Any bytes as a table about articles, a map of publishers, and corrections by hand.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| wirecopy_fuzz::tell(bytes));
