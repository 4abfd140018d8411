use proptest::prelude::*;

use super::*;

fn time(text: &str) -> Time {
    text.parse().unwrap()
}

#[test]
fn the_normal_form_reads_back() {
    for text in [
        "2021-10-28",
        "2021-07",
        "2021",
        "0044",
        "-0044-03-15",
        "2021-10-28T09:30:00Z",
        "2022-05-16/2022-05-18",
        "2020/..",
        "../2025-06",
        "--08-23",
        "--08-23/--08-25",
        "--08",
    ] {
        assert_eq!(time(text).to_string(), text);
    }
}

#[test]
fn what_is_no_date_is_refused() {
    for text in [
        "",
        "2021-13",
        "2021-02-29",
        "21-10-28",
        "2021-1-1",
        "2021-10-28T25:00",
        "-",
        "x",
    ] {
        assert!(text.parse::<Time>().is_err(), "{text:?}");
    }
}

#[test]
fn an_interval_does_not_end_before_it_begins() {
    assert!("2022/2021".parse::<Time>().is_err());
}

#[test]
fn a_day_lies_within_its_month_and_year() {
    assert!(time("2021-07").contains(&time("2021-07-31")));
    assert!(time("2021").contains(&time("2021-07")));
    assert!(!time("2021-07").contains(&time("2021-08-01")));
    assert!(!time("2021-07-31").contains(&time("2021-07")));
}

#[test]
fn an_unknown_year_is_never_within_a_known_one() {
    assert!(!time("2021").contains(&time("--08-23")));
    assert!(time("--08").contains(&time("--08-23")));
}

#[test]
fn an_offset_moves_the_clock_to_utc() {
    assert_eq!(
        time("2021-10-28T01:00:00+02:00").to_string(),
        "2021-10-27T23:00:00Z"
    );
}

proptest! {
    #[test]
    fn any_second_is_the_second_it_came_from(seconds in -60_000_000_000_i64..250_000_000_000) {
        let moment = Moment::from_seconds(seconds);
        prop_assert_eq!(moment.bounds(), (seconds, seconds));
        prop_assert_eq!(time(&moment.to_string()), Time::At(moment));
    }

    #[test]
    fn no_text_makes_the_reader_panic(text in "\\PC{0,24}") {
        let _ = text.parse::<Time>();
    }
}
