//! The few kinds of value both engines share, and how Rust types become them.

use chibo_kernel::{Day, Id, Moment, Person, Problem};
use serde::{Deserialize, Serialize};

/// Column and parameter types that mean the same on both engines.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SqlType {
    /// 64-bit integer (`INTEGER` / `BIGINT`).
    Int,
    /// Text in NFC.
    Text,
    /// Bytes (`BLOB` / `BYTEA`).
    Bytes,
}

/// A value on its way in or out, borrowed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Value<'a> {
    /// Nothing.
    Null,
    /// An integer.
    Int(i64),
    /// Text.
    Text(&'a str),
    /// Bytes.
    Bytes(&'a [u8]),
}

/// A value that outlives its row.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub(crate) enum Own {
    #[serde(rename = "n")]
    Null,
    #[serde(rename = "i")]
    Int(i64),
    #[serde(rename = "t")]
    Text(String),
    #[serde(rename = "b")]
    Bytes(Vec<u8>),
}

impl Own {
    pub(crate) fn of(value: &Value<'_>) -> Self {
        match value {
            Value::Null => Self::Null,
            Value::Int(number) => Self::Int(*number),
            Value::Text(text) => Self::Text((*text).to_owned()),
            Value::Bytes(bytes) => Self::Bytes(bytes.to_vec()),
        }
    }
    pub(crate) fn value(&self) -> Value<'_> {
        match self {
            Self::Null => Value::Null,
            Self::Int(number) => Value::Int(*number),
            Self::Text(text) => Value::Text(text),
            Self::Bytes(bytes) => Value::Bytes(bytes),
        }
    }
    /// The identifier of a person, as a key holds it.
    pub(crate) fn person(id: Id<Person>) -> Self {
        Self::Bytes(id.bytes().to_vec())
    }
}

/// A Rust type that can be a statement parameter.
pub trait Param {
    /// Its SQL type.
    const TYPE: SqlType;
    /// The value to bind.
    fn value(&self) -> Value<'_>;
}

/// A Rust type that can be read from a column.
pub trait Column: Sized {
    /// Its SQL type.
    const TYPE: SqlType;
    /// Whether it can hold NULL.
    const NULLABLE: bool = false;
    /// Reads it; the wrong kind is a fault.
    fn read(value: Value<'_>) -> Result<Self, Problem>;
}

fn wrong(value: Value<'_>, wanted: &str) -> Problem {
    let kind = match value {
        Value::Null => "NULL",
        Value::Int(_) => "integer",
        Value::Text(_) => "text",
        Value::Bytes(_) => "bytes",
    };
    Problem::Fault(format!("the database holds {kind} where {wanted} belongs"))
}

macro_rules! integers {
    ($($t:ty),*) => {$(
        impl Param for $t {
            const TYPE: SqlType = SqlType::Int;
            fn value(&self) -> Value<'_> { Value::Int(i64::from(*self)) }
        }
        impl Column for $t {
            const TYPE: SqlType = SqlType::Int;
            fn read(value: Value<'_>) -> Result<Self, Problem> {
                match value {
                    Value::Int(number) => <$t>::try_from(number).map_err(|_| wrong(value, stringify!($t))),
                    other => Err(wrong(other, stringify!($t))),
                }
            }
        }
    )*};
}
integers!(i64, i32, u32, u16, u8);

impl Param for bool {
    const TYPE: SqlType = SqlType::Int;
    fn value(&self) -> Value<'_> {
        Value::Int(i64::from(*self))
    }
}
impl Column for bool {
    const TYPE: SqlType = SqlType::Int;
    fn read(value: Value<'_>) -> Result<Self, Problem> {
        Ok(i64::read(value)? != 0)
    }
}

impl Param for Day {
    const TYPE: SqlType = SqlType::Int;
    fn value(&self) -> Value<'_> {
        Value::Int(i64::from(self.number()))
    }
}
impl Column for Day {
    const TYPE: SqlType = SqlType::Int;
    fn read(value: Value<'_>) -> Result<Self, Problem> {
        i32::read(value).map(Day::from_number)
    }
}

impl Param for Moment {
    const TYPE: SqlType = SqlType::Int;
    fn value(&self) -> Value<'_> {
        Value::Int(self.0)
    }
}
impl Column for Moment {
    const TYPE: SqlType = SqlType::Int;
    fn read(value: Value<'_>) -> Result<Self, Problem> {
        i64::read(value).map(Moment)
    }
}

impl Param for &str {
    const TYPE: SqlType = SqlType::Text;
    fn value(&self) -> Value<'_> {
        Value::Text(self)
    }
}
impl Param for String {
    const TYPE: SqlType = SqlType::Text;
    fn value(&self) -> Value<'_> {
        Value::Text(self)
    }
}
impl Column for String {
    const TYPE: SqlType = SqlType::Text;
    fn read(value: Value<'_>) -> Result<Self, Problem> {
        match value {
            Value::Text(text) => Ok(text.to_owned()),
            other => Err(wrong(other, "text")),
        }
    }
}

impl Param for &[u8] {
    const TYPE: SqlType = SqlType::Bytes;
    fn value(&self) -> Value<'_> {
        Value::Bytes(self)
    }
}
impl Param for Vec<u8> {
    const TYPE: SqlType = SqlType::Bytes;
    fn value(&self) -> Value<'_> {
        Value::Bytes(self)
    }
}
impl Column for Vec<u8> {
    const TYPE: SqlType = SqlType::Bytes;
    fn read(value: Value<'_>) -> Result<Self, Problem> {
        match value {
            Value::Bytes(bytes) => Ok(bytes.to_vec()),
            other => Err(wrong(other, "bytes")),
        }
    }
}

impl<T> Param for Id<T> {
    const TYPE: SqlType = SqlType::Bytes;
    fn value(&self) -> Value<'_> {
        Value::Bytes(self.bytes())
    }
}
impl<T> Column for Id<T> {
    const TYPE: SqlType = SqlType::Bytes;
    fn read(value: Value<'_>) -> Result<Self, Problem> {
        match value {
            Value::Bytes(bytes) => bytes.try_into().map(Id::from_bytes).map_err(|_| wrong(value, "an identifier")),
            other => Err(wrong(other, "an identifier")),
        }
    }
}

impl<P: Param> Param for Option<P> {
    const TYPE: SqlType = P::TYPE;
    fn value(&self) -> Value<'_> {
        self.as_ref().map_or(Value::Null, Param::value)
    }
}
impl<C: Column> Column for Option<C> {
    const TYPE: SqlType = C::TYPE;
    const NULLABLE: bool = true;
    fn read(value: Value<'_>) -> Result<Self, Problem> {
        match value {
            Value::Null => Ok(None),
            other => C::read(other).map(Some),
        }
    }
}
