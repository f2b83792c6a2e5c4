//! Reports in the words of the field: a ward made of an old ward, its members before and after, who sees what.

mod crosstab;
mod dashboard;
mod world;
