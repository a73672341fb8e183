//! Archives, read like folders: every member is an input of its own, nothing is unpacked to disk.

pub(super) mod tar;
pub(super) mod zip;

use std::io::{Cursor, Read};
use std::mem;
use std::path::{Component, Path, PathBuf};

use rayon::prelude::*;

use super::bound::Budget;
use super::kind::{self, Kind};
use super::listing::{HIDDEN, is_hidden};
use super::opening::{self, FileRead, Found, Input};
use super::source::Source;
use super::{ReadOptions, Skipped, fault, unpacking};

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
    small: Vec<(Name, Vec<u8>)>,
    small_bytes: usize,
}

/// What a member is called.
struct Name {
    path: PathBuf,
    first_folder: Option<String>,
}

impl<'a> Archive<'a> {
    /// Begins with an archive that lies `depth` layers deep.
    pub(super) fn new(input: &'a Input<'a>, depth: u32, found: &'a mut Found) -> Self {
        Self { input, depth: depth + 1, found, small: Vec::new(), small_bytes: 0 }
    }

    /// Says why there is no article in a member.
    fn pass_over(&mut self, name: &str, incomplete: bool, reason: impl Into<String>) {
        let path = self.name(name).path;
        self.found.skip(Skipped { path, record: None, incomplete, reason: reason.into() });
    }

    /// Returns why a member of this name is not opened, as a folder would.
    fn unread(name: &str) -> Option<String> {
        let path = Path::new(name);
        if path.components().any(|part| matches!(part, Component::Normal(name) if is_hidden(name))) {
            return Some(HIDDEN.to_owned());
        }
        (!kind::is_read(path)).then(|| kind::unknown(path))
    }

    /// Reads a member.
    fn add(&mut self, name: &str, member: impl Read) {
        let name = self.name(name);
        let mut member = member;
        let mut bytes = Vec::new();
        match member.by_ref().take(SMALL + 1).read_to_end(&mut bytes) {
            Err(error) => self.found.skip(Skipped {
                path: name.path,
                record: None,
                incomplete: true,
                reason: fault::in_compressed_data(&error),
            }),
            Ok(count) if count as u64 > SMALL => {
                self.read_small();
                let member = Box::new(Cursor::new(bytes).chain(member));
                let read = read(self.depth, name, member, self.input.budget, self.input.options);
                self.found.members.append(read);
            }
            Ok(_) => {
                self.small_bytes += bytes.len();
                self.small.push((name, bytes));
                if self.small_bytes >= BATCH || self.small.len() >= MOST_MEMBERS {
                    self.read_small();
                }
            }
        }
    }

    /// Reads the small members that were collected.
    fn read_small(&mut self) {
        self.small_bytes = 0;
        let (input, depth) = (self.input, self.depth);
        let before = input.budget.unpacked();
        let read_one = |(name, bytes): (Name, Vec<u8>)| {
            let branch = input.budget.branch();
            let read = read(depth, name, Box::new(bytes.as_slice()), &branch, input.options);
            (read, branch)
        };
        let reads: Vec<_> = mem::take(&mut self.small).into_par_iter().map(read_one).collect();
        for (read, branch) in reads {
            self.found.members.append(read);
            input.budget.merge(before, &branch);
        }
    }

    fn name(&self, name: &str) -> Name {
        // A name is only shown, so that it may say what it wants; but it has to stay one line.
        let name = name.replace(char::is_control, "\u{fffd}");
        let name = name.trim_start_matches("./");
        let mut path = self.input.path.clone().into_os_string();
        path.push("!/");
        path.push(name);
        let first = name.split_once('/').map(|(first, _)| first).filter(|first| !matches!(*first, "" | ".."));
        let first_folder = self.input.first_folder.clone().or_else(|| first.map(str::to_owned));
        Name { path: path.into(), first_folder }
    }
}

fn read(
    depth: u32,
    Name { path, first_folder }: Name,
    member: Box<dyn Read + '_>,
    budget: &Budget,
    options: &ReadOptions,
) -> FileRead {
    if let Err(refusal) = unpacking::check_depth(depth) {
        return FileRead::failed(&path, refusal.0);
    }
    let kind = Kind::of_name(&path);
    let input = Input { path, kind, bytes: 0, first_folder, depth, budget, options };
    opening::read(&input, Source::new(member, &|_| {}))
}
