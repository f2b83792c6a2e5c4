//! Every check against a sound record and one that is wrong in just that.

use chibo_kernel::{Day, Id, Period, Unit};
use chibo_members::{Dossier, Held, Profile};
use chibo_organisation::kinds::{Kind, Setting};
use chibo_organisation::rules::{Facts, Landscape, Standing};

use super::*;

fn today() -> Day {
    Day::from_ymd(2026, 11, 26).unwrap()
}

fn day(year: i32, month: u8, day: u8) -> Day {
    Day::from_ymd(year, month, day).unwrap()
}

fn id<T>(number: u8) -> Id<T> {
    Id::from_bytes([number; 16])
}

fn held<T>(from: Day, value: T) -> Held<T> {
    Held { from, to: Day::FOREVER, value }
}

/// Units: 1 a base organisation, 2 a branch; 3 is no more, 4 ended in 2014, 5 is a branch of 2012. Member 8 holds an office.
fn look() -> Look {
    let unit = |number, kind| {
        let facts = Facts { name: "X".into(), short: "X".into(), kind, setting: Setting::School, code: String::new() };
        (id::<Unit>(number), Standing { facts, parent: None })
    };
    let standing = [unit(1, Kind::Base), unit(2, Kind::Branch), unit(5, Kind::Branch)];
    let life = |from, to| Period::new(from, to).unwrap();
    let lives = [
        (id(2), life(Day::PARTY_FOUNDED, Day::FOREVER)),
        (id(4), life(Day::PARTY_FOUNDED, day(2014, 12, 1))),
        (id(5), life(day(2012, 1, 1), Day::FOREVER)),
    ];
    Look::of(&Landscape::new(today(), standing.into_iter())).with(lives.into(), [id(8)].into())
}

fn sound() -> Dossier {
    let admitted = day(2010, 5, 19);
    Dossier {
        profile: Profile {
            person_id: id(9),
            full_name: "Trần Văn An".into(),
            birth: day(1985, 3, 2),
            birth_precision: 0,
            sex: 1,
            ethnicity: 1,
            birth_place: "Huế".into(),
            home_town: "Huế".into(),
            file_no: "000001HCM".into(),
            admitted: Some(admitted),
            admission_decision: "1-QĐ/QU".into(),
            introducers: "Lê Thị Bình, Ngô Duy".into(),
            official: Some(day(2011, 5, 19)),
            identity_hint: "…123".into(),
        },
        postings: vec![held(admitted, id(2))],
        standings: vec![Held { from: admitted, to: day(2011, 5, 19), value: 1 }, held(day(2011, 5, 19), 2)],
        levels: [4, 5, 3, 1].map(|level| vec![held(admitted, level)]),
    }
}

fn codes(dossier: &Dossier) -> Vec<&'static str> {
    found(dossier, &look(), &Terms::on(today()).unwrap()).map(|check| check.code).collect()
}

type Wrong = fn(&mut Dossier);

/// What each check finds; nothing else may be found with it but what follows from it.
const WRONG: [(&str, Wrong); 65] = [
    ("age-impossible", |d| d.profile.birth = day(1900, 1, 1)),
    ("admitted-missing", |d| d.profile.admitted = None),
    ("admitted-too-young", |d| d.profile.birth = day(1992, 6, 1)),
    ("admitted-in-future", |d| d.profile.admitted = Some(today().plus_days(1))),
    ("admitted-before-party", |d| d.profile.admitted = Some(day(1930, 2, 2))),
    ("official-before-admitted", |d| d.profile.official = Some(day(2010, 5, 18))),
    ("official-too-early", |d| d.profile.official = Some(day(2011, 5, 18))),
    ("official-in-future", |d| d.profile.official = Some(today().plus_days(1))),
    ("official-date-missing", |d| d.profile.official = None),
    ("still-probationary", |d| d.standings = vec![held(day(2010, 5, 19), 1)]),
    ("standing-missing", |d| d.standings.clear()),
    ("standings-overlap", |d| d.standings[0].to = day(2011, 5, 20)),
    ("posting-missing", |d| d.postings.clear()),
    ("posting-in-ended-unit", |d| d.postings[0].value = id(3)),
    ("posting-in-wrong-kind", |d| d.postings[0].value = id(1)),
    ("postings-overlap", |d| d.postings.push(held(day(2020, 1, 1), id(2)))),
    ("posting-after-leaving", |d| d.standings[1].value = 6),
    ("born-in-future", |d| d.profile.birth = today().plus_days(1)),
    ("admitted-old", |d| d.profile.birth = day(1949, 5, 18)),
    ("probation-late", |d| {
        d.profile.admitted = Some(day(2025, 10, 1));
        d.profile.official = None;
        d.standings = vec![held(day(2025, 10, 1), 1)];
    }),
    ("name-one-word", |d| d.profile.full_name = "An".into()),
    ("name-odd-signs", |d| d.profile.full_name = "Trần Văn An 2".into()),
    ("name-capitals", |d| d.profile.full_name = "TRẦN VĂN AN".into()),
    ("postings-gap", |d| {
        d.postings[0].to = day(2015, 1, 1);
        d.postings.push(held(day(2016, 1, 1), id(2)));
    }),
    ("standings-gap", |d| d.standings[0].to = day(2011, 5, 1)),
    ("posting-before-admission", |d| d.postings[0].from = day(2010, 5, 18)),
    ("schooling-low", |d| d.levels[0][0].value = 2),
    ("levels-overlap", |d| d.levels[2].push(held(day(2020, 1, 1), 4))),
    ("birth-not-to-the-day", |d| d.profile.birth_precision = 1),
    ("admitted-on-birthday", |d| d.profile.admitted = Some(d.profile.birth)),
    ("dates-turned", |d| {
        d.profile.birth = day(1985, 3, 3);
        d.profile.admitted = Some(day(1985, 9, 1));
    }),
    ("party-age-long", |d| {
        d.profile.birth = day(1914, 1, 1);
        d.profile.admitted = Some(day(1935, 1, 1));
    }),
    ("identity-missing", |d| d.profile.identity_hint.clear()),
    ("sex-missing", |d| d.profile.sex = 0),
    ("ethnicity-missing", |d| d.profile.ethnicity = 0),
    ("home-town-missing", |d| d.profile.home_town.clear()),
    ("file-number-missing", |d| d.profile.file_no.clear()),
    ("decision-missing", |d| {
        d.profile.admission_decision.clear();
        d.profile.admitted = Some(day(1997, 6, 1));
    }),
    ("education-missing", |d| d.levels[0].clear()),
    ("theory-missing", |d| d.levels[2][0].value = 0),
    ("posting-past-unit-end", |d| {
        d.postings[0].to = day(2015, 1, 1);
        d.postings.push(held(day(2015, 1, 1), id(2)));
        d.postings[0].value = id(4);
    }),
    ("posting-in-future", |d| d.postings.push(held(today().plus_days(1), id(2)))),
    ("standing-in-future", |d| d.standings.push(held(today().plus_days(1), 3))),
    ("standing-after-death", |d| {
        d.standings[1] = Held { from: day(2011, 5, 19), to: day(2020, 1, 1), value: 7 };
        d.standings.push(held(day(2020, 1, 1), 2));
    }),
    ("file-number-malformed", |d| d.profile.file_no = "12345HCM".into()),
    ("name-spaces", |d| d.profile.full_name = "Trần  Văn An".into()),
    ("posting-before-unit", |d| d.postings[0].value = id(5)),
    ("official-long-after", |d| d.profile.official = Some(day(2011, 7, 19))),
    ("official-day-differs", |d| d.standings[1].from = day(2011, 5, 20)),
    ("standing-before-admission", |d| d.standings[0].from = day(2010, 5, 18)),
    ("exempted-young", |d| d.standings[1].value = 3),
    ("suspended-long", |d| {
        d.standings[1].to = day(2026, 7, 28);
        d.standings.push(held(day(2026, 7, 28), 4));
    }),
    ("returned-without-probation", |d| {
        d.standings[1] = Held { from: day(2011, 5, 19), to: day(2015, 1, 1), value: 6 };
        d.standings.push(held(day(2015, 1, 1), 2));
    }),
    ("name-lower-case", |d| d.profile.full_name = "Trần Văn an".into()),
    ("name-tone", |d| d.profile.full_name = "Trần Văn Qúy".into()),
    ("very-old", |d| {
        d.profile.birth = day(1921, 1, 1);
        d.profile.admitted = Some(day(1945, 5, 19));
    }),
    ("birth-year-only", |d| d.profile.birth_precision = 2),
    ("retired-young", |d| {
        d.profile.birth = day(1990, 3, 2);
        d.levels[3][0].value = 9;
    }),
    ("degree-above-schooling", |d| d.levels[0][0].value = 3),
    ("introducer-self", |d| d.profile.introducers = "Trần Văn An, Lê Thị Bình".into()),
    ("decision-odd", |d| d.profile.admission_decision = "QĐ/QU".into()),
    ("decision-missing-1997", |d| d.profile.admission_decision.clear()),
    ("introducers-missing", |d| d.profile.introducers.clear()),
    ("birth-place-missing", |d| d.profile.birth_place.clear()),
    ("theory-missing-holder", |d| {
        d.profile.person_id = id(8);
        d.levels[2][0].value = 1;
    }),
];

#[test]
fn a_sound_record_has_no_findings() {
    assert_eq!(codes(&sound()), Vec::<&str>::new());
}

#[test]
fn every_check_finds_what_it_is_for() {
    for (code, wrong) in WRONG {
        let mut dossier = sound();
        wrong(&mut dossier);
        let found = codes(&dossier);
        assert!(found.contains(&code), "{code}: {found:?}");
        assert!(found.len() <= 4, "{code}: {found:?}");
    }
}

#[test]
fn mem_01_eighteen_and_sixty_full_years_are_counted_by_the_month() {
    let found = |birth: Day| {
        let mut dossier = sound();
        dossier.profile.birth = birth;
        codes(&dossier)
    };
    // Admitted in May 2010.
    assert_eq!(found(day(1992, 5, 31)), Vec::<&str>::new());
    assert_eq!(found(day(1992, 6, 1)), ["admitted-too-young"]);
    assert_eq!(found(day(1949, 6, 1)), Vec::<&str>::new());
    assert_eq!(found(day(1949, 5, 31)), ["admitted-old"]);
}

#[test]
fn dis_12_suspension_lasts_ninety_days_and_thirty_more() {
    let mut dossier = sound();
    dossier.standings[1].to = today().plus_days(-120);
    dossier.standings.push(held(today().plus_days(-120), 4));
    assert_eq!(codes(&dossier), Vec::<&str>::new());
}

#[test]
fn dos_03_files_must_be_whole_from_the_second_of_june_1997() {
    let found = |admitted: Day| {
        let mut dossier = sound();
        dossier.profile.admission_decision.clear();
        dossier.profile.admitted = Some(admitted);
        let found = codes(&dossier);
        ["decision-missing", "decision-missing-1997"].map(|code| found.contains(&code))
    };
    assert_eq!(found(day(1997, 6, 1)), [true, false]);
    assert_eq!(found(day(1997, 6, 2)), [false, true]);
}

#[test]
fn exi_02_an_exemption_of_a_younger_member_is_a_doubt_after_twelve_months() {
    let found = |birth: Day, since: Day| {
        let mut dossier = sound();
        dossier.profile.birth = birth;
        dossier.standings[1].to = since;
        dossier.standings.push(held(since, 3));
        codes(&dossier).contains(&"exempted-young")
    };
    let year_ago = today().plus_months(-12);
    assert!(found(day(1985, 3, 2), year_ago) && !found(day(1985, 3, 2), year_ago.plus_days(1)));
    assert!(!found(day(1955, 3, 2), year_ago), "old age has no end");
}

#[test]
fn mem_30_twelve_months_of_probation_to_the_day() {
    let mut dossier = sound();
    dossier.profile.official = Some(day(2011, 5, 19));
    assert!(!codes(&dossier).contains(&"official-too-early"));
}

#[test]
fn somebody_who_left_has_no_gaps() {
    let mut dossier = sound();
    dossier.standings[1].value = 7;
    dossier.postings[0].to = day(2020, 1, 1);
    dossier.profile.home_town.clear();
    dossier.profile.identity_hint.clear();
    assert_eq!(codes(&dossier), Vec::<&str>::new());
}

#[test]
fn dpd_33_one_name_in_two_spellings_born_the_same_day_is_a_double() {
    let mut doubles = Doubles::default();
    for (number, name, birth) in [
        (1, "Nguyễn Thị Hoà", day(1980, 1, 1)),
        (2, "nguyễn thị hòa", day(1980, 1, 1)),
        (3, "Nguyễn Thị Hoa", day(1980, 1, 1)),
        (4, "Nguyễn Thị Hòa", day(1980, 1, 2)),
    ] {
        let mut dossier = sound();
        (dossier.profile.person_id, dossier.profile.birth) = (id(number), birth);
        (dossier.profile.full_name, dossier.profile.file_no) = (name.into(), format!("{number}"));
        doubles.add(&dossier);
    }
    let mut found = doubles.clone().found(&Apart::new());
    found.sort_unstable();
    assert_eq!(found, [(id(1), "double"), (id(2), "double")]);
    assert_eq!(doubles.found(&[(id(1), id(2))].into()), [], "two people, as somebody found");
}

#[test]
fn codes_and_words_are_unique() {
    let codes: std::collections::BTreeSet<_> = CHECKS.iter().map(|check| check.code).collect();
    assert_eq!(codes.len(), CHECKS.len());
    assert!(CHECKS.len() >= 60, "{}", CHECKS.len());
    assert!(CHECKS.is_sorted_by_key(|check| check.degree));
    assert!(CHECKS.iter().all(|check| check_of(check.code).is_some_and(|found| found.title == check.title)));
}
