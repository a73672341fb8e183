//! Where the result goes.

mod folder;

use std::borrow::Cow;
use std::fs::{self, File, Permissions};
use std::io::{self, BufWriter, Write};
use std::path::{self, Path, PathBuf};

use anstream::{AutoStream, ColorChoice, StripStream};
use anyhow::{Context, Result, bail};

pub(crate) use folder::{Folder, Present};

/// Bytes collected before they are handed on.
const BUFFER: usize = 1 << 16;

/// A place to write to.
#[derive(Debug)]
pub(crate) enum Destination {
    /// Standard output.
    Stdout,
    /// A file that appears, whole, when everything is written.
    File(PathBuf),
    /// Something that is there and is no ordinary file: a device, a named pipe.
    Device(PathBuf),
}

/// Whether the reader took everything.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Written {
    /// Everything was taken.
    Whole,
    /// The reader closed the pipe early, for example `| head`.
    Closed,
}

impl Destination {
    /// The place that `-o` names. Checks now what would otherwise fail after all the work.
    pub(crate) fn named(path: Option<&Path>) -> Result<Self> {
        let Some(path) = path.filter(|path| *path != Path::new("-")) else { return Ok(Self::Stdout) };
        match fs::metadata(path) {
            Ok(found) if found.is_dir() => {
                bail!("cannot write to {}: it is a folder; name a file inside it", path.display())
            }
            Ok(found) if found.is_file() => {
                // Through a link, so that the link stays and its target is replaced.
                let path = fs::canonicalize(path).unwrap_or_else(|_| path.to_owned());
                Ok(Self::File(path))
            }
            Ok(_) => Ok(Self::Device(path.to_owned())),
            Err(_) => {
                let folder = folder_of(path);
                if !folder.is_dir() {
                    bail!("cannot write to {}: there is no folder {}", path.display(), folder.display());
                }
                Ok(Self::File(path.to_owned()))
            }
        }
    }

    /// Whether both are one place.
    pub(crate) fn is(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::Stdout, Self::Stdout) => true,
            // Both are there, and one of them through a link: then their real paths were taken.
            (Self::File(one), Self::File(other)) => path::absolute(one).ok() == path::absolute(other).ok(),
            (Self::Stdout | Self::File(_) | Self::Device(_), _) => false,
        }
    }

    /// What to call it.
    pub(crate) fn name(&self) -> Cow<'_, str> {
        match self {
            Self::Stdout => "standard output".into(),
            Self::File(path) | Self::Device(path) => path.to_string_lossy(),
        }
    }

    /// Refuses to go on when one of the inputs would be overwritten.
    pub(crate) fn spare<'p>(&self, inputs: impl IntoIterator<Item = &'p Path>) -> Result<()> {
        let Self::File(path) = self else { return Ok(()) };
        let Ok(path) = fs::canonicalize(path) else { return Ok(()) };
        for input in inputs {
            if fs::canonicalize(input).is_ok_and(|input| input == path) {
                bail!(
                    "will not overwrite the input {}; name another file with -o, outside of the folders \
                     that are read",
                    input.display()
                );
            }
        }
        Ok(())
    }

    /// Whether the user wants ANSI styles here. Files get them only when that was said.
    fn wants_styles(&self) -> bool {
        let choice = match self {
            Self::Stdout => AutoStream::choice(&io::stdout()),
            Self::File(_) | Self::Device(_) => ColorChoice::global(),
        };
        matches!(choice, ColorChoice::Always | ColorChoice::AlwaysAnsi)
    }

    /// Writes styled text, without the styles where they are not wanted.
    pub(crate) fn write_styled(
        &self,
        fill: impl FnOnce(&mut dyn Write) -> io::Result<()>,
    ) -> Result<Written> {
        let styles = self.wants_styles();
        self.write(|out| if styles { fill(out) } else { fill(&mut StripStream::new(out)) })
    }

    /// Writes what `fill` writes. A reader that closes the pipe is no error.
    pub(crate) fn write(
        &self,
        fill: impl FnOnce(&mut (dyn Write + 'static)) -> io::Result<()>,
    ) -> Result<Written> {
        let outcome = match self {
            Self::Stdout => write_through(io::stdout(), fill),
            Self::File(path) => replace(path, fill),
            Self::Device(path) => {
                let device = File::options().write(true).open(path);
                device.and_then(|device| write_through(device, fill))
            }
        };
        match outcome {
            Ok(()) => Ok(Written::Whole),
            Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(Written::Closed),
            Err(error) => Err(error).with_context(|| format!("cannot write to {}", self.name())),
        }
    }
}

fn write_through(
    out: impl Write + 'static,
    fill: impl FnOnce(&mut (dyn Write + 'static)) -> io::Result<()>,
) -> io::Result<()> {
    let mut out = BufWriter::with_capacity(BUFFER, out);
    fill(&mut out)?;
    out.flush()
}

/// Writes a new file beside the old one and puts it in its place.
fn replace(path: &Path, fill: impl FnOnce(&mut (dyn Write + 'static)) -> io::Result<()>) -> io::Result<()> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(".wirecopy-");
    if let Some(permissions) = permissions(path) {
        builder.permissions(permissions);
    }
    let file = builder.tempfile_in(folder_of(path))?;
    let mut out = BufWriter::with_capacity(BUFFER, file);
    fill(&mut out)?;
    let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    if path.exists() {
        // What is replaced is given up only for what is safely on the disk.
        file.as_file().sync_all()?;
    }
    file.persist(path)?;
    Ok(())
}

/// Those of the file that is replaced, else what a new file usually gets; temporary files are
/// otherwise closed to everybody else.
fn permissions(path: &Path) -> Option<Permissions> {
    match fs::metadata(path) {
        Ok(old) => Some(old.permissions()),
        #[cfg(unix)]
        Err(_) => Some(std::os::unix::fs::PermissionsExt::from_mode(0o666)),
        #[cfg(not(unix))]
        Err(_) => None,
    }
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if folder != Path::new("") => folder,
        _ => Path::new("."),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn hello(out: &mut (dyn Write + 'static)) -> io::Result<()> {
        out.write_all(b"hello\n")
    }

    #[test]
    fn a_file_appears_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("out.txt");
        fs::write(&path, "old").unwrap();
        let destination = Destination::named(Some(&path)).unwrap();
        let failure = destination.write(|out| {
            hello(out)?;
            Err(io::Error::other("the disk is full"))
        });
        assert!(format!("{:#}", failure.unwrap_err()).contains("out.txt: the disk is full"));
        assert_eq!(fs::read_to_string(&path).unwrap(), "old");
        assert_eq!(destination.write(hello).unwrap(), Written::Whole);
        assert_eq!(fs::read_to_string(&path).unwrap(), "hello\n");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    #[test]
    fn inputs_are_spared_under_any_name() {
        let folder = tempfile::tempdir().unwrap();
        let input = folder.path().join("story.txt");
        fs::write(&input, "story").unwrap();
        let detour = folder.path().join(".").join("story.txt");
        let destination = Destination::named(Some(&detour)).unwrap();
        let refusal = destination.spare([input.as_path()]).unwrap_err();
        assert!(refusal.to_string().starts_with("will not overwrite the input"), "{refusal}");
        let other = Destination::named(Some(&folder.path().join("new.txt"))).unwrap();
        other.spare([input.as_path()]).unwrap();
    }

    #[cfg(unix)]
    #[test]
    fn links_to_inputs_are_seen_through() {
        let folder = tempfile::tempdir().unwrap();
        let (input, link) = (folder.path().join("story.txt"), folder.path().join("link.txt"));
        fs::write(&input, "story").unwrap();
        std::os::unix::fs::symlink(&input, &link).unwrap();
        let destination = Destination::named(Some(&link)).unwrap();
        assert!(destination.spare([input.as_path()]).is_err());
    }

    #[cfg(unix)]
    #[test]
    fn new_files_are_readable_like_any_other_and_devices_stay_devices() {
        use std::os::unix::fs::{FileTypeExt, PermissionsExt};

        let folder = tempfile::tempdir().unwrap();
        let (ours, usual) = (folder.path().join("ours"), folder.path().join("usual"));
        fs::write(&usual, "").unwrap();
        Destination::named(Some(&ours)).unwrap().write(hello).unwrap();
        let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
        assert_eq!(mode(&ours), mode(&usual));

        let null = Path::new("/dev/null");
        Destination::named(Some(null)).unwrap().write(hello).unwrap();
        assert!(fs::metadata(null).unwrap().file_type().is_char_device());
    }

    #[test]
    fn folders_are_refused_before_any_work() {
        let folder = tempfile::tempdir().unwrap();
        let refusal = Destination::named(Some(folder.path())).unwrap_err();
        assert!(refusal.to_string().contains("it is a folder"), "{refusal}");
        let refusal = Destination::named(Some(&folder.path().join("no/out.txt"))).unwrap_err();
        assert!(refusal.to_string().contains("there is no folder"), "{refusal}");
    }
}
