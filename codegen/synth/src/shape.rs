//! What an integration returns: types with fields, and values of them.

use serde_json::{Value, json};

use crate::Object;
use crate::random::Random;
use crate::words;

/// The bytes of a Get User with all its expansions, the largest example that was ever needed.
const LARGEST: usize = 20_000;

/// A type of an integration.
#[derive(Clone, Debug)]
pub(crate) struct Shape {
    /// Its name, if its author gave it one; otherwise the generator finds one.
    pub(crate) name: Option<String>,
    pub(crate) fields: Vec<Field>,
    /// About how many bytes its values have.
    size: usize,
}

#[derive(Clone, Debug)]
pub(crate) struct Field {
    pub(crate) name: String,
    pub(crate) kind: Kind,
}

#[derive(Clone, Copy, Debug)]
pub(crate) enum Kind {
    Id,
    Label,
    Prose,
    Choice,
    Address,
    Time,
    Date,
    Integer,
    Number,
    Boolean,
    Texts,
    /// An object with open keys.
    Map,
    /// A value of another type, by its index.
    One(usize),
    /// A list of them.
    Many(usize),
}

const SCALARS: &[Kind] = &[
    Kind::Id,
    Kind::Label,
    Kind::Label,
    Kind::Label,
    Kind::Prose,
    Kind::Choice,
    Kind::Choice,
    Kind::Address,
    Kind::Time,
    Kind::Date,
    Kind::Integer,
    Kind::Integer,
    Kind::Number,
    Kind::Boolean,
    Kind::Boolean,
    Kind::Texts,
    Kind::Map,
];

impl Kind {
    fn size(self, shapes: &[Shape]) -> usize {
        match self {
            Self::One(index) => 20 + shapes[index].size,
            Self::Many(index) => 24 + shapes[index].size * 3 / 2,
            Self::Prose => 110,
            Self::Map => 90,
            Self::Address | Self::Texts => 70,
            _ => 36,
        }
    }
}

/// How an integration writes names and ids.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Style {
    pub(crate) camel: bool,
    pub(crate) uuids: bool,
}

impl Style {
    /// A name as it is on the wire.
    pub(crate) fn wire(self, name: &str) -> String {
        if self.camel { words::camel(name) } else { name.to_owned() }
    }

    /// An id.
    pub(crate) fn id(self, random: &mut Random) -> String {
        if self.uuids {
            format!(
                "{}-{}-4{}-a{}-{}",
                random.hex(8),
                random.hex(4),
                random.hex(3),
                random.hex(3),
                random.hex(12)
            )
        } else {
            format!("{}", random.between(10_000, 99_999_999))
        }
    }
}

/// Adds a type that refers only to those before it.
pub(crate) fn add(shapes: &mut Vec<Shape>, name: &str, style: Style, random: &mut Random) -> usize {
    let target = target(random);
    let mut fields = vec![
        Field { name: "id".to_owned(), kind: Kind::Id },
        Field { name: "name".to_owned(), kind: Kind::Label },
    ];
    let mut size = 70;
    while size < target && fields.len() < 40 {
        let name = style.wire(&words::field(random));
        if fields.iter().any(|field| field.name == name) {
            continue;
        }
        let kind = kind(shapes, target.saturating_sub(size), random);
        size += kind.size(shapes) + name.len();
        fields.push(Field { name, kind });
    }
    let name = random.percent(75).then(|| words::type_name(name));
    shapes.push(Shape { name, fields, size });
    shapes.len() - 1
}

/// The bytes that a value shall have: half of them below 500, a tenth above 2,000, a few as large as they come.
fn target(random: &mut Random) -> usize {
    match random.between(0, 99) {
        0..=49 => random.between(150, 500),
        50..=87 => random.between(500, 1_800),
        88..=97 => random.between(1_800, 6_000),
        _ => random.between(6_000, LARGEST),
    }
}

fn kind(shapes: &[Shape], room: usize, random: &mut Random) -> Kind {
    // What is large is nested: it grows by other types, not by ever more fields.
    let nested = if room > 1_500 { 75 } else { 18 };
    if !shapes.is_empty() && random.percent(nested) {
        let largest = (0..8)
            .map(|_| random.between(0, shapes.len() - 1))
            .filter(|index| shapes[*index].size < room);
        if let Some(index) = largest.max_by_key(|index| shapes[*index].size) {
            return if random.percent(30) { Kind::Many(index) } else { Kind::One(index) };
        }
    }
    *random.choose(SCALARS)
}

/// A value of a type, and the names of the types in it: JSON pointer to name.
pub(crate) struct Example<'a> {
    pub(crate) shapes: &'a [Shape],
    pub(crate) style: Style,
    pub(crate) names: Object,
}

impl<'a> Example<'a> {
    pub(crate) fn new(shapes: &'a [Shape], style: Style) -> Self {
        Self { shapes, style, names: Object::new() }
    }

    /// A value that stands at a pointer.
    pub(crate) fn object(&mut self, index: usize, pointer: &str, random: &mut Random) -> Value {
        let shape = &self.shapes[index];
        if let Some(name) = shape.name.as_ref().filter(|_| !pointer.is_empty()) {
            self.names.insert(pointer.to_owned(), Value::from(name.as_str()));
        }
        let mut object = Object::new();
        for (position, field) in shape.fields.iter().enumerate() {
            // The id is always there; of the rest, vendors leave something out.
            if position > 0 && random.percent(4) {
                continue;
            }
            let below = format!("{pointer}/{}", field.name);
            let value = if position > 0 && random.percent(3) {
                Value::Null
            } else {
                self.value(field.kind, &below, random)
            };
            object.insert(field.name.clone(), value);
        }
        Value::Object(object)
    }

    fn value(&mut self, kind: Kind, pointer: &str, random: &mut Random) -> Value {
        match kind {
            Kind::Id => json!(self.style.id(random)),
            Kind::Label => json!(words::label(random)),
            Kind::Prose => json!(words::text(random, 3)),
            Kind::Choice => json!(words::value(random)),
            Kind::Address => json!(format!(
                "https://files.example.com/{}/{}",
                words::value(random),
                random.hex(12)
            )),
            Kind::Time => {
                json!(format!(
                    "2026-{:02}-{:02}T08:{:02}:00Z",
                    random.between(1, 12),
                    random.between(1, 28),
                    random.between(10, 59)
                ))
            }
            Kind::Date => {
                json!(format!("2026-{:02}-{:02}", random.between(1, 12), random.between(1, 28)))
            }
            Kind::Integer => json!(random.between(0, 100_000)),
            // Halves are exact, so that a number never looks like an integer.
            Kind::Number => {
                json!(f64::from(u32::try_from(random.between(0, 4_000)).unwrap_or(0)) + 0.5)
            }
            Kind::Boolean => json!(random.percent(50)),
            Kind::Texts => Value::from(
                (0..random.between(0, 4)).map(|_| words::value(random)).collect::<Vec<_>>(),
            ),
            Kind::Map => {
                self.names.insert(pointer.to_owned(), Value::from("map"));
                let entries = (0..random.between(1, 3))
                    .map(|_| (words::value(random), Value::from(words::label(random))));
                Value::Object(entries.collect())
            }
            Kind::One(index) => self.object(index, pointer, random),
            Kind::Many(index) => {
                let below = format!("{pointer}/*");
                (0..random.between(0, 2)).map(|_| self.object(index, &below, random)).collect()
            }
        }
    }
}
