//! What the level above sees of the months of many branches: counts that add up.

use super::Grade;

/// A branch's month as it is counted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Sum {
    /// Branches that had to meet.
    pub branches: u32,
    /// Met and closed.
    pub met: u32,
    /// Of these closed after the month had ended.
    pub late: u32,
    /// None, with a reason.
    pub excused: u32,
    /// With a thematic part.
    pub thematic: u32,
    /// Members who had to be there.
    pub due: u64,
    /// Were there.
    pub present: u64,
    /// Spoke.
    pub spoke: u64,
    /// Points of all that met.
    pub points: u64,
    /// By grade, the best first.
    pub grades: [u32; 4],
    /// Met with fewer there than the target wants (MTG-06).
    pub below: u32,
    /// Meetings an observer scored, their own points and his.
    pub observed: (u32, u64, u64),
}

/// One branch's month.
#[derive(Clone, Copy, Debug, Default)]
pub struct One {
    /// Closed.
    pub met: bool,
    /// Late.
    pub late: bool,
    /// None with a reason.
    pub excused: bool,
    /// With a thematic part.
    pub thematic: bool,
    /// Had to be there, were there, spoke.
    pub counts: (u16, u16, u16),
    /// Own points, an observer's (0: none).
    pub scores: (u8, u8),
    /// Fewer there than the target wants.
    pub below: bool,
    /// Grade.
    pub grade: Option<Grade>,
}

impl Sum {
    /// With one more branch; nothing for one that reported nothing.
    pub fn add(&mut self, one: Option<One>) {
        self.branches += 1;
        let Some(one) = one else { return };
        self.thematic += u32::from(one.thematic);
        self.excused += u32::from(one.excused);
        if !one.met {
            return;
        }
        self.met += 1;
        self.late += u32::from(one.late);
        self.below += u32::from(one.below);
        let (due, present, spoke) = one.counts;
        self.due += u64::from(due);
        self.present += u64::from(present);
        self.spoke += u64::from(spoke);
        self.points += u64::from(one.scores.0);
        if one.scores.1 > 0 {
            let (count, own, seen) = self.observed;
            self.observed = (count + 1, own + u64::from(one.scores.0), seen + u64::from(one.scores.1));
        }
        let place = Grade::ALL.iter().position(|grade| Some(*grade) == one.grade);
        if let Some(count) = place.and_then(|place| self.grades.get_mut(place)) {
            *count += 1;
        }
    }

    /// Together with another.
    pub fn and(mut self, other: &Self) -> Self {
        self.branches += other.branches;
        self.met += other.met;
        self.late += other.late;
        self.excused += other.excused;
        self.thematic += other.thematic;
        self.due += other.due;
        self.present += other.present;
        self.spoke += other.spoke;
        self.points += other.points;
        self.below += other.below;
        self.observed = (
            self.observed.0 + other.observed.0,
            self.observed.1 + other.observed.1,
            self.observed.2 + other.observed.2,
        );
        self.grades.iter_mut().zip(other.grades).for_each(|(own, other)| *own += other);
        self
    }

    /// Branches that said nothing.
    pub const fn silent(&self) -> u32 {
        self.branches - self.met - self.excused
    }

    /// The average of points, rounded half up.
    pub const fn average(&self) -> Option<u64> {
        if self.met == 0 { None } else { Some((self.points * 2 + self.met as u64) / (2 * self.met as u64)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(points: u8) -> One {
        let grade = if points >= 90 { Some(Grade::Good) } else { Some(Grade::Weak) };
        One { met: true, counts: (10, 9, 5), scores: (points, 0), grade, ..One::default() }
    }

    #[test]
    fn tsk_10_a_sum_is_the_sum_of_its_parts() {
        let (mut left, mut right, mut all) = (Sum::default(), Sum::default(), Sum::default());
        for (at, branch) in
            [Some(one(95)), None, Some(one(40)), Some(One { excused: true, ..One::default() })].into_iter().enumerate()
        {
            if at % 2 == 0 {
                left.add(branch)
            } else {
                right.add(branch)
            }
            all.add(branch);
        }
        assert_eq!(left.and(&right), all);
        assert_eq!((all.branches, all.met, all.excused, all.silent()), (4, 2, 1, 1));
        assert_eq!((all.average(), all.grades), (Some(68), [1, 0, 0, 1]));
        assert_eq!(Sum::default().average(), None);
    }
}
