//! What changed between two texts, line by line: a longest common subsequence of lines stays, the rest was taken out
//! or put in.

/// What became of a line.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// In both texts.
    Kept,
    /// Only in the old one.
    Removed,
    /// Only in the new one.
    Added,
}

/// A line with what became of it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Piece<'t> {
    /// What became of it.
    pub change: Change,
    /// The line, without its end.
    pub line: &'t str,
}

/// A line of the old text beside one of the new; one side is empty where nothing corresponds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Beside<'t> {
    /// The old line.
    pub old: Option<&'t str>,
    /// The new line.
    pub new: Option<&'t str>,
    /// The line stayed as it was.
    pub kept: bool,
}

/// More comparisons than this are not made: then everything between the common ends counts as replaced.
const MOST_CELLS: usize = 4_000_000;

/// The lines of both texts in one order: those kept or removed are the old text, those kept or added the new one.
/// As many lines as possible are kept.
pub fn lines<'t>(old: &'t str, new: &'t str) -> Vec<Piece<'t>> {
    let (old, new): (Vec<&'t str>, Vec<&'t str>) = (old.lines().collect(), new.lines().collect());
    let head = old.iter().zip(&new).take_while(|(a, b)| a == b).count();
    let (old_rest, new_rest) = (&old[head..], &new[head..]);
    let tail = old_rest.iter().rev().zip(new_rest.iter().rev()).take_while(|(a, b)| a == b).count();
    let (old_middle, old_tail) = old_rest.split_at(old_rest.len() - tail);
    let new_middle = &new_rest[..new_rest.len() - tail];
    let mut pieces = Vec::with_capacity(old.len() + new.len());
    extend(&mut pieces, Change::Kept, &old[..head]);
    if old_middle.len().saturating_mul(new_middle.len()) > MOST_CELLS {
        extend(&mut pieces, Change::Removed, old_middle);
        extend(&mut pieces, Change::Added, new_middle);
    } else {
        walk(&mut pieces, old_middle, new_middle);
    }
    extend(&mut pieces, Change::Kept, old_tail);
    pieces
}

fn extend<'t>(pieces: &mut Vec<Piece<'t>>, change: Change, lines: &[&'t str]) {
    pieces.extend(lines.iter().copied().map(|line| Piece { change, line }));
}

/// The length of the longest common subsequence of every pair of ends, row by row; one row and column more than lines.
fn lengths(old: &[&str], new: &[&str]) -> Vec<u32> {
    let width = new.len() + 1;
    let mut length = vec![0u32; (old.len() + 1) * width];
    for (row, old_line) in old.iter().enumerate().rev() {
        for (column, new_line) in new.iter().enumerate().rev() {
            let below = (row + 1) * width + column;
            length[row * width + column] = if old_line == new_line {
                length[below + 1] + 1
            } else {
                length[below].max(length[row * width + column + 1])
            };
        }
    }
    length
}

/// Goes through both, keeping what the lengths allow; of two ways the one that removes first.
fn walk<'t>(pieces: &mut Vec<Piece<'t>>, old: &[&'t str], new: &[&'t str]) {
    let (length, width) = (lengths(old, new), new.len() + 1);
    let (mut row, mut column) = (0, 0);
    while row < old.len() && column < new.len() {
        let change = if old[row] == new[column] {
            Change::Kept
        } else if length[(row + 1) * width + column] >= length[row * width + column + 1] {
            Change::Removed
        } else {
            Change::Added
        };
        let line = if change == Change::Added { new[column] } else { old[row] };
        pieces.push(Piece { change, line });
        row += usize::from(change != Change::Added);
        column += usize::from(change != Change::Removed);
    }
    extend(pieces, Change::Removed, &old[row..]);
    extend(pieces, Change::Added, &new[column..]);
}

/// The pieces as two columns: what was removed beside what was added in its place.
pub fn beside<'t>(pieces: &[Piece<'t>]) -> Vec<Beside<'t>> {
    let mut rows: Vec<Beside<'t>> = Vec::with_capacity(pieces.len());
    let (mut removed, mut added): (Vec<&'t str>, Vec<&'t str>) = (Vec::new(), Vec::new());
    for piece in pieces {
        match piece.change {
            Change::Removed => removed.push(piece.line),
            Change::Added => added.push(piece.line),
            Change::Kept => {
                settle(&mut rows, &mut removed, &mut added);
                rows.push(Beside { old: Some(piece.line), new: Some(piece.line), kept: true });
            }
        }
    }
    settle(&mut rows, &mut removed, &mut added);
    rows
}

fn settle<'t>(rows: &mut Vec<Beside<'t>>, removed: &mut Vec<&'t str>, added: &mut Vec<&'t str>) {
    for at in 0..removed.len().max(added.len()) {
        let (old, new) = (removed.get(at).copied(), added.get(at).copied());
        rows.push(Beside { old, new, kept: false });
    }
    removed.clear();
    added.clear();
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn of(pieces: &[Piece<'_>], left_out: Change) -> Vec<String> {
        pieces.iter().filter(|p| p.change != left_out).map(|p| p.line.to_owned()).collect()
    }

    /// The length by trying everything.
    fn longest(old: &[&str], new: &[&str]) -> usize {
        match (old.split_first(), new.split_first()) {
            (Some((a, old)), Some((b, new))) if a == b => 1 + longest(old, new),
            (Some((_, old_rest)), Some((_, new_rest))) => longest(old_rest, new).max(longest(old, new_rest)),
            _ => 0,
        }
    }

    fn text() -> impl Strategy<Value = String> {
        proptest::collection::vec(proptest::sample::select(vec!["một", "hai", "ba"]), 0..8)
            .prop_map(|lines| lines.join("\n"))
    }

    #[test]
    fn a_changed_line_stands_beside_what_it_was() {
        let pieces = lines("Điều 1\nHọp mỗi tháng\nĐiều 3", "Điều 1\nHọp hai lần mỗi tháng\nĐiều 3\nĐiều 4");
        let rows: Vec<_> = beside(&pieces).into_iter().filter(|row| !row.kept).map(|row| (row.old, row.new)).collect();
        assert_eq!(rows, [(Some("Họp mỗi tháng"), Some("Họp hai lần mỗi tháng")), (None, Some("Điều 4"))]);
    }

    #[test]
    fn texts_too_long_to_compare_are_replaced_between_their_common_ends() {
        let many = |word: &str| format!("đầu\n{}cuối", format!("{word}\n").repeat(2_100));
        let (old, new) = (many("a"), many("b"));
        let pieces = lines(&old, &new);
        assert_eq!(pieces.iter().filter(|p| p.change == Change::Kept).count(), 2);
        assert_eq!(of(&pieces, Change::Added).join("\n"), old);
        assert_eq!(of(&pieces, Change::Removed).join("\n"), new);
    }

    proptest! {
        #[test]
        fn both_texts_are_read_back_and_as_much_as_possible_is_kept(old in text(), new in text()) {
            let pieces = lines(&old, &new);
            prop_assert_eq!(of(&pieces, Change::Added), old.lines().map(str::to_owned).collect::<Vec<_>>());
            prop_assert_eq!(of(&pieces, Change::Removed), new.lines().map(str::to_owned).collect::<Vec<_>>());
            let kept = pieces.iter().filter(|p| p.change == Change::Kept).count();
            let (a, b): (Vec<_>, Vec<_>) = (old.lines().collect(), new.lines().collect());
            prop_assert_eq!(kept, longest(&a, &b));
        }

        #[test]
        fn two_columns_hold_each_text_in_order(old in text(), new in text()) {
            let pieces = lines(&old, &new);
            let rows = beside(&pieces);
            let left: Vec<_> = rows.iter().filter_map(|row| row.old).collect();
            let right: Vec<_> = rows.iter().filter_map(|row| row.new).collect();
            prop_assert_eq!(left, old.lines().collect::<Vec<_>>());
            prop_assert_eq!(right, new.lines().collect::<Vec<_>>());
            prop_assert!(rows.iter().all(|row| row.kept == (row.old == row.new)));
        }

        #[test]
        fn a_text_does_not_differ_from_itself(one in text()) {
            prop_assert!(lines(&one, &one).iter().all(|piece| piece.change == Change::Kept));
        }
    }
}
