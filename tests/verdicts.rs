//! Holds what makes a verdict on articles of one or two sentences, where a form that is filled in each
//! day looks most like a copy.

#![expect(clippy::unwrap_used, reason = "a test panics when its own set-up fails")]

use std::path::PathBuf;

use wirecopy::pipeline::{self, Options};
use wirecopy::report::Verdict;

/// The verdict on two articles of different outlets and no date; nothing where they are not related.
fn verdict(a: &str, b: &str) -> Option<Verdict> {
    verdict_on([a, b], ["", ""])
}

/// The verdict on two articles of different outlets that state these dates.
fn verdict_on([a, b]: [&str; 2], [date_a, date_b]: [&str; 2]) -> Option<Verdict> {
    let record = |outlet: &str, text: &str, date: &str| {
        serde_json::json!({ "outlet": outlet, "text": text, "date": date }).to_string()
    };
    let lines = format!("{}\n{}\n", record("Harbour Post", a, date_a), record("Vell Gazette", b, date_b));
    let options = Options { paths: vec![PathBuf::from("-")], ..Options::default() };
    let report = pipeline::report(&options, &mut lines.as_bytes(), &()).unwrap();
    assert!(report.skipped.is_empty(), "{:?}", report.skipped);
    report.relations.first().map(|relation| relation.verdict)
}

#[test]
fn a_form_of_one_sentence_that_is_filled_in_anew_is_no_reprint() {
    let form = |place: &str, district: &str| {
        format!("The Harbour Union has won the count in the {place} ward of the {district} district.")
    };
    let (a, b) = (form("Quist", "Orvane"), form("Brill", "Tessaria"));
    assert_eq!(verdict(&a, &b), Some(Verdict::Incidental));
}

#[test]
fn a_run_of_twelve_words_makes_one_sentence_a_reprint() {
    let shared = "The harbour board of Vell has decided that the old ferry sails on";
    let (a, b) = (format!("{shared} until May."), format!("{shared} for now."));
    assert_eq!(verdict(&a, &b), Some(Verdict::Reprint));
}

#[test]
fn a_text_that_is_the_same_from_end_to_end_is_a_reprint_however_short() {
    let text = "The old ferry of Vell has sunk in harbour.";
    assert_eq!(verdict(text, text), Some(Verdict::Reprint));
    // Also where the other goes on.
    let longer = format!(
        "{text} Nobody was on board when it happened early on Tuesday morning, said the captain of the pilots."
    );
    assert_eq!(verdict(text, &longer), Some(Verdict::Reprint));
}

#[test]
fn two_sentences_with_a_word_changed_here_and_there_are_a_reprint_without_a_long_run() {
    let text = |first: &str, second: &str, third: &str| {
        format!(
            "The harbour board of Vell met on {first} to decide about the old ferry. It will {second} \
             through another winter, the captain of the pilots said, and {third} by the town."
        )
    };
    let (a, b) = (text("Tuesday", "sail", "be paid for"), text("Monday", "run", "be kept up"));
    assert_eq!(verdict(&a, &b), Some(Verdict::Reprint));
}

#[test]
fn a_title_in_a_short_article_is_no_partial() {
    let title = "Commissioner of the Standing Committee for the Northern Ferries and Mail Boats of Orvane";
    let a = format!(
        "The {title} opened the winter fair on Saturday. He bought a goat, two hats and a map of \
         islands that are no longer there, and went home on foot because the road had been sold."
    );
    let b = format!(
        "Nobody has seen the {title} since the storm. His office is open, his lamp is lit, and \
         somebody answers letters in a hand that is not his own, says the postmaster of the town."
    );
    assert_eq!(verdict(&a, &b), Some(Verdict::Incidental));
}

/// Two articles with so many sentences of their own around the shared ones.
fn long_articles_around(shared: &str) -> (String, String) {
    let own = |outlet: &str| {
        let sentence = |number: usize| {
            let words: Vec<String> = (0..12).map(|word| format!("{outlet}{number}x{word}")).collect();
            format!("{}.", words.join(" "))
        };
        (0..16).map(sentence).collect::<Vec<_>>().join("\n\n")
    };
    (format!("{}\n\n{shared}", own("Harbour")), format!("{}\n\n{shared}", own("Gazette")))
}

#[test]
fn in_long_articles_two_sentences_are_a_partial_and_one_is_none() {
    let one = "The old ferry was built at Stenholt in the year of the great frost, and has since then carried \
               the mail, the doctor and the dead of four islands to Vell.";
    let (a, b) = long_articles_around(one);
    assert_eq!(verdict(&a, &b), Some(Verdict::Incidental));
    let (a, b) = long_articles_around(&format!("{one} It has sunk twice, both times in harbour."));
    assert_eq!(verdict(&a, &b), Some(Verdict::Partial));
    // One that is longer than most is as much as two.
    let longer = one.replace(" to Vell.", " to Vell and, on the second Sunday after Easter, their goats.");
    let (a, b) = long_articles_around(&longer);
    assert_eq!(verdict(&a, &b), Some(Verdict::Partial));
}

#[test]
fn what_recurs_for_years_is_no_copy_days_apart() {
    let formula = "sworn in before the Warden of Outer Ports at the harbour office of Vell a while ago";
    let text = |name: &str| format!("{name} has been {formula}.");
    let (a, b) = (text("Ona Brill"), text("Jon Quist the younger"));
    for (dates, expected) in [
        (["2031-05-03", "2031-05-04"], Verdict::Reprint),
        (["2031-05-03", "2031-05-07"], Verdict::Incidental),
        (["2032-06-03", "2031-05-03"], Verdict::Incidental),
        (["2031-05-03", ""], Verdict::Reprint),
        (["2031-05", "2030-01"], Verdict::Reprint),
    ] {
        assert_eq!(verdict_on([&a, &b], dates), Some(expected), "{dates:?}");
    }
    // What is longer does not recur by itself.
    let longer = text("Ona Brill").replace('.', " in the presence of both pilots, her mother and a goat.");
    assert_eq!(verdict_on([&longer, &longer], ["2031-05-03", "2032-05-03"]), Some(Verdict::Reprint));
    let (a, b) = long_articles_around(&format!("{a} He will begin on Monday, she said to nobody at all."));
    assert_eq!(verdict_on([&a, &b], ["2031-05-03", "2031-05-03"]), Some(Verdict::Partial));
}

const SPEECH: &str = "“The ferry has carried the mail, the doctor and the dead of four islands for longer \
                      than this house has stood, and it will sail on for as long as one of us is left who \
                      can hold a wheel and read a chart in the dark”";

#[test]
fn a_joint_credit_does_not_make_the_texts_of_two_agencies_one() {
    let text = "The old ferry of Vell sank in the harbour early on Tuesday, and nobody was on board when it \
                happened, said the captain of the pilots, who had warned the board of the harbour in May.";
    let lines: Vec<String> = ["(AP)", "(AFP)", "(AP, AFP)"]
        .into_iter()
        .zip(["Post", "Gazette", "Courier"])
        .map(|(credit, outlet)| {
            serde_json::json!({ "outlet": outlet, "text": format!("{text}\n\n{credit}") }).to_string()
        })
        .collect();
    let options = Options { paths: vec![PathBuf::from("-")], ..Options::default() };
    let report = pipeline::report(&options, &mut lines.join("\n").as_bytes(), &()).unwrap();
    let [story] = &*report.stories else { panic!("{:?}", report.summary) };
    let origins: Vec<_> = story.origins.iter().map(|origin| (&*origin.name, origin.articles.len())).collect();
    assert_eq!(origins, [("AP", 2), ("AFP", 1)]);
}

#[test]
fn a_speech_in_two_reports_of_their_own_is_a_quotation() {
    let a = format!("{SPEECH}, the captain said at the opening of the fair on Saturday.");
    let b = format!("Asked by the board about her future plans, Ona Brill was brief: {SPEECH}.");
    assert_eq!(verdict(&a, &b), Some(Verdict::Quotation));
    // All of it, with what stands around, is more than that.
    assert_eq!(verdict(&a, &a), Some(Verdict::Reprint));
}

#[test]
fn a_long_quotation_with_a_little_narrative_is_a_quotation() {
    let shared = "The captain of the pilots spoke for an hour, and nobody left the hall before she had done. “The \
                  ferry has carried the mail, the doctor and the dead of four islands for longer than this house \
                  has stood, and it will sail on,” she said.";
    let own = |outlet: &str| {
        let words: Vec<String> = (0..40).map(|word| format!("own{word}{outlet}")).collect();
        format!("Own words: {}.", words.join(" "))
    };
    let (a, b) = (format!("{} {shared}", own("harbour")), format!("{shared} {}", own("gazette")));
    assert_eq!(verdict(&a, &b), Some(Verdict::Quotation));
}

#[test]
fn a_caption_in_front_does_not_hide_the_text() {
    let caption = "The old ferry of Vell lies at the quay with its lamps lit, its flags up, its doors open and its \
                   captain asleep on the upper deck, as it has done on every second Sunday of May for as long as \
                   anybody now living in the town can remember. (Photo: Jon Reed)";
    let body = "The old ferry of Vell will sail for one more winter.\n\nThe harbour board decided so on Tuesday \
                after a goat had been heard.";
    let a = format!("{caption}\n\n{body}");
    assert_eq!(verdict(&a, &format!("{a}\n\nNobody was asked.")), Some(Verdict::Reprint));
}

#[test]
fn pictures_and_who_writes_for_both_are_no_copied_text() {
    let caption = "Mayor Ona Brill, left, waves from the old ferry as she arrives in the harbour of Vell with the \
                   doctor, two goats and the mail of four islands, Sunday, May 14, 2034, on the eve of the vote \
                   of the harbour board about another winter.";
    let author = "The writer is a retired captain of the pilots of Vell and was the head of their school in \
                  Orvane for 16 years. She has written three books on ferries and teaches at the institute for \
                  sea and weather.";
    let (a, b) = long_articles_around(author);
    assert_eq!(verdict(&a, &b), Some(Verdict::Boilerplate));
    let with_picture = |text: &str| format!("{caption}\n\nJon Reed / Reuters\n\n{text}");
    assert_eq!(verdict(&with_picture(&a), &with_picture(&b)), Some(Verdict::Boilerplate));
    // Without the credit nobody can tell it from reporting.
    let without = |text: &str| format!("{caption}\n\n{text}");
    assert_eq!(verdict(&without(&a), &without(&b)), Some(Verdict::Partial));
}

#[test]
fn a_post_that_both_show_is_a_quotation() {
    let post = "Heading home on the old ferry. Fog so thick that I could not see my own goat, and the pilots \
                brought us in all the same, as they have done for longer than this board has sat!";
    let (a, b) = long_articles_around(post);
    assert_eq!(verdict(&a, &b), Some(Verdict::Partial));
    let shown = |text: &str| format!("{text}\n\n— Ona Brill (@onabrill) May 14, 2034");
    assert_eq!(verdict(&shown(&a), &shown(&b)), Some(Verdict::Quotation));
}
