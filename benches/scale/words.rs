//! Invented words as often as words are in print, and chance that is the same every time.

/// Numbers by chance (SplitMix64; Steele, Lea and Flood 2014).
pub(crate) struct Chance(u64);

impl Chance {
    /// The same numbers for the same seed.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        x ^ (x >> 31)
    }

    /// A number below `end`, which is small.
    pub(crate) fn below(&mut self, end: usize) -> usize {
        ((u128::from(self.next()) * end as u128) >> 64) as usize
    }

    /// A number of a range.
    pub(crate) fn of(&mut self, range: std::ops::Range<usize>) -> usize {
        range.start + self.below(range.len())
    }

    /// True so many times of a hundred.
    pub(crate) fn percent(&mut self, percent: usize) -> bool {
        self.below(100) < percent
    }

    /// At least 0, below 1.
    fn fraction(&mut self) -> f64 {
        (self.next() >> 11) as f64 / (1u64 << 53) as f64
    }
}

/// A word, as its rank among all.
pub(crate) type Word = u32;

/// Number of words that there are.
const WORDS: f64 = 200_000.0;

/// The shift of Mandelbrot's form of Zipf's law, as it fits English.
const SHIFT: f64 = 2.7;

/// Draws a word: that of rank r comes with a frequency of about 1 / (r + 2.7).
pub(crate) fn word(chance: &mut Chance) -> Word {
    (SHIFT * ((WORDS + SHIFT) / SHIFT).powf(chance.fraction()) - SHIFT) as Word
}

/// Draws words.
pub(crate) fn words(count: usize, chance: &mut Chance) -> Vec<Word> {
    (0..count).map(|_| word(chance)).collect()
}

/// Writes a word's letters: the rarer, the longer, and no two the same.
pub(crate) fn spell(word: Word, capital: bool, out: &mut String) {
    const SYLLABLES: [&str; 60] = [
        "ba", "be", "bi", "bo", "bu", "da", "de", "di", "do", "du", "fa", "fe", "fi", "fo", "fu", "ga", "ge",
        "gi", "go", "gu", "ka", "ke", "ki", "ko", "ku", "la", "le", "li", "lo", "lu", "ma", "me", "mi", "mo",
        "mu", "na", "ne", "ni", "no", "nu", "ra", "re", "ri", "ro", "ru", "sa", "se", "si", "so", "su", "ta",
        "te", "ti", "to", "tu", "va", "ve", "vi", "vo", "vu",
    ];
    let start = out.len();
    let mut rest = word as usize;
    loop {
        out.push_str(SYLLABLES[rest % 60]);
        rest /= 60;
        if rest == 0 {
            break;
        }
        rest -= 1;
    }
    if capital {
        out[start..=start].make_ascii_uppercase();
    }
}
