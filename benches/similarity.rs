//! The similarity of paragraphs against strsim's, which gives the same numbers.
//!
//! `cargo bench --bench similarity`

use std::hint::black_box;
use std::io::{self, Write};
use std::time::{Duration, Instant};

/// Pairs of paragraphs that are compared in every round.
const PAIRS: usize = 64;
const ROUNDS: usize = 9;

fn main() -> io::Result<()> {
    let mut out = io::stdout().lock();
    for letters in [100, 300, 1000] {
        let pairs: Vec<(String, String)> = (0..PAIRS).map(|number| pair(number, letters)).collect();
        for (a, b) in &pairs {
            let (ours, theirs) =
                (wirecopy::matching::normalized_levenshtein(a, b), strsim::normalized_levenshtein(a, b));
            assert_eq!(ours.to_bits(), theirs.to_bits(), "{a}\n{b}");
        }
        // In turns, so that a busy machine slows both down.
        let (mut ours, mut theirs) = (Vec::new(), Vec::new());
        for _ in 0..ROUNDS {
            ours.push(time(&pairs, wirecopy::matching::normalized_levenshtein));
            theirs.push(time(&pairs, strsim::normalized_levenshtein));
        }
        let (ours, theirs) = (median(ours), median(theirs));
        writeln!(
            out,
            "{letters:>5} characters: {:>8.2} µs, strsim {:>9.2} µs, {:.0} times",
            ours.as_secs_f64() * 1e6,
            theirs.as_secs_f64() * 1e6,
            theirs.as_secs_f64() / ours.as_secs_f64()
        )?;
    }
    Ok(())
}

/// Two paragraphs of which the second is the first with every tenth word replaced.
fn pair(number: usize, letters: usize) -> (String, String) {
    const WORDS: [&str; 12] =
        ["the", "harbour", "board", "of", "Vell", "said", "that", "ferry", "would", "sail", "again", "on"];
    let word = |place: usize| WORDS[(place * place + number * 7) % WORDS.len()];
    let text = |other: bool| {
        let mut text = String::new();
        let mut place = 0;
        while text.len() < letters {
            text.push_str(if other && place % 10 == 9 { "replaced" } else { word(place) });
            text.push(' ');
            place += 1;
        }
        text.truncate(letters);
        text
    };
    (text(false), text(true))
}

/// Time for one pair.
fn time(pairs: &[(String, String)], similarity: impl Fn(&str, &str) -> f64) -> Duration {
    let start = Instant::now();
    for (a, b) in pairs {
        black_box(similarity(black_box(a), black_box(b)));
    }
    start.elapsed() / PAIRS as u32
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}
