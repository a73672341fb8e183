//! Agencies and rules as expressions that are run over texts.

use std::collections::{HashMap, HashSet};
use std::ops::Range;
use std::sync::OnceLock;

use rayon::prelude::*;
use regex::Regex;

use super::Level;
use super::marks::{Borders, MarkFinder, Marks};
use super::rules::{Agency, Rule, Rules, RulesError, Spot};

/// [`Rules`], ready to be used.
#[derive(Debug)]
pub struct CompiledRules {
    pub(super) agencies: Vec<Agency>,
    pub(super) rules: Vec<CompiledRule>,
    /// Finds any agency's name or code, and says whose it is.
    names: Regex,
    /// Finds the letters of names and codes, and what rules need.
    finder: MarkFinder,
    owners: HashMap<String, usize>,
    /// Names and hosts of agencies' own outlets, in lower case.
    outlets: HashMap<String, usize>,
}

/// A rule, ready to be used.
#[derive(Debug)]
pub(super) struct CompiledRule {
    pub(super) id: String,
    pub(super) level: Level,
    pub(super) spot: Spot,
    pub(super) agency: Option<String>,
    pub(super) release: bool,
    pub(super) photographer: bool,
    pattern: String,
    /// Compiled when a text first needs it: with all agencies in them, expressions are large, and a
    /// folder of articles needs few.
    expression: OnceLock<Expression>,
    /// Of these at least one; any text will do where there are none.
    needs: Marks,
    needs_name: bool,
}

#[derive(Debug)]
struct Expression {
    regex: Regex,
    /// Whether a group of the pattern says which part of a match is the credit.
    shows_part: bool,
}

impl CompiledRule {
    fn compile(&self) -> Result<Expression, RulesError> {
        let regex = Regex::new(&self.pattern).map_err(|source| pattern_error(&self.id, source))?;
        let shows_part = regex.capture_names().flatten().any(|name| name == "credit");
        Ok(Expression { regex, shows_part })
    }

    fn expression(&self) -> &Expression {
        self.expression.get_or_init(|| self.compile().expect("checked when the rules were read"))
    }

    /// Whether the rule can match at all in a text with these marks: a cheap look before the
    /// expression is run.
    pub(super) fn may_match(&self, marks: Marks) -> bool {
        (marks.meets(Marks::NAME) || !self.needs_name) && (self.needs.is_empty() || self.needs.meets(marks))
    }

    /// Whether the rule matches anywhere in a text.
    pub(super) fn is_match(&self, text: &str) -> bool {
        self.expression().regex.is_match(text)
    }

    /// The bytes of `text` that are the credit, one range a match.
    pub(super) fn matches(&self, text: &str) -> Vec<Range<usize>> {
        let Expression { regex, shows_part } = self.expression();
        if *shows_part {
            let found = regex.captures_iter(text);
            return found.filter_map(|found| found.name("credit").map(|part| part.range())).collect();
        }
        regex.find_iter(text).map(|found| found.range()).collect()
    }
}

impl CompiledRules {
    pub(super) fn new(from: &Rules) -> Result<Self, RulesError> {
        let any_name = alternation(from.agencies.iter().flat_map(|agency| &agency.names));
        let full = |name: &&String| name.contains([' ', '-']);
        let any_full = alternation(from.agencies.iter().flat_map(|agency| &agency.names).filter(full));
        let every = from.agencies.iter().flat_map(|agency| agency.names.iter().chain(&agency.codes));
        let names =
            Regex::new(&alternation(every)).map_err(|source| pattern_error("agency names", source))?;
        let (mut owners, mut outlets) = (HashMap::new(), HashMap::new());
        for (index, agency) in from.agencies.iter().enumerate() {
            for name in agency.names.iter().chain(&agency.codes) {
                owners.entry(name.clone()).or_insert(index);
            }
            for outlet in &agency.outlets {
                outlets.entry(outlet.to_ascii_lowercase()).or_insert(index);
            }
        }
        let needs = from.rules.iter().flat_map(|rule| &rule.needs);
        let finder = MarkFinder::new(owners.keys(), needs);
        let known: HashSet<&str> = from.agencies.iter().map(|agency| agency.name.as_str()).collect();
        let compile = |rule: &Rule| {
            if let Some(agency) = rule.agency.as_ref().filter(|name| !known.contains(name.as_str())) {
                return Err(RulesError::Agency { id: rule.id.clone(), agency: agency.clone() });
            }
            // A rule that names its own needs may do without an agency's name.
            let needs_name = rule.needs.is_empty()
                && (rule.pattern.contains("{agency}") || rule.pattern.contains("{full}"));
            Ok(CompiledRule {
                id: rule.id.clone(),
                level: rule.level,
                spot: rule.place,
                agency: rule.agency.clone(),
                release: rule.release,
                photographer: rule.photographer,
                pattern: rule.pattern.replace("{agency}", &any_name).replace("{full}", &any_full),
                expression: OnceLock::new(),
                needs: finder.needed(&rule.needs),
                needs_name,
            })
        };
        let rules = from.rules.iter().map(compile).collect::<Result<_, RulesError>>()?;
        Ok(Self { agencies: from.agencies.clone(), rules, names, finder, owners, outlets })
    }

    /// Compiles every expression, so that none can fail later.
    pub(super) fn check(&self) -> Result<(), RulesError> {
        self.rules.par_iter().try_for_each(|rule| {
            // One that is there already is as good.
            rule.compile().map(|expression| drop(rule.expression.set(expression)))
        })
    }

    /// Runs the examples of a rule that is among these.
    pub(super) fn hold_examples(&self, text: &Rule) -> Result<(), RulesError> {
        let Some(rule) = self.rules.iter().find(|rule| rule.id == text.id) else { return Ok(()) };
        for (list, examples, wanted) in [("matches", &text.matches, true), ("misses", &text.misses, false)] {
            if let Some(example) = examples.iter().find(|example| rule.is_match(example) != wanted) {
                return Err(RulesError::Example { id: text.id.clone(), list, example: example.clone() });
            }
        }
        Ok(())
    }

    /// Looks for everything that rules need.
    pub(super) fn marks(&self, text: &str) -> Marks {
        self.finder.find(text)
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

    /// The agency whose own outlet one of these names or hosts is; of several the one that the rules
    /// name first.
    pub(super) fn owner_of<'n>(&self, names: impl IntoIterator<Item = &'n str>) -> Option<&Agency> {
        let owner_of = |name: &str| {
            let name = name.to_ascii_lowercase();
            let name = name.strip_prefix("www.").unwrap_or(&name);
            // A host is also below each domain that it ends with.
            let domains = name.match_indices('.').map(|(dot, _)| &name[dot + 1..]);
            let domains = domains.filter(|domain| domain.contains('.'));
            domains.chain([name]).filter_map(|name| self.outlets.get(name)).min().copied()
        };
        names.into_iter().filter_map(owner_of).min().map(|index| &self.agencies[index])
    }

    /// The agency called `name`.
    pub(super) fn agency(&self, name: &str) -> Option<&Agency> {
        self.agencies.iter().find(|agency| agency.name == name)
    }
}

fn pattern_error(id: &str, source: regex::Error) -> RulesError {
    RulesError::Pattern { id: id.to_owned(), source: Box::new(source) }
}

/// Any of the names as a word of its own as [`Borders`] say, the longest first.
fn alternation<'a>(names: impl Iterator<Item = &'a String>) -> String {
    let mut names: Vec<&String> = names.collect();
    names.sort_by_key(|name| (std::cmp::Reverse(name.len()), name.as_str()));
    names.dedup();
    let pieces: Vec<String> = names
        .into_iter()
        .map(|name| {
            let borders = Borders::of(name);
            let border = |is_there: bool| if is_there { r"(?-u:\b)" } else { "" };
            format!("{}{}{}", border(borders.start), regex::escape(name), border(borders.end))
        })
        .collect();
    format!("(?:{})", pieces.join("|"))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn a_name_is_marked_where_its_expression_matches(
            pieces in proptest::collection::vec(
                proptest::sample::select(vec![
                    "AP", "AFP", "Associated Press", "Reed", "dpa", "-AFX", "新华社", "s", "S", "_", "’", " ", ".", "é",
                ]),
                0..8,
            ),
        ) {
            let names = ["AP", "AFP", "Associated Press", "dpa-AFX", "新华社"].map(str::to_owned);
            let finder = MarkFinder::new(names.iter(), std::iter::empty());
            let text = pieces.concat();
            let expression = Regex::new(&alternation(names.iter())).unwrap();
            prop_assert_eq!(finder.find(&text).meets(Marks::NAME), expression.is_match(&text), "{}", text);
        }
    }
}
