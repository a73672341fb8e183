//! Any bytes as a Parquet table.

#![no_main]

// The reader's panics are caught and become rows, so that they must not end the fuzzer.
libfuzzer_sys::fuzz_target!(init: std::panic::set_hook(Box::new(|_| {})), |bytes: &[u8]| {
    wirecopy_fuzz::read("a.parquet", bytes);
});
