//! The one value that every output format prints, and the printers.
//!
//! [`assemble`] turns what the other rooms found into a [`Report`]; nothing in this room analyses
//! anything.

mod assembly;
mod clean;
pub mod comparison;
mod credits;
mod csv;
mod figures;
pub mod flags;
pub mod html;
pub mod json;
pub mod jsonl;
#[cfg(test)]
mod sample;
pub mod terminal;
mod value;

pub use assembly::{Findings, FullTexts, assemble};
pub use value::*;
