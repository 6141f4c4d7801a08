//! Rows as JSON.

use base64::Engine as _;
use jiff::civil;
use serde_json::{Map, Value, json};
use tiberius::time::{Date, DateTime2, Time};
use tiberius::{Column, ColumnData, Row};

use super::Stopped;

/// Between the first days that `date` and `datetime` count from, 0001-01-01 and 1900-01-01.
const DAYS_TO_1900: i64 = 693_595;
/// What a row and a column take in JSON beside names and values.
const PUNCTUATION: usize = 4;

/// Result sets as they come.
pub(super) struct Rows {
    sets: Vec<Vec<Value>>,
    names: Vec<String>,
    /// The next count is that of a result set.
    in_set: bool,
    affected: u64,
    returned: Option<u32>,
    left: usize,
}

impl Rows {
    pub(super) fn new(most: usize) -> Self {
        Self {
            sets: Vec::new(),
            names: Vec::new(),
            in_set: false,
            affected: 0,
            returned: None,
            left: most,
        }
    }

    /// A result set begins.
    pub(super) fn begin(&mut self, columns: &[Column]) {
        self.names = names(columns);
        self.in_set = true;
        self.sets.push(Vec::new());
    }

    pub(super) fn add(&mut self, row: &Row) -> Result<(), Stopped> {
        let mut object = Map::with_capacity(self.names.len());
        let mut length = PUNCTUATION;
        for (name, (_, data)) in self.names.iter().zip(row.cells()) {
            let value = value(data);
            length += name.len() + PUNCTUATION + value.as_str().map_or(PUNCTUATION, str::len);
            object.insert(name.clone(), value);
        }
        self.left = self.left.checked_sub(length).ok_or(Stopped::TooLong)?;
        if let Some(set) = self.sets.last_mut() {
            set.push(Value::Object(object));
        }
        Ok(())
    }

    /// A statement ended, and this is how many rows it gave or changed.
    pub(super) fn count(&mut self, rows: u64) {
        if !std::mem::take(&mut self.in_set) {
            self.affected += rows;
        }
    }

    pub(super) fn returned(&mut self, status: u32) {
        self.returned = Some(status);
    }

    pub(super) fn into_json(self) -> Value {
        let mut sets = self.sets.into_iter().map(Value::Array);
        let mut answer = json!({ "rows": sets.next().unwrap_or_else(|| json!([])), "rowsAffected": self.affected });
        let more: Vec<Value> = sets.collect();
        if !more.is_empty() {
            answer["moreRows"] = Value::Array(more);
        }
        if let Some(status) = self.returned {
            answer["returnValue"] = json!(status.cast_signed());
        }
        answer
    }
}

/// Names that are there and differ.
fn names(columns: &[Column]) -> Vec<String> {
    let mut names: Vec<String> = Vec::with_capacity(columns.len());
    for (index, column) in columns.iter().enumerate() {
        let wanted = if column.name().is_empty() {
            format!("column{}", index + 1)
        } else {
            column.name().to_owned()
        };
        let mut name = wanted.clone();
        let mut number = 2;
        while names.contains(&name) {
            name = format!("{wanted}_{number}");
            number += 1;
        }
        names.push(name);
    }
    names
}

/// A value as JSON: see `sql` in the reference of the language.
fn value(data: &ColumnData<'static>) -> Value {
    match data {
        ColumnData::U8(value) => json!(value),
        ColumnData::I16(value) => json!(value),
        ColumnData::I32(value) => json!(value),
        ColumnData::I64(value) => json!(value),
        ColumnData::F32(value) => value.map_or(Value::Null, shortest),
        ColumnData::F64(value) => json!(value),
        ColumnData::Bit(value) => json!(value),
        ColumnData::String(text) => json!(text),
        ColumnData::Guid(id) => json!(id.map(|id| id.to_string())),
        ColumnData::Binary(bytes) => json!(
            bytes.as_ref().map(|bytes| base64::engine::general_purpose::STANDARD.encode(bytes))
        ),
        ColumnData::Numeric(number) => {
            json!(number.map(|number| decimal(number.value(), number.scale())))
        }
        ColumnData::Xml(xml) => json!(xml.as_ref().map(|xml| xml.as_ref().as_ref().to_owned())),
        ColumnData::DateTime(at) => {
            json!(at.and_then(|at| {
                // 300ths of a second, to the millisecond as the server shows them.
                let milliseconds = (u64::from(at.seconds_fragments()) * 10 + 1) / 3;
                Some(format!(
                    "{}T{}",
                    date(i64::from(at.days()) + DAYS_TO_1900)?,
                    time(milliseconds, 3)?
                ))
            }))
        }
        ColumnData::SmallDateTime(at) => {
            json!(at.and_then(|at| {
                let minutes = u64::from(at.seconds_fragments());
                Some(format!(
                    "{}T{}",
                    date(i64::from(at.days()) + DAYS_TO_1900)?,
                    time(minutes * 60, 0)?
                ))
            }))
        }
        ColumnData::Time(at) => json!(at.and_then(of_time)),
        ColumnData::Date(at) => json!(at.and_then(of_date)),
        ColumnData::DateTime2(at) => json!(at.and_then(of_both)),
        ColumnData::DateTimeOffset(at) => {
            json!(at.and_then(|at| with_offset(at.datetime2(), at.offset())))
        }
    }
}

/// A `real` with the digits that tell it from its neighbours.
fn shortest(value: f32) -> Value {
    value.to_string().parse::<f64>().map_or(Value::Null, |value| json!(value))
}

fn decimal(value: i128, scale: u8) -> String {
    let scale = usize::from(scale);
    let digits = format!("{:0>width$}", value.unsigned_abs(), width = scale + 1);
    let (whole, places) = digits.split_at(digits.len() - scale);
    let sign = if value < 0 { "-" } else { "" };
    if places.is_empty() { format!("{sign}{whole}") } else { format!("{sign}{whole}.{places}") }
}

fn of_date(at: Date) -> Option<String> {
    date(at.days().into())
}

fn of_time(at: Time) -> Option<String> {
    time(at.increments(), at.scale())
}

fn of_both(at: DateTime2) -> Option<String> {
    Some(format!("{}T{}", of_date(at.date())?, of_time(at.time())?))
}

/// On the wire the time is that of UTC.
fn with_offset(at: DateTime2, minutes: i16) -> Option<String> {
    let utc: civil::DateTime = of_both(at)?.parse().ok()?;
    let local = utc.checked_add(jiff::SignedDuration::from_mins(minutes.into())).ok()?;
    let places = usize::from(at.time().scale());
    let shown = if places == 0 {
        local.strftime("%Y-%m-%dT%H:%M:%S").to_string()
    } else {
        format!("{local:.places$}")
    };
    let (sign, minutes) = (if minutes < 0 { '-' } else { '+' }, minutes.unsigned_abs());
    Some(format!("{shown}{sign}{:02}:{:02}", minutes / 60, minutes % 60))
}

/// Days since 0001-01-01.
fn date(days: i64) -> Option<String> {
    let first = civil::date(1, 1, 1);
    let span = jiff::SignedDuration::from_hours(days.checked_mul(24)?);
    first.checked_add(span).ok().map(|date| date.to_string())
}

/// A time of day from its smallest units, of which a second has ten to the power of the scale.
fn time(units: u64, scale: u8) -> Option<String> {
    let a_second = 10_u64.checked_pow(scale.into())?;
    let (seconds, rest) = (units / a_second, units % a_second);
    let clock = format!("{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60, seconds % 60);
    Some(if scale == 0 {
        clock
    } else {
        format!("{clock}.{rest:0width$}", width = usize::from(scale))
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use tiberius::numeric::Numeric;
    use tiberius::time::{Date, DateTime, DateTime2, DateTimeOffset, SmallDateTime, Time};
    use tiberius::{Column, ColumnData, ColumnType};

    use super::{names, value};

    #[test]
    fn values_are_read_without_loss() {
        let noon = DateTime2::new(Date::new(739_646), Time::new(43_200_123, 3));
        let cases = [
            (ColumnData::Bit(Some(true)), json!(true)),
            (ColumnData::I64(Some(i64::MAX)), json!(i64::MAX)),
            (ColumnData::F32(Some(0.1)), json!(0.1)),
            (ColumnData::Numeric(Some(Numeric::new_with_scale(-1250, 2))), json!("-12.50")),
            (ColumnData::Numeric(Some(Numeric::new_with_scale(7, 3))), json!("0.007")),
            (ColumnData::Binary(Some(vec![1, 2, 3].into())), json!("AQID")),
            (ColumnData::String(None), json!(null)),
            (ColumnData::Date(Some(Date::new(0))), json!("0001-01-01")),
            (ColumnData::DateTime2(Some(noon)), json!("2026-01-31T12:00:00.123")),
            (
                ColumnData::DateTimeOffset(Some(DateTimeOffset::new(noon, 120))),
                json!("2026-01-31T14:00:00.123+02:00"),
            ),
            (ColumnData::DateTime(Some(DateTime::new(0, 1))), json!("1900-01-01T00:00:00.003")),
            (
                ColumnData::SmallDateTime(Some(SmallDateTime::new(0, 61))),
                json!("1900-01-01T01:01:00"),
            ),
            (ColumnData::Time(Some(Time::new(5, 0))), json!("00:00:05")),
        ];
        for (data, expected) in cases {
            assert_eq!(value(&data), expected, "{data:?}");
        }
    }

    #[test]
    fn columns_have_names_that_differ() {
        let column = |name: &str| Column::new(name.to_owned(), ColumnType::Intn);
        assert_eq!(
            names(&[column("a"), column(""), column("a"), column("a")]),
            ["a", "column2", "a_2", "a_3"]
        );
    }
}
