//! From what was found out about an article to what counts.
//!
//! For each field the candidates stand in the order of their places, the best first. The first one
//! that can be true is chosen; nothing later overwrites it. What is set aside keeps its reason.

use std::collections::HashSet;

use jiff::ToSpan;

use super::candidate::{Candidate, Considered, Fate, Field};
use super::decoding::Decoded;
use super::html::{CANONICAL, Page};
use super::time::doubt;
use super::{Article, Method, Origin, Published, Sha256Digest, Sourced, address, fault, mojibake};

/// Hours by which a stated time may be later than the capture: a time without a zone may be this far
/// from UTC, and clocks of servers are set wrong.
const LOOSE_HOURS: i64 = 26;
/// Why a credit or source is not taken twice.
const SAID_BEFORE: &str = "said before";

/// An article while nothing is decided.
#[derive(Debug, Default)]
pub(super) struct Draft {
    /// The running text.
    pub(super) text: String,
    /// What was found, for each field the best first.
    pub(super) candidates: Vec<Candidate>,
    /// What was strange, as phrases.
    pub(super) notes: Vec<String>,
    /// The encoding where it was not UTF-8.
    pub(super) encoding: Option<&'static str>,
    /// How the text was found, where it had to be.
    pub(super) method: Option<Method>,
}

/// What an article is called when it has no id of its own, and where it stands.
#[derive(Debug)]
pub(super) struct Place {
    /// Its path, with the record's number.
    pub(super) id: String,
    /// The record's number in its container.
    pub(super) record: Option<u64>,
    /// Digest of its bytes; of its text where there is none.
    pub(super) sha256: Option<Sha256Digest>,
}

impl From<Decoded> for Draft {
    fn from(decoded: Decoded) -> Self {
        let notes = decoded.note().into_iter().collect();
        Self { text: decoded.text, encoding: decoded.encoding, notes, ..Self::default() }
    }
}

impl Draft {
    /// Decides what counts. With `explain`, all candidates are kept with what became of them.
    pub(super) fn settle(self, place: Place, explain: bool) -> Article {
        let mut notes = self.notes;
        notes.extend(mojibake::note(&self.text));
        let mut article = Article {
            id: place.id,
            file: 0,
            record: place.record,
            sha256: place.sha256.unwrap_or_else(|| Sha256Digest::of(self.text.as_bytes())),
            body: self.text.into(),
            encoding: self.encoding,
            method: self.method,
            notes,
            ..Article::default()
        };
        let mut candidates = self.candidates;
        mark_sources(&mut candidates);
        let mut has_id = false;
        // A record may name tens of thousands; those before are not gone through for each of them.
        let mut said = HashSet::new();
        // What others are held against is decided first.
        candidates.sort_by_key(|candidate| !matches!(candidate.field, Field::Captured | Field::Url));
        let mut unread_time = None;
        for Candidate { field, value, origin } in candidates {
            let taken = if field == Field::Id && !std::mem::replace(&mut has_id, true) {
                article.id.clone_from(&value);
                Ok(())
            } else if is_list(field) && !said.insert((field, value.clone())) {
                doubtful(SAID_BEFORE)
            } else {
                article.take(field, &value, origin.clone())
            };
            // Of several that are not understood one is told, and only where nothing else is found.
            if taken == Err(Refusal::NotUnderstood) {
                unread_time.get_or_insert_with(|| note(&Refusal::NotUnderstood, &value, &origin));
            }
            article.remember(field, value, origin, taken, explain);
        }
        if article.published.is_none() {
            article.notes.extend(unread_time);
        }
        article
    }
}

/// Whether an article has all the values of a field.
fn is_list(field: Field) -> bool {
    matches!(field, Field::Credit | Field::Source)
}

/// Says why a time was set aside.
fn note(reason: &Refusal, value: &str, origin: &Origin) -> String {
    let place = match origin {
        Origin::Record(name) => format!("field {name}"),
        other => other.to_string(),
    };
    format!("{reason}: {} ({place})", fault::repeated(&format_args!("{value:?}")))
}

/// A canonical address on another site than the article's own is where its text was taken from.
fn mark_sources(candidates: &mut [Candidate]) {
    let is_canonical = |found: &Candidate| match &found.origin {
        Origin::Page(place) => place == CANONICAL,
        Origin::Record(name) => name.to_ascii_lowercase().starts_with("canonical"),
        _ => false,
    };
    let addresses = || candidates.iter().filter(|found| found.field == Field::Url);
    let own = addresses().filter(|found| !is_canonical(found)).find_map(|found| address::site(&found.value));
    let Some(own) = own else { return };
    for canonical in candidates.iter_mut().filter(|found| found.field == Field::Url && is_canonical(found)) {
        if address::site(&canonical.value).is_some_and(|site| site != own) {
            canonical.field = Field::Source;
        }
    }
}

impl From<Page> for Draft {
    fn from(page: Page) -> Self {
        let Page { text, method, candidates, notes, encoding } = page;
        Self { text, candidates, notes, encoding, method: Some(method) }
    }
}

impl Article {
    /// Takes a value from outside of the article's own source.
    pub(super) fn consider(&mut self, candidate: Candidate, explain: bool) {
        let Candidate { field, value, origin } = candidate;
        let has = |said: &[Sourced<String>]| said.iter().any(|said| said.value == value);
        let taken = match field {
            Field::Credit if has(&self.credits) => doubtful(SAID_BEFORE),
            Field::Source if has(&self.sources) => doubtful(SAID_BEFORE),
            _ => self.take(field, &value, origin.clone()),
        };
        self.remember(field, value, origin, taken, explain);
    }

    /// Notes down a time that cannot be, and with `explain` what became of a value.
    fn remember(&mut self, field: Field, value: String, origin: Origin, taken: Taken, explain: bool) {
        if let (Field::Published, Err(reason @ Refusal::Doubtful(_))) = (field, &taken) {
            self.notes.push(note(reason, &value, &origin));
        }
        if explain {
            let fate = taken.map_or_else(|reason| Fate::SetAside(reason.to_string()), |()| Fate::Chosen);
            self.considered.push(Considered { field, value, origin, fate });
        }
    }

    /// Takes a value where nothing better is there yet and it can be true. Whether a credit or source
    /// is there already, the caller has looked.
    pub(super) fn take(&mut self, field: Field, value: &str, origin: Origin) -> Taken {
        /// Fills a slot that is empty.
        fn fill<S: From<Sourced<T>>, T>(slot: &mut Option<S>, value: T, origin: Origin) -> Taken {
            if slot.is_some() {
                return Err(Refusal::Better);
            }
            *slot = Some(Sourced { value, origin }.into());
            Ok(())
        }
        let words = value.to_owned();
        match field {
            // The text was chosen by whoever made the draft, and one id is taken before.
            Field::Text | Field::Id => Err(Refusal::Better),
            Field::Outlet => fill(&mut self.outlet, words, origin),
            Field::Title => fill(&mut self.title, words, origin),
            Field::Language => fill(&mut self.language, words, origin),
            Field::Url if address::host(value).is_none() && origin.is_page() => {
                doubtful("no absolute address")
            }
            Field::Url => fill(&mut self.url, words, origin),
            Field::Credit => {
                self.credits.push(Sourced { value: words, origin });
                Ok(())
            }
            Field::Source => self.take_source(value, origin),
            Field::Captured => match Published::parse(value) {
                Some(time) => fill(&mut self.captured, time, origin),
                None if self.captured.is_some() => Err(Refusal::Better),
                None => doubtful("time of capture not understood"),
            },
            Field::Published => self.take_published(value, origin),
        }
    }

    fn take_source(&mut self, value: &str, origin: Origin) -> Taken {
        let own = self.url.as_ref().and_then(|url| address::site(&url.value));
        let reason = match address::site(value) {
            None => "no absolute address",
            site if site == own => "the article's own site",
            Some(_) if !address::names_a_page(value) => "a site, not an article",
            Some(_) => {
                self.sources.push(Sourced { value: value.to_owned(), origin });
                return Ok(());
            }
        };
        doubtful(reason)
    }

    fn take_published(&mut self, value: &str, origin: Origin) -> Taken {
        match Published::parse(value) {
            _ if self.published.is_some() => Err(Refusal::Better),
            None if doubt::is_empty(value) => doubtful(doubt::ZERO),
            None => Err(Refusal::NotUnderstood),
            Some(time) => match self.doubt(&time) {
                Some(reason) => Err(Refusal::Doubtful(reason)),
                None => {
                    self.published = Some(Sourced { value: time, origin });
                    Ok(())
                }
            },
        }
    }

    /// Why a time cannot be the one of publication.
    fn doubt(&self, time: &Published) -> Option<String> {
        if let Some(reason) = time.doubt() {
            return Some(reason.to_owned());
        }
        let captured = &self.captured.as_ref()?.value;
        let latest = captured.sort_key().checked_add(LOOSE_HOURS.hours()).ok()?;
        (time.sort_key() > latest).then(|| format!("published time later than the capture at {captured}"))
    }
}

/// Whether a value counts.
pub(super) type Taken = Result<(), Refusal>;

/// Why a value does not count.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Refusal {
    #[error("a better place was found before")]
    Better,
    #[error("published time not understood")]
    NotUnderstood,
    /// What is wrong with it.
    #[error("{0}")]
    Doubtful(String),
}

fn doubtful(reason: &str) -> Taken {
    Err(Refusal::Doubtful(reason.to_owned()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn candidate(field: Field, value: &str) -> Candidate {
        Candidate { field, value: value.to_owned(), origin: Origin::Table }
    }

    #[test]
    fn credits_and_sources_count_once_in_their_order() {
        let said = ["Mara Quist", "Ilen Tarr", "Mara Quist"].map(|name| candidate(Field::Credit, name));
        let pages = ["https://vell.example/news/1-a-story", "https://orvane.example/news/2-a-story"];
        let sources = [pages[0], pages[1], pages[0]].map(|page| candidate(Field::Source, page));
        let draft = Draft { candidates: said.into_iter().chain(sources).collect(), ..Draft::default() };
        let place = Place { id: "x#1".to_owned(), record: Some(1), sha256: None };
        let mut article = draft.settle(place, true);
        article.consider(candidate(Field::Credit, "Ilen Tarr"), true);
        article.consider(candidate(Field::Source, pages[1]), true);
        let values =
            |said: &[Sourced<String>]| said.iter().map(|said| said.value.clone()).collect::<Vec<_>>();
        assert_eq!(values(&article.credits), ["Mara Quist", "Ilen Tarr"]);
        assert_eq!(values(&article.sources), pages);
        let set_aside = |considered: &&Considered| considered.fate == Fate::SetAside(SAID_BEFORE.to_owned());
        assert_eq!(article.considered.iter().filter(set_aside).count(), 4);
    }
}
