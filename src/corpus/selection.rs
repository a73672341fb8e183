//! Which files and articles are wanted. What is left out is said and counted.

use std::path::Path;

use globset::{Glob, GlobBuilder, GlobMatcher};

use super::{Article, Listing, Published, Skipped, language};

/// What is read of all that is there. The default leaves nothing out.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// Only files that match one of these, where there are any.
    pub include: Vec<Pattern>,
    /// No file that matches one of these.
    pub exclude: Vec<Pattern>,
    /// No file with more bytes on disk.
    pub max_file_size: Option<u64>,
    /// Only articles in one of these languages, given as codes such as `en`.
    pub languages: Vec<String>,
    /// Only articles published at this time or later.
    pub since: Option<Published>,
    /// Only articles published at this time or before; a day goes to its end.
    pub until: Option<Published>,
}

/// A glob over paths: `*`, `?`, `[ab]`, `{a,b}`, and `**` for any folders. Without a `/` it is held
/// against the file's name, else against the end of its path.
#[derive(Debug, Clone)]
pub struct Pattern(GlobMatcher);

impl Pattern {
    /// Reads a glob.
    ///
    /// # Errors
    /// What is wrong with it, as a phrase.
    pub fn parse(text: &str) -> Result<Self, String> {
        let anywhere = format!("**/{}", text.trim_start_matches("./"));
        let glob = if Path::new(text).is_absolute() { text } else { &anywhere };
        let built = GlobBuilder::new(glob).literal_separator(true).build();
        built.map(|glob| Self(glob.compile_matcher())).map_err(|error| error.kind().to_string())
    }

    fn glob(&self) -> &Glob {
        self.0.glob()
    }

    /// The pattern as it was given, for a reason.
    fn shown(&self) -> &str {
        self.glob().glob().trim_start_matches("**/")
    }
}

impl Listing {
    /// Leaves out the files that are not wanted; each is a row with its reason.
    #[must_use]
    pub fn only(mut self, selection: &Selection) -> Self {
        let skipped = &mut self.skipped;
        self.files.retain(|file| {
            let reason = selection.refuses(&file.path, file.bytes);
            let path = || file.path.clone();
            skipped.extend(reason.iter().map(|reason| Skipped {
                path: path(),
                record: None,
                incomplete: false,
                reason: reason.clone(),
            }));
            reason.is_none()
        });
        self.skipped.sort_by(super::listing::by_path_and_record);
        self
    }
}

impl Selection {
    /// Returns what leaves something out, as the options that ask for it.
    #[must_use]
    pub fn describe(&self) -> Vec<String> {
        let globs = |name: &str, patterns: &[Pattern]| {
            patterns.iter().map(|pattern| format!("{name} {}", pattern.shown())).collect::<Vec<_>>()
        };
        let mut options = globs("include", &self.include);
        options.extend(globs("exclude", &self.exclude));
        options.extend(self.max_file_size.map(|limit| format!("max-file-size {limit}")));
        options.extend(self.languages.iter().map(|language| format!("lang {language}")));
        options.extend(self.since.map(|time| format!("since {time}")));
        options.extend(self.until.map(|time| format!("until {time}")));
        options
    }

    /// Why a file is left out.
    fn refuses(&self, path: &Path, bytes: u64) -> Option<String> {
        if path == Path::new("-") {
            return None;
        }
        if let Some(pattern) = self.exclude.iter().find(|pattern| pattern.0.is_match(path)) {
            return Some(format!("left out by --exclude {}", pattern.shown()));
        }
        if !self.include.is_empty() && !self.include.iter().any(|pattern| pattern.0.is_match(path)) {
            return Some("left out: it matches no --include".to_owned());
        }
        let limit = self.max_file_size.filter(|limit| bytes > *limit)?;
        Some(format!("left out: larger than --max-file-size {limit} bytes"))
    }

    /// Why an article is left out. What is not known about it is not taken for what is wanted.
    pub(super) fn refuses_article(&self, article: &Article) -> Option<&'static str> {
        if self.since.is_some() || self.until.is_some() {
            let Some(published) = article.published.as_ref().map(|published| &published.value) else {
                return Some("left out by --since or --until: no published time is known");
            };
            if self.since.is_some_and(|since| published.is_before(&since)) {
                return Some("left out by --since: published before");
            }
            if self.until.is_some_and(|until| until.is_before(published)) {
                return Some("left out by --until: published later");
            }
        }
        if self.languages.is_empty() {
            return None;
        }
        match language::of(article) {
            None => Some("left out by --lang: its language cannot be told"),
            Some(language) if self.languages.contains(&language) => None,
            Some(_) => Some("left out by --lang: another language"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{Origin, Sourced};

    fn selection(include: &[&str], exclude: &[&str]) -> Selection {
        let patterns = |texts: &[&str]| texts.iter().map(|text| Pattern::parse(text).unwrap()).collect();
        Selection {
            include: patterns(include),
            exclude: patterns(exclude),
            max_file_size: Some(100),
            ..Selection::default()
        }
    }

    #[test]
    fn globs_are_held_against_names_and_ends_of_paths() {
        let refuses = |include: &[&str], exclude: &[&str], path: &str| {
            selection(include, exclude).refuses(Path::new(path), 5).unwrap_or_default()
        };
        assert_eq!(refuses(&["*.html"], &[], "news/a/b.html"), "");
        assert_eq!(refuses(&["*.html"], &[], "news/a/b.txt"), "left out: it matches no --include");
        assert_eq!(refuses(&[], &["draft*"], "news/draft-1.txt"), "left out by --exclude draft*");
        assert_eq!(refuses(&[], &["draft*"], "draft/1.txt"), "");
        assert_eq!(refuses(&[], &["draft/**"], "news/draft/x/1.txt"), "left out by --exclude draft/**");
        assert_eq!(refuses(&[], &["*"], "-"), "", "standard input was asked for");
        assert!(selection(&[], &[]).refuses(Path::new("a"), 101).unwrap().contains("--max-file-size 100"));
        assert!(Pattern::parse("a[").is_err());
    }

    #[test]
    fn times_are_compared_as_far_as_they_are_known() {
        let time = |text: &str| Published::parse(text).unwrap();
        let refuses = |published: &str, since: Option<&str>, until: Option<&str>| {
            let published =
                (!published.is_empty()).then(|| Sourced { value: time(published), origin: Origin::Table });
            let article = Article { published, ..Article::default() };
            let selection =
                Selection { since: since.map(time), until: until.map(time), ..Selection::default() };
            selection.refuses_article(&article).is_some()
        };
        assert!(!refuses("2031-03-04T23:59:00Z", Some("2031-03-04"), Some("2031-03-04")));
        assert!(refuses("2031-03-03T23:59", Some("2031-03-04"), None));
        assert!(refuses("2031-03-05", None, Some("2031-03-04")));
        assert!(!refuses("2031-03", Some("2031-03-04"), None), "a month may lie after its fourth day");
        assert!(!refuses("2031-03-04T01:00+02:00", Some("2031-03-03T23:00Z"), None));
        assert!(refuses("", Some("2031-03-04"), None));
    }
}
