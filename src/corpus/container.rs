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
        let reason = format!("{reason}; {count} articles were read before");
        read.skipped.push(Skipped {
            path: file.path.clone(),
            record: None,
            incomplete: true,
            reason,
        });
    }
    match source.finish(file.path.clone(), true) {
        Ok(input) => read.input = Some(input),
        // Without its end the file has no digest, so that none of it can be vouched for.
        Err(reason) => return FileRead::failed(file, reason),
    }
    read
}

fn read_blocks(
    file: &ListedFile,
    source: &mut Source<'_>,
    read: &mut FileRead,
) -> Result<(), String> {
    let in_words = |error| match file.packing {
        Packing::Plain => fault::in_words(&error),
        Packing::Gzip | Packing::Zstd => fault::in_compressed_data(&error),
    };
    let framing = if file.kind == Kind::Values {
        Framing::Values
    } else {
        Framing::Lines
    };
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
    let skip = |record, reason| Skipped {
        path: file.path.clone(),
        record,
        incomplete: true,
        reason,
    };
    let parse = |frame: &Frame| {
        Record::parse(&block.bytes[frame.bytes.clone()], frame.line)
            .map(|record| article(file, frame.number, record))
            .map_err(|reason| skip(Some(frame.number), reason))
    };
    let mut outcomes: Vec<_> = block.frames.par_iter().map(parse).collect();
    outcomes.extend(
        block
            .trouble
            .iter()
            .map(|trouble| Err(skip(trouble.number, trouble.reason.clone()))),
    );
    outcomes
}

fn article(file: &ListedFile, number: u64, record: Record) -> Article {
    Article {
        id: record
            .id
            .unwrap_or_else(|| format!("{}#{number}", file.path.display())),
        file: 0,
        record: Some(number),
        outlet: record.outlet,
        published: record.published,
        title: record.title,
        url: record.url,
        credits: record.credits,
        notes: record.notes,
        sha256: Sha256Digest::of(record.text.as_bytes()),
        body: record.text,
        encoding: None,
    }
}
