//! Made-up people with real-sounding names: surname, middle and given name by people, sex and generation.

mod kinh;
mod peoples;

use chibo_members::codes::Sex;

use super::seed::Seed;

/// Generation whose fashion in names a person follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Generation {
    /// Born before 1960.
    Old,
    /// Born 1960–1984.
    Middle,
    /// Born since 1985.
    Young,
}

impl Generation {
    /// By the year of birth.
    pub fn born_in(year: i32) -> Self {
        match year {
            ..1960 => Self::Old,
            1960..1985 => Self::Middle,
            1985.. => Self::Young,
        }
    }
}

/// A full name in the usual spelling and order of the person's people (ethnicity by its national number).
pub fn full_name(seed: &mut Seed, ethnicity: u8, sex: Sex, generation: Generation) -> String {
    match ethnicity {
        // Names without a family name in front, as in the former royal family (Bảo Ân).
        1 if seed.below(2_500) == 0 => peoples::royal(seed),
        4 => peoples::hoa(seed, sex),
        5 => peoples::khmer(seed, sex),
        8 => peoples::hmong(seed, sex),
        10 => peoples::gia_rai(seed, sex),
        12 => peoples::e_de(seed, sex),
        16 => peoples::co_ho(seed, sex),
        17 => peoples::cham(seed, sex),
        22 => peoples::xtieng(seed, sex),
        other => kinh::full_name(seed, peoples::surnames(other), sex, generation),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn surnames_follow_the_known_shares() {
        let mut seed = Seed::of(3, 3);
        let names: Vec<_> = (0..20_000).map(|_| full_name(&mut seed, 1, Sex::Male, Generation::Middle)).collect();
        let share = |surname: &str| names.iter().filter(|name| name.starts_with(surname)).count() * 100 / names.len();
        assert!((29..=33).contains(&share("Nguyễn ")), "{}", share("Nguyễn "));
        assert!((9..=13).contains(&share("Trần ")));
        let different: std::collections::HashSet<_> = names.iter().collect();
        assert!(different.len() > 10_000, "{}", different.len());
    }

    #[test]
    fn peoples_keep_their_own_form_of_name() {
        let mut seed = Seed::of(4, 4);
        for _ in 0..200 {
            assert!(full_name(&mut seed, 12, Sex::Female, Generation::Young).starts_with("H'"));
            assert!(full_name(&mut seed, 12, Sex::Male, Generation::Young).starts_with("Y "));
            assert!(full_name(&mut seed, 8, Sex::Male, Generation::Old).split(' ').count() == 3);
            assert!(full_name(&mut seed, 16, Sex::Male, Generation::Old).starts_with("K'"));
        }
        assert!(peoples::royal(&mut seed).split(' ').count() == 2);
    }

    #[test]
    fn names_are_clean_text() {
        let mut seed = Seed::of(5, 5);
        for ethnicity in 1..=55 {
            for sex in [Sex::Male, Sex::Female] {
                for generation in [Generation::Old, Generation::Middle, Generation::Young] {
                    let name = full_name(&mut seed, ethnicity, sex, generation);
                    assert!(name.len() > 3 && name.trim() == name && !name.contains("  "), "{name:?}");
                    assert!(
                        !name.chars().any(|c| ('\u{300}'..'\u{370}').contains(&c)),
                        "composed letters only: {name}"
                    );
                }
            }
        }
    }
}
