//! Source deduplication and provenance for news text.
//!
//! A folder of articles goes in; out comes which texts are the same, which paragraphs are wire
//! copy, and which outlet shares whose text, every claim with its evidence.
//!
//! Data flows one way, one room a stage; a room imports only rooms to its left:
//!
//! ```text
//! corpus -> text -> matching -> agency -> provenance -> report
//!    \-> fixity ----------------------------------------^
//! ```
//!
//! [`pipeline`] runs the stages in order and is the only module that knows them all. Stages are
//! plain functions from input and options to an owned value: no printing, no clock, no globals.
//! How work is shared out among threads lies beneath all rooms, in `parallel`.

pub mod agency;
pub mod corpus;
pub mod fixity;
pub mod matching;
mod parallel;
pub mod pipeline;
pub mod provenance;
pub mod report;
pub mod text;
