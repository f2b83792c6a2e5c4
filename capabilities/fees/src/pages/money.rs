//! Amounts as people type them.

/// An amount in đồng: digits, perhaps in groups of three; `Ok(None)` when nothing was typed.
///
/// # Errors
/// When it is not a whole amount.
pub(crate) fn parse(text: &str) -> Result<Option<i64>, ()> {
    let text = text.trim().to_lowercase();
    let text = ["đồng", "vnd", "vnđ", "đ"].iter().fold(text.as_str(), |text, unit| text.trim_end_matches(unit).trim());
    if text.is_empty() {
        return Ok(None);
    }
    let (minus, digits) = text.strip_prefix(['-', '−']).map_or((false, text), |rest| (true, rest.trim()));
    let groups: Vec<&str> = digits.split(['.', ',', ' ', '\u{a0}']).collect();
    let all_digits = groups.iter().all(|group| !group.is_empty() && group.bytes().all(|byte| byte.is_ascii_digit()));
    let grouped = match groups.as_slice() {
        [_] => true,
        [first, rest @ ..] => first.len() <= 3 && rest.iter().all(|group| group.len() == 3),
        [] => false,
    };
    let joined = groups.concat();
    if !all_digits || !grouped || joined.len() > 13 {
        return Err(());
    }
    let amount: i64 = joined.parse().map_err(|_| ())?;
    Ok(Some(if minus { -amount } else { amount }))
}

#[cfg(test)]
mod tests {
    use super::parse;

    #[test]
    fn amounts_are_read_as_people_write_them_and_never_guessed() {
        for (text, amount) in [
            ("15930", 15_930),
            ("15.930", 15_930),
            ("15,930", 15_930),
            ("1 500 000 đồng", 1_500_000),
            ("5.000đ", 5_000),
            ("-5", -5),
        ] {
            assert_eq!(parse(text), Ok(Some(amount)), "{text}");
        }
        assert_eq!(parse("  "), Ok(None));
        for odd in ["15.93", "15,930.5", "năm nghìn", "1..000", "12345678901234", "1.0000"] {
            assert_eq!(parse(odd), Err(()), "{odd}");
        }
    }
}
