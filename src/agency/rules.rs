//! The pattern file: which agencies there are, and how their copy announces itself.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use serde::Deserialize;

use super::Level;
use super::compiled::CompiledRules;

/// Where in an article a rule looks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Spot {
    /// Starts of paragraphs within the first 400 bytes of the report.
    Head,
    /// The start of any later paragraph, where the rule matches at one only and three follow it.
    Below,
    /// A paragraph of its own before the first sentence of the report.
    Opening,
    /// A paragraph of its own after the last sentence of the report.
    Closing,
    /// A paragraph of its own before or after the report.
    Line,
    /// The last 600 bytes of the report.
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
    /// Refuses words that would stand in every text.
    fn check(&self) -> Result<(), RulesError> {
        let name = std::slice::from_ref(&self.name);
        let lists = [
            ("name", name),
            ("names", &self.names),
            ("codes", &self.codes),
            ("other", &self.other),
            ("outlets", &self.outlets),
        ];
        let blank = |(_, words): &(_, &[String])| words.iter().any(|word| word.trim().is_empty());
        match lists.into_iter().find(blank) {
            Some((list, _)) => Err(RulesError::EmptyWord { agency: self.name.clone(), list }),
            None => Ok(()),
        }
    }

    /// The names that are up to six capitals, `AFP`.
    pub(super) fn short_names(&self) -> impl Iterator<Item = &str> {
        let is_short = |name: &&str| name.len() <= 6 && name.chars().all(|c| c.is_ascii_uppercase());
        self.names.iter().map(String::as_str).filter(is_short)
    }
}

/// How copy announces itself, as the pattern file says it.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Rule {
    pub(super) id: String,
    pub(super) level: Level,
    pub(super) place: Spot,
    pub(super) pattern: String,
    #[serde(default)]
    pub(super) agency: Option<String>,
    #[serde(default)]
    pub(super) release: bool,
    #[serde(default)]
    pub(super) photographer: bool,
    #[serde(default)]
    pub(super) needs: Vec<String>,
    #[serde(default)]
    pub(super) matches: Vec<String>,
    #[serde(default)]
    pub(super) misses: Vec<String>,
}

impl Rule {
    /// Refuses what would stand in every text.
    fn check(&self) -> Result<(), RulesError> {
        if self.needs.iter().any(String::is_empty) {
            return Err(RulesError::EmptyNeed { id: self.id.clone() });
        }
        Ok(())
    }
}

/// Agencies and rules, in the order of the file.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Rules {
    #[serde(default, rename = "agency")]
    pub(super) agencies: Vec<Agency>,
    #[serde(default, rename = "rule")]
    pub(super) rules: Vec<Rule>,
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
    /// An agency has a word that is empty or blank, which would stand in every text.
    #[error("agency {agency:?}: an empty word stands under `{list}`")]
    EmptyWord {
        /// The agency.
        agency: String,
        /// `name`, `names`, `codes`, `other` or `outlets`.
        list: &'static str,
    },
    /// What a rule needs is empty, and would stand in every text.
    #[error("rule {id}: an empty word stands under `needs`")]
    EmptyNeed {
        /// The rule.
        id: String,
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

static BUILT_IN: LazyLock<Rules> =
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
        BUILT_IN.clone()
    }

    /// Those that come with the program, with the entries of a pattern file added; entries with a
    /// known name or id replace the built-in ones.
    ///
    /// # Errors
    /// When the text is no pattern file, a word in it is empty, a pattern is no regular expression, or
    /// a rule does not hold what its own examples say.
    pub fn with(extra: &str) -> Result<Self, RulesError> {
        let extra: Self = toml::from_str(extra)?;
        extra.agencies.iter().try_for_each(Agency::check)?;
        extra.rules.iter().try_for_each(Rule::check)?;
        let added: Vec<Rule> = extra.rules.clone();
        let mut all = Self::built_in();
        for agency in extra.agencies {
            match all.agencies.iter_mut().find(|known| known.name == agency.name) {
                Some(known) => *known = agency,
                None => all.agencies.push(agency),
            }
        }
        for rule in extra.rules {
            match all.rules.iter_mut().find(|known| known.id == rule.id) {
                Some(known) => *known = rule,
                None => all.rules.push(rule),
            }
        }
        let compiled = CompiledRules::new(&all)?;
        compiled.check()?;
        added.iter().try_for_each(|rule| compiled.hold_examples(rule))?;
        Ok(all)
    }

    /// The agencies' items at Wikidata, where known, by the names that reports call them.
    #[must_use]
    pub fn wikidata(&self) -> BTreeMap<String, String> {
        let items = self.agencies.iter();
        items.filter_map(|agency| Some((agency.name.clone(), agency.wikidata.clone()?))).collect()
    }

    /// Makes them ready to be used. That takes tens of megabytes, for as long as they are.
    #[must_use]
    pub fn compile(&self) -> CompiledRules {
        CompiledRules::new(self).expect("checked when they were read")
    }

    /// Whether an article with this title and body means something else by the agency's short form:
    /// it says one of the words that tell, or its title spells the short form out, `Northern Trade
    /// Bank` for `NTB`.
    pub(super) fn means_other(agency: &Agency, title: Option<&str>, body: &str) -> bool {
        let says = |other: &String| body.contains(other) || title.is_some_and(|title| title.contains(other));
        agency.other.iter().any(says) || title.is_some_and(|title| spells_code(title, agency))
    }
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
        let bare = |rule: &&Rule| rule.matches.is_empty() || rule.misses.is_empty();
        assert_eq!(rules.rules.iter().find(bare).map(|rule| &rule.id), None, "a rule lacks examples");
        let compiled = rules.compile();
        compiled.check().unwrap();
        let wrong = rules.rules.iter().filter_map(|rule| compiled.hold_examples(rule).err());
        let wrong: Vec<String> = wrong.map(|error| error.to_string()).collect();
        assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    }

    #[test]
    fn joint_credits_name_every_agency() {
        let rules = Rules::built_in().compile();
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
        assert_eq!(rules.compile().agencies_in("VellWire")[0].name, "Vell Wire");
        assert!(Rules::with("[[rule]]\nid = 1").is_err());
        assert!(matches!(
            Rules::with("[[rule]]\nid='x'\nlevel='cited'\nplace='head'\npattern='('"),
            Err(RulesError::Pattern { .. })
        ));
    }

    #[test]
    fn words_that_would_stand_in_every_text_are_refused() {
        let agency = |rest: &str| Rules::with(&format!("[[agency]]\nname='Vell Wire'\n{rest}"));
        assert!(agency("names=[]").is_ok());
        for (list, rest) in [
            ("names", "names=['']"),
            ("codes", "names=['VellWire']\ncodes=['vw', '']"),
            ("other", "names=['VellWire']\nother=[' \t']"),
            ("outlets", "names=['VellWire']\noutlets=['']"),
        ] {
            let error = agency(rest).unwrap_err().to_string();
            assert_eq!(error, format!("agency \"Vell Wire\": an empty word stands under `{list}`"));
        }
        assert!(Rules::with("[[agency]]\nname=''\nnames=['VellWire']").is_err());
        let rule = Rules::with("[[rule]]\nid='vell'\nlevel='cited'\nplace='head'\npattern='x'\nneeds=['']");
        assert_eq!(rule.unwrap_err().to_string(), "rule vell: an empty word stands under `needs`");
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
