//! Running the rules over one article.

use std::ops::Range;

use super::Level;
use super::rules::{Agency, FeedKind, Rule, Rules, Spot};
use crate::corpus::Article;
use crate::text::{ArticleText, Kind, Paragraph};

/// Bytes of the report from its start in which a dateline may stand.
const HEAD: usize = 400;

/// Bytes of the report from its end in which a sign-off may stand.
const TAIL: usize = 600;

/// Longest credit line, in bytes.
const LONGEST_LINE: usize = 240;

/// Reporting paragraphs from the start (and from the end) beside which a credit line still
/// belongs to the article. In the middle an agency's name on a line is a heading of a round-up.
const BESIDE: usize = 3;

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
    pub release: Option<Evidence>,
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
pub fn read(article: &Article, text: &ArticleText, rules: &Rules) -> Credit {
    let mut found = Found::default();
    let zones = Zones::of(&article.body, text, rules);
    for rule in &rules.rules {
        match rule.spot {
            Spot::Metadata => {
                for field in &article.credits {
                    scan(rules, rule, &field.value, None, true, &mut found);
                }
            }
            Spot::Title => {
                if let Some(title) = &article.title {
                    scan(rules, rule, &title.value, None, true, &mut found);
                }
            }
            spot => {
                for (range, named) in zones.of_spot(spot) {
                    scan(rules, rule, &article.body[range.clone()], Some(range.start), *named, &mut found);
                }
            }
        }
    }
    grade(article, rules, found)
}

/// What the rules matched, before it is graded.
#[derive(Default)]
struct Found {
    credits: Vec<Evidence>,
    releases: Vec<Evidence>,
}

fn scan(rules: &Rules, rule: &Rule, text: &str, at: Option<usize>, named: bool, into: &mut Found) {
    if !rule.may_match(text, named) {
        return;
    }
    for found in rule.pattern.find_iter(text) {
        let named: Vec<&Agency> = match &rule.agency {
            Some(name) => rules.agency(name).into_iter().collect(),
            None => rules.agencies_in(found.as_str()),
        };
        // A release service is no agency: its feed is somebody's own announcement, also where an
        // agency hands it on (`(ANI/PRNewswire)`).
        let release = rule.release || named.iter().any(|agency| agency.kind == FeedKind::Release);
        let list = if release { &mut into.releases } else { &mut into.credits };
        let kind = if release { FeedKind::Release } else { FeedKind::Agency };
        let names = named.iter().filter(|a| a.kind == kind).map(|a| a.name.clone()).collect();
        list.push(Evidence {
            rule: rule.id.clone(),
            level: rule.level,
            names,
            text: found.as_str().trim().to_owned(),
            bytes: at.map(|at| (at + found.start()) as u32..(at + found.end()) as u32),
        });
    }
}

/// Sorts the evidence, and takes back what cannot count.
fn grade(article: &Article, rules: &Rules, found: Found) -> Credit {
    let Found { credits: mut evidence, mut releases } = found;
    let publisher = rules.agencies.iter().find(|agency| owns(agency, article));
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
    Credit { level, names, evidence, publisher, release: releases.into_iter().next() }
}

fn owns(agency: &Agency, article: &Article) -> bool {
    let outlet = article.outlet.as_ref().map(|outlet| outlet.value.as_str());
    let host = article.url.as_ref().and_then(|url| host(&url.value));
    agency.outlets.iter().any(|own| {
        outlet.is_some_and(|outlet| is_or_below(outlet, own))
            || host.is_some_and(|host| is_or_below(host, own))
    })
}

/// Whether `host` is `domain`, or a host below it.
fn is_or_below(host: &str, domain: &str) -> bool {
    let host = host.strip_prefix("www.").unwrap_or(host);
    host.eq_ignore_ascii_case(domain)
        || (domain.contains('.')
            && host.len() > domain.len()
            && host.is_char_boundary(host.len() - domain.len())
            && host[host.len() - domain.len()..].eq_ignore_ascii_case(domain)
            && host[..host.len() - domain.len()].ends_with('.'))
}

fn host(url: &str) -> Option<&str> {
    let rest = url.split_once("://")?.1;
    rest.split(['/', '?', '#', ':']).next()
}

/// A byte range of an article, and whether an agency's name stands in its paragraph.
type Zone = (Range<usize>, bool);

/// The parts of an article in which the kinds of rules look.
struct Zones {
    head: Vec<Zone>,
    lines: Vec<Zone>,
    tail: Vec<Zone>,
    report: Vec<Zone>,
    captions: Vec<Zone>,
}

impl Zones {
    fn of(body: &str, text: &ArticleText, rules: &Rules) -> Self {
        let zone = |paragraph: &Paragraph| {
            let bytes = paragraph.bytes.start as usize..paragraph.bytes.end as usize;
            let named = rules.names_any(&body[bytes.clone()]);
            (bytes, named)
        };
        let of_kinds =
            |kinds: &[Kind]| text.paragraphs.iter().filter(|p| kinds.contains(&p.kind)).collect::<Vec<_>>();
        let told = of_kinds(&[Kind::Body]);
        let early = told.get(BESIDE - 1).map_or(u32::MAX, |paragraph| paragraph.bytes.start);
        let late = told.len().checked_sub(BESIDE).map_or(0, |i| told[i].bytes.end);
        let report: Vec<Zone> =
            of_kinds(&[Kind::Body, Kind::Credit, Kind::Heading]).into_iter().map(zone).collect();
        let beside = |(bytes, _): &&Zone| {
            bytes.len() <= LONGEST_LINE && (bytes.start < early as usize || bytes.start >= late as usize)
        };
        Self {
            head: head(body, &report),
            lines: report.iter().filter(beside).cloned().collect(),
            tail: tail(body, &report),
            report,
            captions: of_kinds(&[Kind::Caption]).into_iter().map(zone).collect(),
        }
    }

    fn of_spot(&self, spot: Spot) -> &[Zone] {
        match spot {
            Spot::Head => &self.head,
            Spot::Line => &self.lines,
            Spot::Tail => &self.tail,
            Spot::Anywhere => &self.report,
            Spot::Caption => &self.captions,
            Spot::Metadata | Spot::Title => &[],
        }
    }
}

/// The paragraphs within [`HEAD`] bytes of text from the start, the last one cut.
fn head(body: &str, report: &[Zone]) -> Vec<Zone> {
    let mut left = HEAD;
    let mut zones = Vec::new();
    for (bytes, named) in report.iter() {
        if left == 0 {
            break;
        }
        let length = bytes.len().min(left);
        left -= length;
        zones.push((bytes.start..body.floor_char_boundary(bytes.start + length), *named));
    }
    zones
}

/// The paragraphs within [`TAIL`] bytes of text from the end, the first one cut.
fn tail(body: &str, report: &[Zone]) -> Vec<Zone> {
    let mut left = TAIL;
    let mut zones = Vec::new();
    for (bytes, named) in report.iter().rev() {
        if left == 0 {
            break;
        }
        let length = bytes.len().min(left);
        left -= length;
        zones.push((body.ceil_char_boundary(bytes.end - length)..bytes.end, *named));
    }
    zones
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{Origin, Sha256Digest, Sourced};
    use crate::text;

    fn article(outlet: &str, body: &str) -> Article {
        Article {
            id: "a".into(),
            file: 0,
            record: None,
            outlet: Some(Sourced { value: outlet.into(), origin: Origin::Folder }),
            published: None,
            title: None,
            url: None,
            credits: Vec::new(),
            notes: Vec::new(),
            body: body.into(),
            sha256: Sha256Digest([0; 32]),
            encoding: None,
        }
    }

    fn credit(outlet: &str, body: &str) -> Credit {
        let article = article(outlet, body);
        let texts = text::read(&[body], &|_| ());
        read(&article, &texts.articles[0], &Rules::built_in())
    }

    const TOLD: &str = "The ferry of Vell sank on Monday after a collision with the pier.\n\n\
        Nobody was hurt, the harbour master said in the evening.\n\n\
        The ship had been in service since 1961 and was to be sold in May.\n\n\
        A second ferry will take over the line until the summer, he said.\n\n\
        The pier will be closed for a week while divers look at its posts.";

    #[test]
    fn a_dateline_declares_the_article() {
        let found = credit("Gazette", &format!("VELL (AP) — {TOLD}"));
        assert_eq!((found.level, found.names), (Level::Declared, vec!["AP".to_owned()]));
        assert_eq!(found.evidence[0].bytes, Some(0..13));
    }

    #[test]
    fn joint_credit_lines_name_all() {
        let found = credit("Bote", &format!("{TOLD}\n\nQuelle: ntv.de, ino/AFP/rts"));
        assert_eq!(
            (found.level, found.names),
            (Level::Declared, vec!["AFP".to_owned(), "Reuters".to_owned()])
        );
    }

    #[test]
    fn an_unnamed_feed_and_a_cited_agency() {
        let body = format!(
            "{TOLD}\n\nIt was the third collision, Yonhap news agency reported.\n\n\
             Disclaimer: This post has been auto-published from an agency feed without any modifications to the text"
        );
        let found = credit("Gazette", &body);
        assert_eq!((found.level, found.names.len()), (Level::FeedUnnamed, 0));
        assert!(found.evidence.iter().any(|e| e.level == Level::Cited && e.names == ["Yonhap"]));
    }

    #[test]
    fn picture_credits_are_only_that() {
        for caption in
            ["The ferry at the pier of Vell on May 3. [Mara Quist/AFP]", "The mayor. [Jon Reed/Pool/AFP]"]
        {
            assert_eq!(credit("Gazette", &format!("{TOLD}\n\n{caption}")).level, Level::Photo);
        }
    }

    #[test]
    fn an_agencys_own_outlet_is_no_reprint() {
        assert_eq!(credit("apnews.com", &format!("VELL (AP) — {TOLD}")).level, Level::About);
    }

    #[test]
    fn agency_names_as_headings_of_a_round_up_do_not_count() {
        let body = format!("{TOLD}\n\nReuters\n\n{TOLD}\n\nAssociated Press\n\n{TOLD}");
        assert_eq!(credit("Gazette", &body).level, Level::None);
    }

    #[test]
    fn releases_and_promotional_datelines_are_no_agency() {
        assert_eq!(
            credit("Gazette", &format!("VELL, May 3, 2021 /PRNewswire/ -- {TOLD}")).level,
            Level::None
        );
        assert_eq!(
            credit("Gazette", &format!("Vell (Karnataka) [India], June 1: {TOLD}")).level,
            Level::None
        );
    }

    #[test]
    fn other_meanings_of_the_letters() {
        for line in ["Payments by UPI rose in May, the bank said.", "The AP Chapter met; its Report is out."]
        {
            assert!(credit("Gazette", &format!("{TOLD}\n\n{line}")).level > Level::Contributed);
        }
    }

    #[test]
    fn a_provider_field_counts() {
        let mut article = article("Gazette", TOLD);
        article
            .credits
            .push(Sourced { value: "Associated Press".into(), origin: Origin::Record("provider".into()) });
        let texts = text::read(&[TOLD], &|_| ());
        let found = read(&article, &texts.articles[0], &Rules::built_in());
        assert_eq!((found.level, found.evidence[0].bytes.clone()), (Level::Declared, None));
    }
}
