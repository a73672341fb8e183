//! The one value that every output format prints, and the printers.
//!
//! [`assemble`] turns what the other rooms found into a [`Report`]; nothing in this room decides
//! anything, and what a printer needs decided it asks of the room that knows.

mod assembly;
mod clean;
pub mod comparison;
mod credits;
mod csv;
pub mod dot;
mod figures;
pub mod flags;
pub mod gexf;
pub mod graph;
pub mod graphml;
pub mod html;
pub mod inspection;
pub mod json;
pub mod jsonl;
pub mod keep_list;
pub mod prov;
#[cfg(test)]
mod sample;
pub mod saved;
mod stream;
pub mod tables;
pub mod terminal;
mod value;
pub mod verification;
mod xml;

pub use assembly::{Findings, FullTexts, assemble, stream};
pub use stream::Stream;
pub use value::*;
