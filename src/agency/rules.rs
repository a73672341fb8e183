//! The pattern file: which agencies there are, and how their copy announces itself.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::LazyLock;

use rayon::prelude::*;
use regex::Regex;
use serde::Deserialize;

use super::Level;
use super::marks::{MarkFinder, Marks};

/// Where in an article a rule looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Spot {
    /// Starts of paragraphs within the first 400 characters of the report.
    Head,
    /// The start of any later paragraph, where the rule matches at one only and three follow it.
    Below,
    /// A paragraph of its own before the first sentence of the report.
    Opening,
    /// A paragraph of its own after the last sentence of the report.
    Closing,
    /// A paragraph of its own before or after the report.
    Line,
    /// The last 600 characters of the report.
    Tail,
    /// The report and what credits it.
    Anywhere,
    /// Captions.
    Caption,
    /// Byline, provider and credit fields of the record.
    Metadata,
    /// The headline.
    Title,
}

/// Whether a feed carries an agency's reporting or somebody's announcements.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FeedKind {
    /// A news agency.
    #[default]
    Agency,
    /// A press-release service.
    Release,
}

/// A news agency or feed.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Agency {
    /// What reports call it.
    pub name: String,
    /// How texts write it, case-sensitive.
    pub names: Vec<String>,
    /// Short forms that mean it only inside a credit line.
    #[serde(default)]
    pub codes: Vec<String>,
    /// What an article says that means something else by a short form.
    #[serde(default)]
    pub other: Vec<String>,
    /// Outlets and hosts that are its own.
    #[serde(default)]
    pub outlets: Vec<String>,
    /// What it carries.
    #[serde(default)]
    pub kind: FeedKind,
    /// Its item at Wikidata, where known.
    #[serde(default)]
    pub wikidata: Option<String>,
}

impl Agency {
    /// The names that are up to six capitals, `AFP`.
    pub(super) fn short_names(&self) -> impl Iterator<Item = &str> {
        let is_short = |name: &&str| name.len() <= 6 && name.chars().all(|c| c.is_ascii_uppercase());
        self.names.iter().map(String::as_str).filter(is_short)
    }
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleText {
    id: String,
    level: Level,
    place: Spot,
    pattern: String,
    #[serde(default)]
    agency: Option<String>,
    #[serde(default)]
    release: bool,
    #[serde(default)]
    needs: Vec<String>,
    #[serde(default)]
    matches: Vec<String>,
    #[serde(default)]
    misses: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct PatternFile {
    #[serde(default)]
    agency: Vec<Agency>,
    #[serde(default)]
    rule: Vec<RuleText>,
}

/// A rule ready to be used.
#[derive(Debug)]
pub struct Rule {
    /// Stable id.
    pub id: String,
    /// The level that a match gives.
    pub level: Level,
    /// Where it looks.
    pub spot: Spot,
    pub(super) pattern: Regex,
    pub(super) agency: Option<String>,
    pub(super) release: bool,
    /// Whether a group of the pattern says which part of a match is the credit.
    shows_part: bool,
    /// Of these at least one; any text will do where there are none.
    needs: Marks,
    needs_name: bool,
}

impl Rule {
    /// Whether the rule can match at all in a text with these marks: a cheap look before the
    /// expression is run.
    pub(super) fn may_match(&self, marks: Marks) -> bool {
        (marks.meets(Marks::NAME) || !self.needs_name) && (self.needs.is_empty() || self.needs.meets(marks))
    }

    /// The bytes of `text` that are the credit, one range a match.
    pub(super) fn matches(&self, text: &str) -> Vec<Range<usize>> {
        if self.shows_part {
            let found = self.pattern.captures_iter(text);
            return found.filter_map(|found| found.name("credit").map(|part| part.range())).collect();
        }
        self.pattern.find_iter(text).map(|found| found.range()).collect()
    }
}

/// Agencies and rules, ready to be used.
#[derive(Debug)]
pub struct Rules {
    /// The agencies, in the order of the file.
    pub agencies: Vec<Agency>,
    /// The rules, in the order of the file.
    pub rules: Vec<Rule>,
    /// Finds any agency's name or code, and says whose it is.
    names: Regex,
    /// Finds the letters of names and codes, and what rules need.
    finder: MarkFinder,
    owners: HashMap<String, usize>,
}

/// Why a pattern file cannot be used.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum RulesError {
    /// The file is no valid TOML, or has unknown or missing fields.
    #[error("not a pattern file: {0}")]
    Syntax(#[from] toml::de::Error),
    /// A pattern is no valid regular expression.
    #[error("rule {id}: {source}")]
    Pattern {
        /// The rule.
        id: String,
        /// What is wrong with its pattern.
        source: Box<regex::Error>,
    },
    /// A rule does not do what its own examples say.
    #[error("rule {id}: its pattern {} {example:?}, which stands under `{list}`", if *.list == "matches" { "does not match" } else { "matches" })]
    Example {
        /// The rule.
        id: String,
        /// `matches` or `misses`.
        list: &'static str,
        /// The example.
        example: String,
    },
    /// A rule means an agency that is in no list.
    #[error("rule {id}: there is no agency {agency:?}; give it an [[agency]] entry")]
    Agency {
        /// The rule.
        id: String,
        /// The name that it gives.
        agency: String,
    },
}

static BUILT_IN: LazyLock<PatternFile> =
    LazyLock::new(|| toml::from_str(include_str!("agencies.toml")).expect("the tests read agencies.toml"));

impl Default for Rules {
    fn default() -> Self {
        Self::built_in()
    }
}

impl Rules {
    /// The agencies and rules that come with the program.
    #[must_use]
    pub fn built_in() -> Self {
        Self::compile(BUILT_IN.clone()).expect("the tests compile agencies.toml")
    }

    /// Those that come with the program, with the entries of a pattern file added; entries with a
    /// known name or id replace the built-in ones.
    ///
    /// # Errors
    /// When the text is no pattern file, a pattern no regular expression, or a rule does not hold
    /// what its own examples say.
    pub fn with(extra: &str) -> Result<Self, RulesError> {
        let extra: PatternFile = toml::from_str(extra)?;
        let added: Vec<RuleText> = extra.rule.clone();
        let mut file = BUILT_IN.clone();
        for agency in extra.agency {
            match file.agency.iter_mut().find(|known| known.name == agency.name) {
                Some(known) => *known = agency,
                None => file.agency.push(agency),
            }
        }
        for rule in extra.rule {
            match file.rule.iter_mut().find(|known| known.id == rule.id) {
                Some(known) => *known = rule,
                None => file.rule.push(rule),
            }
        }
        let rules = Self::compile(file)?;
        added.iter().try_for_each(|text| rules.hold_examples(text))?;
        Ok(rules)
    }

    /// Runs the examples of a rule that is among the compiled ones.
    fn hold_examples(&self, text: &RuleText) -> Result<(), RulesError> {
        let Some(rule) = self.rules.iter().find(|rule| rule.id == text.id) else { return Ok(()) };
        for (list, examples, wanted) in [("matches", &text.matches, true), ("misses", &text.misses, false)] {
            if let Some(example) = examples.iter().find(|example| rule.pattern.is_match(example) != wanted) {
                return Err(RulesError::Example { id: text.id.clone(), list, example: example.clone() });
            }
        }
        Ok(())
    }

    fn compile(file: PatternFile) -> Result<Self, RulesError> {
        let any_name = alternation(file.agency.iter().flat_map(|agency| &agency.names));
        let full = |name: &&String| name.contains([' ', '-']);
        let any_full = alternation(file.agency.iter().flat_map(|agency| &agency.names).filter(full));
        let every = file.agency.iter().flat_map(|agency| agency.names.iter().chain(&agency.codes));
        let names =
            Regex::new(&alternation(every)).map_err(|source| pattern_error("agency names", source))?;
        let mut owners = HashMap::new();
        for (index, agency) in file.agency.iter().enumerate() {
            for name in agency.names.iter().chain(&agency.codes) {
                owners.entry(name.clone()).or_insert(index);
            }
        }
        let needs = file.rule.iter().flat_map(|rule| &rule.needs);
        let finder = MarkFinder::new(owners.keys(), needs);
        let known: HashSet<String> = file.agency.iter().map(|agency| agency.name.clone()).collect();
        // Expressions with all agencies in them are large: compiling them takes a while.
        let rules = file
            .rule
            .into_par_iter()
            .map(|rule| {
                if let Some(agency) = rule.agency.as_ref().filter(|name| !known.contains(*name)) {
                    return Err(RulesError::Agency { id: rule.id, agency: agency.clone() });
                }
                // A rule that names its own needs may do without an agency's name.
                let needs_name = rule.needs.is_empty()
                    && (rule.pattern.contains("{agency}") || rule.pattern.contains("{full}"));
                let pattern = rule.pattern.replace("{agency}", &any_name).replace("{full}", &any_full);
                let pattern = Regex::new(&pattern).map_err(|source| pattern_error(&rule.id, source))?;
                Ok(Rule {
                    id: rule.id,
                    level: rule.level,
                    spot: rule.place,
                    shows_part: pattern.capture_names().flatten().any(|name| name == "credit"),
                    pattern,
                    agency: rule.agency,
                    release: rule.release,
                    needs: finder.needed(&rule.needs),
                    needs_name,
                })
            })
            .collect::<Result<_, RulesError>>()?;
        Ok(Self { agencies: file.agency, rules, names, finder, owners })
    }

    /// Looks for everything that rules need.
    pub(super) fn marks(&self, text: &str) -> Marks {
        let marks = self.finder.find(text);
        // The letters may stand inside another word.
        let named = marks.meets(Marks::NAME) && self.names.is_match(text);
        if named { marks } else { marks.without(Marks::NAME) }
    }

    /// Whether an article with this title and body means something else by the agency's short form:
    /// it says one of the words that tell, or its title spells the short form out, `Northern Trade
    /// Bank` for `NTB`.
    pub(super) fn means_other(agency: &Agency, title: Option<&str>, body: &str) -> bool {
        let says = |other: &String| body.contains(other) || title.is_some_and(|title| title.contains(other));
        agency.other.iter().any(says) || title.is_some_and(|title| spells_code(title, agency))
    }

    /// The agencies named in `text`, each once, in the order of their first mention.
    pub(super) fn agencies_in(&self, text: &str) -> Vec<&Agency> {
        let mut found: Vec<usize> = Vec::new();
        for name in self.names.find_iter(text) {
            if let Some(&index) = self.owners.get(name.as_str())
                && !found.contains(&index)
            {
                found.push(index);
            }
        }
        found.into_iter().map(|index| &self.agencies[index]).collect()
    }

    /// The agency called `name`.
    pub(super) fn agency(&self, name: &str) -> Option<&Agency> {
        self.agencies.iter().find(|agency| agency.name == name)
    }
}

fn pattern_error(id: &str, source: regex::Error) -> RulesError {
    RulesError::Pattern { id: id.to_owned(), source: Box::new(source) }
}

/// Any of the names as a word of its own, the longest first. A capitalised name may be glued to
/// the lower-case end of the word before it (`ReedAssociated Press`), as extractors leave it; short
/// ones may not.
fn alternation<'a>(names: impl Iterator<Item = &'a String>) -> String {
    let mut names: Vec<&String> = names.collect();
    names.sort_by_key(|name| (std::cmp::Reverse(name.len()), name.as_str()));
    names.dedup();
    let pieces: Vec<String> = names
        .into_iter()
        .map(|name| {
            // ASCII borders: the engine finds them in one pass over any text.
            let spaced = name.is_ascii();
            let start = if spaced && !name.contains(' ') { r"(?-u:\b)" } else { "" };
            let end = if spaced { r"(?-u:\b)" } else { "" };
            format!("{start}{}{end}", regex::escape(name))
        })
        .collect();
    format!("(?:{})", pieces.join("|"))
}

/// Whether words of `title` that follow each other begin with the letters of a code of the agency.
/// Two letters meet by chance.
fn spells_code(title: &str, agency: &Agency) -> bool {
    let initials: Vec<char> = title.split_whitespace().filter_map(|word| word.chars().next()).collect();
    agency
        .short_names()
        .filter(|short| short.len() >= 3)
        .any(|short| initials.windows(short.len()).any(|letters| letters.iter().copied().eq(short.chars())))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_matches_its_examples_and_misses_its_counter_examples() {
        let rules = Rules::built_in();
        let bare = |rule: &&RuleText| rule.matches.is_empty() || rule.misses.is_empty();
        assert_eq!(BUILT_IN.rule.iter().find(bare).map(|rule| &rule.id), None, "a rule lacks examples");
        let wrong = BUILT_IN.rule.iter().filter_map(|rule| rules.hold_examples(rule).err());
        let wrong: Vec<String> = wrong.map(|error| error.to_string()).collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn joint_credits_name_every_agency() {
        let rules = Rules::built_in();
        let names = |text: &str| rules.agencies_in(text).iter().map(|a| a.name.clone()).collect::<Vec<_>>();
        assert_eq!(names("Quelle: ntv.de, ino/AFP/rts"), ["AFP", "Reuters"]);
        assert_eq!(names("RND/dpa"), ["dpa"]);
        assert_eq!(names("Chapter Report of the Interface"), [""; 0]);
        assert_eq!(names("新华社北京9月12日电"), ["Xinhua"]);
    }

    #[test]
    fn a_users_file_adds_and_replaces() {
        let extra = r#"
            [[agency]]
            name = "Vell Wire"
            names = ["VellWire"]
            [[rule]]
            id = "about-none"
            level = "cited"
            place = "anywhere"
            pattern = 'VellWire says'
        "#;
        let rules = Rules::with(extra).unwrap();
        assert_eq!(rules.agencies_in("VellWire")[0].name, "Vell Wire");
        assert!(Rules::with("[[rule]]\nid = 1").is_err());
        assert!(matches!(
            Rules::with("[[rule]]\nid='x'\nlevel='cited'\nplace='head'\npattern='('"),
            Err(RulesError::Pattern { .. })
        ));
    }

    #[test]
    fn a_users_mistakes_are_named_with_their_rule() {
        let rule = |rest: &str| {
            Rules::with(&format!("[[rule]]\nid='vell'\nlevel='cited'\nplace='head'\n{rest}"))
                .unwrap_err()
                .to_string()
        };
        assert!(rule("pattern='('").starts_with("rule vell: regex parse error"));
        assert_eq!(
            rule("pattern='Vell'\nmatches=['Oster']"),
            "rule vell: its pattern does not match \"Oster\", which stands under `matches`"
        );
        assert_eq!(
            rule("pattern='Vell'\nmisses=['Vell']"),
            "rule vell: its pattern matches \"Vell\", which stands under `misses`"
        );
        assert!(rule("pattern='Vell'\nagency='Vell Wire'").contains("no agency \"Vell Wire\""));
        let unknown = rule("pattern='Vell'\npaterns='x'");
        assert!(unknown.contains("line 6") && unknown.contains("paterns"), "{unknown}");
    }
}
