//! One row as facts of a unit.

use chibo_kernel::text::fold;
use chibo_kernel::{Day, Said};
use chibo_papers::Cells;

use super::at;
use crate::kinds::{DECLARED, Kind, Setting};
use crate::rules::{Facts, check_code};

/// A row that could be read.
#[derive(Clone, Debug)]
pub(super) struct Read {
    pub facts: Facts,
    /// Dotted code of the unit above; empty for none given.
    pub parent: String,
    /// The day it holds from, if given.
    pub from: Option<Day>,
}

fn key(text: &str) -> String {
    fold(text).chars().filter(|c| c.is_alphanumeric()).collect()
}

/// A kind by its code or any name it ever had.
pub fn kind_named(text: &str) -> Option<Kind> {
    let wanted = key(text);
    let named = |kind: &&Kind| {
        let names = DECLARED.iter().find(|declared| declared.kind == **kind).map(|declared| declared.names);
        names.unwrap_or_default().iter().any(|name| key(name.value.vi) == wanted || key(name.value.en) == wanted)
    };
    Kind::from_code(text).or_else(|| Kind::ALL.iter().find(named).copied())
}

/// A setting by its code or name, or a part of the name between commas.
pub fn setting_named(text: &str) -> Option<Setting> {
    let wanted = key(text);
    let whole = |s: &&Setting| key(s.vi()) == wanted || key(s.en()) == wanted || key(s.code()) == wanted;
    let part = |s: &&Setting| s.vi().split(',').any(|part| key(part) == wanted);
    Setting::ALL.iter().find(whole).or_else(|| Setting::ALL.iter().find(part)).copied()
}

/// Reads a row; what is wrong is noted in its cells.
pub(super) fn read(cells: &mut Cells) -> Option<Read> {
    let owned = |cells: &Cells, column| cells.text(column).unwrap_or_default().to_owned();
    let code = coded(cells, at::CODE);
    let parent = coded(cells, at::PARENT);
    let (name, short) = (owned(cells, at::NAME), owned(cells, at::SHORT));
    let kind_text = owned(cells, at::KIND);
    let kind = kind_named(&kind_text);
    if kind.is_none() && !kind_text.is_empty() {
        cells.error(at::KIND, Said::new("units-import-kind").with("text", &kind_text));
    }
    let setting_text = owned(cells, at::SETTING);
    let setting = setting_named(&setting_text);
    if setting.is_none() && !setting_text.is_empty() {
        cells.error(at::SETTING, Said::new("units-import-setting").with("text", &setting_text));
    }
    let short = if short.is_empty() { name.clone() } else { short };
    let from = cells.day(at::FROM);
    let facts = Facts { name, short, kind: kind?, setting: setting?, code: code? };
    (!cells.refused()).then_some(Read { facts, parent: parent?, from })
}

/// A code in its dotted form; a wrong one is noted.
pub(super) fn coded(cells: &mut Cells, column: usize) -> Option<String> {
    let text = cells.text(column).unwrap_or_default().to_owned();
    match check_code(&text) {
        Ok(code) => Some(code),
        Err(issue) => {
            cells.error(column, issue.said);
            None
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn kinds_and_settings_go_by_code_and_by_every_name() {
        for (text, expected) in [
            ("DBCS", Kind::Base),
            ("Đảng bộ cơ sở", Kind::Base),
            ("chi bo", Kind::Branch),
            ("Chi bộ trực thuộc đảng ủy cơ sở", Kind::Branch),
            ("Party group", Kind::Group),
        ] {
            assert_eq!(kind_named(text), Some(expected), "{text}");
        }
        assert_eq!(kind_named("hội"), None);
        for (text, expected) in [
            ("phường", Setting::Ward),
            ("Khu phố", Setting::Quarter),
            ("ấp", Setting::Hamlet),
            ("Trường học", Setting::School),
            ("state-enterprise", Setting::StateEnterprise),
        ] {
            assert_eq!(setting_named(text), Some(expected), "{text}");
        }
        assert_eq!(setting_named(""), None);
    }
}
