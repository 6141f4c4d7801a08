//! What servers answer: tokens (MS-TDS, section 2.2.7).

/// Every text has this collation.
const COLLATION: [u8; 5] = [0x09, 0x04, 0xd0, 0x00, 0x34];
/// More follows.
const MORE: u16 = 1;
/// Something went wrong.
const FAILED: u16 = 2;
/// The number of rows is meant.
const COUNTED: u16 = 0x10;

/// A part of an answer.
#[derive(Clone, Debug)]
pub enum Token {
    /// A result set begins.
    Columns(Vec<Column>),
    /// A row of it.
    Row(Vec<Cell>),
    /// A statement ended, having given or changed so many rows.
    Count(u64),
    /// What the procedure returns.
    Return(i32),
    /// A statement failed.
    Error(ServerError),
}

/// A column of a result set.
#[derive(Clone, Debug)]
pub struct Column {
    /// Its name.
    pub name: String,
    /// Its type.
    pub kind: Kind,
}

/// The type of a column.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// `bit`
    Bit,
    /// `int`
    Int,
    /// `bigint`
    BigInt,
    /// `float`
    Float,
    /// `decimal(38, scale)`
    Decimal(u8),
    /// `nvarchar(max)`
    Text,
    /// `varbinary(max)`
    Binary,
    /// `uniqueidentifier`
    Guid,
    /// `datetime2(scale)`
    DateTime2(u8),
}

/// A value of a row; it is of its column's type.
#[derive(Clone, Debug)]
pub enum Cell {
    /// NULL
    Null,
    /// `bit`
    Bit(bool),
    /// `int` and `bigint`
    Whole(i64),
    /// `float`
    Float(f64),
    /// `decimal`: the number without its point.
    Decimal(i128),
    /// `nvarchar`
    Text(String),
    /// `varbinary`, and `uniqueidentifier` in the order of its text.
    Bytes(Vec<u8>),
    /// `datetime2`: days since 0001-01-01, and units of its scale since midnight.
    DateTime2(u32, u64),
}

/// An error of the server's.
#[derive(Clone, Debug)]
pub struct ServerError {
    /// Its number.
    pub number: u32,
    /// Its severity.
    pub class: u8,
    /// In the server's words.
    pub message: String,
    /// The line of the batch.
    pub line: u32,
}

impl ServerError {
    /// What is said of every login that fails, whatever the reason.
    #[must_use]
    pub fn login_failed(user: &str) -> Self {
        Self {
            number: 18456,
            class: 14,
            message: format!("Login failed for user '{user}'."),
            line: 1,
        }
    }
}

/// Version and whether TLS comes next.
pub(crate) fn prelogin(tls: bool) -> Vec<u8> {
    const ON: u8 = 1;
    const NOT_SUPPORTED: u8 = 2;
    let table = [0, 0, 11, 0, 6, 1, 0, 17, 0, 1, 0xff];
    let version = [16, 0, 0x03, 0xe8, 0, 0];
    [table.as_slice(), &version, &[if tls { ON } else { NOT_SUPPORTED }]].concat()
}

/// The answer to a login.
pub(crate) fn logged_in() -> Vec<u8> {
    let mut content = vec![1, 0x74, 0, 0, 4];
    put_text(&mut content, 1, "Microsoft SQL Server");
    content.extend([16, 0, 0x03, 0xe8]);
    let mut bytes = vec![0xad];
    put_length(&mut bytes, 2, content.len());
    bytes.extend(content);
    bytes.extend(done(0xfd, 0, 0));
    bytes
}

/// The end of something: `0xfd` of a batch, `0xfe` of a procedure, `0xff` of a statement in one.
#[must_use]
pub fn done(token: u8, status: u16, rows: u64) -> Vec<u8> {
    let mut bytes = vec![token];
    bytes.extend(status.to_le_bytes());
    bytes.extend([0, 0]);
    bytes.extend(rows.to_le_bytes());
    bytes
}

/// Tokens as bytes, with their end.
#[must_use]
pub fn encode(tokens: &[Token], in_procedure: bool) -> Vec<u8> {
    let mut bytes = Vec::new();
    let mut kinds: Vec<Kind> = Vec::new();
    let mut failed = false;
    for token in tokens {
        match token {
            Token::Columns(columns) => {
                kinds = columns.iter().map(|column| column.kind).collect();
                put_columns(&mut bytes, columns);
            }
            Token::Row(cells) => {
                bytes.push(0xd1);
                kinds.iter().zip(cells).for_each(|(kind, cell)| put_cell(&mut bytes, *kind, cell));
            }
            Token::Count(rows) => bytes.extend(done(0xff, MORE | COUNTED, *rows)),
            Token::Return(status) => {
                bytes.push(0x79);
                bytes.extend(status.to_le_bytes());
            }
            Token::Error(error) => {
                failed = true;
                put_error(&mut bytes, error);
            }
        }
    }
    let end = if in_procedure { 0xfe } else { 0xfd };
    bytes.extend(done(end, if failed { FAILED } else { 0 }, 0));
    bytes
}

fn put_length(bytes: &mut Vec<u8>, width: usize, length: usize) {
    bytes.extend(&length.to_le_bytes()[..width]);
}

fn put_text(bytes: &mut Vec<u8>, width: usize, text: &str) {
    put_length(bytes, width, text.encode_utf16().count());
    bytes.extend(text.encode_utf16().flat_map(u16::to_le_bytes));
}

fn put_columns(bytes: &mut Vec<u8>, columns: &[Column]) {
    bytes.push(0x81);
    put_length(bytes, 2, columns.len());
    for column in columns {
        bytes.extend([0, 0, 0, 0, 0x09, 0]);
        match column.kind {
            Kind::Bit => bytes.extend([0x68, 1]),
            Kind::Int => bytes.extend([0x26, 4]),
            Kind::BigInt => bytes.extend([0x26, 8]),
            Kind::Float => bytes.extend([0x6d, 8]),
            Kind::Decimal(scale) => bytes.extend([0x6c, 17, 38, scale]),
            Kind::Guid => bytes.extend([0x24, 16]),
            Kind::DateTime2(scale) => bytes.extend([0x2a, scale]),
            Kind::Binary => bytes.extend([0xa5, 0xff, 0xff]),
            Kind::Text => {
                bytes.extend([0xe7, 0xff, 0xff]);
                bytes.extend(COLLATION);
            }
        }
        put_text(bytes, 1, &column.name);
    }
}

fn put_cell(bytes: &mut Vec<u8>, kind: Kind, cell: &Cell) {
    match (kind, cell) {
        (Kind::Text | Kind::Binary, Cell::Null) => bytes.extend(u64::MAX.to_le_bytes()),
        (_, Cell::Null) => bytes.push(0),
        (_, Cell::Bit(flag)) => bytes.extend([1, u8::from(*flag)]),
        (Kind::Int, Cell::Whole(number)) => {
            bytes.push(4);
            bytes.extend(&number.to_le_bytes()[..4]);
        }
        (_, Cell::Whole(number)) => {
            bytes.push(8);
            bytes.extend(number.to_le_bytes());
        }
        (_, Cell::Float(number)) => {
            bytes.push(8);
            bytes.extend(number.to_le_bytes());
        }
        (_, Cell::Decimal(number)) => {
            bytes.extend([17, u8::from(*number >= 0)]);
            bytes.extend(number.unsigned_abs().to_le_bytes());
        }
        (_, Cell::Text(text)) => {
            put_chunk(bytes, &text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>());
        }
        (Kind::Guid, Cell::Bytes(id)) => {
            // The first three groups of digits are little-endian.
            bytes.push(16);
            bytes.extend(
                [3, 2, 1, 0, 5, 4, 7, 6, 8, 9, 10, 11, 12, 13, 14, 15]
                    .map(|at| id.get(at).copied().unwrap_or_default()),
            );
        }
        (_, Cell::Bytes(content)) => put_chunk(bytes, content),
        (kind, Cell::DateTime2(days, units)) => {
            let width = match kind {
                Kind::DateTime2(0..=2) => 3,
                Kind::DateTime2(3 | 4) => 4,
                _ => 5,
            };
            bytes.push(width + 3);
            bytes.extend(&units.to_le_bytes()[..width.into()]);
            bytes.extend(&days.to_le_bytes()[..3]);
        }
    }
}

/// Content without bounds, in one chunk.
fn put_chunk(bytes: &mut Vec<u8>, content: &[u8]) {
    put_length(bytes, 8, content.len());
    if !content.is_empty() {
        put_length(bytes, 4, content.len());
        bytes.extend(content);
    }
    bytes.extend([0; 4]);
}

fn put_error(bytes: &mut Vec<u8>, error: &ServerError) {
    let mut content = error.number.to_le_bytes().to_vec();
    content.extend([1, error.class]);
    put_text(&mut content, 2, &error.message);
    put_text(&mut content, 1, "double");
    put_text(&mut content, 1, "");
    content.extend(error.line.to_le_bytes());
    bytes.push(0xaa);
    put_length(bytes, 2, content.len());
    bytes.extend(content);
}
