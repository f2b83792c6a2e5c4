//! Keys by which headings and code names are compared: no marks, no case, letters and digits only.

use chibo_kernel::text::fold;

/// `Số CCCD (*)` → `socccd`.
pub(crate) fn key(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// The key without what stands in brackets: `Ngày sinh (dd/mm/yyyy)` → `ngaysinh`.
pub(crate) fn key_outside_brackets(text: &str) -> String {
    let mut depth = 0_u32;
    let outside: String = text
        .chars()
        .filter(|c| match c {
            '(' | '[' => {
                depth += 1;
                false
            }
            ')' | ']' => {
                depth = depth.saturating_sub(1);
                false
            }
            _ => depth == 0,
        })
        .collect();
    key(&outside)
}

/// The beginning of a value, to be quoted in a message.
pub(crate) fn quoted(text: &str) -> String {
    const MOST: usize = 40;
    let mut short: String = text.chars().map(|c| if c.is_control() { ' ' } else { c }).take(MOST).collect();
    if text.chars().nth(MOST).is_some() {
        short.push('…');
    }
    short
}
