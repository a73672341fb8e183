//! Apache Parquet tables: every row is an article, its columns are its fields.
//!
//! Only one row group is open at a time, and of each column one page. A row becomes a JSON object,
//! so that columns mean what fields of the same name mean.

mod claims;

use std::collections::HashMap;
use std::panic::{self, AssertUnwindSafe};
use std::sync::Arc;

use bytes::Bytes;
use parquet::basic::{ConvertedType, LogicalType, TimeUnit, Type as PhysicalType};
use parquet::errors::ParquetError;
use parquet::file::reader::{ChunkReader, FileReader, Length, SerializedFileReader};
use parquet::record::reader::RowIter;
use parquet::record::{Field, Row};
use parquet::schema::types::Type;
use serde_json::{Map, Value};

use super::bound::{Budget, LONGEST, too_long};
use super::container::{self, Outcome, Records, Trouble};
use super::opening::{Found, Input};
use super::{ReadOptions, fault, table};

/// Values of a column that are decoded at a time; the reader's own choice of 1024 would be
/// gigabytes where each is a long text.
const VALUES: usize = 64;

/// A stream of rows.
struct Rows {
    rows: RowIter<'static>,
    number: u64,
    times: Arc<Times>,
    /// What the rows hold against the size of the table: a page can say in ten bytes that it has two
    /// thousand million rows with nothing in them.
    budget: Budget,
}

/// Bytes of a table that several readers share.
struct Shared<R>(Arc<R>);

impl<R: ChunkReader> Length for Shared<R> {
    fn len(&self) -> u64 {
        self.0.len()
    }
}

impl<R: ChunkReader> ChunkReader for Shared<R> {
    type T = R::T;

    fn get_read(&self, start: u64) -> Result<R::T, ParquetError> {
        self.0.get_read(start)
    }

    fn get_bytes(&self, start: u64, length: usize) -> Result<Bytes, ParquetError> {
        self.0.get_bytes(start, length)
    }
}

/// Reads every row of a table.
///
/// # Errors
/// Why the table breaks off; what came before is in `found`.
pub(super) fn read<R: ChunkReader + 'static>(
    bytes: R,
    input: &Input<'_>,
    found: &mut Found,
) -> Result<(), String> {
    match Rows::new(bytes, input.options) {
        Ok(rows) => container::read(rows, input, found),
        Err(trouble) => {
            found.add(container::settle(Err(trouble), input));
            Ok(())
        }
    }
}

/// How the columns that hold times hold them.
type Times = HashMap<String, Time>;

#[derive(Debug, Clone, Copy)]
struct Time {
    /// Whether the zone is known to be UTC; else the time is a local one of an unknown place.
    utc: bool,
    nanoseconds: bool,
}

/// One row, not yet read.
pub(super) struct Piece {
    number: u64,
    row: Row,
    times: Arc<Times>,
}

impl Rows {
    /// Reads what stands at the end of a table: which columns there are, and where.
    ///
    /// # Errors
    /// When that is damaged, or when none of the columns can be an article's text.
    fn new<R: ChunkReader + 'static>(bytes: R, options: &ReadOptions) -> Result<Self, Trouble> {
        let bytes = Arc::new(bytes);
        let open = || {
            claims::check_end(&*bytes)?;
            SerializedFileReader::new(Shared(bytes.clone()))
        };
        let reader = guarded(open).map_err(Trouble::of_all)?;
        let schema = reader.metadata().file_metadata().schema_descr().root_schema();
        let columns: Vec<_> = schema.get_fields().iter().filter(|column| is_read(column)).cloned().collect();
        // What would become of a row in which every column holds something?
        let full = columns.iter().map(|column| (column.name().to_owned(), full(column)));
        table::object(full, options)
            .map_err(|reason| Trouble::nothing_there(format!("no table of articles: {reason}")))?;
        let is_projected = |name: &str| columns.iter().any(|column| column.name() == name);
        guarded(|| claims::check_pages(&*bytes, reader.metadata(), is_projected)).map_err(Trouble::of_all)?;
        let times = columns.iter().filter_map(|column| match column.get_basic_info().logical_type_ref()? {
            LogicalType::Timestamp(time) => {
                let nanoseconds = matches!(time.unit, TimeUnit::NANOS);
                Some((column.name().to_owned(), Time { utc: time.is_adjusted_to_u_t_c, nanoseconds }))
            }
            _ => None,
        });
        let times = Arc::new(times.collect());
        let projection = Type::group_type_builder(schema.name()).with_fields(columns).build();
        let rows =
            projection.and_then(|columns| RowIter::from_file_into(Box::new(reader)).project(Some(columns)));
        let rows = rows.map_err(|error| Trouble::of_all(in_words(&error)))?.with_batch_size(VALUES);
        let budget = Budget::default();
        budget.add_read(bytes.len());
        Ok(Self { rows, number: 0, times, budget })
    }
}

impl Records for Rows {
    type Piece = Piece;

    fn next(&mut self) -> Result<Option<(Piece, usize)>, String> {
        let rows = &mut self.rows;
        let Some(row) = guarded(|| rows.next().transpose())? else { return Ok(None) };
        self.number += 1;
        let size = row.get_column_iter().map(|(_, field)| size(field)).sum();
        self.budget.add_unpacked(size as u64).map_err(|refusal| refusal.0)?;
        Ok(Some((Piece { number: self.number, row, times: self.times.clone() }, size)))
    }

    fn read(piece: Piece, options: &ReadOptions) -> Vec<Outcome> {
        let Piece { number, row, times } = piece;
        if row.get_column_iter().any(|(_, field)| size(field) > LONGEST) {
            let reason = too_long(LONGEST, "which no article is").to_string();
            return vec![Err(Trouble::of(number, reason))];
        }
        let values = row.into_columns().into_iter().map(|(name, field)| {
            let time = times.get(&name).copied();
            (name, value(field, time))
        });
        let draft = table::object(values, options);
        vec![draft.map(|draft| (Some(number), draft)).map_err(|reason| Trouble::of(number, reason))]
    }
}

/// Returns what a column holds that holds something.
fn full(column: &Type) -> Value {
    let is_list = matches!(column.get_basic_info().converted_type(), ConvertedType::LIST);
    if !column.is_group() || is_list {
        return "x".into();
    }
    let columns = column.get_fields().iter();
    Value::Object(columns.map(|column| (column.name().to_owned(), full(column))).collect())
}

/// Returns whether a column may say something about an article. Others are not unpacked at all;
/// among them are those whose type makes the reader panic.
fn is_read(column: &Type) -> bool {
    if column.is_group() {
        let is_map = matches!(
            column.get_basic_info().converted_type(),
            ConvertedType::MAP | ConvertedType::MAP_KEY_VALUE
        );
        return !is_map && column.get_fields().iter().all(|column| is_read(column));
    }
    use ConvertedType as C;
    let converted = column.get_basic_info().converted_type();
    match column.get_physical_type() {
        PhysicalType::BYTE_ARRAY => matches!(converted, C::NONE | C::UTF8 | C::ENUM | C::JSON),
        PhysicalType::INT32 => matches!(
            converted,
            C::NONE | C::INT_8 | C::INT_16 | C::INT_32 | C::UINT_8 | C::UINT_16 | C::UINT_32 | C::DATE
        ),
        PhysicalType::INT64 => {
            matches!(converted, C::NONE | C::INT_64 | C::UINT_64 | C::TIMESTAMP_MILLIS | C::TIMESTAMP_MICROS)
        }
        PhysicalType::INT96 => true,
        PhysicalType::BOOLEAN
        | PhysicalType::FLOAT
        | PhysicalType::DOUBLE
        | PhysicalType::FIXED_LEN_BYTE_ARRAY => false,
    }
}

fn size(field: &Field) -> usize {
    match field {
        Field::Str(text) => text.len(),
        Field::Bytes(bytes) => bytes.len(),
        _ => 16,
    }
}

/// Returns what a JSON record would hold.
fn value(field: Field, time: Option<Time>) -> Value {
    match field {
        Field::Str(text) => text.into(),
        // Some writers do not say that a column of bytes is text.
        Field::Bytes(bytes) => std::str::from_utf8(bytes.data()).map_or(Value::Null, Value::from),
        Field::Byte(number) => number.into(),
        Field::Short(number) => number.into(),
        Field::Int(number) => number.into(),
        Field::Long(number) => match time {
            Some(time) if time.nanoseconds => instant(i128::from(number), time),
            _ => number.into(),
        },
        Field::UByte(number) => number.into(),
        Field::UShort(number) => number.into(),
        Field::UInt(number) => number.into(),
        Field::ULong(number) => number.into(),
        Field::TimestampMillis(number) => instant(i128::from(number) * 1_000_000, time.unwrap_or(UTC)),
        Field::TimestampMicros(number) => instant(i128::from(number) * 1000, time.unwrap_or(UTC)),
        Field::Date(_) => field.to_string().into(),
        Field::Group(row) => {
            let columns = row.into_columns().into_iter();
            Value::Object(columns.map(|(name, field)| (name, value(field, None))).collect::<Map<_, _>>())
        }
        Field::ListInternal(list) => list.elements().iter().map(|field| value(field.clone(), None)).collect(),
        // Columns of other types are not read.
        _ => Value::Null,
    }
}

/// What the old way of stating a column's type means.
const UTC: Time = Time { utc: true, nanoseconds: false };

fn instant(nanoseconds: i128, time: Time) -> Value {
    let Ok(instant) = jiff::Timestamp::from_nanosecond(nanoseconds) else { return Value::Null };
    let local = jiff::tz::Offset::UTC.to_datetime(instant).round(jiff::Unit::Second);
    local.map_or(Value::Null, |local| format!("{local}{}", if time.utc { "Z" } else { "" }).into())
}

/// Runs the reader, which panics at some damages, so that they are rows as all others.
fn guarded<T>(read: impl FnOnce() -> Result<T, ParquetError>) -> Result<T, String> {
    match panic::catch_unwind(AssertUnwindSafe(read)) {
        Ok(read) => read.map_err(|error| in_words(&error)),
        Err(_) => Err("the Parquet table is damaged".to_owned()),
    }
}

fn in_words(error: &ParquetError) -> String {
    let text = fault::repeated(error);
    let what = text.strip_prefix("Parquet error: ").unwrap_or(&text);
    format!("the Parquet table is damaged, cut short or of a kind that is not read ({what})")
}
