//! The language of an article: stated, else told from its text.

use super::Article;

/// Bytes of a text from which its language is told.
const SAMPLE: usize = 4000;

/// Two-letter codes and the three-letter ones.
const CODES: [(&str, &str); 59] = [
    ("af", "afr"),
    ("ar", "ara"),
    ("az", "aze"),
    ("be", "bel"),
    ("bg", "bul"),
    ("bn", "ben"),
    ("ca", "cat"),
    ("cs", "ces"),
    ("cy", "cym"),
    ("da", "dan"),
    ("de", "deu"),
    ("el", "ell"),
    ("en", "eng"),
    ("eo", "epo"),
    ("es", "spa"),
    ("et", "est"),
    ("fa", "pes"),
    ("fi", "fin"),
    ("fr", "fra"),
    ("gu", "guj"),
    ("he", "heb"),
    ("hi", "hin"),
    ("hr", "hrv"),
    ("hu", "hun"),
    ("hy", "hye"),
    ("id", "ind"),
    ("it", "ita"),
    ("ja", "jpn"),
    ("ka", "kat"),
    ("km", "khm"),
    ("kn", "kan"),
    ("ko", "kor"),
    ("la", "lat"),
    ("lt", "lit"),
    ("lv", "lav"),
    ("mk", "mkd"),
    ("ml", "mal"),
    ("mr", "mar"),
    ("my", "mya"),
    ("nb", "nob"),
    ("ne", "nep"),
    ("nl", "nld"),
    ("or", "ori"),
    ("pa", "pan"),
    ("pl", "pol"),
    ("pt", "por"),
    ("ro", "ron"),
    ("ru", "rus"),
    ("si", "sin"),
    ("sk", "slk"),
    ("sl", "slv"),
    ("sr", "srp"),
    ("sv", "swe"),
    ("ta", "tam"),
    ("te", "tel"),
    ("th", "tha"),
    ("tr", "tur"),
    ("uk", "ukr"),
    ("zh", "cmn"),
];

/// Codes that libraries and older standards have for languages of the list above.
const OTHER_CODES: [(&str, &str); 14] = [
    ("cs", "cze"),
    ("cy", "wel"),
    ("de", "ger"),
    ("el", "gre"),
    ("fa", "per"),
    ("fr", "fre"),
    ("hy", "arm"),
    ("ka", "geo"),
    ("mk", "mac"),
    ("my", "bur"),
    ("nl", "dut"),
    ("ro", "rum"),
    ("zh", "chi"),
    ("zh", "zho"),
];

/// Returns the language as a code, of two letters where there is one: the stated one, else what the
/// text looks like where that is beyond doubt.
pub(super) fn of(article: &Article) -> Option<String> {
    let stated = article.language.as_ref().and_then(|language| code(&language.value));
    stated.or_else(|| {
        let mut end = article.body.len().min(SAMPLE);
        while !article.body.is_char_boundary(end) {
            end -= 1;
        }
        let told = whatlang::detect(&article.body[..end]).filter(whatlang::Info::is_reliable)?;
        code(told.lang().code())
    })
}

/// Returns the code of a language that is given as a code with or without a country, or by its
/// English name.
#[must_use]
pub fn code(stated: &str) -> Option<String> {
    let letters: String =
        stated.trim().chars().take_while(|c| c.is_alphabetic()).flat_map(char::to_lowercase).collect();
    let known = match letters.len() {
        2 => Some(if letters == "no" { "nb" } else { &letters }.to_owned()),
        3 => Some(
            CODES
                .iter()
                .chain(&OTHER_CODES)
                .find(|(_, three)| *three == letters)
                .map_or(letters.clone(), |(two, _)| (*two).to_owned()),
        ),
        _ => None,
    };
    known.or_else(|| {
        let named = |(_, three): &&(&str, &str)| {
            whatlang::Lang::from_code(*three)
                .is_some_and(|lang| lang.eng_name().eq_ignore_ascii_case(&letters))
        };
        CODES.iter().find(named).map(|(two, _)| (*two).to_owned())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::corpus::{Origin, Sourced};

    #[test]
    fn codes_and_names_are_understood() {
        for stated in ["en", "EN-gb", "en_US", "eng", "English"] {
            assert_eq!(code(stated).as_deref(), Some("en"), "{stated}");
        }
        assert_eq!(code("no").as_deref(), Some("nb"));
        assert_eq!(code("ger").as_deref(), Some("de"));
        assert_eq!(code("zho").as_deref(), Some("zh"));
        assert_eq!(code("tlh").as_deref(), Some("tlh"), "what is not known stays as it is");
        assert_eq!(code(""), None);
    }

    #[test]
    fn the_stated_language_counts_before_the_look_of_the_text() {
        let body =
            "Der Hafen wurde am Montag nach einer Prüfung geschlossen, weil im Kai Risse gefunden wurden.";
        let mut article = Article { body: body.into(), ..Article::default() };
        assert_eq!(of(&article).as_deref(), Some("de"));
        article.language = Some(Box::new(Sourced { value: "nl-NL".to_owned(), origin: Origin::Table }));
        assert_eq!(of(&article).as_deref(), Some("nl"));
        assert_eq!(of(&Article::default()), None);
    }

    #[test]
    fn the_codes_are_those_of_the_detector() {
        for (two, three) in CODES {
            assert!(whatlang::Lang::from_code(three).is_some(), "{two} {three}");
        }
    }
}
