//! HTML pages and pieces of HTML: main text, and what the page says about it.

mod blocks;
mod charset;
mod main_text;
mod meta;
mod page;
mod skim;

pub use main_text::Method;
pub(in crate::corpus) use page::{
    CANONICAL, Page, fragment_text, looks_like_html, read, read_text, unescape,
};
