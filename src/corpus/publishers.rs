//! The `--publishers` map: which outlets belong to one owner.

use std::collections::HashMap;
use std::fs;
use std::path::Path;

use super::{Article, Origin, ReadError, Sourced, address, decoding, fault};

/// Publishers by their outlets' names and sites.
#[derive(Debug, Default)]
pub struct Publishers(HashMap<String, String>);

impl Publishers {
    /// Reads a map: a CSV table with the columns `outlet` and `publisher`, or a TOML file (by its
    /// name) with a line `"Publisher" = ["outlet", "outlet.example"]` each.
    ///
    /// # Errors
    /// When the file cannot be read, is something else, or gives an outlet two publishers.
    pub(super) fn open(path: &Path) -> Result<Self, ReadError> {
        let unusable = |reason: String| ReadError::Publishers { path: path.to_owned(), reason };
        let bytes = fs::read(path).map_err(|error| unusable(fault::in_words(&error)))?;
        let decoded = decoding::decode(bytes).ok_or_else(|| unusable("binary file, not a map".to_owned()))?;
        let is_toml = path.extension().is_some_and(|ending| ending.eq_ignore_ascii_case("toml"));
        let rows = if is_toml { toml_rows(&decoded.text) } else { csv_rows(&decoded.text) };
        let mut publishers = Self::default();
        for (outlet, publisher) in rows.map_err(unusable)? {
            if let Some(other) = publishers.0.insert(key(&outlet), publisher.clone())
                && other != publisher
            {
                return Err(unusable(format!("{outlet} has two publishers, {other} and {publisher}")));
            }
        }
        Ok(publishers)
    }

    /// Gives an article its publisher: that of its outlet's name, else that of its address's site.
    pub fn settle(&self, article: &mut Article) {
        if self.0.is_empty() {
            article.publisher = None;
            return;
        }
        let outlet = article.outlet.as_ref().and_then(|outlet| self.0.get(&key(&outlet.value)));
        let site = || address::site(&article.url.as_ref()?.value).and_then(|site| self.0.get(&site));
        article.publisher = outlet
            .or_else(site)
            .map(|publisher| Box::new(Sourced { value: publisher.clone(), origin: Origin::Publishers }));
    }
}

/// Outlets are the same in any case, and a site with or without `www.`.
fn key(outlet: &str) -> String {
    let lower = outlet.trim().to_lowercase();
    lower.strip_prefix("www.").map(str::to_owned).unwrap_or(lower)
}

fn toml_rows(text: &str) -> Result<Vec<(String, String)>, String> {
    let table: HashMap<String, Vec<String>> = toml::from_str(text)
        .map_err(|error| format!("write it as \"Publisher\" = [\"outlet\", ...]: {error}"))?;
    let mut rows: Vec<_> = table
        .into_iter()
        .flat_map(|(publisher, outlets)| outlets.into_iter().map(move |outlet| (outlet, publisher.clone())))
        .collect();
    // So that the same outlet is complained about every time.
    rows.sort();
    Ok(rows)
}

fn csv_rows(text: &str) -> Result<Vec<(String, String)>, String> {
    let mut reader = csv::ReaderBuilder::new().trim(csv::Trim::All).from_reader(text.as_bytes());
    let header = reader.headers().map_err(|error| error.to_string())?;
    let column = |name: &str| header.iter().position(|column| column.eq_ignore_ascii_case(name));
    let (Some(outlet), Some(publisher)) = (column("outlet"), column("publisher")) else {
        return Err("its first line does not name the columns `outlet` and `publisher`".to_owned());
    };
    let mut rows = Vec::new();
    for record in reader.records() {
        let record = record.map_err(|error| error.to_string())?;
        if let (Some(outlet), Some(publisher)) = (record.get(outlet), record.get(publisher))
            && !outlet.is_empty()
            && !publisher.is_empty()
        {
            rows.push((outlet.to_owned(), publisher.to_owned()));
        }
    }
    Ok(rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn open(name: &str, text: &str) -> Result<Publishers, String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        fs::write(&path, text).unwrap();
        Publishers::open(&path).map_err(|error| error.to_string())
    }

    fn publisher(publishers: &Publishers, outlet: &str, url: &str) -> Option<String> {
        let sourced = |value: &str| Some(Sourced { value: value.to_owned(), origin: Origin::Table });
        let mut article = Article { outlet: sourced(outlet), url: sourced(url), ..Article::default() };
        publishers.settle(&mut article);
        article.publisher.map(|publisher| publisher.value)
    }

    #[test]
    fn outlets_are_known_by_name_and_by_site() {
        let csv = "Publisher,Outlet\nVell Group,The Vell Gazette\nVell Group,www.courier.example\n";
        let toml = "\"Vell Group\" = [\"The Vell Gazette\", \"courier.example\"]";
        for publishers in [open("map.csv", csv).unwrap(), open("map.toml", toml).unwrap()] {
            let own = Some("Vell Group".to_owned());
            assert_eq!(publisher(&publishers, "the vell gazette", ""), own);
            assert_eq!(publisher(&publishers, "The Courier", "https://news.courier.example/x"), own);
            assert_eq!(publisher(&publishers, "Ledger", "https://ledger.example/x"), None);
        }
    }

    #[test]
    fn a_map_that_cannot_be_right_is_refused_with_the_reason() {
        let refusal = open("map.csv", "name,owner\n").unwrap_err();
        assert!(refusal.contains("columns `outlet` and `publisher`"), "{refusal}");
        let refusal = open("map.csv", "outlet,publisher\na,X\nA,Y\n").unwrap_err();
        assert!(refusal.contains("A has two publishers, X and Y"), "{refusal}");
        let refusal = open("map.toml", "x = 3").unwrap_err();
        assert!(refusal.contains("write it as"), "{refusal}");
    }
}
