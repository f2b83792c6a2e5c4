//! Duties as a calendar file (RFC 5545): one all-day entry each, so that a phone can remind of them.

use std::fmt::Write;

use chibo_kernel::{Day, Moment};

/// One entry.
pub(crate) struct Entry {
    /// The last day.
    pub due: Day,
    /// What is to be done; no personal data, the file leaves the program.
    pub text: String,
    /// Unique and the same each time, so that a later file replaces the entry.
    pub uid: String,
}

/// Octets of a line before it is folded (RFC 5545 §3.1).
const LINE: usize = 75;

/// The file.
pub(crate) fn file(name: &str, made: Moment, entries: &[Entry]) -> String {
    let mut out = String::with_capacity(256 + entries.len() * 256);
    // Stamps are in UTC; days and hours of a moment are Vietnam's, seven hours ahead all year.
    let utc = made.plus_ms(-7 * 3_600_000);
    let (hour, minute) = utc.hour_minute();
    let stamp = format!("{}T{hour:02}{minute:02}00Z", basic(utc.day()));
    line(&mut out, "BEGIN:VCALENDAR");
    line(&mut out, "VERSION:2.0");
    line(&mut out, "PRODID:-//Chi Bo//VI");
    line(&mut out, "CALSCALE:GREGORIAN");
    line(&mut out, &format!("X-WR-CALNAME:{}", escaped(name)));
    for entry in entries {
        line(&mut out, "BEGIN:VEVENT");
        line(&mut out, &format!("UID:{}", entry.uid));
        line(&mut out, &format!("DTSTAMP:{stamp}"));
        line(&mut out, &format!("DTSTART;VALUE=DATE:{}", basic(entry.due)));
        line(&mut out, &format!("DTEND;VALUE=DATE:{}", basic(entry.due.plus_days(1))));
        line(&mut out, &format!("SUMMARY:{}", escaped(&entry.text)));
        line(&mut out, "TRANSP:TRANSPARENT");
        line(&mut out, "END:VEVENT");
    }
    line(&mut out, "END:VCALENDAR");
    out
}

fn basic(day: Day) -> String {
    day.iso().replace('-', "")
}

fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' | ';' | ',' => out.extend(['\\', c]),
            '\n' => out.push_str("\\n"),
            c if c.is_control() => {}
            c => out.push(c),
        }
    }
    out
}

/// Appends a line, folded between characters, never inside one.
fn line(out: &mut String, text: &str) {
    let mut used = 0;
    for c in text.chars() {
        if used + c.len_utf8() > LINE {
            let _ = out.write_str("\r\n ");
            used = 1;
        }
        out.push(c);
        used += c.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_between_letters_and_signs_escaped() {
        let entry = Entry {
            due: Day::from_ymd(2026, 12, 31).unwrap(),
            text: "Đề nghị chuẩn y; chi bộ Khoa Toán, ".repeat(4) + "hết",
            uid: "a@chibo".to_owned(),
        };
        let file = file("Việc hôm nay", Moment(0), &[entry]);
        assert!(file.ends_with("END:VCALENDAR\r\n"));
        assert!(file.split("\r\n").all(|line| line.len() <= LINE), "{file}");
        let whole = file.replace("\r\n ", "");
        assert!(whole.contains("SUMMARY:Đề nghị chuẩn y\\; chi bộ Khoa Toán\\, Đề"), "{whole}");
        assert!(whole.contains("DTSTART;VALUE=DATE:20261231\r\nDTEND;VALUE=DATE:20270101\r\n"));
    }
}
