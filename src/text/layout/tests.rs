use super::*;
use crate::markup::read_date;

fn parts(layout: &Layout) -> Vec<(SentenceKind, &str)> {
    let text = |paragraph: &Paragraph| &layout.text[paragraph.range.clone()];
    layout
        .paragraphs
        .iter()
        .map(|p| (p.kind, text(p)))
        .collect()
}

#[test]
fn a_news_text_is_taken_apart() {
    let text = " date 2020-03-05 Ministers meet in the old port on Monday. — AB/CD Photo\n\n\
        ĐÀ NẴNG — Delegates from nine states opened the talks on Monday.\n\n\
        Fishing rights\n\n\
        They will vote on the quota tomorrow. — CDN\n\nSource: CDN\n\nSee also\n\nOther news\n";
    let layout = lay_out(text, Format::Plain);
    assert_eq!(layout.metadata.published, "2020-03-05".parse().ok());
    assert_eq!(layout.metadata.place.as_deref(), Some("Đà Nẵng"));
    assert_eq!(layout.metadata.agency.as_deref(), Some("CDN"));
    use SentenceKind::{Body, Caption, Furniture, Heading};
    assert_eq!(
        parts(&layout),
        [
            (Caption, "Ministers meet in the old port on Monday."),
            (Furniture, "— AB/CD Photo"),
            (Furniture, "ĐÀ NẴNG —"),
            (
                Body,
                "Delegates from nine states opened the talks on Monday."
            ),
            (Heading, "Fishing rights"),
            (Body, "They will vote on the quota tomorrow."),
            (Furniture, "— CDN"),
            (Furniture, "Source: CDN"),
            (Furniture, "See also"),
            (Furniture, "Other news"),
        ]
    );
}

#[test]
fn a_dateline_between_strokes_is_read() {
    let layout = lay_out("VIENNA, May 4. /XYZ/. The council met.\n", Format::Plain);
    assert_eq!(
        parts(&layout),
        [
            (SentenceKind::Furniture, "VIENNA, May 4. /XYZ/."),
            (SentenceKind::Body, "The council met."),
        ]
    );
    assert_eq!(layout.metadata.place.as_deref(), Some("Vienna"));
    assert_eq!(layout.metadata.agency.as_deref(), Some("XYZ"));
}

#[test]
fn a_dash_inside_a_sentence_is_no_dateline() {
    for text in [
        "Ireland – unlike Norway – joined in 1973.",
        "Paris – The Town – opened in May.",
        "Orvel — The firm closed.",
    ] {
        assert_eq!(
            parts(&lay_out(text, Format::Plain)),
            [(SentenceKind::Body, text)]
        );
    }
}

#[test]
fn each_piece_of_a_page_of_briefs_has_a_dateline_of_its_own() {
    let text = "ACCRA – The mine will close.\n\nThe unions met.\n\nBut then it rained.\n\n\
                Two were hurt.\n\nBAMAKO – A minister was freed.\n";
    let layout = lay_out(text, Format::Plain);
    let found = parts(&layout);
    assert_eq!(found[0], (SentenceKind::Furniture, "ACCRA –"));
    assert!(
        found.contains(&(SentenceKind::Furniture, "BAMAKO –")),
        "{found:?}"
    );
    assert!(found.contains(&(SentenceKind::Body, "A minister was freed.")));
    assert_eq!(layout.metadata.place.as_deref(), Some("Accra"));
}

#[test]
fn a_place_with_its_country_before_a_dash_is_a_dateline() {
    let layout = lay_out("Haldby, Denmark — A bridge fell.", Format::Plain);
    assert_eq!(
        parts(&layout),
        [
            (SentenceKind::Furniture, "Haldby, Denmark —"),
            (SentenceKind::Body, "A bridge fell."),
        ]
    );
    assert_eq!(layout.metadata.place.as_deref(), Some("Haldby"));
}

#[test]
fn a_dateline_may_bracket_its_country_or_name_two_places() {
    for (head, place) in [
        ("Bergen (Norway), Aug 9 —", "Bergen"),
        ("Geneva (Switzerland) –", "Geneva"),
        ("Nairobi/Rome –", "Nairobi/Rome"),
    ] {
        let layout = lay_out(&format!("{head} A bridge fell."), Format::Plain);
        let found = parts(&layout);
        let body = (SentenceKind::Body, "A bridge fell.");
        assert_eq!(found, [(SentenceKind::Furniture, head), body]);
        assert_eq!(layout.metadata.place.as_deref(), Some(place));
        assert_eq!(layout.metadata.agency, None);
    }
}

#[test]
fn a_headline_is_the_title() {
    let layout = lay_out(
        "Bridge opens to traffic\n\nThe bridge opened.\n",
        Format::Plain,
    );
    assert_eq!(
        layout.metadata.title.as_deref(),
        Some("Bridge opens to traffic")
    );
    let single = lay_out("the bridge opened in May", Format::Plain);
    assert_eq!(single.paragraphs[0].kind, SentenceKind::Body);
}

#[test]
fn wrapped_lines_are_one_paragraph_and_long_lines_their_own() {
    let wrapped = "The first line of this paragraph is as long as the others,\n\
        so that it was wrapped by a machine that counts columns and\nends here.";
    assert_eq!(lay_out(wrapped, Format::Plain).paragraphs.len(), 1);
    let lines = "The river rose.\nNobody was hurt in the flood that followed the storm.\nIt fell.";
    assert_eq!(lay_out(lines, Format::Plain).paragraphs.len(), 3);
}

#[test]
fn markdown_gives_headings_and_text() {
    let text = "---\ntitle: Tides\ndate: 2019-07-01\n---\n# Tides\n\nThe *moon* pulls.\n\n\
        ```\nlet x = 1;\n```\n- One item.\n";
    let layout = lay_out(text, Format::Markdown);
    assert_eq!(layout.metadata.published, "2019-07-01".parse().ok());
    let shown: Vec<&str> = parts(&layout).into_iter().map(|(_, text)| text).collect();
    assert_eq!(shown, ["Tides", "The moon pulls.", "One item."]);
}

#[test]
fn html_gives_its_article() {
    let text = "<html><head><title>Tide &amp; time</title><script>if (a < b) {}</script>\
        <meta name=date content='2018-02-03'></head><body><nav><p>Home</p></nav><article>\
        <h1>Tide</h1><p>Water <b>rises</b>\n twice a day.<p>It falls, too.</article>\
        <footer>About us</footer></body></html>";
    let layout = lay_out(text, Format::Html);
    assert_eq!(layout.metadata.title.as_deref(), Some("Tide"));
    assert_eq!(layout.metadata.published, "2018-02-03".parse().ok());
    let shown: Vec<&str> = parts(&layout).into_iter().map(|(_, text)| text).collect();
    assert_eq!(
        shown,
        ["Tide", "Water rises twice a day.", "It falls, too."]
    );
}

#[test]
fn dates_are_read_in_their_usual_forms() {
    let cases = [
        ("2021-10-28", "2021-10-28"),
        ("2021-10-28T09:00:00+07:00", "2021-10-28"),
        ("28 October 2021", "2021-10-28"),
        ("Thursday, Oct. 28, 2021 10:30 GMT", "2021-10-28"),
        ("July 18", "--07-18"),
    ];
    for (text, expected) in cases {
        let date = read_date(text).map(|time| time.to_string());
        assert_eq!(date.as_deref(), Some(expected), "{text}");
    }
    assert_eq!(read_date("30 February 2021"), None);
    assert_eq!(read_date("In May 2021 it rained"), None);
}

#[test]
fn a_byline_may_name_paper_and_day() {
    for byline in [
        "By Grace Banda",
        "BY GRACE BANDA and Tom Reed",
        "By Grace Banda, Staff Writer",
        "By Grace Banda | The Alva Post | 22 June 2024",
        "By Grace Banda — Published 22 June 2024",
    ] {
        let text = format!("Ferry line opens\n\n{byline}\n\nThe ferry line opened in May.\n");
        let layout = lay_out(&text, Format::Plain);
        assert_eq!(parts(&layout)[1], (SentenceKind::Furniture, byline));
        if byline.contains("2024") {
            assert_eq!(layout.metadata.published, "2024-06-22".parse().ok());
        }
    }
    let text = "By May the ferry had stopped | nobody knew why";
    assert_eq!(
        parts(&lay_out(text, Format::Plain))[0].0,
        SentenceKind::Body
    );
}

#[test]
fn a_bold_dateline_of_markdown_is_furniture_and_tells_the_day() {
    let text = "# Ferry line opens\n\n*By Grace Banda*\n\n\
        **Porto Alva, June 22, 2024** — The ministry opened a ferry line.\n";
    let layout = lay_out(text, Format::Markdown);
    assert_eq!(layout.metadata.published, "2024-06-22".parse().ok());
    assert_eq!(layout.metadata.place.as_deref(), Some("Porto Alva"));
    use SentenceKind::{Body, Furniture, Heading};
    assert_eq!(
        parts(&layout),
        [
            (Heading, "Ferry line opens"),
            (Furniture, "By Grace Banda"),
            (Furniture, "Porto Alva, June 22, 2024 —"),
            (Body, "The ministry opened a ferry line."),
        ]
    );
}

#[test]
fn a_dateline_may_have_a_line_of_its_own() {
    let text = "Harbour opens\n\nBy Ana Ruiz\n\nBrisford, 17 October 2019\n\n\
        The council opened the harbour on Monday.\n";
    let layout = lay_out(text, Format::Plain);
    assert_eq!(layout.metadata.published, "2019-10-17".parse().ok());
    assert_eq!(layout.metadata.place.as_deref(), Some("Brisford"));
    assert_eq!(parts(&layout)[2].0, SentenceKind::Furniture);
    // A place or a date alone, or more than both, is no dateline.
    for line in [
        "Brisford",
        "Brisford, 17 October",
        "Brisford before 17 October 2019",
    ] {
        let layout = lay_out(&format!("{line}\n\nThe council met.\n"), Format::Plain);
        assert_eq!(layout.metadata.place, None, "{line}");
    }
}

#[test]
fn a_dateline_in_capitals_may_touch_its_text() {
    let layout = lay_out("VELMOR CITY—Rain fell on Monday.\n", Format::Plain);
    assert_eq!(layout.metadata.place.as_deref(), Some("Velmor City"));
    assert_eq!(
        parts(&layout),
        [
            (SentenceKind::Furniture, "VELMOR CITY—"),
            (SentenceKind::Body, "Rain fell on Monday."),
        ]
    );
    let day = read_date("08-Jul-2022");
    assert_eq!(day, "2022-07-08".parse().ok());
}

#[test]
fn lines_about_who_wrote_it_and_when_are_no_text() {
    let text = "Velmor bridge to close\n\nThu 6 Feb 2025 17.42 GMT\n\nOdolf Brask\n\n\
        Velmor correspondent\n\nThe bridge will close in May.\n\nNew Tolls\n\nThey rise.\n";
    let layout = lay_out(text, Format::Plain);
    assert_eq!(layout.metadata.published, "2025-02-06".parse().ok());
    use SentenceKind::{Body, Furniture, Heading};
    assert_eq!(
        parts(&layout),
        [
            (Heading, "Velmor bridge to close"),
            (Furniture, "Thu 6 Feb 2025 17.42 GMT"),
            (Furniture, "Odolf Brask"),
            (Furniture, "Velmor correspondent"),
            (Body, "The bridge will close in May."),
            (Heading, "New Tolls"),
            (Body, "They rise."),
        ]
    );
}

#[test]
fn a_dateline_may_stand_between_dashes_or_name_two_places_apart() {
    let layout = lay_out("VELMOR--(CITY WIRE)--Rain fell on Monday.\n", Format::Plain);
    assert_eq!(layout.metadata.place.as_deref(), Some("Velmor"));
    assert_eq!(layout.metadata.agency.as_deref(), Some("CITY WIRE"));
    let text = "VELMOR / TARN, 4 February 2020 – More than 50 people left.\n";
    let layout = lay_out(text, Format::Plain);
    assert_eq!(layout.metadata.place.as_deref(), Some("Velmor"));
    assert_eq!(layout.metadata.published, "2020-02-04".parse().ok());
    assert!(parts(&layout).contains(&(SentenceKind::Body, "More than 50 people left.")));
}
