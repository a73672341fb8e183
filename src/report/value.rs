//! The value itself: what one run found out, field by field.
//!
//! Shares are 0..=1. Offsets are bytes into the article's original UTF-8 text, half-open. Ids are
//! stable for the same input.

use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

use crate::agency::Level;
use crate::fixity::NameCheck;
pub use crate::provenance::{DirectionStatus, Verdict};

/// Name and version of the JSON layout.
pub const SCHEMA: &str = "wirecopy.report/1";

/// An article's id, shared by all places that mention it.
pub type ArticleId = Arc<str>;

/// A half-open byte range of an article's text.
pub type Span = [u32; 2];

/// Everything one run found out.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Report {
    /// Always [`SCHEMA`].
    pub schema: String,
    /// What was run.
    pub run: Run,
    /// The totals.
    pub summary: Summary,
    /// Every file read, sorted by path.
    pub inputs: Vec<Input>,
    /// Every article, in input order.
    pub articles: Vec<ArticleEntry>,
    /// Articles that are wholly the same, largest group first.
    pub exact_groups: Vec<ExactGroup>,
    /// Stretches of text that stand in several articles word for word, largest group first.
    pub paragraph_groups: Vec<ParagraphGroup>,
    /// Verified pairs of distinct paragraphs; a paragraph that stands in several articles is
    /// named by its first place (the others are in `paragraph_groups`).
    pub matches: Vec<MatchEntry>,
    /// Verified pairs of articles, in the order of `articles`.
    pub relations: Vec<RelationEntry>,
    /// Groups of related articles, largest first.
    pub stories: Vec<StoryEntry>,
    /// Every outlet, by name.
    pub outlets: Vec<OutletEntry>,
    /// Every agency that any article credits, most articles first.
    pub agencies: Vec<AgencyEntry>,
    /// The strongest shared passages in the original's spelling, strongest first.
    pub highlights: Vec<Highlight>,
    /// Standing text that was set aside and counts for nobody, most articles first.
    pub standing_text: Vec<StandingText>,
    /// What was not read, and why.
    pub skipped: Vec<SkippedEntry>,
}

impl Report {
    /// Adds rows about entries of a file that could not be used. They do not make the run
    /// incomplete: nothing of the input is missing.
    pub fn pass_over(&mut self, file: Option<&Path>, reasons: Vec<String>) {
        let path = file.map(|file| file.to_string_lossy().into_owned()).unwrap_or_default();
        self.summary.skipped += reasons.len() as u64;
        let row = |reason| SkippedEntry { path: path.clone(), record: None, incomplete: false, reason };
        self.skipped.extend(reasons.into_iter().map(row));
    }
}

/// What was run, so that it can be run again.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Run {
    /// The program's version.
    pub version: String,
    /// The command, for example `report`.
    pub command: String,
    /// Paths as given.
    pub paths: Vec<String>,
    /// Options that change the result, with the values used. Thread counts are not among them.
    pub options: Options,
}

/// Options that change the result.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Options {
    /// Fewest words of a paragraph that is compared as a paragraph.
    pub min_words: u32,
    /// Least share of the shorter paragraph's shingles that must stand in the other, 0..=1.
    pub containment: f64,
    /// Fewest words of a verbatim run that is reported wherever it stands.
    pub min_run: u32,
    /// Most articles of a paragraph group whose members are also paired with each other.
    pub group_limit: u32,
    /// Where outlets come from when neither record nor table names them.
    pub outlet_from: String,
    /// The map of outlets to publishers, if there is one.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub publishers: Option<String>,
    /// Where fields of records stand under other names, as `NAME=PATH`.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub fields: Vec<String>,
    /// The options that left something out, as `NAME VALUE`.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub selection: Vec<String>,
    /// The file of agencies and rules that was added to the program's own.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub agencies: Option<String>,
    /// The file of what a person has set by hand.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub overrides: Option<String>,
}

/// The totals.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Summary {
    /// Files read.
    pub files: u64,
    /// Articles read.
    pub articles: u64,
    /// Distinct known outlets.
    pub outlets: u64,
    /// Paragraphs of all articles.
    pub paragraphs: u64,
    /// Words of all articles.
    pub words: u64,
    /// Groups of wholly equal articles.
    pub exact_groups: u64,
    /// Articles in those groups.
    pub exact_articles: u64,
    /// Matched pairs of distinct paragraphs.
    pub matches: u64,
    /// Groups of identical paragraphs or runs.
    pub paragraph_groups: u64,
    /// Article pairs that share something.
    pub relations: u64,
    /// Relations by verdict.
    pub reprints: u64,
    /// See [`Verdict::Partial`].
    pub partials: u64,
    /// See [`Verdict::Quotation`].
    pub quotations: u64,
    /// See [`Verdict::Boilerplate`].
    pub boilerplate: u64,
    /// See [`Verdict::Incidental`].
    pub incidental: u64,
    /// Articles in at least one reprint or partial relation.
    pub articles_sharing: u64,
    /// Stories.
    pub stories: u64,
    /// Stories with exactly one independent origin.
    pub stories_with_one_origin: u64,
    /// Agency-feed reprints (level `declared` or `feed_unnamed`).
    pub flagged: u64,
    /// Articles that name no agency and match copy that another article credits to one.
    pub credited_elsewhere: u64,
    /// File names that carry what looks like a digest.
    pub names_with_digest: u64,
    /// Of these, confirmed.
    pub names_ok: u64,
    /// Of these, contradicted.
    pub names_mismatch: u64,
    /// Of these, neither.
    pub names_undecided: u64,
    /// Rows of `skipped`.
    pub skipped: u64,
}

/// One file that was read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Input {
    /// The path as given.
    pub path: String,
    /// Size on disk in bytes.
    pub bytes: u64,
    /// SHA-256 of the bytes on disk, 64 hexadecimal digits.
    pub sha256: String,
    /// Articles read from it.
    pub articles: u64,
    /// What its name says about its content; null where the name carries no digest.
    pub name_check: Option<NameCheck>,
}

/// One article.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct ArticleEntry {
    /// Stable id: the record's own, else the path.
    pub id: ArticleId,
    /// The file.
    pub path: String,
    /// The record (line) in its container, from 1.
    pub record: Option<u64>,
    /// Who published it.
    pub outlet: Option<String>,
    /// Who owns the outlet, by the `--publishers` map.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub publisher: Option<String>,
    /// ISO 8601 with exactly the precision and zone that the source states.
    pub published: Option<String>,
    /// The headline.
    pub title: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// Where each of these values came from, for example `record:date`, `folder`, `table`.
    pub origins: Origins,
    /// What was found but not understood, such as a time that can be read in two ways.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub notes: Vec<String>,
    /// Addresses on other sites that it says it was taken from.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub sources: Vec<String>,
    /// The detected encoding when the bytes were not UTF-8.
    pub encoding: Option<String>,
    /// How the text was found where the source holds more than it: `readability`, `density`,
    /// `article_body` or `whole`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub method: Option<String>,
    /// Words of the whole text.
    pub words: u64,
    /// Words of the reporting text: body paragraphs without captions, credits, headings, chrome.
    pub reporting_words: u64,
    /// SHA-256 of the file, or of the record's text as UTF-8.
    pub sha256: String,
    /// What the file's name says about its content; null where the name carries no digest and
    /// for records.
    pub name_check: Option<NameCheck>,
    /// What the text says about an agency.
    pub agency: AgencyCredit,
    /// Share of the reporting words that stand in other articles that declare the same agency;
    /// null where the article names no agency or none of these shares text with it.
    pub wire_share: Option<f64>,
    /// Where an article that names no agency itself matches copy that another one credits to one;
    /// else null.
    pub credited_elsewhere: Option<CreditedElsewhere>,
    /// Share of the reporting words that also stand in another article.
    pub reused_share: f64,
    /// The part of `reused_share` that stands inside quotation marks.
    pub reused_quoted_share: f64,
    /// Share of the reporting words that stand nowhere else; `1 - reused_share`.
    pub own_share: f64,
}

/// Where an article's metadata came from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Origins {
    /// Source of `outlet`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub outlet: Option<String>,
    /// Source of `published`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub published: Option<String>,
    /// Source of `title`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub title: Option<String>,
    /// Source of `url`.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub url: Option<String>,
}

/// What an article says about an agency, with the words that say it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgencyCredit {
    /// The highest level found.
    pub level: Level,
    /// Agencies named at that level.
    pub names: Vec<String>,
    /// Every rule that matched, highest level first.
    pub evidence: Vec<AgencyEvidence>,
    /// The agency whose own outlet this is, if any; its text is no reprint there.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub publisher: Option<String>,
    /// What says that the text is an announcement that came over a release service, if anything.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub release: Option<AgencyEvidence>,
}

/// An article's text stands in another one that declares an agency. What that one says is no
/// credit of this one.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct CreditedElsewhere {
    /// The agencies that the other article declares.
    pub names: Vec<String>,
    /// The other article.
    pub article: ArticleId,
    /// Its outlet.
    pub outlet: Option<String>,
    /// Share of this article's reporting words that stand in it.
    pub share: f64,
    /// The words with which it declares them; null where it stands in the agency's own outlet.
    pub evidence: Option<AgencyEvidence>,
}

/// One place where a rule of the pattern file matched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgencyEvidence {
    /// The rule's id.
    pub rule: String,
    /// The level that this evidence alone gives.
    pub level: Level,
    /// The agencies it names; none for a feed without a name.
    pub names: Vec<String>,
    /// The words.
    pub text: String,
    /// First byte in the article's text; null where the words stand in a metadata field.
    pub start: Option<u32>,
    /// One past the last byte.
    pub end: Option<u32>,
}

/// Articles that are wholly the same.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ExactGroup {
    /// `bytes`: the same bytes; `text`: the same words.
    pub kind: ExactKind,
    /// The members, in input order.
    pub articles: Vec<ArticleId>,
}

/// In what sense articles are the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ExactKind {
    /// The same bytes.
    Bytes,
    /// Different bytes, the same normalised words.
    Text,
}

/// A stretch of text that stands in several articles word for word.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParagraphGroup {
    /// The text as the first member spells it.
    pub text: String,
    /// Number of different articles among the members.
    pub articles: u64,
    /// Whether its members are not paired with each other because there are more than
    /// `group_limit` articles; each is then related to the first one only.
    pub represents_pairs: bool,
    /// Every place where it stands, in input order.
    pub members: Vec<GroupMember>,
}

/// One place of a paragraph group.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct GroupMember {
    /// The article.
    pub article: ArticleId,
    /// Number of the paragraph (for a run across borders the first one), from 0.
    pub paragraph: u32,
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

/// A paragraph of an article.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ParagraphRef {
    /// The article.
    pub article: ArticleId,
    /// Number of the paragraph, from 0.
    pub paragraph: u32,
}

/// A verified pair of distinct paragraphs.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct MatchEntry {
    /// The one.
    pub a: ParagraphRef,
    /// The other.
    pub b: ParagraphRef,
    /// Share of a's distinct shingles that stand in b.
    pub containment_a: f64,
    /// Share of b's distinct shingles that stand in a.
    pub containment_b: f64,
    /// `strsim::normalized_levenshtein` of the normalised texts.
    pub similarity: f64,
    /// Aligned stretches.
    pub passages: Vec<PassagePair>,
}

/// An aligned stretch of two texts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PassagePair {
    /// Bytes of the one.
    pub a: Span,
    /// Bytes of the other.
    pub b: Span,
}

/// A verified pair of articles.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RelationEntry {
    /// The one (earlier in `articles`).
    pub a: ArticleId,
    /// The other.
    pub b: ArticleId,
    /// What it amounts to.
    pub verdict: Verdict,
    /// The reason, where a person has set the verdict in the file of overrides.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub set_by_hand: Option<String>,
    /// Reporting words of the shared passages, on the side where they are fewer.
    pub shared_words: u64,
    /// Share of a's reporting words that stand in b.
    pub share_a: f64,
    /// Share of b's reporting words that stand in a.
    pub share_b: f64,
    /// Share of the shared words inside quotation marks in at least one of the two.
    pub quoted_share: f64,
    /// Longest verbatim run, in words.
    pub longest_run: u64,
    /// Whether both fill in one template with other figures, on different days: daily numbers,
    /// market closings, weather.
    pub template: bool,
    /// The first places where the figures of a template differ.
    #[serde(skip_serializing_if = "Vec::is_empty", default)]
    pub differing: Vec<DifferingFigures>,
    /// Who was first, if anything tells.
    pub direction: Direction,
    /// Aligned stretches, in the order of a.
    pub passages: Vec<RelationPassage>,
}

/// A place of a template that two articles fill in differently.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DifferingFigures {
    /// Bytes of a.
    pub a: Span,
    /// Bytes of b.
    pub b: Span,
    /// The words of a.
    pub text_a: String,
    /// The words of b.
    pub text_b: String,
}

/// An aligned stretch of two articles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RelationPassage {
    /// Bytes of a.
    pub a: Span,
    /// Bytes of b.
    pub b: Span,
    /// Whether at least four fifths of it stand inside quotation marks in a or in b.
    pub quoted: bool,
    /// Whether it is reporting on both sides; captions, credits and chrome are shown, not counted.
    pub reporting: bool,
}

/// Who was first, if anything tells.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Direction {
    /// The article that the text comes from, where that is established.
    pub from: Option<ArticleId>,
    /// How it stands.
    pub status: DirectionStatus,
    /// What was found, strongest first, in plain words.
    pub evidence: Vec<String>,
}

/// A group of related articles.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct StoryEntry {
    /// Stable name: `story-` and the number in this list, from 1.
    pub id: String,
    /// The members by stated time, unknown times last.
    pub articles: Vec<ArticleId>,
    /// Mean share that two members have in common, of the one that shares more, 0..=1; pairs
    /// without a relation count as 0.
    pub cohesion: f64,
    /// How many of them are origins of their own.
    pub independent_origins: u64,
    /// Each origin with the reason why it counts.
    pub origins: Vec<OriginEntry>,
}

/// One independent origin of a story.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OriginEntry {
    /// What to call it: an agency, or the outlet or article that stands first.
    pub name: String,
    /// Why it counts as one origin.
    pub reason: String,
    /// The articles that go back to it.
    pub articles: Vec<ArticleId>,
}

/// One outlet.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct OutletEntry {
    /// Its name as read.
    pub name: String,
    /// Its articles.
    pub articles: u64,
    /// Articles in at least one reprint relation with another outlet.
    pub reprints: u64,
    /// Articles in at least one partial relation with another outlet, and in no reprint.
    pub partial: u64,
    /// Agency-feed reprints.
    pub flagged: u64,
    /// Share of its reporting words that stand nowhere else.
    pub own_share: f64,
    /// The outlets that it shares text with, most article pairs first.
    pub edges: Vec<OutletEdge>,
}

/// What two outlets share, seen from one of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct OutletEdge {
    /// The other outlet.
    pub outlet: String,
    /// Pairs of articles with a reprint or partial relation.
    pub shares_text: u64,
    /// Of these, how many are established to come from the other outlet.
    pub from_other: u64,
    /// Words shared in these pairs.
    pub shared_words: u64,
}

/// One agency.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct AgencyEntry {
    /// Its name; null for feeds that name none.
    pub name: Option<String>,
    /// Articles that declare it.
    pub declared: u64,
    /// Articles with its inputs.
    pub contributed: u64,
    /// Articles that cite it for a fact or quote.
    pub cited: u64,
    /// Articles with only its picture credit.
    pub photo: u64,
    /// Hits by rule id.
    pub rules: Vec<RuleCount>,
}

/// How often a rule matched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct RuleCount {
    /// The rule's id.
    pub rule: String,
    /// Articles in which it matched.
    pub articles: u64,
}

/// A strong shared passage, quoted.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Highlight {
    /// The one article.
    pub a: ArticleId,
    /// The other.
    pub b: ArticleId,
    /// Words shared.
    pub words: u64,
    /// Bytes of a that `text_a` was taken from.
    pub span_a: Span,
    /// Bytes of b that `text_b` was taken from.
    pub span_b: Span,
    /// The words in a's spelling.
    pub text_a: String,
    /// The words in b's spelling.
    pub text_b: String,
}

/// Text of an outlet that recurs under its articles.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct StandingText {
    /// The outlet; null where it is unknown.
    pub outlet: Option<String>,
    /// The words as first seen.
    pub text: String,
    /// Articles that carry it.
    pub articles: u64,
}

/// Something that was not read, and why.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct SkippedEntry {
    /// The path as given.
    pub path: String,
    /// The record (line), from 1, where one record and not the file is meant.
    pub record: Option<u64>,
    /// Whether this makes the run incomplete, rather than passed over by design.
    pub incomplete: bool,
    /// The reason.
    pub reason: String,
}
