//! A file that holds records.

use rayon::prelude::*;

use super::framing::{Block, Blocks, Frame, Framing};
use super::reading::FileRead;
use super::record::Record;
use super::source::Source;
use super::{Article, Kind, ListedFile, Packing, Sha256Digest, Skipped, fault};

/// Reads every record of a file. While one block is parsed, the next one is read and hashed.
pub(super) fn read(file: &ListedFile, mut source: Source<'_>) -> FileRead {
    let mut read = FileRead::default();
    if let Err(reason) = read_blocks(file, &mut source, &mut read) {
        let count = read.articles.len();
        let reason = format!("{reason} (articles read before: {count})");
        read.skipped.push(Skipped { path: file.path.clone(), record: None, incomplete: true, reason });
    }
    match source.finish(file.path.clone(), true) {
        Ok(input) => read.input = Some(input),
        // Without its end the file has no digest, so that none of it can be vouched for.
        Err(reason) => return FileRead::failed(file, reason),
    }
    read
}

fn read_blocks(file: &ListedFile, source: &mut Source<'_>, read: &mut FileRead) -> Result<(), String> {
    let in_words = |error| match file.packing {
        Packing::Plain => fault::in_words(&error),
        Packing::Gzip | Packing::Zstd => fault::in_compressed_data(&error),
    };
    let framing = if file.kind == Kind::Values { Framing::Values } else { Framing::Lines };
    let mut blocks = Blocks::new(source.unpack(file.packing).map_err(in_words)?, framing);
    let mut next = blocks.next().map_err(in_words)?;
    while let Some(block) = next.take() {
        let (following, outcomes) = rayon::join(|| blocks.next(), || parse(file, &block));
        for outcome in outcomes {
            match outcome {
                Ok(article) => read.articles.push(article),
                Err(skipped) => read.skipped.push(skipped),
            }
        }
        next = following.map_err(in_words)?;
    }
    Ok(())
}

/// Parses the records of a block in parallel, in their order.
fn parse(file: &ListedFile, block: &Block) -> Vec<Result<Article, Skipped>> {
    let skip = |record, reason| Skipped { path: file.path.clone(), record, incomplete: true, reason };
    let parse = |frame: &Frame| {
        Record::parse(&block.bytes[frame.bytes.clone()], frame.start)
            .map(|record| article(file, frame.number, record))
            .map_err(|reason| skip(Some(frame.number), reason))
    };
    let mut outcomes: Vec<_> = block.frames.par_iter().map(parse).collect();
    outcomes.extend(block.trouble.iter().map(|trouble| Err(skip(trouble.number, trouble.reason.clone()))));
    outcomes
}

fn article(file: &ListedFile, number: u64, record: Record) -> Article {
    Article {
        id: record.id.unwrap_or_else(|| format!("{}#{number}", file.path.display())),
        file: 0,
        record: Some(number),
        outlet: record.outlet,
        published: record.published,
        title: record.title,
        url: record.url,
        credits: record.credits,
        notes: record.notes,
        sha256: Sha256Digest::of(record.text.as_bytes()),
        body: record.text.into(),
        encoding: None,
    }
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use proptest::prelude::*;

    use super::*;

    fn read_bytes(bytes: &[u8], kind: Kind) -> FileRead {
        let file = ListedFile {
            path: PathBuf::from("x"),
            bytes: bytes.len() as u64,
            kind,
            packing: Packing::Plain,
            unknown_kind: false,
            first_folder: None,
            real_path: PathBuf::from("/x"),
        };
        read(&file, Source::new(Box::new(bytes), &|_| {}))
    }

    fn piece() -> impl Strategy<Value = Vec<u8>> {
        prop_oneof![
            Just(b"{\"text\":\"a text\",\"date\":\"x\",\"id\":1}".to_vec()),
            Just(b"{\"title\":[{\"name\":null}]}".to_vec()),
            Just(b"\n".to_vec()),
            Just(b"\r\n ".to_vec()),
            Just(b"\xef\xbb\xbf".to_vec()),
            proptest::collection::vec(any::<u8>(), 0..8),
        ]
    }

    proptest! {
        #[test]
        fn every_line_is_an_article_or_a_row(pieces in proptest::collection::vec(piece(), 0..20)) {
            let bytes = pieces.concat();
            prop_assume!(!bytes.starts_with(b"\xff\xfe") && !bytes.starts_with(b"\xfe\xff"));
            let read = read_bytes(&bytes, Kind::Lines);
            let text = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&bytes);
            let lines = text.split(|byte| *byte == b'\n').filter(|line| !line.trim_ascii().is_empty());
            prop_assert_eq!(read.articles.len() + read.skipped.len(), lines.count());
            prop_assert_eq!(read.input.unwrap().sha256, Sha256Digest::of(&bytes));
        }

        #[test]
        fn any_bytes_can_be_read_as_values(pieces in proptest::collection::vec(piece(), 0..20)) {
            let bytes = pieces.concat();
            let read = read_bytes(&bytes, Kind::Values);
            prop_assert_eq!(read.input.unwrap().bytes, bytes.len() as u64);
        }
    }

    #[test]
    fn an_article_keeps_its_line_and_position() {
        let read = read_bytes(b"\n{\"text\":\"a\"}\n", Kind::Lines);
        assert_eq!((read.articles[0].id.as_str(), read.articles[0].record), ("x#2", Some(2)));
        let read = read_bytes(b"\n{\"text\":\"a\"}\n", Kind::Values);
        assert_eq!((read.articles[0].id.as_str(), read.articles[0].record), ("x#1", Some(1)));
    }
}
