//! Articles as agencies and their customers would print them, in invented words.

use std::collections::VecDeque;
use std::io::{self, Write};

use super::planted::{Place, Planted};
use super::words::{Chance, Word, spell, word, words};

/// Articles an outlet, about.
const OF_AN_OUTLET: usize = 1000;

/// One article in so many is sent out by the agency.
const SENT: usize = 50;

/// So many of the agency's last articles, and of all the last ones, are copied from.
const AT_HAND: usize = 20;
const RECENT: usize = 5000;

/// Articles that carry the one story that all have.
const CARRIED_BY: usize = 600;

/// An article that others may copy from.
struct Source {
    number: u32,
    paragraphs: Vec<Vec<Word>>,
}

/// A paragraph to be written, and where it was taken from.
struct Piece {
    words: Vec<Word>,
    source: Option<(Place, Vec<Word>)>,
    /// Whether others may copy it.
    news: bool,
}

struct Generator {
    chance: Chance,
    recent: VecDeque<Source>,
    sent: VecDeque<Source>,
    /// What each outlet prints under its articles, with the place where it stood first.
    furniture: Vec<Vec<(Vec<Word>, Option<Place>)>>,
    /// The story that very many carry, and where it stands first.
    story: Vec<Word>,
    first_of_story: Option<Place>,
}

/// Writes so many articles as JSON lines; returns the number of words.
pub(crate) fn write(count: usize, planted: &mut Planted, out: &mut impl Write) -> io::Result<u64> {
    let mut chance = Chance::new(20_260_301);
    let line = |chance: &mut Chance| (words(25, chance), None);
    let furniture =
        (0..(count / OF_AN_OUTLET).max(1)).map(|_| (0..3).map(|_| line(&mut chance)).collect()).collect();
    let story = words(60, &mut chance);
    let mut generator = Generator {
        chance,
        recent: VecDeque::new(),
        sent: VecDeque::new(),
        furniture,
        story,
        first_of_story: None,
    };
    let every = (count / CARRIED_BY).max(1);
    let (mut all, mut text) = (0, String::new());
    for number in 0..count {
        let pieces = generator.article(number as u32, number % every == 0, planted);
        text.clear();
        for piece in &pieces {
            all += piece.words.len() as u64;
            if !text.is_empty() {
                text.push_str("\\n\\n");
            }
            print(&piece.words, &mut text);
        }
        let outlet = generator.chance.below(generator.furniture.len());
        let (month, day) = (1 + number * 12 / count, 1 + number % 28);
        writeln!(
            out,
            r#"{{"id":"{number}","outlet":"outlet {outlet}","date":"2025-{month:02}-{day:02}","text":"{text}"}}"#
        )?;
        generator.note(number as u32, pieces, planted);
    }
    Ok(all)
}

impl Generator {
    fn article(&mut self, number: u32, carries_story: bool, planted: &mut Planted) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = match self.chance.below(100) {
            0..8 => self.reprint(),
            8..20 => self.partial(),
            20..23 => self.with_a_run(number, planted),
            _ => (0..self.chance.of(8..15)).map(|_| self.own()).collect(),
        };
        if self.chance.percent(30) {
            let outlet = self.chance.below(self.furniture.len());
            let line = self.chance.below(3);
            let at = (number, pieces.len() as u32);
            let (words, first) = &mut self.furniture[outlet][line];
            let source = first.map(|first| (first, words.clone()));
            first.get_or_insert(at);
            pieces.push(Piece { words: words.clone(), source, news: false });
        }
        if carries_story {
            let at = (number, pieces.len() as u32);
            let first = *self.first_of_story.get_or_insert(at);
            planted.story(first, number);
            let source = (first != at).then(|| (first, self.story.clone()));
            pieces.push(Piece { words: self.story.clone(), source, news: false });
        }
        pieces
    }

    fn own(&mut self) -> Piece {
        let length = self.chance.of(30..80);
        Piece { words: words(length, &mut self.chance), source: None, news: true }
    }

    /// Another article: mostly the agency's.
    fn source(&mut self) -> Option<(u32, Vec<Vec<Word>>)> {
        let list = if self.chance.percent(70) { &self.sent } else { &self.recent };
        let source = list.get(self.chance.below(list.len().max(1)))?;
        Some((source.number, source.paragraphs.clone()))
    }

    /// All of another article, edited a little.
    fn reprint(&mut self) -> Vec<Piece> {
        let Some((number, paragraphs)) = self.source() else { return vec![self.own()] };
        let edits = self.chance.below(12);
        let paragraphs = paragraphs.into_iter().enumerate();
        paragraphs.map(|(i, words)| self.edited((number, i as u32), words, edits)).collect()
    }

    /// A few paragraphs of another article among own ones.
    fn partial(&mut self) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = (0..self.chance.of(5..10)).map(|_| self.own()).collect();
        if let Some((number, mut paragraphs)) = self.source() {
            let edits = self.chance.below(25);
            for _ in 0..self.chance.of(2..5) {
                let from = self.chance.below(paragraphs.len());
                let words = std::mem::take(&mut paragraphs[from]);
                if !words.is_empty() {
                    let piece = self.edited((number, from as u32), words, edits);
                    let to = self.chance.below(pieces.len() + 1);
                    pieces.insert(to, piece);
                }
            }
        }
        pieces
    }

    /// Words of another article inside an own paragraph.
    fn with_a_run(&mut self, number: u32, planted: &mut Planted) -> Vec<Piece> {
        let mut pieces: Vec<Piece> = (0..self.chance.of(8..12)).map(|_| self.own()).collect();
        if let Some((source, paragraphs)) = self.source() {
            let from = &paragraphs[self.chance.below(paragraphs.len())];
            let length = self.chance.of(10..25).min(from.len());
            let start = self.chance.below(from.len() - length + 1);
            let into = self.chance.below(pieces.len());
            let at = self.chance.below(pieces[into].words.len());
            pieces[into].words.splice(at..at, from[start..start + length].iter().copied());
            planted.run(source, number, length);
        }
        pieces
    }

    /// A copy in which so many words of a hundred were replaced, dropped or added.
    fn edited(&mut self, source: Place, original: Vec<Word>, percent: usize) -> Piece {
        let mut words = Vec::with_capacity(original.len());
        for &old in &original {
            if !self.chance.percent(percent) {
                words.push(old);
                continue;
            }
            match self.chance.below(3) {
                0 => words.push(word(&mut self.chance)),
                1 => words.extend([old, word(&mut self.chance)]),
                _ => {}
            }
        }
        Piece { words, source: Some((source, original)), news: true }
    }

    /// Tells what was planted in an article, and keeps it to be copied from.
    fn note(&mut self, number: u32, pieces: Vec<Piece>, planted: &mut Planted) {
        for (i, piece) in pieces.iter().enumerate() {
            let at = (number, i as u32);
            planted.paragraph(at, &piece.words);
            if let Some((source, original)) = &piece.source {
                planted.copy((*source, original), (at, &piece.words));
            }
        }
        // They stand first in their articles, so their numbers there are those here.
        let copied = |pieces: &[Piece]| {
            pieces.iter().take_while(|piece| piece.news).map(|piece| piece.words.clone()).collect()
        };
        if (number as usize).is_multiple_of(SENT) {
            self.sent.push_back(Source { number, paragraphs: copied(&pieces) });
            if self.sent.len() > AT_HAND {
                self.sent.pop_front();
            }
        }
        self.recent.push_back(Source { number, paragraphs: copied(&pieces) });
        if self.recent.len() > RECENT {
            self.recent.pop_front();
        }
    }
}

/// Writes words as sentences.
fn print(words: &[Word], out: &mut String) {
    const SENTENCE: usize = 17;
    for (i, &word) in words.iter().enumerate() {
        if i > 0 {
            out.push_str(if i % SENTENCE == 0 { ". " } else { " " });
        }
        spell(word, i % SENTENCE == 0, out);
    }
    out.push('.');
}
