//! What clients send: prelogin, login and calls of procedures.

use std::io;

use serde_json::{Value, json};

use crate::malformed;

/// A client that has no TLS.
pub(crate) const NOT_SUPPORTED: u8 = 2;

/// Reads a message from its beginning.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, count: usize) -> io::Result<&'a [u8]> {
        let (taken, rest) =
            self.0.split_at_checked(count).ok_or_else(|| malformed("the message breaks off"))?;
        self.0 = rest;
        Ok(taken)
    }

    /// A little-endian number of so many bytes.
    fn number(&mut self, bytes: usize) -> io::Result<u64> {
        Ok(self.take(bytes)?.iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte)))
    }

    fn length(&mut self, bytes: usize) -> io::Result<usize> {
        usize::try_from(self.number(bytes)?).map_err(|_| malformed("a length is too long"))
    }

    fn byte(&mut self) -> io::Result<u8> {
        Ok(self.take(1)?[0])
    }

    /// A text with its length in UTF-16 code units before it.
    fn text(&mut self, bytes: usize) -> io::Result<String> {
        let length = self.length(bytes)?;
        utf16(self.take(length * 2)?)
    }
}

fn utf16(bytes: &[u8]) -> io::Result<String> {
    let units: Vec<u16> =
        bytes.chunks_exact(2).map(|pair| u16::from_le_bytes([pair[0], pair[1]])).collect();
    String::from_utf16(&units).map_err(|_| malformed("a text is not UTF-16"))
}

/// What a prelogin says of encryption (section 2.2.6.5).
pub(crate) fn encryption(message: &[u8]) -> io::Result<u8> {
    const ENCRYPTION: u8 = 1;
    const END: u8 = 0xff;
    let mut options = Reader(message);
    loop {
        match options.byte()? {
            END => return Err(malformed("the prelogin says nothing of encryption")),
            option => {
                let place = options.take(4)?;
                let offset = usize::from(u16::from_be_bytes([place[0], place[1]]));
                if option == ENCRYPTION {
                    return message
                        .get(offset)
                        .copied()
                        .ok_or_else(|| malformed("the prelogin breaks off"));
                }
            }
        }
    }
}

/// A login by name and password (section 2.2.6.4).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Login {
    /// The login's name.
    pub user: String,
    /// Its password.
    pub password: String,
    /// The client's program.
    pub program: String,
    /// The database that is wanted; empty: the login's own.
    pub database: String,
}

impl Login {
    pub(crate) fn read(message: &[u8]) -> io::Result<Self> {
        // Where offset and length of each text stand.
        const USER: usize = 40;
        const PASSWORD: usize = 44;
        const PROGRAM: usize = 48;
        const DATABASE: usize = 68;
        let bytes = |at: usize| {
            let mut place =
                Reader(message.get(at..).ok_or_else(|| malformed("the login breaks off"))?);
            let (offset, length) = (place.length(2)?, place.length(2)? * 2);
            message.get(offset..offset + length).ok_or_else(|| malformed("the login breaks off"))
        };
        let password: Vec<u8> =
            bytes(PASSWORD)?.iter().map(|byte| (byte ^ 0xa5).rotate_left(4)).collect();
        Ok(Self {
            user: utf16(bytes(USER)?)?,
            password: utf16(&password)?,
            program: utf16(bytes(PROGRAM)?)?,
            database: utf16(bytes(DATABASE)?)?,
        })
    }
}

/// A call of a procedure (section 2.2.6.6).
#[derive(Clone, Debug, PartialEq)]
pub struct Rpc {
    /// Its name.
    pub procedure: String,
    /// What it is given, in order.
    pub parameters: Vec<Parameter>,
}

/// A parameter of a call.
#[derive(Clone, Debug, PartialEq)]
pub struct Parameter {
    /// Its name with `@`; empty: its place counts.
    pub name: String,
    /// Its type on the wire.
    pub kind: &'static str,
    /// Its value; a decimal number as text, bytes as `0x…`.
    pub value: Value,
}

impl Rpc {
    pub(crate) fn read(message: &[u8]) -> io::Result<Self> {
        const BY_NUMBER: usize = 0xffff;
        const EXECUTE_SQL: u64 = 10;
        let mut reader = Reader(message);
        let headers = reader.length(4)?;
        reader.take(headers.saturating_sub(4))?;
        let length = reader.length(2)?;
        let procedure = if length == BY_NUMBER {
            match reader.number(2)? {
                EXECUTE_SQL => "sp_executesql".to_owned(),
                _ => return Err(malformed("a procedure without a name")),
            }
        } else {
            utf16(reader.take(length * 2)?)?
        };
        reader.take(2)?;
        let mut parameters = Vec::new();
        while !reader.0.is_empty() {
            let name = reader.text(1)?;
            reader.byte()?;
            let (kind, value) = value(&mut reader)?;
            parameters.push(Parameter { name, kind, value });
        }
        Ok(Self { procedure, parameters })
    }

    /// The value of a parameter, by its name without `@`.
    #[must_use]
    pub fn value(&self, name: &str) -> Option<&Value> {
        let parameter = self.parameters.iter().find(|one| {
            one.name.strip_prefix('@').is_some_and(|own| own.eq_ignore_ascii_case(name))
        })?;
        Some(&parameter.value)
    }

    /// The statement, if the call is one of `sp_executesql`, and the declaration of its parameters.
    #[must_use]
    pub fn statement(&self) -> Option<(&str, &str)> {
        if self.procedure != "sp_executesql" {
            return None;
        }
        let unnamed = |index: usize| {
            self.parameters
                .get(index)
                .filter(|one| one.name.is_empty())
                .and_then(|one| one.value.as_str())
        };
        Some((unnamed(0)?, unnamed(1).unwrap_or_default()))
    }
}

/// Type and value (sections 2.2.5.4 to 2.2.5.6).
fn value(reader: &mut Reader<'_>) -> io::Result<(&'static str, Value)> {
    match reader.byte()? {
        0x1f => Ok(("null", Value::Null)),
        0x26 => {
            reader.byte()?;
            let length = reader.length(1)?;
            let bits = reader.number(length)?;
            let shift = 64 - 8 * u32::try_from(length).unwrap_or_default().min(8);
            let number = if length == 1 {
                json!(bits)
            } else {
                json!((bits << shift.min(63)).cast_signed() >> shift.min(63))
            };
            Ok(("bigint", if length == 0 { Value::Null } else { number }))
        }
        0x68 => {
            reader.byte()?;
            let length = reader.length(1)?;
            let bits = reader.number(length)?;
            Ok(("bit", if length == 0 { Value::Null } else { json!(bits != 0) }))
        }
        0x6d => {
            reader.byte()?;
            match reader.length(1)? {
                0 => Ok(("float", Value::Null)),
                8 => Ok(("float", json!(f64::from_bits(reader.number(8)?)))),
                _ => Err(malformed("a float of another length")),
            }
        }
        0x6a | 0x6c => {
            let scale = reader.take(3)?[2];
            let length = reader.length(1)?;
            if length == 0 {
                return Ok(("decimal", Value::Null));
            }
            let sign = if reader.byte()? == 0 { "-" } else { "" };
            let magnitude = reader
                .take(length - 1)?
                .iter()
                .rev()
                .fold(0_u128, |number, byte| number << 8 | u128::from(*byte));
            let digits = format!("{magnitude:0>width$}", width = usize::from(scale) + 1);
            let (whole, places) = digits.split_at(digits.len() - usize::from(scale));
            let dot = if places.is_empty() { "" } else { "." };
            Ok(("decimal", json!(format!("{sign}{whole}{dot}{places}"))))
        }
        0xe7 => {
            let most = reader.length(2)?;
            reader.take(5)?;
            let bytes = long(reader, most)?;
            Ok((
                "nvarchar",
                bytes.map(|bytes| utf16(&bytes)).transpose()?.map_or(Value::Null, Value::from),
            ))
        }
        0xa5 => {
            let most = reader.length(2)?;
            let hex = |bytes: Vec<u8>| {
                bytes.iter().fold("0x".to_owned(), |text, byte| text + &format!("{byte:02x}"))
            };
            Ok(("varbinary", long(reader, most)?.map_or(Value::Null, |bytes| json!(hex(bytes)))))
        }
        _ => Err(malformed("a type that no client here sends")),
    }
}

/// Bytes of a type with a length, or of one without bounds, which comes in chunks.
fn long(reader: &mut Reader<'_>, most: usize) -> io::Result<Option<Vec<u8>>> {
    const UNBOUNDED: usize = 0xffff;
    const NULL: u64 = u64::MAX;
    if most != UNBOUNDED {
        let length = reader.length(2)?;
        return if length == UNBOUNDED {
            Ok(None)
        } else {
            Ok(Some(reader.take(length)?.to_vec()))
        };
    }
    if reader.number(8)? == NULL {
        return Ok(None);
    }
    let mut all = Vec::new();
    loop {
        match reader.length(4)? {
            0 => return Ok(Some(all)),
            length => all.extend_from_slice(reader.take(length)?),
        }
    }
}
