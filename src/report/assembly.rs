//! From what the rooms found to the one value: indices become ids, words become bytes.

mod relations;
mod stories;

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;
use std::sync::Arc;

use rayon::prelude::*;

use super::credits::{self, origin};
use super::stream::Stream;
use super::value::*;
use crate::agency::Credit;
use crate::corpus::Corpus;
use crate::fixity::{NameCheck, NameVerdict};
use crate::matching::{Group, Matching};
use crate::provenance::{Provenance, Sameness};
use crate::text::Texts;

/// What all rooms found, in corpus order where per article or file.
#[derive(Debug)]
pub struct Findings {
    /// The articles.
    pub corpus: Corpus,
    /// Their words.
    pub texts: Texts,
    /// What stands twice.
    pub matching: Matching,
    /// Agency credits, one an article.
    pub credits: Vec<Credit>,
    /// Items of agencies at Wikidata, by their names.
    pub wikidata: BTreeMap<String, String>,
    /// The judgements.
    pub provenance: Provenance,
    /// Name checks, one a file; `None` where the name carries no digest.
    pub name_checks: Vec<Option<NameCheck>>,
}

/// Whether a report carries the articles' whole texts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum FullTexts {
    /// Only the passages that it quotes.
    #[default]
    Omitted,
    /// All of them; they are shared with the corpus, not copied.
    Included,
}

/// Builds the report.
#[must_use]
pub fn assemble(run: Run, findings: &Findings, full_texts: FullTexts) -> Report {
    let it = Assembly::new(findings, full_texts);
    let lists = findings.lengths().map(|length| (0..length).into_par_iter());
    let [articles, groups, matches, relations] = lists;
    let articles = articles.map(|number| it.article(number)).collect();
    let groups = groups.map(|number| it.paragraph_group(number)).collect();
    let matches = matches.map(|number| it.paragraph_match(number)).collect();
    let relations = relations.map(|number| it.relation(number)).collect();
    it.report(run, articles, groups, matches, relations)
}

/// Builds the report but for its longest lists, whose entries are made while they are written.
#[must_use]
pub fn stream(run: Run, findings: &Findings, full_texts: FullTexts) -> StreamedReport<'_> {
    let it = Arc::new(Assembly::new(findings, full_texts));
    let [one, two, three, four] = [(); 4].map(|()| Arc::clone(&it));
    let [articles, groups, matches, relations] = findings.lengths();
    let articles = Stream::new(articles, move |number| one.article(number));
    let groups = Stream::new(groups, move |number| two.paragraph_group(number));
    let matches = Stream::new(matches, move |number| three.paragraph_match(number));
    let relations = Stream::new(relations, move |number| four.relation(number));
    it.report(run, articles, groups, matches, relations)
}

impl Findings {
    /// Numbers of articles, paragraph groups, matches and relations.
    fn lengths(&self) -> [usize; 4] {
        let Self { corpus, matching, provenance, .. } = self;
        [corpus.articles.len(), matching.groups.len(), matching.matches.len(), provenance.relations.len()]
    }
}

struct Assembly<'a> {
    ids: Vec<ArticleId>,
    /// The paragraph groups, that of most articles first.
    largest_groups: Vec<&'a Group>,
    findings: &'a Findings,
    full_texts: FullTexts,
}

impl<'a> Assembly<'a> {
    fn new(findings: &'a Findings, full_texts: FullTexts) -> Self {
        let ids = findings.corpus.articles.iter().map(|article| Arc::from(article.id.as_str())).collect();
        let mut largest_groups: Vec<&Group> = findings.matching.groups.iter().collect();
        // Stable: groups of one size stay in the order of their first places.
        largest_groups.sort_by_key(|group| std::cmp::Reverse(group.articles));
        Self { ids, largest_groups, findings, full_texts }
    }

    /// Everything but the lists that are given.
    fn report<A, G, M, R>(
        &self,
        run: Run,
        articles: A,
        paragraph_groups: G,
        matches: M,
        relations: R,
    ) -> Report<A, G, M, R> {
        Report {
            schema: SCHEMA.to_owned(),
            run,
            summary: self.summary(),
            inputs: self.inputs(),
            articles,
            exact_groups: self.exact_groups(),
            paragraph_groups,
            matches,
            relations,
            stories: self.stories(),
            outlets: self.outlets(),
            agencies: self.agencies(),
            highlights: self.highlights(),
            standing_text: self.standing_text(),
            skipped: credits::skipped(&self.findings.corpus),
        }
    }

    fn id(&self, article: u32) -> ArticleId {
        self.ids[article as usize].clone()
    }

    fn id_list(&self, articles: &[u32]) -> Vec<ArticleId> {
        articles.iter().map(|&article| self.id(article)).collect()
    }

    fn spans(&self, article: u32, words: &[Range<u32>]) -> Vec<Span> {
        let text = &self.findings.texts.articles[article as usize];
        let body = &self.findings.corpus.articles[article as usize].body;
        text.bytes_of(body, words).into_iter().map(|bytes| [bytes.start, bytes.end]).collect()
    }

    fn excerpt(&self, article: u32, words: &Range<u32>) -> (Span, String) {
        let span = self.spans(article, std::slice::from_ref(words))[0];
        let body = &self.findings.corpus.articles[article as usize].body;
        (span, body[span[0] as usize..span[1] as usize].to_owned())
    }

    fn summary(&self) -> Summary {
        let Findings { corpus, texts, matching, credits, provenance, name_checks, .. } = self.findings;
        let relations = |verdict| provenance.relations.iter().filter(|r| r.verdict == verdict).count() as u64;
        let mut sharing = vec![false; corpus.articles.len()];
        for relation in provenance.relations.iter().filter(|relation| relation.verdict.shares_narrative()) {
            (sharing[relation.a as usize], sharing[relation.b as usize]) = (true, true);
        }
        let names = |wanted: &[NameVerdict]| {
            name_checks.iter().flatten().filter(|check| wanted.contains(&check.verdict)).count() as u64
        };
        Summary {
            files: corpus.files.len() as u64,
            articles: corpus.articles.len() as u64,
            outlets: provenance.outlets.len() as u64,
            paragraphs: texts.articles.iter().map(|text| text.paragraphs.len() as u64).sum(),
            words: texts.articles.iter().map(|text| text.words.len() as u64).sum(),
            exact_groups: provenance.exact.len() as u64,
            exact_articles: provenance
                .exact
                .iter()
                .flat_map(|group| &group.articles)
                .collect::<BTreeSet<_>>()
                .len() as u64,
            matches: matching.matches.len() as u64,
            paragraph_groups: matching.groups.len() as u64,
            relations: provenance.relations.len() as u64,
            reprints: relations(Verdict::Reprint),
            partials: relations(Verdict::Partial),
            quotations: relations(Verdict::Quotation),
            boilerplate: relations(Verdict::Boilerplate),
            incidental: relations(Verdict::Incidental),
            articles_sharing: sharing.into_iter().filter(|shares| *shares).count() as u64,
            stories: provenance.stories.len() as u64,
            stories_with_one_origin: provenance.stories.iter().filter(|s| s.origins.len() == 1).count()
                as u64,
            flagged: credits.iter().filter(|credit| credit.level.is_feed()).count() as u64,
            credited_elsewhere: provenance
                .wire
                .iter()
                .zip(credits)
                .filter(|(wire, credit)| wire.elsewhere.is_some() && !credit.level.is_feed())
                .count() as u64,
            names_with_digest: name_checks.iter().flatten().count() as u64,
            names_ok: names(&[NameVerdict::Ok, NameVerdict::OkByRecipe]),
            names_mismatch: names(&[NameVerdict::Mismatch]),
            names_undecided: names(&[NameVerdict::Undecided]),
            skipped: corpus.skipped.len() as u64,
        }
    }

    fn inputs(&self) -> Vec<Input> {
        let corpus = &self.findings.corpus;
        let mut articles = vec![0; corpus.files.len()];
        for article in &corpus.articles {
            articles[article.file as usize] += 1;
        }
        let rows = corpus.files.iter().zip(articles).zip(&self.findings.name_checks);
        rows.map(|((file, articles), check)| Input {
            path: file.path.to_string_lossy().into_owned(),
            bytes: file.bytes,
            sha256: file.sha256.to_string(),
            articles,
            name_check: check.clone(),
        })
        .collect()
    }

    fn article(&self, number: usize) -> ArticleEntry {
        let (index, article) = (number as u32, &self.findings.corpus.articles[number]);
        let reuse = self.findings.provenance.reuse[index as usize];
        let wire = &self.findings.provenance.wire[index as usize];
        let share = |words: u32| f64::from(words) / f64::from(reuse.reporting.max(1));
        let name_check = self.findings.name_checks[article.file as usize].clone();
        ArticleEntry {
            head: credits::head(&self.findings.corpus, article, self.id(index)),
            publisher: article.publisher.as_ref().map(|publisher| publisher.value.clone()),
            origins: Origins {
                outlet: origin(&article.outlet),
                published: origin(&article.published),
                title: origin(&article.title),
                url: origin(&article.url),
            },
            notes: article.notes.clone(),
            sources: article.sources.iter().map(|source| source.value.clone()).collect(),
            encoding: article.encoding.map(str::to_owned),
            method: article.method.map(|method| method.id().to_owned()),
            words: self.findings.texts.articles[index as usize].words.len() as u64,
            reporting_words: u64::from(reuse.reporting),
            sha256: article.sha256.to_string(),
            name_check: name_check.filter(|_| article.record.is_none()),
            agency: credits::credit(&self.findings.credits[index as usize]),
            wire_share: wire.share,
            credited_elsewhere: wire
                .elsewhere
                .as_ref()
                .map(|found| credits::elsewhere(&self.findings.corpus, &self.findings.credits, found)),
            reused_share: share(reuse.reused),
            reused_quoted_share: share(reuse.quoted),
            own_share: 1.0 - share(reuse.reused),
            text: match self.full_texts {
                FullTexts::Omitted => None,
                FullTexts::Included => Some(article.body.clone()),
            },
            quotations: match self.full_texts {
                FullTexts::Omitted => Vec::new(),
                FullTexts::Included => {
                    self.spans(index, &self.findings.texts.articles[index as usize].quoted)
                }
            },
        }
    }

    fn exact_groups(&self) -> Vec<ExactGroup> {
        let groups = self.findings.provenance.exact.iter();
        groups
            .map(|group| ExactGroup {
                kind: match group.kind {
                    Sameness::Bytes => ExactKind::Bytes,
                    Sameness::Text => ExactKind::Text,
                },
                articles: self.id_list(&group.articles),
            })
            .collect()
    }

    fn paragraph_group(&self, number: usize) -> ParagraphGroup {
        let group = self.largest_groups[number];
        let first = &group.members[0];
        let members = group.members.iter().map(|member| {
            let span = self.spans(member.article, std::slice::from_ref(&member.words))[0];
            let text = &self.findings.texts.articles[member.article as usize];
            GroupMember {
                article: self.id(member.article),
                paragraph: text.paragraph_at(member.words.start) as u32,
                start: span[0],
                end: span[1],
            }
        });
        ParagraphGroup {
            text: self.excerpt(first.article, &first.words).1,
            articles: u64::from(group.articles),
            represents_pairs: group.represents_pairs,
            members: members.collect(),
        }
    }

    fn paragraph_match(&self, number: usize) -> MatchEntry {
        let Matching { matches, alignments, .. } = &self.findings.matching;
        let found = &matches[number];
        let (a, b) = found.places;
        let sides: (Vec<_>, Vec<_>) = alignments.passages(number).map(|p| (p.a, p.b)).unzip();
        let spans_a = self.spans(a.article, &sides.0);
        let spans_b = self.spans(b.article, &sides.1);
        MatchEntry {
            a: ParagraphRef { article: self.id(a.article), paragraph: a.paragraph },
            b: ParagraphRef { article: self.id(b.article), paragraph: b.paragraph },
            containment_a: found.containment_a,
            containment_b: found.containment_b,
            similarity: found.similarity,
            passages: spans_a.into_iter().zip(spans_b).map(|(a, b)| PassagePair { a, b }).collect(),
        }
    }

    fn outlets(&self) -> Vec<OutletEntry> {
        let outlets = self.findings.provenance.outlets.iter();
        outlets
            .map(|outlet| OutletEntry {
                name: outlet.name.clone(),
                articles: u64::from(outlet.articles),
                reprints: u64::from(outlet.reprints),
                partial: u64::from(outlet.partial),
                flagged: u64::from(outlet.flagged),
                own_share: outlet.own_share,
                edges: outlet
                    .edges
                    .iter()
                    .map(|edge| OutletEdge {
                        outlet: edge.outlet.clone(),
                        shares_text: u64::from(edge.pairs),
                        from_other: u64::from(edge.from_other),
                        shared_words: edge.words,
                    })
                    .collect(),
            })
            .collect()
    }

    fn agencies(&self) -> Vec<AgencyEntry> {
        let agencies = self.findings.provenance.agencies.iter();
        agencies
            .map(|agency| AgencyEntry {
                name: agency.name.clone(),
                wikidata: agency.name.as_ref().and_then(|name| self.findings.wikidata.get(name)).cloned(),
                declared: u64::from(agency.declared),
                contributed: u64::from(agency.contributed),
                cited: u64::from(agency.cited),
                photo: u64::from(agency.photo),
                rules: agency
                    .rules
                    .iter()
                    .map(|(rule, articles)| RuleCount { rule: rule.clone(), articles: u64::from(*articles) })
                    .collect(),
            })
            .collect()
    }

    fn standing_text(&self) -> Vec<StandingText> {
        let standing = self.findings.provenance.standing.iter();
        standing
            .map(|text| StandingText {
                outlet: text.outlet.clone(),
                text: self.excerpt(text.place.0, &text.place.1).1,
                articles: u64::from(text.articles),
            })
            .collect()
    }
}
