//! How far an established convention reaches.

use std::collections::HashMap;
use std::ffi::OsStr;
use std::path::{Path, PathBuf};

use super::evidence::Shape;

/// Whether a file is ruled by what others of its shape establish, so that its failure means
/// something: the nearest folder that holds others of the shape decides.
///
/// Where a folder holds three or more of the shape and none confirms, it keeps a convention of
/// its own that is not known: pages named after their URLs beside a store of hashed contents are
/// not damaged contents.
#[derive(Debug, Default)]
pub(super) struct Territory {
    folders: HashMap<(Shape, PathBuf), (usize, usize)>,
}

impl Territory {
    /// Counts files of each shape and how many of them confirm, folder by folder upwards.
    pub(super) fn of<'a>(files: impl IntoIterator<Item = (Shape, &'a Path, bool)>) -> Self {
        // By bytes: paths are dear to hash, and most files lie in the folder of the one before.
        let mut own: HashMap<(Shape, &OsStr), (usize, usize)> = HashMap::new();
        for (shape, path, confirms) in files {
            let folder = path.parent().unwrap_or(Path::new("")).as_os_str();
            let count = own.entry((shape, folder)).or_default();
            count.0 += usize::from(confirms);
            count.1 += 1;
        }
        let mut territory = Self::default();
        for ((shape, folder), (confirming, all)) in own {
            for above in Path::new(folder).ancestors() {
                let count = territory.folders.entry((shape, above.to_owned())).or_default();
                count.0 += confirming;
                count.1 += all;
            }
        }
        territory
    }

    /// Whether the file at `path`, which does not confirm, is ruled by those that do.
    #[must_use]
    pub(super) fn rules(&self, shape: Shape, path: &Path) -> bool {
        for (depth, folder) in path.ancestors().skip(1).enumerate() {
            let Some(&(confirming, all)) = self.folders.get(&(shape, folder.to_owned())) else {
                continue;
            };
            if confirming > 0 && (depth == 0 || confirming * 2 > all) {
                return true;
            }
            if confirming == 0 && all >= 3 {
                return false;
            }
        }
        false
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fixity::encoding::Encoding;
    use crate::fixity::name::Slot;

    #[test]
    fn reaches_lone_files_but_not_a_folder_of_its_own_kind() {
        let shape =
            Shape { slot: Slot::Whole, encoding: Encoding::Hex, bits: 256, stated: None, packed: false };
        let right = ["store/a/1", "store/a/2", "store/b/1", "store/c/1", "store/d/1"];
        let wrong = ["store/a/bad", "store/e/bad", "pages/1", "pages/2", "pages/3"];
        let files = right.map(|name| (name, true)).into_iter().chain(wrong.map(|name| (name, false)));
        let territory = Territory::of(files.map(|(name, confirms)| (shape, Path::new(name), confirms)));
        let rules = |path: &str| territory.rules(shape, Path::new(path));
        assert!(rules("store/a/bad"), "beside files that confirm");
        assert!(rules("store/e/bad"), "alone in its shard, most of the store confirms");
        assert!(!rules("pages/1"), "a folder of another kind");
        assert!(!rules("elsewhere/1"));
    }
}
