use super::*;
use proptest::prelude::*;

fn figures(gathering: Gathering, summoned: u32, present: u32) -> Figures {
    let (issued, returned, valid) = (present, present, present);
    Figures { gathering, summoned, barred: 0, elsewhere: 0, excused: 0, present, issued, returned, valid }
}

fn keys(figures: &Figures, votes: &[u32], seats: u32) -> Vec<(String, &'static str)> {
    let issues = check_figures(figures, votes, seats);
    issues.into_iter().map(|issue| (issue.field.unwrap_or_default(), issue.said.key)).collect()
}

#[test]
fn x_03_x_04_x_05_who_is_taken_out_depends_on_who_votes() {
    let count = |gathering| {
        let all = Figures { barred: 1, elsewhere: 2, excused: 3, ..figures(gathering, 30, 20) };
        let denominator = all.denominator();
        (denominator.rule(), denominator.count(), denominator.voters())
    };
    assert_eq!(count(Gathering::Congress), ("X-03", 24, 20));
    assert_eq!(count(Gathering::Meeting), ("X-03", 27, 20));
    assert_eq!(count(Gathering::Committee), ("X-05", 27, 20));
    assert_eq!(count(Gathering::Delegates), ("X-04", 24, 20));
}

#[test]
fn x_06_half_of_those_summoned_is_not_more_than_half() {
    let found = |votes| outcomes(&figures(Gathering::Congress, 30, 20), &[votes], 1).unwrap();
    assert_eq!(found(15), [Outcome::Short], "more than half of those present is not enough");
    assert_eq!(found(16), [Outcome::Elected]);
}

#[test]
fn ele_05_equal_votes_for_the_last_seat_are_voted_on_again() {
    let found = |votes: &[u32], seats| outcomes(&figures(Gathering::Congress, 20, 20), votes, seats).unwrap();
    use Outcome::{Beaten, Elected, Short, Tied};
    assert_eq!(found(&[18, 15, 15, 10], 2), [Elected, Tied, Tied, Short]);
    assert_eq!(found(&[18, 16, 15, 15], 2), [Elected, Elected, Beaten, Beaten]);
    assert_eq!(found(&[12, 12, 12], 2), [Tied, Tied, Tied]);
    assert_eq!(found(&[12, 11], 3), [Elected, Elected]);
}

#[test]
fn ele_15_figures_must_add_up_and_say_where_they_do_not() {
    let good = figures(Gathering::Congress, 20, 18);
    assert!(keys(&good, &[18, 10], 2).is_empty());
    let field = |figures: Figures, votes: &[u32]| keys(&figures, votes, 1).into_iter().map(|(field, _)| field);
    assert!(field(Figures { issued: 19, ..good }, &[1]).eq(["issued"]));
    assert!(field(Figures { returned: 19, ..good }, &[1]).eq(["returned"]));
    assert!(field(Figures { valid: 19, ..good }, &[1]).eq(["valid"]));
    assert!(field(good, &[1, 19]).eq(["votes-2"]));
    assert!(field(good, &[10, 9]).eq(["valid"]), "more choices than ballots allow");
    assert!(field(Figures { barred: 1, elsewhere: 1, excused: 1, ..good }, &[1]).eq(["present"]));
    assert!(field(Figures { summoned: 0, ..good }, &[1]).eq(["summoned"]));
    assert!(field(Figures { summoned: u32::MAX, ..good }, &[1]).eq(["summoned"]));
}

proptest! {
    /// Whatever the count: never more elected than seats, each by more than half, and nobody passed over who had more.
    #[test]
    fn x_06_x_12_the_elected_are_the_best_of_those_with_more_than_half(
        summoned in 1..60u32, present in 1..60u32, votes in proptest::collection::vec(0..60u32, 1..9), seats in 1..6u32,
    ) {
        let present = present.min(summoned);
        let votes: Vec<u32> = votes.into_iter().map(|count| count.min(present)).collect();
        let all = figures(Gathering::Congress, summoned, present);
        let found = outcomes(&all, &votes, seats).unwrap();
        let elected = votes.iter().zip(&found).filter(|(_, found)| **found == Outcome::Elected);
        let elected: Vec<u32> = elected.map(|(votes, _)| *votes).collect();
        prop_assert!(elected.len() <= seats as usize);
        prop_assert!(elected.iter().all(|count| 2 * count > summoned));
        for (count, outcome) in votes.iter().zip(&found) {
            prop_assert_eq!(*outcome == Outcome::Short, 2 * count <= summoned);
            if matches!(outcome, Outcome::Beaten | Outcome::Tied) {
                prop_assert!(elected.iter().all(|other| other > count));
            }
        }
        let passed = votes.iter().filter(|count| 2 * **count > summoned).count();
        if passed <= seats as usize {
            prop_assert_eq!(elected.len(), passed);
        }
    }

    /// A count that passes the check is never refused by the kernel.
    #[test]
    fn ele_15_what_adds_up_can_be_decided(
        numbers in proptest::array::uniform8(0..40u32),
        votes in proptest::collection::vec(0..40u32, 1..5),
        which in 0..4usize,
    ) {
        let [summoned, barred, elsewhere, excused, present, issued, returned, valid] = numbers;
        let gathering = Gathering::ALL[which];
        let all = Figures { gathering, summoned, barred, elsewhere, excused, present, issued, returned, valid };
        if check_figures(&all, &votes, 2).is_empty() {
            prop_assert!(outcomes(&all, &votes, 2).is_ok());
        }
    }
}
