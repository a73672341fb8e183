//! HTML pages and pieces of HTML: main text, and what the page says about it.

mod page;

pub use page::Method;
pub(in crate::corpus) use page::{Page, read};
