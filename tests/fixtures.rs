//! Holds the report on `fixtures/` against the truth that their authors state beside them.

#![expect(clippy::unwrap_used, reason = "a test panics when its own set-up fails")]

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::PathBuf;

use serde::Deserialize;
use wirecopy::agency::Level;
use wirecopy::fixity::NameVerdict;
use wirecopy::pipeline::{self, Options};
use wirecopy::report::{ArticleEntry, DirectionStatus, ExactKind, RelationEntry, Report, Verdict};

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Truth {
    article: Vec<Article>,
    pair: Vec<Pair>,
    unrelated: Vec<Unrelated>,
    standing: Vec<Standing>,
    standing_direction: Vec<StandingDirection>,
    exact: Vec<Exact>,
    story: Vec<Story>,
    skipped: Vec<Skipped>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Article {
    key: String,
    id: String,
    outlet: Option<String>,
    published: Option<String>,
    encoding: Option<String>,
    name: Option<NameVerdict>,
    #[serde(default = "no_agency")]
    agency: Level,
    #[serde(default)]
    agencies: Vec<String>,
    #[serde(default)]
    elsewhere: Vec<String>,
    reporting_words: Option<u64>,
    known_wrong: Option<String>,
}

fn no_agency() -> Level {
    Level::None
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Pair {
    a: String,
    b: String,
    verdict: Verdict,
    share_a: Option<[f64; 2]>,
    share_b: Option<[f64; 2]>,
    quoted: Option<[f64; 2]>,
    direction: Option<DirectionStatus>,
    from: Option<String>,
    known_wrong: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Unrelated {
    a: String,
    b: String,
    why: String,
    known_wrong: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Standing {
    outlet: String,
    articles: Vec<String>,
    starts: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StandingDirection {
    a: String,
    b: String,
    direction: DirectionStatus,
    known_wrong: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Exact {
    kind: ExactKind,
    articles: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Story {
    articles: Vec<String>,
    independent_origins: u64,
    origins: Option<BTreeSet<String>>,
    known_wrong: Option<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Skipped {
    path: String,
    incomplete: bool,
    reason: String,
}

/// The truth and what the tool says, with the keys of the one for the ids of the other.
struct Trial {
    truth: Truth,
    report: Report,
    ids: BTreeMap<String, String>,
}

impl Trial {
    /// Cargo runs tests in the package's folder, so that ids begin with `fixtures/`.
    fn hold() -> Self {
        let text = fs::read_to_string("fixtures/truth.toml").unwrap();
        let truth: Truth = toml::from_str(&text).unwrap();
        let options = Options { paths: vec![PathBuf::from("fixtures")], ..Options::default() };
        let report = pipeline::report(&options, &mut std::io::empty(), &()).unwrap();
        let ids = truth.article.iter().map(|row| (row.key.clone(), path_or_id(&row.id))).collect();
        Self { truth, report, ids }
    }

    fn id(&self, key: &str) -> &str {
        self.ids.get(key).unwrap_or_else(|| panic!("truth.toml has no article {key:?}"))
    }

    fn ids<'a>(&'a self, keys: &'a [String]) -> BTreeSet<&'a str> {
        keys.iter().map(|key| self.id(key)).collect()
    }

    fn entry(&self, id: &str) -> Option<&ArticleEntry> {
        self.report.articles.iter().find(|entry| &*entry.head.id == id)
    }

    /// The relation of two articles, and whether it names them in the other order.
    fn relation(&self, a: &str, b: &str) -> Option<(&RelationEntry, bool)> {
        let (a, b) = (self.id(a), self.id(b));
        self.report.relations.iter().find_map(|relation| match (&*relation.a, &*relation.b) {
            pair if pair == (a, b) => Some((relation, false)),
            pair if pair == (b, a) => Some((relation, true)),
            _ => None,
        })
    }
}

/// Ids of records stand for themselves, all others are paths below `fixtures/`.
fn path_or_id(id: &str) -> String {
    if id.contains(['/', '.']) { format!("fixtures/{id}") } else { id.to_owned() }
}

/// What is wrong about one row.
#[derive(Default)]
struct Faults(Vec<String>);

impl Faults {
    fn expect<T: PartialEq + std::fmt::Debug>(&mut self, what: &str, truth: T, told: T) {
        if truth != told {
            self.0.push(format!("{what} is {truth:?}, the report says {told:?}"));
        }
    }

    fn expect_within(&mut self, what: &str, range: Option<[f64; 2]>, told: f64) {
        if let Some([least, most]) = range
            && !(least..=most).contains(&told)
        {
            self.0.push(format!("{what} lies within {least} and {most}, the report says {told}"));
        }
    }

    /// Adds the row to the verdict of the whole test.
    fn judge(self, row: &str, known_wrong: Option<&str>, wrong: &mut Vec<String>) {
        match (self.0.is_empty(), known_wrong) {
            (true, Some(mark)) => {
                wrong.push(format!("{row}: right by now; take away known_wrong = {mark:?}"));
            }
            (false, None) => wrong.push(format!("{row}: {}", self.0.join("; "))),
            _ => {}
        }
    }
}

#[track_caller]
fn none(wrong: &[String]) {
    assert!(wrong.is_empty(), "{} rows differ:\n{}", wrong.len(), wrong.join("\n"));
}

#[test]
fn articles_with_their_agencies_and_names() {
    let trial = Trial::hold();
    let mut wrong = Vec::new();
    for row in &trial.truth.article {
        let mut faults = Faults::default();
        match trial.entry(trial.id(&row.key)) {
            None => faults.0.push("not in the report".to_owned()),
            Some(entry) => {
                faults.expect("outlet", &row.outlet, &entry.head.outlet);
                faults.expect("published", &row.published, &entry.head.published);
                faults.expect("encoding", &row.encoding, &entry.encoding);
                faults.expect("name", row.name, entry.name_check.as_ref().map(|check| check.verdict));
                faults.expect("agency", row.agency, entry.agency.level);
                faults.expect("agencies", &row.agencies, &entry.agency.names);
                let elsewhere = entry.credited_elsewhere.iter().flat_map(|credit| credit.names.clone());
                faults.expect("credited elsewhere", &row.elsewhere, &elsewhere.collect());
                if let Some(words) = row.reporting_words {
                    faults.expect("reporting words", words, entry.reporting_words);
                }
            }
        }
        faults.judge(&row.key, row.known_wrong.as_deref(), &mut wrong);
    }
    let known: BTreeSet<&str> = trial.ids.values().map(String::as_str).collect();
    for entry in &trial.report.articles {
        if !known.contains(&*entry.head.id) {
            wrong.push(format!("{} is not in truth.toml", entry.head.id));
        }
    }
    none(&wrong);
}

#[test]
fn pairs_that_share_text() {
    let trial = Trial::hold();
    let mut wrong = Vec::new();
    for row in &trial.truth.pair {
        let mut faults = Faults::default();
        match trial.relation(&row.a, &row.b) {
            None => faults.0.push("no relation".to_owned()),
            Some((relation, turned)) => {
                let (share_a, share_b) = match turned {
                    false => (relation.share_a, relation.share_b),
                    true => (relation.share_b, relation.share_a),
                };
                faults.expect("verdict", row.verdict, relation.verdict);
                faults.expect_within("share_a", row.share_a, share_a);
                faults.expect_within("share_b", row.share_b, share_b);
                faults.expect_within("quoted share", row.quoted, relation.quoted_share);
                if let Some(direction) = row.direction {
                    faults.expect("direction", direction, relation.direction.status);
                    let from = row.from.as_ref().map(|key| trial.id(key));
                    faults.expect("origin", from, relation.direction.from.as_deref());
                }
            }
        }
        faults.judge(&format!("{} and {}", row.a, row.b), row.known_wrong.as_deref(), &mut wrong);
    }
    none(&wrong);
}

#[test]
fn pairs_that_only_look_alike() {
    let trial = Trial::hold();
    let mut wrong = Vec::new();
    for row in &trial.truth.unrelated {
        let mut faults = Faults::default();
        if let Some((relation, _)) = trial.relation(&row.a, &row.b)
            && relation.verdict != Verdict::Incidental
        {
            faults.0.push(format!("{:?} is claimed, but {}", relation.verdict, row.why));
        }
        faults.judge(&format!("{} and {}", row.a, row.b), row.known_wrong.as_deref(), &mut wrong);
    }
    none(&wrong);
}

#[test]
fn no_other_pair_shares_anything_to_speak_of() {
    let trial = Trial::hold();
    let mut known: BTreeSet<(&str, &str)> = BTreeSet::new();
    for row in &trial.truth.pair {
        let (a, b) = (trial.id(&row.a), trial.id(&row.b));
        known.extend([(a, b), (b, a)]);
    }
    for row in &trial.truth.unrelated {
        // Judged above.
        let (a, b) = (trial.id(&row.a), trial.id(&row.b));
        known.extend([(a, b), (b, a)]);
    }
    for row in &trial.truth.standing {
        let ids = trial.ids(&row.articles);
        known.extend(ids.iter().flat_map(|&a| ids.iter().map(move |&b| (a, b))));
    }
    let surplus: Vec<String> = trial
        .report
        .relations
        .iter()
        .filter(|relation| relation.verdict != Verdict::Incidental)
        .filter(|relation| !known.contains(&(&*relation.a, &*relation.b)))
        .map(|relation| format!("{} and {}: {:?}", relation.a, relation.b, relation.verdict))
        .collect();
    none(&surplus);
}

#[test]
fn standing_text_counts_for_nobody() {
    let trial = Trial::hold();
    let mut wrong = Vec::new();
    for row in &trial.truth.standing {
        let texts = |start: &str| {
            let found = trial.report.standing_text.iter().find(|text| text.text.starts_with(start));
            found.map(|text| (text.outlet.clone(), text.articles))
        };
        let mut faults = Faults::default();
        for start in &row.starts {
            faults.expect(start, Some((row.outlet.clone(), row.articles.len() as u64)), texts(start));
        }
        for (i, a) in row.articles.iter().enumerate() {
            for b in &row.articles[i + 1..] {
                let verdict =
                    trial.relation(a, b).map(|(relation, _)| (relation.verdict, relation.shared_words));
                faults.expect(&format!("{a} and {b}"), Some((Verdict::Boilerplate, 0)), verdict);
            }
        }
        faults.judge(&row.outlet, None, &mut wrong);
    }
    for row in &trial.truth.standing_direction {
        let mut faults = Faults::default();
        let told = trial.relation(&row.a, &row.b).map(|(relation, _)| relation.direction.status);
        faults.expect("direction", Some(row.direction), told);
        faults.judge(&format!("{} and {}", row.a, row.b), row.known_wrong.as_deref(), &mut wrong);
    }
    none(&wrong);
}

#[test]
fn articles_that_are_the_same() {
    let trial = Trial::hold();
    let truth: BTreeSet<(ExactKind, BTreeSet<&str>)> =
        trial.truth.exact.iter().map(|row| (row.kind, trial.ids(&row.articles))).collect();
    let told: BTreeSet<(ExactKind, BTreeSet<&str>)> = trial
        .report
        .exact_groups
        .iter()
        .map(|group| (group.kind, group.articles.iter().map(|id| &**id).collect()))
        .collect();
    assert_eq!(truth, told);
}

#[test]
fn stories_and_their_origins() {
    let trial = Trial::hold();
    let mut wrong = Vec::new();
    for row in &trial.truth.story {
        let members = trial.ids(&row.articles);
        let story = trial
            .report
            .stories
            .iter()
            .find(|story| story.articles.iter().map(|id| &**id).collect::<BTreeSet<_>>() == members);
        let mut faults = Faults::default();
        match story {
            None => faults.0.push("no such story".to_owned()),
            Some(story) => {
                faults.expect("origins", row.independent_origins, story.independent_origins);
                if let Some(names) = &row.origins {
                    let told = story.origins.iter().map(|origin| origin.name.clone()).collect();
                    faults.expect("names of the origins", names, &told);
                }
            }
        }
        faults.judge(&row.articles.join(", "), row.known_wrong.as_deref(), &mut wrong);
    }
    none(&wrong);
    assert_eq!(trial.report.stories.len(), trial.truth.story.len());
}

#[test]
fn what_is_not_read() {
    let trial = Trial::hold();
    let told: BTreeSet<(String, bool)> =
        trial.report.skipped.iter().map(|entry| (entry.path.clone(), entry.incomplete)).collect();
    let truth: BTreeSet<(String, bool)> =
        trial.truth.skipped.iter().map(|row| (format!("fixtures/{}", row.path), row.incomplete)).collect();
    assert_eq!(truth, told);
    for row in &trial.truth.skipped {
        let entry = trial.report.skipped.iter().find(|entry| entry.path.ends_with(&row.path)).unwrap();
        assert!(entry.reason.contains(&row.reason), "{}: {}", entry.path, entry.reason);
    }
}
