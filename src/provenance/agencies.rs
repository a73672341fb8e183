//! How often each agency is credited, and by which rule.

use std::collections::BTreeMap;

use crate::agency::{Credit, Level};

/// One agency.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct AgencySummary {
    /// Its name; `None` for feeds and wires that name none.
    pub name: Option<String>,
    /// Articles that declare it.
    pub declared: u32,
    /// Articles with its inputs.
    pub contributed: u32,
    /// Articles that cite it for a fact or quote.
    pub cited: u32,
    /// Articles with only its picture credit.
    pub photo: u32,
    /// Articles in which each rule named it, most first. One eager rule shows here.
    pub rules: Vec<(String, u32)>,
}

/// Counts each article once an agency, at the highest level at which it names that agency.
pub(super) fn summarise(credits: &[Credit]) -> Vec<AgencySummary> {
    let mut found: BTreeMap<Option<&str>, (AgencySummary, BTreeMap<&str, u32>)> = BTreeMap::new();
    for credit in credits {
        let mut highest: BTreeMap<Option<&str>, Level> = BTreeMap::new();
        let mut rules: Vec<(Option<&str>, &str)> = Vec::new();
        // A credit that was taken away by hand is evidence for no agency.
        for evidence in credit.evidence.iter().filter(|evidence| evidence.level != Level::None) {
            let named = evidence.names.iter().map(|name| Some(name.as_str()));
            let unnamed = evidence.names.is_empty().then_some(None);
            for name in named.chain(unnamed) {
                let level = highest.entry(name).or_insert(evidence.level);
                *level = (*level).min(evidence.level);
                rules.push((name, &evidence.rule));
            }
        }
        for (name, level) in highest {
            let (summary, _) = found.entry(name).or_default();
            match level {
                Level::Declared | Level::FeedUnnamed => summary.declared += 1,
                Level::Contributed => summary.contributed += 1,
                Level::Cited => summary.cited += 1,
                Level::Photo => summary.photo += 1,
                Level::About | Level::None => {}
            }
        }
        rules.sort_unstable();
        rules.dedup();
        for (name, rule) in rules {
            *found.entry(name).or_default().1.entry(rule).or_default() += 1;
        }
    }
    let mut agencies: Vec<AgencySummary> = found
        .into_iter()
        .map(|(name, (summary, rules))| {
            let mut rules: Vec<(String, u32)> =
                rules.into_iter().map(|(rule, articles)| (rule.to_owned(), articles)).collect();
            rules.sort_by(|x, y| y.1.cmp(&x.1).then_with(|| x.0.cmp(&y.0)));
            AgencySummary { name: name.map(str::to_owned), rules, ..summary }
        })
        .collect();
    agencies.sort_by(|x, y| {
        let rank = |agency: &AgencySummary| (agency.declared, agency.contributed, agency.cited, agency.photo);
        rank(y).cmp(&rank(x)).then_with(|| x.name.cmp(&y.name))
    });
    agencies
}
