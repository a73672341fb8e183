//! Any bytes as a tar archive and its members.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| wirecopy_fuzz::read("a.tar", bytes));
