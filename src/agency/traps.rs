//! What real copy does, and what only looks like it, in invented texts.

use std::sync::LazyLock;

use super::*;
use crate::corpus::{Article, Origin, Sourced};
use crate::text;

fn article(outlet: &str, title: Option<&str>, body: &str) -> Article {
    Article {
        id: "a".into(),
        outlet: Some(Sourced { value: outlet.into(), origin: Origin::Folder }),
        title: title.map(|title| Sourced { value: title.into(), origin: Origin::Record("title".into()) }),
        body: body.into(),
        ..Article::default()
    }
}

static RULES: LazyLock<CompiledRules> = LazyLock::new(|| Rules::built_in().compile());

fn credit_of(article: &Article) -> Credit {
    let texts = text::read(&[&article.body], &|_| ());
    read(article, &texts.articles[0], &RULES)
}

fn credit(body: &str) -> Credit {
    credit_of(&article("Gazette", None, body))
}

/// Level and names of an article.
fn found(body: &str) -> (Level, Vec<String>) {
    let credit = credit(body);
    (credit.level, credit.names)
}

fn declared(names: &[&str]) -> (Level, Vec<String>) {
    (Level::Declared, names.iter().map(|name| (*name).to_owned()).collect())
}

const TOLD: &str = "The ferry of Vell sank on Monday after a collision with the pier.\n\n\
    Nobody was hurt, the harbour master said in the evening.\n\n\
    The ship had been in service since 1961 and was to be sold in May.\n\n\
    A second ferry will take over the line until the summer, he said.\n\n\
    The pier will be closed for a week while divers look at its posts.";

#[test]
fn a_dateline_declares_the_article() {
    let found = credit(&format!("VELL (AP) — {TOLD}"));
    assert_eq!((found.level, found.names), declared(&["AP"]));
    assert_eq!(found.evidence[0].bytes, Some(0..13));
}

#[test]
fn datelines_of_many_languages() {
    for (opening, name) in [
        ("Berlin (dpa/lno) - Die Fähre sank am Montag.", "dpa"),
        ("PARIS, 12 mai 2019 (AFP) - Le bac a coulé lundi.", "AFP"),
        ("Madrid, 21 ene (EFE).- El barco se hundió el lunes.", "EFE"),
        ("(ANSA) - ROMA, 11 LUG - Il traghetto è affondato.", "ANSA"),
        ("København /ritzau/: Færgen sank mandag.", "Ritzau"),
        ("MOSCOW, January 21. /TASS/. The ferry sank.", "TASS"),
        ("新华社北京9月12日电 渡轮星期一沉没。", "Xinhua"),
        ("（中央社記者王小明台北29日電）渡輪星期一沉沒。", "CNA (Taiwan)"),
        ("(서울=연합뉴스) 홍길동 기자 = 여객선이 월요일 가라앉았다.", "Yonhap"),
        ("【ロンドン共同】船が月曜日に沈んだ。", "Kyodo"),
        ("SAITAMA, Japan, Dec. 9 Kyodo - The ferry sank.", "Kyodo"),
        ("April 18 (Reuters) The ferry sank on Monday.", "Reuters"),
        ("AFP – The ferry sank on Monday.", "AFP"),
    ] {
        assert_eq!(found(&format!("{opening}\n\n{TOLD}")), declared(&[name]), "{opening}");
    }
}

#[test]
fn sign_offs_of_many_kinds() {
    for (tail, name) in [
        ("(AP)", "AP"),
        ("--IANS\nmq/or", "IANS"),
        ("EFE", "EFE"),
        ("© dpa-infocom, dpa:210507-99-509265/2", "dpa"),
        ("(Reporting by Mara Quist in Vell; Editing by Jon Reed)", "Reuters"),
        ("This report by The Canadian Press was first published May 27, 2020.", "CP"),
        ("Copyright 2018 The Associated Press. All rights reserved.", "AP"),
    ] {
        assert_eq!(found(&format!("{TOLD}\n\n{tail}")), declared(&[name]), "{tail}");
    }
    assert_eq!(found(&format!("{TOLD} PTI MQ ONB JR")), declared(&["PTI"]));
    assert_eq!(found(&format!("{TOLD} (AFP/Dec31/2024)")), declared(&["AFP"]));
}

#[test]
fn joint_credits_name_all() {
    assert_eq!(found(&format!("{TOLD}\n\nQuelle: ntv.de, ino/AFP/rts")), declared(&["AFP", "Reuters"]));
    assert_eq!(found(&format!("{TOLD} RND/dpa")), declared(&["dpa"]));
    assert_eq!(
        found(&format!("Paris (ats afp) - Le bac a coulé.\n\n{TOLD}")),
        declared(&["Keystone-SDA", "AFP"])
    );
    assert_eq!(found(&format!("{TOLD} (XINHUA/ITALPRESS)")), declared(&["Xinhua"]));
}

#[test]
fn a_source_inside_one_long_paragraph() {
    let body = format!(
        "{} Quelle: dpa, AFP Hier können Sie {}",
        TOLD.replace("\n\n", " "),
        "die Rechte erwerben. ".repeat(60)
    );
    assert_eq!(found(&body), declared(&["dpa", "AFP"]));
}

#[test]
fn an_unnamed_feed_and_a_cited_agency() {
    let body = format!(
        "{TOLD}\n\nIt was the third collision, Yonhap news agency reported.\n\n\
         Disclaimer: This post has been auto-published from an agency feed without any modifications to the text"
    );
    let found = credit(&body);
    assert_eq!((found.level, found.names.len()), (Level::FeedUnnamed, 0));
    assert!(found.evidence.iter().any(|e| e.level == Level::Cited && e.names == ["Yonhap"]));
    assert_eq!(credit(&format!("{TOLD} (Agencies)")).level, Level::FeedUnnamed);
}

#[test]
fn inputs_do_not_declare_the_article() {
    for tail in [
        "The Associated Press contributed to this report.",
        "Copyright 2018 by Vell News. The Associated Press contributed to this report. All rights \
         reserved. This material may not be published, broadcast, rewritten or redistributed.",
        "(With inputs from PTI)",
        "(mit dpa)",
        "Le Courrier avec AFP",
        "This report contains material from Bloomberg News and The Associated Press.",
    ] {
        assert_eq!(credit(&format!("{TOLD}\n\n{tail}")).level, Level::Contributed, "{tail}");
    }
}

#[test]
fn one_fact_is_not_the_article() {
    for line in [
        "It was the third collision, Yonhap news agency reported.",
        "The owner told Reuters that he would appeal.",
        "Der Kapitän sagte der Deutschen Presse-Agentur, er habe nichts gesehen.",
        "据新华社报道，渡轮星期一在港口附近沉没。",
        "연합뉴스에 따르면 여객선은 월요일 오전에 가라앉았다고 한다.",
    ] {
        assert_eq!(credit(&format!("{TOLD}\n\n{line}\n\n{TOLD}")).level, Level::Cited, "{line}");
    }
}

#[test]
fn picture_credits_are_only_that() {
    for caption in [
        "The ferry at the pier of Vell on May 3. [Mara Quist/AFP]",
        "The mayor. [Jon Reed/Pool/AFP]",
        "Foto: NTB / Scanpix",
        "Pix Courtesy AFP, Reuters",
    ] {
        assert_eq!(credit(&format!("{TOLD}\n\n{caption}")).level, Level::Photo, "{caption}");
    }
}

#[test]
fn the_photographer_of_a_gallery_has_no_byline() {
    let line = "Jon Reed, AP";
    assert_eq!(credit(&format!("{line}\n\n{TOLD}")).level, Level::Declared);
    for body in [
        format!("{line}\n\n{TOLD}\n\nThe mayor of Vell on May 3. (AP Photo/Jon Reed)"),
        format!("{line}\n\nThe mayor of Vell.\n\n{line}\n\n{TOLD}"),
    ] {
        assert_eq!(credit(&body).level, Level::Photo, "{body}");
    }
}

#[test]
fn a_picture_credit_below_a_caption_is_no_credit_line() {
    let caption =
        "The mayor of Vell waits for the ferry at the pier, before the ceremony that she had planned.";
    for credit_line in ["AP", "Mara Quist, AP", "Reuters"] {
        let level = credit(&format!("{caption}\n\n{credit_line}\n\n{TOLD}")).level;
        assert!(level > Level::Contributed, "{credit_line}");
    }
    assert_eq!(found(&format!("{caption}\n\nBy The Associated Press\n\n{TOLD}")), declared(&["AP"]));
    assert_eq!(found(&format!("Mara Quist, AP\n\n{TOLD}")), declared(&["AP"]));
}

#[test]
fn a_dateline_below_a_gallery_counts_and_those_of_a_round_up_do_not() {
    let picture = |n| format!("The mayor of Vell waits for the ferry number {n} before the ceremony.\n\n");
    let gallery: String = (0..8).map(picture).collect();
    assert_eq!(found(&format!("{gallery}VELL (AP) — {TOLD}")), declared(&["AP"]));
    let round_up = format!("{gallery}VELL (AP) — {TOLD}\n\nOSTER (Reuters) - {TOLD}");
    assert_eq!(credit(&round_up).level, Level::None);
    let teaser = format!("{gallery}{TOLD}\n\nVELL (AP) — The ferry sank.");
    assert_eq!(credit(&teaser).level, Level::None);
}

#[test]
fn a_dateline_where_the_first_bytes_end_is_whole() {
    for length in 340..420 {
        let before = format!("{}.", "w".repeat(length - 1));
        let body = format!("{before}\n\nSARNHAVEN (AP) — The harbour was closed on Sunday.\n\nA ship waits.");
        let expected = if length < 400 { Level::Declared } else { Level::None };
        assert_eq!(found(&body).0, expected, "{length}");
    }
}

#[test]
fn an_agencys_own_outlet_is_no_reprint() {
    let own = credit_of(&article("apnews.com", None, &format!("VELL (AP) — {TOLD}")));
    assert_eq!((own.level, own.publisher.as_deref()), (Level::About, Some("AP")));
    assert_eq!(own.declared(), ["AP"]);
}

#[test]
fn agency_names_as_headings_of_a_round_up_do_not_count() {
    assert_eq!(
        credit(&format!("{TOLD}\n\nReuters\n\n{TOLD}\n\nAssociated Press\n\n{TOLD}")).level,
        Level::None
    );
}

#[test]
fn an_article_about_an_agency() {
    let title = Some("Reuters names a new chief editor");
    let body = format!("Reuters has a new chief editor, the agency announced in Vell.\n\n{TOLD}");
    assert_eq!(credit_of(&article("Gazette", title, &body)).level, Level::About);
}

#[test]
fn releases_are_no_agency() {
    for body in [
        format!("VELL, May 3, 2021 /PRNewswire/ -- {TOLD}"),
        format!("New Delhi [India], June 1 (ANI/PRNewswire): {TOLD}"),
        format!("Vell (ots) - {TOLD}"),
        format!("{TOLD}\n\nSOURCE Quist Shipping Ltd"),
        format!("{TOLD}\n\n(Disclaimer: The above press release has been provided by Quist Shipping.)"),
    ] {
        let found = credit(&body);
        assert!(found.release.is_some() && !found.level.is_feed(), "{body}");
    }
    let promotion = credit(&format!("Vell (Karnataka) [India], June 1: {TOLD}"));
    assert_eq!((promotion.level, promotion.release), (Level::None, None));
}

#[test]
fn other_meanings_of_the_letters() {
    for line in [
        "Payments by UPI rose in May, and the bank said so.",
        "The AP Chapter met; its Report is out.",
        "Launch of the Unified Payment Interface (UPI)",
        "The Pakistan Tehreek-e-Insaf lost. PTI said that it would appeal.",
        "They joined the Alliance of Pilots (AP)",
        "CNA and CMG rose in Singapore.",
    ] {
        let level = credit(&format!("{TOLD}\n\n{line}")).level;
        assert!(level == Level::None, "{line}: {level:?}");
    }
    let opening = format!("The Alliance of Pilots (AP) — a union — wants more.\n\n{TOLD}");
    assert_eq!(credit(&opening).level, Level::None);
    // Of the payment system, by an agency.
    let body = format!("The Unified Payment Interface (UPI) came to Vell.\n\n{TOLD} (ANI)");
    assert_eq!(found(&body), declared(&["ANI"]));
}

#[test]
fn a_title_that_spells_the_letters_out() {
    let signed = "The year was good.\n\nTwo branches open in May, the first one on the quay. (NTB)";
    let level = |title: &str| credit_of(&article("Gazette", Some(title), signed)).level;
    assert_eq!(level("Northern Trade Bank reports a steady year"), Level::None);
    assert_eq!(level("Two branches for the quay"), Level::Declared);
}

#[test]
fn a_city_alone_is_no_evidence() {
    assert_eq!(credit(&format!("VELL — {TOLD}")).level, Level::None);
}

#[test]
fn a_provider_field_counts() {
    let mut article = article("Gazette", None, TOLD);
    let origin = Origin::Record("provider".into());
    article.credits.push(Sourced { value: "Associated Press".into(), origin });
    let found = credit_of(&article);
    assert_eq!((found.level, found.evidence[0].bytes.clone()), (Level::Declared, None));
}

#[test]
fn a_canonical_address_on_an_agency_site_declares_it() {
    let mut copy =
        article("vell-gazette", None, "The quay was closed on Monday after an inspection found cracks.");
    let mut from = |place: &str, address: &str| {
        let origin = Origin::Page(place.to_owned());
        copy.sources = vec![Sourced { value: address.to_owned(), origin }];
        let credit = credit_of(&copy);
        (credit.level, credit.names.join(" "))
    };
    assert_eq!(from("rel=canonical", "https://apnews.com/article/quay"), (Level::Declared, "AP".to_owned()));
    assert_eq!(from("JSON-LD isBasedOn", "https://apnews.com/article/quay").0, Level::Contributed);
    assert_eq!(from("rel=canonical", "https://other.example/quay").0, Level::None);
}
