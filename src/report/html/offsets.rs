//! Offsets for scripts: JavaScript counts the units of UTF-16, the report counts bytes of UTF-8.

use crate::report::Span;

/// Where each byte of a text stands in UTF-16.
#[derive(Debug)]
pub(super) enum Offsets {
    /// As in the original, because the text is plain ASCII or there is none.
    Same,
    /// Looked up byte by byte; bytes inside a character stand where it starts.
    Table(Vec<u32>),
}

impl Offsets {
    /// Counts through a text.
    pub(super) fn of(text: &str) -> Self {
        if text.is_ascii() {
            return Self::Same;
        }
        let mut table = Vec::with_capacity(text.len() + 1);
        let mut units = 0;
        for char in text.chars() {
            table.resize(table.len() + char.len_utf8(), units);
            units += char.len_utf16() as u32;
        }
        table.push(units);
        Self::Table(table)
    }

    /// The range in UTF-16 units. Ranges beyond the text, which only a report that was changed by
    /// hand can have, end with it.
    pub(super) fn span(&self, span: Span) -> Span {
        match self {
            Self::Same => span,
            Self::Table(table) => {
                let last = table.len() - 1;
                span.map(|byte| table[(byte as usize).min(last)])
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn spans_cut_the_same_words(text in "\\PC{0,40}", from in 0usize..40, len in 0usize..40) {
            let bounds: Vec<usize> = text.char_indices().map(|(at, _)| at).chain([text.len()]).collect();
            let start = bounds[from.min(bounds.len() - 1)];
            let end = bounds[(from + len).min(bounds.len() - 1)];
            let units: Vec<u16> = text.encode_utf16().collect();
            let [a, b] = Offsets::of(&text).span([start as u32, end as u32]);
            let cut = String::from_utf16(&units[a as usize..b as usize]).unwrap();
            prop_assert_eq!(cut, &text[start..end]);
        }
    }

    #[test]
    fn ranges_beyond_the_text_end_with_it() {
        assert_eq!(Offsets::of("für").span([1, 900]), [1, 3]);
    }
}
