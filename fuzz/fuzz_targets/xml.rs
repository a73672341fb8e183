//! Any bytes as a feed, NITF or NewsML-G2.

#![no_main]

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| wirecopy_fuzz::read("a.xml", bytes));
