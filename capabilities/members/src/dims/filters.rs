//! Conditions on members in addresses: read, written, put into questions.

use chibo_census::{Codes, Query, UnitNo};
use chibo_kernel::{Id, Unit};
use chibo_web::Pairs;

use super::{Dimension, Names};

/// Codes stay below this; larger ones in an address are not read.
const CODE_END: u32 = 4096;

/// Conditions on members, as addresses carry them.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Filters(Vec<(Dimension, Vec<u32>)>);

impl Filters {
    /// Reads the `f=<key>:<code>` pairs of a question about a unit; what cannot be read, and children of another unit,
    /// are left out.
    pub fn read(query: &Pairs, unit: Id<Unit>) -> Self {
        let mut filters = Self::default();
        for (key, code) in query.all("f").filter_map(|pair| pair.split_once(':')) {
            let (key, of) = key.split_once('.').unwrap_or((key, ""));
            if !of.is_empty() && of.parse() != Ok(unit) {
                continue;
            }
            if let (Some(dimension), Ok(code)) = (Dimension::from_key(key), code.parse()) {
                filters.add(dimension, code);
            }
        }
        filters
    }

    /// Adds an alternative.
    pub fn add(&mut self, dimension: Dimension, code: u32) {
        if code >= CODE_END {
            return;
        }
        match self.0.iter_mut().find(|(known, _)| *known == dimension) {
            Some((_, codes)) if codes.contains(&code) => {}
            Some((_, codes)) => codes.push(code),
            None => self.0.push((dimension, vec![code])),
        }
    }

    /// Without any condition on the dimension.
    #[must_use]
    pub fn without(&self, dimension: Dimension) -> Self {
        Self(self.0.iter().filter(|(known, _)| *known != dimension).cloned().collect())
    }

    /// Without one alternative.
    #[must_use]
    pub fn less(&self, dimension: Dimension, code: u32) -> Self {
        let mut left = Self::default();
        self.each().filter(|pair| *pair != (dimension, code)).for_each(|(known, kept)| left.add(known, kept));
        left
    }

    /// Whether there is no condition.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether there is a condition on the dimension.
    pub fn has(&self, dimension: Dimension) -> bool {
        self.0.iter().any(|(known, _)| *known == dimension)
    }

    /// Whether a condition is on something sensitive (STA-04).
    pub fn is_sensitive(&self) -> bool {
        self.0.iter().any(|(dimension, _)| dimension.is_sensitive())
    }

    /// Every condition with every alternative.
    pub fn each(&self) -> impl Iterator<Item = (Dimension, u32)> + '_ {
        self.0.iter().flat_map(|(dimension, codes)| codes.iter().map(|code| (*dimension, *code)))
    }

    /// As the end of a query string about the unit: `&f=sex:2&f=theory:4`, or nothing.
    pub fn address(&self, unit: Id<Unit>) -> String {
        self.each().map(|(dimension, code)| condition(dimension, code, unit)).collect()
    }

    /// Puts the conditions into a question about a unit.
    #[must_use]
    pub fn on(&self, mut query: Query, unit: UnitNo) -> Query {
        let sets = self.0.iter().map(|(dimension, codes)| (dimension.dim(unit), Codes::of(codes)));
        query.filters.extend(sets);
        query
    }

    /// In words: `Giới tính: Nữ; Lý luận chính trị: Cao cấp, Cử nhân`.
    pub fn text(&self, names: &Names<'_>) -> String {
        let one = |(dimension, codes): &(Dimension, Vec<u32>)| {
            let codes: Vec<_> = codes.iter().map(|code| dimension.code_name(*code, names)).collect();
            format!("{}: {}", dimension.name(names.w), codes.join(", "))
        };
        self.0.iter().map(one).collect::<Vec<_>>().join("; ")
    }
}

/// One condition as the end of a query string about the unit: `&f=sex:2`.
pub fn condition(dimension: Dimension, code: u32, unit: Id<Unit>) -> String {
    match dimension {
        Dimension::Child => format!("&f=child.{unit}:{code}"),
        _ => format!("&f={}:{code}", dimension.key()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use chibo_census::Dim;
    use chibo_kernel::{AsOf, Day};

    #[test]
    fn filters_are_read_and_written_alike() {
        let (unit, other): (Id<Unit>, Id<Unit>) = (Id::from_bytes([7; 16]), Id::from_bytes([8; 16]));
        let read = |text: &str| Filters::read(&Pairs::parse(text), unit);
        let filters = read("unit=1&f=sex:2&f=theory:4&f=theory:5&f=sex:2&f=bad:1&f=sex:x&f=age:99999999&age=3&f=age:3");
        assert_eq!(filters.address(unit), "&f=sex:2&f=theory:4&f=theory:5&f=age:3");
        assert_eq!(read(&filters.address(unit)), filters);
        assert_eq!(filters.less(Dimension::Theory, 4).address(unit), "&f=sex:2&f=theory:5&f=age:3");
        assert_eq!(filters.without(Dimension::Theory).address(unit), "&f=sex:2&f=age:3");
        assert!(!filters.is_sensitive() && read("f=religion:3").is_sensitive());
        let child = read("f=child:3");
        assert_eq!(child.address(unit), format!("&f=child.{unit}:3"));
        assert_eq!(read(&child.address(unit)), child);
        assert!(read(&child.address(other)).is_empty());
        let query = filters.on(Query::at(AsOf::on(Day::PARTY_FOUNDED)), 7);
        assert_eq!(query.filters.len(), 3);
        assert_eq!(query.filters[1], (Dim::Theory, Codes::of(&[4, 5])));
    }
}
