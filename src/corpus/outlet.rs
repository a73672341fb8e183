//! Outlets told from where a file lies or what it is called.

use std::path::Path;

use super::{Origin, OutletFrom, Sourced, address};

impl OutletFrom {
    /// Returns the outlet of a file's articles that name none themselves.
    pub(super) fn outlet(self, path: &Path, first_folder: Option<&str>) -> Option<Sourced<String>> {
        let (value, origin) = match self {
            Self::Folder => (first_folder?.to_owned(), Origin::Folder),
            Self::Name => (leading_part(path)?, Origin::Name),
            Self::None => return None,
        };
        Some(Sourced { value, origin })
    }
}

/// Returns the site that an article's address is of.
pub(super) fn of_address(url: &Sourced<String>) -> Option<Sourced<String>> {
    Some(Sourced { value: address::site(&url.value)?, origin: Origin::Host })
}

/// Returns what stands before the first `_` or before the first `-` that a digit follows.
fn leading_part(path: &Path) -> Option<String> {
    let name = path.file_name()?.to_string_lossy();
    let end = name.char_indices().find_map(|(at, c)| match c {
        '_' => Some(at),
        '-' if name[at + 1..].starts_with(|next: char| next.is_ascii_digit()) => Some(at),
        _ => None,
    })?;
    name[..end].contains(char::is_alphabetic).then(|| name[..end].to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_leading_part_of_a_name_needs_a_letter_and_a_border() {
        let part = |name: &str| leading_part(Path::new(name));
        assert_eq!(part("x/reuters_123.txt").as_deref(), Some("reuters"));
        assert_eq!(part("daily-mirror-2018-07-16.txt").as_deref(), Some("daily-mirror"));
        assert_eq!(part("a-b_1.txt").as_deref(), Some("a-b"));
        assert_eq!(part("000_6ddc984c394d6daf.txt"), None);
        assert_eq!(part("article.txt"), None);
        assert_eq!(part("_x.txt"), None);
        assert_eq!(part("daily-mirror.txt"), None);
    }
}
