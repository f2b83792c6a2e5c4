//! Times of the day as people type them: `19:30`, `19h30`, `19g30`, `1930`, `19`.

/// Minutes of the day; nothing for what is no time.
pub(super) fn minutes(text: &str) -> Option<u32> {
    let text: String = text.trim().to_lowercase().chars().filter(|c| !c.is_whitespace()).collect();
    let parts: Vec<&str> = text.split([':', 'h', 'g', '.']).collect();
    let (hours, rest) = match parts.as_slice() {
        [hours] if hours.len() > 2 => hours.split_at_checked(hours.len() - 2)?,
        [hours] => (*hours, "0"),
        [hours, ""] => (*hours, "0"),
        [hours, rest] => (*hours, *rest),
        _ => return None,
    };
    let (hours, rest): (u32, u32) = (hours.parse().ok()?, rest.parse().ok()?);
    (hours < 24 && rest < 60).then_some(hours * 60 + rest)
}

/// As written: `19:30`.
pub(super) fn text(minutes: u32) -> String {
    format!("{:02}:{:02}", minutes / 60, minutes % 60)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_are_read_as_people_type_them() {
        let read = ["19:30", "19h30", " 19 g 30 ", "1930", "19.30", "7h", "7"].map(minutes);
        assert_eq!(read, [Some(1170), Some(1170), Some(1170), Some(1170), Some(1170), Some(420), Some(420)]);
        assert_eq!(["", "25:00", "12:60", "a", "1:2:3"].map(minutes), [None; 5]);
        assert_eq!(text(1170), "19:30");
    }
}
