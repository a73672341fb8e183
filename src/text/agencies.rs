//! Names that agencies sign pictures and last lines with, by which texts are cut and paragraphs told.
//!
//! What a text says about agencies is found elsewhere, with many more names.

/// Longer names before those that they begin with.
const NAMES: &[&str] = &[
    "The Associated Press",
    "Associated Press",
    "Getty Images",
    "Getty",
    "picture alliance",
    "imago images",
    "imago",
    "IMAGO",
    "REUTERS",
    "Reuters",
    "Bloomberg",
    "Xinhua",
    "EPA-EFE",
    "AFP",
    "ANI",
    "ANSA",
    "AP",
    "EFE",
    "EPA",
    "IANS",
    "PTI",
    "TASS",
    "dpa",
    "epa",
];

/// An expression for any of the names.
pub(super) fn any() -> String {
    format!("(?:{})", NAMES.join("|"))
}

/// Whether a text is one of the names; case does not count.
pub(super) fn is_one(text: &str) -> bool {
    NAMES.iter().any(|name| name.eq_ignore_ascii_case(text))
}
