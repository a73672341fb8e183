//! Running the rules over one article.

use std::ops::Range;

use super::Level;
use super::compiled::{CompiledRule, CompiledRules};
use super::marks::Marks;
use super::rules::{Agency, FeedKind, Rules, Spot};
use super::zones::Zones;
use crate::corpus::{Article, Origin, address};
use crate::text::ArticleText;

/// The id of what a declared source address on an agency's own site says.
const SOURCE_ADDRESS: &str = "source-address";

/// What an article says about an agency.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credit {
    /// The highest level found.
    pub level: Level,
    /// Agencies named at that level, in the order of their evidence.
    pub names: Vec<String>,
    /// All that matched, highest level first, then by place.
    pub evidence: Vec<Evidence>,
    /// The agency whose own outlet the article stands in, if any: its text is no reprint there.
    pub publisher: Option<String>,
    /// What says that the text is somebody's announcement that came over a release service. That
    /// is no agency's reporting and gives no level.
    pub release: Option<Box<Evidence>>,
}

impl Credit {
    /// The evidence that decides the level; nothing at [`Level::None`].
    #[must_use]
    pub fn deciding(&self) -> Option<&Evidence> {
        self.evidence.first()
    }

    /// The agencies whose text the whole article is by its own word: those that it declares, or
    /// the one that publishes it.
    #[must_use]
    pub fn declared(&self) -> &[String] {
        match &self.publisher {
            Some(own) => std::slice::from_ref(own),
            None if self.level == Level::Declared => &self.names,
            None => &[],
        }
    }
}

/// One place where a rule matched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Evidence {
    /// The rule's id.
    pub rule: String,
    /// The level that this evidence alone gives.
    pub level: Level,
    /// Agencies named in the words, none for feeds without a name.
    pub names: Vec<String>,
    /// The words.
    pub text: String,
    /// Their bytes in the body; `None` where they stand in a metadata field.
    pub bytes: Option<Range<u32>>,
}

/// Reads one article's credit.
#[must_use]
pub fn read(article: &Article, text: &ArticleText, rules: &CompiledRules) -> Credit {
    let mut reader = Reader { article, rules, credits: Vec::new(), releases: Vec::new() };
    let zones = Zones::of(&article.body, text, rules);
    // A field of the record need not spell a name as a text does.
    let marks_of = |text: &str| rules.marks(text).with(Marks::NAME);
    let fields: Vec<_> = article.credits.iter().map(|field| (&field.value, marks_of(&field.value))).collect();
    let title = article.title.as_ref().map(|title| (&title.value, marks_of(&title.value)));
    for rule in &rules.rules {
        match rule.spot {
            Spot::Metadata => {
                fields.iter().for_each(|(text, marks)| reader.scan(rule, text, None, *marks));
            }
            Spot::Title => {
                title.iter().for_each(|(text, marks)| reader.scan(rule, text, None, *marks));
            }
            Spot::Below => {
                let mut matching = zones.below.iter().filter(|zone| {
                    let text = &article.body[zone.bytes.clone()];
                    rule.may_match(zone.marks) && rule.is_match(text)
                });
                if let (Some(zone), None) = (matching.next(), matching.next()) {
                    let text = &article.body[zone.bytes.clone()];
                    reader.scan(rule, text, Some(zone.bytes.start), zone.marks);
                }
            }
            spot => {
                for zone in zones.of_spot(spot) {
                    let text = &article.body[zone.bytes.clone()];
                    reader.scan(rule, text, Some(zone.bytes.start), zone.marks);
                }
            }
        }
    }
    reader.read_sources();
    grade(article, rules, reader.credits, reader.releases)
}

/// Collects what the rules match in one article.
struct Reader<'a> {
    article: &'a Article,
    rules: &'a CompiledRules,
    credits: Vec<Evidence>,
    releases: Vec<Evidence>,
}

impl Reader<'_> {
    /// Runs a rule over a text that begins at byte `at` of the body, or stands in a field.
    fn scan(&mut self, rule: &CompiledRule, text: &str, at: Option<usize>, marks: Marks) {
        if !rule.may_match(marks) {
            return;
        }
        for found in rule.matches(text) {
            let matched = &text[found.clone()];
            let mentioned: Vec<&Agency> = match &rule.agency {
                Some(name) => self.rules.agency(name).into_iter().collect(),
                None => self.rules.agencies_in(matched),
            };
            let meant: Vec<&Agency> = mentioned
                .iter()
                .copied()
                .filter(|agency| !self.means_other(rule.spot, agency) && !spells_out(text, &found, agency))
                .collect();
            if meant.is_empty() && !mentioned.is_empty() {
                continue;
            }
            // A release service is no agency: its feed is somebody's own announcement, also where
            // an agency hands it on (`(ANI/PRNewswire)`).
            let release = rule.release || meant.iter().any(|agency| agency.kind == FeedKind::Release);
            let said = matched.trim();
            let of_picture = rule.photographer && self.is_photographer(said);
            let list = if release { &mut self.releases } else { &mut self.credits };
            let kind = if release { FeedKind::Release } else { FeedKind::Agency };
            let names = meant.iter().filter(|a| a.kind == kind).map(|a| a.name.clone()).collect();
            list.push(Evidence {
                rule: rule.id.clone(),
                level: if of_picture { Level::Photo } else { rule.level },
                names,
                text: said.to_owned(),
                bytes: at.map(|at| {
                    let start = at + found.start + (matched.len() - matched.trim_start().len());
                    start as u32..(start + said.len()) as u32
                }),
            });
        }
    }

    /// Whether words of the form `NAME, AGENCY` stand below a picture: the text has them twice, or names
    /// the person elsewhere as pictures do (`(AP Photo/NAME)`).
    fn is_photographer(&self, words: &str) -> bool {
        let body = &*self.article.body;
        let name = words.split([',', '|', '·', '•', '–', '—']).next().unwrap_or_default().trim();
        let named = |before: &str| body.contains(&format!("{before}{name}"));
        let is_person = name.contains(' ');
        body.matches(words).nth(1).is_some()
            || is_person && ["/", "/ ", "Photo by ", "Photo: "].into_iter().any(named)
    }

    /// Looks for agencies' own sites among the addresses that the article says it was taken from.
    /// What it is only based on is no copy of that.
    fn read_sources(&mut self) {
        for source in &self.article.sources {
            let Some(host) = address::host(&source.value) else { continue };
            let Some(owner) = self.rules.owner_of([host]) else { continue };
            let based_on = matches!(&source.origin, Origin::Page(place) | Origin::Record(place)
                if place.contains("isBasedOn"));
            let list = match owner.kind {
                FeedKind::Agency => &mut self.credits,
                FeedKind::Release => &mut self.releases,
            };
            list.push(Evidence {
                rule: SOURCE_ADDRESS.to_owned(),
                level: if based_on { Level::Contributed } else { Level::Declared },
                names: vec![owner.name.clone()],
                text: source.value.clone(),
                bytes: None,
            });
        }
    }

    /// Whether the article means something else by the short form. A dateline cannot be
    /// misunderstood.
    fn means_other(&self, spot: Spot, agency: &Agency) -> bool {
        let title = self.article.title.as_ref().map(|title| title.value.as_str());
        spot != Spot::Head && Rules::means_other(agency, title, &self.article.body)
    }
}

/// Whether the words before a short form in brackets are what it is short for: `the Alliance of
/// Pilots (AP)`.
fn spells_out(text: &str, found: &Range<usize>, agency: &Agency) -> bool {
    let matched = &text[found.clone()];
    let brackets = matched.match_indices(['(', '（']);
    brackets.into_iter().any(|(open, bracket)| {
        let inside = matched[open + bracket.len()..].trim_start();
        let code = agency.short_names().find(|short| {
            inside.strip_prefix(short).is_some_and(|rest| rest.trim_start().starts_with([')', '）']))
        });
        let Some(code) = code else { return false };
        let before = text[..found.start + open].split_whitespace().rev();
        let initials = before.filter_map(|word| word.chars().find(|c| c.is_alphabetic()));
        let capitals = initials.filter(|initial| initial.is_uppercase()).take(code.len());
        let capitals: Vec<char> = capitals.collect();
        capitals.iter().rev().copied().eq(code.chars())
    })
}

/// Sorts the evidence, and takes back what cannot count.
fn grade(
    article: &Article,
    rules: &CompiledRules,
    mut evidence: Vec<Evidence>,
    mut releases: Vec<Evidence>,
) -> Credit {
    let publisher = rules.owner_of(published_by(article));
    let publisher = publisher.filter(|agency| agency.kind == FeedKind::Agency).map(|a| a.name.clone());
    for entry in &mut evidence {
        // An agency's text in its own outlet is no reprint.
        let own = publisher.as_ref().is_some_and(|own| entry.names.contains(own));
        if own && entry.level < Level::About {
            entry.level = Level::About;
        }
    }
    // Only what declares the whole article makes it a release.
    releases.retain(|entry| entry.level <= Level::FeedUnnamed);
    releases.sort_by_key(|entry| entry.bytes.as_ref().map_or(0, |bytes| bytes.start));
    evidence.sort_by_key(|entry| (entry.level, entry.bytes.as_ref().map_or(0, |bytes| bytes.start)));
    evidence.dedup_by(|later, first| {
        later.level == first.level
            && later.names == first.names
            && later.bytes.is_some()
            && later.bytes == first.bytes
    });
    let level = evidence.first().map_or(Level::None, |entry| entry.level);
    let mut names: Vec<String> = Vec::new();
    for name in evidence.iter().take_while(|entry| entry.level == level).flat_map(|entry| &entry.names) {
        if !names.contains(name) {
            names.push(name.clone());
        }
    }
    Credit { level, names, evidence, publisher, release: releases.into_iter().next().map(Box::new) }
}

/// All that names who published an article.
fn published_by(article: &Article) -> impl Iterator<Item = &str> {
    let outlet = article.outlet.as_ref().map(|outlet| outlet.value.as_str());
    let publisher = article.publisher.as_ref().map(|publisher| publisher.value.as_str());
    let host = article.url.as_ref().and_then(|url| address::host(&url.value));
    [outlet, publisher, host].into_iter().flatten()
}
