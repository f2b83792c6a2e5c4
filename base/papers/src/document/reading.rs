//! In which order and as what the texts of a paper are read: what programs that read aloud follow (tagged PDF).

use super::body::Para;

/// What a part of a document is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(super) enum Role {
    /// A paragraph.
    #[default]
    Para,
    /// The type of the document: its first heading.
    Kind,
    /// A heading inside the content.
    Title,
    /// A list.
    List,
    /// An item of a list.
    Item,
    /// What stands in an item.
    ItemBody,
    /// A table.
    Table,
    /// The heading row of a table.
    Heads,
    /// The other rows.
    Rows,
    /// A row.
    Row,
    /// A heading cell.
    Head,
    /// A cell.
    Cell,
}

impl Role {
    /// A cell is there even without text, else its row would be shorter than the others.
    pub fn is_cell(self) -> bool {
        matches!(self, Self::Head | Self::Cell)
    }
}

/// A part of the document.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    pub role: Role,
    /// Number of the part it belongs to; none for those of the document itself.
    pub within: Option<usize>,
    /// What a heading says; empty for everything else.
    pub text: String,
}

/// The parts in the order in which they are read: each stands after the one it belongs to.
#[derive(Debug, Default)]
pub(super) struct Reading {
    pub parts: Vec<Part>,
    /// The list that the next item goes into.
    list: Option<usize>,
}

impl Reading {
    /// Adds a part; gives its number.
    pub fn add(&mut self, role: Role, within: Option<usize>) -> usize {
        if within.is_none() {
            self.list = None;
        }
        self.parts.push(Part { role, within, text: String::new() });
        self.parts.len() - 1
    }

    /// Adds a paragraph; gives the number of the part its lines are. Items next to each other are one list.
    pub fn para(&mut self, para: &Para) -> usize {
        if para.role == Role::Item {
            let list = self.list.unwrap_or_else(|| self.add(Role::List, None));
            self.list = Some(list);
            let item = self.add(Role::Item, Some(list));
            return self.add(Role::ItemBody, Some(item));
        }
        let at = self.add(para.role, None);
        if let Some(part) = self.parts.last_mut().filter(|part| matches!(part.role, Role::Kind | Role::Title)) {
            part.text = para.runs.iter().map(|run| run.text.replace('\n', " ")).collect();
        }
        at
    }
}
