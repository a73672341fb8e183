//! Archives, read like folders: every member is an input of its own, nothing is unpacked to disk.

pub(super) mod tar;
pub(super) mod zip;

use std::io::{self, Read};
use std::mem;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::bound::Budget;
use super::kind::{self, Kind};
use super::listing::{HIDDEN, is_hidden};
use super::opening::{self, FileRead, Found, Input};
use super::source::Source;
use super::{Skipped, unpacking};

/// Members up to this size in bytes are collected and read in parallel; larger ones are read as
/// streams, one after another.
const SMALL: u64 = 1 << 20;
/// Bytes of small members that are read in parallel.
const BATCH: usize = 4 << 20;
/// Most of them, for empty members have no bytes.
const MOST_MEMBERS: usize = 1024;

/// An archive that is being read.
pub(super) struct Archive<'a> {
    input: &'a Input<'a>,
    /// How many archives and layers of compression there are around its members.
    depth: u32,
    found: &'a mut Found,
    small: Vec<(PathBuf, Vec<u8>)>,
    small_bytes: usize,
}

impl<'a> Archive<'a> {
    /// Begins with an archive that lies `depth` layers deep.
    pub(super) fn new(input: &'a Input<'a>, depth: u32, found: &'a mut Found) -> Self {
        Self { input, depth: depth + 1, found, small: Vec::new(), small_bytes: 0 }
    }

    /// Returns the bytes that the whole input may still unpack to.
    fn budget(&self) -> &'a Budget {
        self.input.budget
    }

    /// Says why there is no article in a member.
    fn pass_over(&mut self, name: &str, incomplete: bool, reason: impl Into<String>) {
        let path = self.path(name);
        self.found.members.skip(Skipped { path, record: None, incomplete, reason: reason.into() });
    }

    /// Returns why a member of this name is not opened, which a folder would say as well.
    fn unread(name: &str) -> Option<String> {
        let path = Path::new(name);
        let hidden = path.iter().any(|part| is_hidden(part) && part != "." && part != "..");
        if hidden {
            return Some(HIDDEN.to_owned());
        }
        (!kind::is_read(path)).then(|| kind::unknown(path))
    }

    /// Reads a member; `size` is what the archive says that it has.
    ///
    /// # Errors
    /// When the archive's own bytes break off.
    fn add(&mut self, name: &str, size: u64, mut member: impl Read) -> io::Result<()> {
        if size > SMALL {
            self.read_small()?;
            let path = self.path(name);
            let read = read(self.input, self.depth, path, size, Box::new(member), self.input.budget);
            self.found.members.append(read);
            return Ok(());
        }
        let path = self.path(name);
        let mut bytes = Vec::with_capacity(size as usize);
        if let Err(error) = member.read_to_end(&mut bytes) {
            let reason = super::fault::in_compressed_data(&error);
            self.found.members.append(FileRead::failed(&path, reason));
            return Ok(());
        }
        self.small_bytes += bytes.len();
        self.small.push((path, bytes));
        if self.small_bytes >= BATCH || self.small.len() >= MOST_MEMBERS {
            self.read_small()?;
        }
        Ok(())
    }

    /// Reads the small members that were collected.
    ///
    /// # Errors
    /// When they unpack to more than they may.
    fn read_small(&mut self) -> io::Result<()> {
        self.small_bytes = 0;
        let (input, depth) = (self.input, self.depth);
        let before = input.budget.unpacked();
        let read_one = |(path, bytes): (PathBuf, Vec<u8>)| {
            let branch = input.budget.branch();
            let size = bytes.len() as u64;
            let read = read(input, depth, path, size, Box::new(bytes.as_slice()), &branch);
            (read, branch)
        };
        let reads: Vec<_> = mem::take(&mut self.small).into_par_iter().map(read_one).collect();
        for (read, branch) in reads {
            self.found.members.append(read);
            input.budget.merge(before, &branch);
        }
        Ok(input.budget.add_unpacked(0)?)
    }

    fn path(&self, name: &str) -> PathBuf {
        // A name is only shown, so that it may say what it wants; but it has to stay one line.
        let name = name.trim_start_matches("./").replace(char::is_control, "\u{fffd}");
        let mut path = self.input.path.clone().into_os_string();
        path.push("!/");
        path.push(name);
        path.into()
    }
}

fn read(
    archive: &Input<'_>,
    depth: u32,
    path: PathBuf,
    bytes: u64,
    member: Box<dyn Read + '_>,
    budget: &Budget,
) -> FileRead {
    if let Err(refusal) = unpacking::check_depth(depth) {
        return FileRead::failed(&path, refusal.0);
    }
    let first_folder = archive.first_folder.clone().or_else(|| first_folder(&archive.path, &path));
    let kind = Kind::of_name(&path);
    let input = Input { path, kind, bytes, first_folder, depth, budget };
    opening::read(&input, Source::new(member, &|_| {}))
}
