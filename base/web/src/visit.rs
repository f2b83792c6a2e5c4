//! One request, as a page function sees it.

use std::net::IpAddr;
use std::path::PathBuf;
use std::sync::Arc;

use chibo_kernel::{AsOf, Day, Id, Moment, Permission, Problem, Said, Unit, Viewer};
use chibo_store::{Entry, Op, Tx};

use crate::cookies::Look;
use crate::house::House;
use crate::html;
use crate::reply::Reply;
use crate::shell::{self, Head};
use crate::takeout::Columns;
use crate::words::{Lang, Tongue};

/// Decoded `name=value` pairs of a query or a form, in order; names may repeat.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Pairs(pub Vec<(String, String)>);

impl Pairs {
    /// Reads `a=1&b=2`.
    pub fn parse(text: &str) -> Self {
        let pair = |p: &str| {
            let (name, value) = p.split_once('=').unwrap_or((p, ""));
            (html::decode(name), html::decode(value))
        };
        Self(text.split('&').filter(|p| !p.is_empty()).map(pair).collect())
    }

    /// The first value of a name; empty text when absent.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|(n, _)| n == name).map_or("", |(_, v)| v.as_str())
    }

    /// The first non-empty value of a name.
    pub fn some(&self, name: &str) -> Option<&str> {
        Some(self.get(name)).filter(|v| !v.is_empty())
    }

    /// All values of a name.
    pub fn all<'p>(&'p self, name: &'p str) -> impl Iterator<Item = &'p str> {
        self.0.iter().filter(move |(n, _)| n == name).map(|(_, v)| v.as_str())
    }

    /// A day typed in any usual form, or as three fields `name-day`, `name-month`, `name-year`.
    pub fn day(&self, name: &str, today: Day) -> Result<Option<Day>, Problem> {
        let part = |p: &str| self.get(&format!("{name}-{p}")).trim().to_owned();
        let (d, m, y) = (part("day"), part("month"), part("year"));
        let text = if d.is_empty() && m.is_empty() && y.is_empty() {
            self.get(name).trim().to_owned()
        } else {
            format!("{d}/{m}/{y}")
        };
        if text.is_empty() {
            return Ok(None);
        }
        let day = Day::from_typed(&text, today);
        day.map(Some).ok_or_else(|| Problem::field(name, Said::new("form-bad-day").with("text", text)))
    }

    /// As a query string, with some names replaced or (empty value) removed.
    pub fn with(&self, changes: &[(&str, &str)]) -> String {
        let kept = self.0.iter().filter(|(n, v)| !v.is_empty() && !changes.iter().any(|(c, _)| c == n));
        let kept = kept.map(|(n, v)| (n.as_str(), v.as_str()));
        let added = changes.iter().copied().filter(|(_, v)| !v.is_empty());
        let pairs: Vec<_> =
            kept.chain(added).map(|(n, v)| format!("{}={}", html::encode(n), html::encode(v))).collect();
        if pairs.is_empty() { String::new() } else { format!("?{}", pairs.join("&")) }
    }
}

/// A file that came with a form; it lies in the work folder until the page takes or drops it.
#[derive(Debug)]
pub struct Upload {
    /// Form field.
    pub field: String,
    /// The name the person's machine gave it (never used as a path).
    pub name: String,
    /// Where it lies.
    pub path: PathBuf,
    /// Bytes.
    pub size: u64,
}

impl Drop for Upload {
    /// What no page took is not wanted: a refused form leaves nothing behind.
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.path);
    }
}

/// One request.
pub struct Visit<'a> {
    /// The program.
    pub house: &'a House,
    /// Who asks.
    pub viewer: Arc<crate::house::Signed>,
    /// How they want to read.
    pub look: Look,
    /// Words in their language.
    pub w: Tongue<'a>,
    /// Values of `{names}` in the path.
    pub path: Pairs,
    /// Query.
    pub query: Pairs,
    /// Form.
    pub form: Pairs,
    /// Files of a form.
    pub files: Vec<Upload>,
    /// Path and query as asked.
    pub url: String,
    /// Path alone.
    pub place: String,
    /// Only the main part is wanted (htmx).
    pub partial: bool,
    /// Where from.
    pub address: Option<IpAddr>,
    /// The session token, if any.
    pub token: Option<String>,
    /// The visit cookie (binds forms before sign-in).
    pub visit: String,
    /// The moment of the request.
    pub now: Moment,
    /// Which columns of a list that goes out are wanted.
    pub columns: Columns,
}

impl<'a> Visit<'a> {
    /// A request nobody sends: work behind the pages asks for an address as somebody.
    pub(crate) fn behind(house: &'a House, viewer: Arc<crate::house::Signed>, lang: Lang, url: &str) -> Self {
        let (place, query) = url.split_once('?').unwrap_or((url, ""));
        Self {
            house,
            viewer,
            look: Look { lang, size: 0, contrast: false },
            w: house.words.tongue(lang),
            path: Pairs::default(),
            query: Pairs::parse(query),
            form: Pairs::default(),
            files: Vec::new(),
            url: url.to_owned(),
            place: place.to_owned(),
            partial: false,
            address: None,
            token: None,
            visit: String::new(),
            now: house.db.now(),
            columns: Columns::All,
        }
    }

    /// The rows of the page the address asks for (`after=`), of a list of `all` with `most` on a page.
    pub fn rows(&self, all: usize, most: usize) -> std::ops::Range<usize> {
        let start = self.query.get("after").parse().unwrap_or(0usize).min(all);
        start..start.saturating_add(most).min(all)
    }

    /// The viewer.
    pub fn who(&self) -> &Viewer {
        &self.viewer.viewer
    }

    /// Who made a sheet and when, as its head says it.
    pub fn made_by(&self) -> String {
        format!("{}, {}", self.who().name, self.w.moment(self.now))
    }

    /// Today in Vietnam.
    pub fn today(&self) -> Day {
        self.now.day()
    }

    /// An id in the path; absent when it is not one.
    pub fn id<T>(&self, name: &str) -> Result<Id<T>, Problem> {
        self.path.get(name).parse().map_err(|_| Problem::NotFound)
    }

    /// The asked day and knowledge (`?day=…&known=…`), today by default. Days after today are today.
    pub fn as_of(&self) -> AsOf {
        let today = self.today();
        let read = |name: &str| self.query.some(name).and_then(|t| Day::from_typed(t, today)).filter(|d| *d <= today);
        let known = read("known").filter(|d| *d < today).map_or(Moment::FOREVER, Moment::end_of);
        AsOf { day: read("day").unwrap_or(today), known }
    }

    /// Checks a permission on a unit by where it stands today.
    pub fn permit(&self, permission: Permission, unit: Id<Unit>) -> Result<(), Problem> {
        self.who().permit(permission, unit, &*self.house.db.places())
    }

    /// Reads on one snapshot.
    pub fn read<T>(&self, work: impl FnOnce(&mut Tx<'_>) -> Result<T, Problem>) -> Result<T, Problem> {
        self.house.db.read(work)
    }

    /// Writes as the viewer; the same form sent again counts once ([`crate::once`]).
    pub fn write<T>(&self, mut work: impl FnMut(&mut Op<'_, '_>) -> Result<T, Problem>) -> Result<T, Problem> {
        if matches!(self.columns, Columns::Offered(_)) {
            // Only the headings of a list are asked: what it would record is undone with everything else.
            let mut kept = None;
            let undone = self.house.db.write(self.who(), |op| -> Result<(), Problem> {
                kept = Some(work(op)?);
                Err(Problem::Fault("only asked for its columns".into()))
            });
            return kept.ok_or_else(|| undone.err().unwrap_or(Problem::NotFound));
        }
        let value = self.house.db.write(self.who(), |op| {
            crate::once::claim(&self.form, op)?;
            work(op)
        })?;
        self.house.duties.touched(self.who().account, self.house.db.now());
        Ok(value)
    }

    /// Records an act that changes nothing else, in a write of its own.
    pub fn record(&self, entry: Entry) -> Result<(), Problem> {
        self.write(|op| {
            op.record(entry.clone());
            Ok(())
        })
    }

    /// Records that a list or a paper of a unit left the program (DPD-12), with its facts.
    pub fn taken_out(&self, unit: Id<Unit>, action: &'static str, facts: &serde_json::Value) -> Result<(), Problem> {
        let detail = facts.to_string();
        self.record(Entry { stream: *unit.bytes(), action, unit: Some(unit), subject: None, detail })
    }

    /// The token every form of this visitor carries as `_form`.
    pub fn form_token(&self) -> String {
        crate::cookies::form_token(
            self.house.db.keys(),
            self.token.as_deref().unwrap_or(&self.visit),
            self.house.db.random(),
        )
    }

    /// The key of a form that is sent to an address, for one that is made elsewhere than by [`crate::Form`].
    pub fn form_key(&self, action: &str) -> String {
        crate::once::key(self, action)
    }

    /// A page: the template's output dressed in the shell (or bare for a partial request).
    pub fn page(&self, head: Head, content: &impl askama::Template) -> Result<Reply, Problem> {
        self.page_with(200, head, content)
    }

    /// A page with a status (422 for a form with errors).
    pub fn page_with(&self, status: u16, head: Head, content: &impl askama::Template) -> Result<Reply, Problem> {
        let body = content.render().map_err(Problem::fault)?;
        shell::dress(self, status, head, &body)
    }

    /// A page whose content is HTML already.
    pub fn page_html(&self, status: u16, head: Head, body: &str) -> Result<Reply, Problem> {
        shell::dress(self, status, head, body)
    }
}
