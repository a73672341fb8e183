//! From credits to the list of flags.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use super::{AgencyFlags, FlagEntry, FlagKind, FlagSummary, Flags, OutletFlags, SCHEMA};
use crate::agency::{Credit, Level};
use crate::corpus::Corpus;
use crate::provenance::Wire;
use crate::report::credits;
use crate::report::{RuleCount, Run};

/// Lists the articles that credit an agency at `level` or stronger, those that match credited
/// copy, and the releases. `credits` has one entry an article, `wire` too where articles were
/// compared.
#[must_use]
pub fn assemble(run: Run, corpus: &Corpus, credits: &[Credit], wire: Option<&[Wire]>, level: Level) -> Flags {
    let listing = Listing { corpus, credits, wire, level };
    let articles = 0..corpus.articles.len();
    let flags: Vec<(usize, FlagEntry)> =
        articles.filter_map(|article| Some((article, listing.entry(article)?))).collect();
    Flags {
        schema: SCHEMA.to_owned(),
        run,
        level,
        compared: wire.is_some(),
        summary: listing.summary(),
        agencies: listing.agencies(&flags),
        outlets: listing.outlets(&flags),
        flags: flags.into_iter().map(|(_, entry)| entry).collect(),
        skipped: credits::skipped(corpus),
        inputs: corpus.paths(),
    }
}

struct Listing<'a> {
    corpus: &'a Corpus,
    credits: &'a [Credit],
    wire: Option<&'a [Wire]>,
    level: Level,
}

impl Listing<'_> {
    fn wire(&self, article: usize) -> Wire {
        self.wire.map(|wire| wire[article].clone()).unwrap_or_default()
    }

    fn kind(&self, article: usize) -> Option<FlagKind> {
        let credit = &self.credits[article];
        if credit.level <= self.level && credit.level < Level::None {
            Some(FlagKind::Credit)
        } else if self.wire(article).elsewhere.is_some() {
            Some(FlagKind::CreditedElsewhere)
        } else {
            credit.release.is_some().then_some(FlagKind::Release)
        }
    }

    fn entry(&self, index: usize) -> Option<FlagEntry> {
        let kind = self.kind(index)?;
        let article = &self.corpus.articles[index];
        let credit = &self.credits[index];
        let wire = self.wire(index);
        let (names, evidence) = match (credit.release.as_deref(), kind) {
            (Some(release), FlagKind::Release) => (release.names.clone(), Some(release)),
            _ => (credit.names.clone(), credit.deciding()),
        };
        Some(FlagEntry {
            head: credits::head(self.corpus, article, Arc::from(article.id.as_str())),
            kind,
            level: credit.level,
            names,
            evidence: evidence.map(credits::evidence),
            wire_share: wire.share,
            wire_articles: u64::from(wire.sisters),
            credited_elsewhere: wire
                .elsewhere
                .map(|found| credits::elsewhere(self.corpus, self.credits, &found)),
        })
    }

    fn summary(&self) -> FlagSummary {
        let at = |level| self.credits.iter().filter(|credit| credit.level == level).count() as u64;
        let (declared, feed_unnamed) = (at(Level::Declared), at(Level::FeedUnnamed));
        let released = |credit: &&Credit| credit.release.is_some() && !credit.level.is_feed();
        let wires = self.credits.iter().zip(self.wire.into_iter().flatten());
        let elsewhere = wires.filter(|(credit, wire)| !credit.level.is_feed() && wire.elsewhere.is_some());
        FlagSummary {
            articles: self.credits.len() as u64,
            flagged: declared + feed_unnamed,
            declared,
            feed_unnamed,
            contributed: at(Level::Contributed),
            cited: at(Level::Cited),
            photo: at(Level::Photo),
            about: at(Level::About),
            credited_elsewhere: elsewhere.count() as u64,
            releases: self.credits.iter().filter(released).count() as u64,
            skipped: self.corpus.skipped.len() as u64,
        }
    }

    /// The rules that matched at the article's level, each once.
    fn rules(&self, article: usize) -> BTreeSet<&str> {
        let credit = &self.credits[article];
        let deciding = credit.evidence.iter().take_while(|evidence| evidence.level == credit.level);
        deciding.map(|evidence| evidence.rule.as_str()).collect()
    }

    fn agencies(&self, flags: &[(usize, FlagEntry)]) -> Vec<AgencyFlags> {
        let mut tallies: BTreeMap<Option<&str>, Tally<'_>> = BTreeMap::new();
        for (article, entry) in flags.iter().filter(|(_, entry)| entry.kind == FlagKind::Credit) {
            let named = entry.names.iter().map(|name| Some(name.as_str()));
            for name in named.chain(entry.names.is_empty().then_some(None)) {
                tallies.entry(name).or_default().add(self.rules(*article));
            }
        }
        let agencies = tallies.into_iter().map(|(name, tally)| AgencyFlags {
            name: name.map(str::to_owned),
            articles: tally.articles,
            rules: tally.rules(),
        });
        let mut agencies: Vec<AgencyFlags> = agencies.collect();
        agencies.sort_by_key(|agency| std::cmp::Reverse(agency.articles));
        agencies
    }

    fn outlets(&self, flags: &[(usize, FlagEntry)]) -> Vec<OutletFlags> {
        let mut all: BTreeMap<Option<&str>, u64> = BTreeMap::new();
        for article in &self.corpus.articles {
            *all.entry(article.outlet.as_ref().map(|outlet| outlet.value.as_str())).or_default() += 1;
        }
        let mut tallies: BTreeMap<Option<&str>, (Tally<'_>, u64)> = BTreeMap::new();
        for (article, entry) in flags {
            let (tally, elsewhere) = tallies.entry(entry.head.outlet.as_deref()).or_default();
            match entry.kind {
                FlagKind::Credit => tally.add(self.rules(*article)),
                FlagKind::CreditedElsewhere => *elsewhere += 1,
                FlagKind::Release => {}
            }
        }
        let outlets = tallies.into_iter().map(|(name, (tally, credited_elsewhere))| OutletFlags {
            name: name.map(str::to_owned),
            articles: all[&name],
            flagged: tally.articles,
            credited_elsewhere,
            rules: tally.rules(),
        });
        let mut outlets: Vec<OutletFlags> = outlets.collect();
        outlets.sort_by_key(|outlet| std::cmp::Reverse((outlet.flagged, outlet.credited_elsewhere)));
        outlets
    }
}

/// Articles, and in how many of them each rule matched.
#[derive(Default)]
struct Tally<'a> {
    articles: u64,
    rules: BTreeMap<&'a str, u64>,
}

impl<'a> Tally<'a> {
    fn add(&mut self, rules: BTreeSet<&'a str>) {
        self.articles += 1;
        for rule in rules {
            *self.rules.entry(rule).or_default() += 1;
        }
    }

    fn rules(self) -> Vec<RuleCount> {
        let rules = self.rules.into_iter();
        let mut rules: Vec<RuleCount> =
            rules.map(|(rule, articles)| RuleCount { rule: rule.to_owned(), articles }).collect();
        rules.sort_by_key(|rule| std::cmp::Reverse(rule.articles));
        rules
    }
}
