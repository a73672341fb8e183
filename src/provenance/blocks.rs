//! Aligned passages cut where a paragraph of either article ends, so that each block is of one
//! kind on either side, with its words the same and different in turn.

use std::ops::Range;

use crate::matching::{ArticlePair, Passage, Run};
use crate::text::{ArticleText, Kind, Texts};

/// A part of a passage inside one paragraph of either article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Block {
    /// Its words in order, the same and the different ones in turn. At least one, and the first
    /// are the same.
    pub pieces: Vec<Piece>,
    /// What it is part of in a.
    pub kind_a: Kind,
    /// What it is part of in b.
    pub kind_b: Kind,
    /// Whether at least four fifths of the same words stand inside quotation marks in a or in b.
    pub quoted: bool,
}

/// Words that are the same in both articles, or differ.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// Whether both have the same words.
    pub same: bool,
    /// Words of a; may be empty where they differ.
    pub a: Range<u32>,
    /// Words of b; may be empty where they differ.
    pub b: Range<u32>,
}

impl Block {
    /// Words on both sides verbatim.
    #[must_use]
    pub fn verbatim(&self) -> u32 {
        self.pieces.iter().filter(|piece| piece.same).map(|piece| piece.a.len() as u32).sum()
    }
}

/// Cuts the passages of a pair, in the order of a.
#[must_use]
pub fn blocks(texts: &Texts, pair: ArticlePair<'_>) -> Vec<Block> {
    let (a, b) = (&texts.articles[pair.a as usize], &texts.articles[pair.b as usize]);
    pair.passages().flat_map(|passage| cut(a, b, &passage)).collect()
}

fn cut(a: &ArticleText, b: &ArticleText, passage: &Passage<'_>) -> Vec<Block> {
    // The paragraphs of the block that is open, and its pieces.
    let mut open: Option<((usize, usize), Vec<Piece>)> = None;
    let mut done = Vec::new();
    let (mut end_a, mut end_b) = (passage.a.start, passage.b.start);
    for &Run { a: start_a, b: start_b, length } in passage.runs {
        if let Some((_, pieces)) = &mut open {
            pieces.push(Piece { same: false, a: end_a..start_a, b: end_b..start_b });
        }
        let mut at = 0;
        while at < length {
            let place = (a.paragraph_at(start_a + at), b.paragraph_at(start_b + at));
            let rest_a = a.paragraphs[place.0].words.end - (start_a + at);
            let rest_b = b.paragraphs[place.1].words.end - (start_b + at);
            let until = length.min(at + rest_a.min(rest_b));
            let piece =
                Piece { same: true, a: start_a + at..start_a + until, b: start_b + at..start_b + until };
            match &mut open {
                Some((known, pieces)) if *known == place => pieces.push(piece),
                _ => done.extend(open.replace((place, vec![piece]))),
            }
            at = until;
        }
        (end_a, end_b) = (start_a + length, start_b + length);
    }
    done.extend(open);
    done.into_iter().map(|((in_a, in_b), pieces)| block(a, b, in_a, in_b, pieces)).collect()
}

fn block(a: &ArticleText, b: &ArticleText, in_a: usize, in_b: usize, pieces: Vec<Piece>) -> Block {
    let same =
        || pieces.iter().filter(|piece| piece.same).flat_map(|piece| piece.a.clone().zip(piece.b.clone()));
    let inside = |text: &ArticleText, word: u32| {
        let before = text.quoted.partition_point(|range| range.end <= word);
        text.quoted.get(before).is_some_and(|range| range.contains(&word))
    };
    let quoted = same().filter(|&(x, y)| inside(a, x) || inside(b, y)).count();
    let quoted = quoted * 5 >= same().count() * 4;
    Block { kind_a: a.paragraphs[in_a].kind, kind_b: b.paragraphs[in_b].kind, quoted, pieces }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::matching;
    use crate::text;

    #[test]
    fn a_quotation_and_the_caption_below_it_are_two_blocks() {
        let a = "“Nobody panicked, because the anchor held to the last,” the master said.\n\n\
            The tug Marlin arrives at the pier of Vell. (AP Photo/Mara Quist)";
        let b = a.replace("the master said", "the master told the harbour office");
        let texts = text::read(&[a, &b], &|_| ());
        let matching = matching::find(&texts, &matching::Options::default(), &());
        let blocks = blocks(&texts, matching.pairs.get(0));
        let found: Vec<_> = blocks.iter().map(|block| (block.kind_a, block.quoted)).collect();
        assert_eq!(found, [(Kind::Body, true), (Kind::Caption, false)]);
        assert!(blocks[0].pieces.iter().any(|piece| !piece.same && piece.a.len() == 1 && piece.b.len() == 4));
        assert_eq!(blocks[1].verbatim(), 13);
    }
}
