//! What an action takes.

use serde_json::{Value, json};

use crate::Object;
use crate::random::Random;
use crate::shape::Style;
use crate::words;

/// Forms of text that vendors ask for, each with a value.
const PATTERNS: &[(&str, &str)] = &[
    ("^[0-9]+$", "7700481"),
    ("^[a-z][a-z0-9-]*$", "night-shift-2"),
    ("^[A-Z]{2,10}-[0-9]+$", "OPS-1482"),
    ("^(att)?[0-9]+$", "att7700512"),
    ("^[A-Za-z0-9_]{8,}$", "b64_Zk3pQ9"),
];

const FORMATS: &[(&str, &str)] = &[
    ("date-time", "2026-03-14T09:26:53Z"),
    ("date", "2026-03-14"),
    ("email", "ada@example.com"),
    ("uri", "https://www.example.com/hooks/7"),
    ("ipv4", "192.0.2.17"),
    ("uuid", "8f2c1d7e-4b0a-4c55-9e1f-0a1b2c3d4e5f"),
];

/// Adds so many optional parameters, of the kinds and in the shares of the hand-written catalogue.
pub(crate) fn add(
    parameters: &mut Object,
    count: usize,
    body: bool,
    style: Style,
    random: &mut Random,
) {
    let wanted = parameters.len() + count;
    while parameters.len() < wanted {
        let name = words::field(random);
        let key = style.wire(&name);
        if parameters.contains_key(&key) {
            continue;
        }
        let mut spec = kind(body, random);
        if random.percent(30) {
            spec.insert("title".to_owned(), words::title(&name).into());
        }
        if random.percent(12) {
            spec.insert("advanced".to_owned(), true.into());
        }
        if body && random.percent(8) {
            spec.insert("at".to_owned(), format!("/{}/{key}", style.wire("extra_settings")).into());
        }
        if random.percent(2) {
            spec.insert(
                "deprecated".to_owned(),
                json!({"reason": words::sentence(random), "since": "2025-06-01"}),
            );
        }
        if !body && random.percent(2) {
            spec.insert("in".to_owned(), "header".into());
            spec.insert(
                "wireName".to_owned(),
                format!("X-{}", words::title(&name).replace(' ', "-")).into(),
            );
        }
        parameters.insert(key, Value::Object(spec));
    }
}

/// The id of a thing, which its path names.
pub(crate) fn id(thing: &str, style: Style, random: &mut Random) -> Value {
    let mut spec = object(json!({
        "type": "string",
        "description": format!("The ID of the {}.", thing.replace('_', " ")),
        "required": true,
        "example": style.id(random),
    }));
    if style.uuids {
        spec.insert("format".to_owned(), "uuid".into());
    } else {
        spec.insert("pattern".to_owned(), "^[0-9]+$".into());
    }
    Value::Object(spec)
}

/// A `json!` object as its map.
pub(crate) fn object(value: Value) -> Object {
    match value {
        Value::Object(object) => object,
        _ => Object::new(),
    }
}

/// The value of an enumeration with what it means.
fn values(random: &mut Random) -> Object {
    let mut values = Object::new();
    for _ in 0..random.between(2, 8) {
        values.insert(words::value(random), words::sentence(random).into());
    }
    values
}

fn kind(body: bool, random: &mut Random) -> Object {
    let mut spec = match random.between(0, 99) {
        0..=14 => enumeration(random),
        15..=29 => integer(random),
        30..=40 => json!({"type": "boolean", "example": true}),
        41..=51 => list(random),
        52..=55 if body => nested(random),
        56..=59 => json!({"type": "number", "minimum": 0, "maximum": 100, "example": 12.5}),
        _ => string(random),
    };
    spec["description"] = words::text(random, 3).into();
    object(spec)
}

fn enumeration(random: &mut Random) -> Value {
    let values = values(random);
    let names: Vec<&String> = values.keys().collect();
    let mut spec = json!({"type": "string", "example": *random.choose(&names)});
    if random.percent(40) {
        spec["vendorDefault"] = (*random.choose(&names)).clone().into();
    }
    if random.percent(25) {
        spec["openEnum"] = true.into();
    }
    spec["enum"] = if random.percent(70) { Value::Object(values) } else { json!(names) };
    spec
}

fn integer(random: &mut Random) -> Value {
    let maximum = *random.choose(&[50, 100, 250, 1000, 86_400]);
    let mut spec = json!({"type": "integer", "minimum": 1, "maximum": maximum, "example": random.between(1, 50)});
    if random.percent(50) {
        spec["vendorDefault"] = random.between(1, 50).into();
    }
    spec
}

fn string(random: &mut Random) -> Value {
    match random.between(0, 9) {
        0 | 1 => {
            let (pattern, example) = random.choose(PATTERNS);
            json!({"type": "string", "pattern": pattern, "example": example})
        }
        2 | 3 => {
            let (format, example) = random.choose(FORMATS);
            json!({"type": "string", "format": format, "example": example})
        }
        4..=6 => {
            json!({"type": "string", "minLength": 1, "maxLength": *random.choose(&[64, 128, 255, 4000]), "example": words::label(random)})
        }
        _ => json!({"type": "string", "example": words::label(random)}),
    }
}

fn list(random: &mut Random) -> Value {
    let mut spec = json!({"type": "array"});
    if random.percent(40) {
        let values = values(random);
        spec["example"] = json!([values.keys().next()]);
        spec["items"] = json!({"type": "string", "enum": values});
        spec["uniqueItems"] = true.into();
    } else {
        spec["items"] = json!({"type": "string", "minLength": 1});
        spec["maxItems"] = (*random.choose(&[10, 50, 200])).into();
        spec["example"] = json!([words::value(random)]);
    }
    if random.percent(50) {
        spec["style"] = random.pick(&["comma", "repeat", "pipe"]).into();
    }
    spec
}

fn nested(random: &mut Random) -> Value {
    let (first, second) = (words::value(random), words::label(random));
    let properties = json!({
        "mode": {"type": "string", "description": words::sentence(random), "enum": [first, "automatic_mode"], "required": true},
        "label": {"type": "string", "description": words::sentence(random), "maxLength": 200},
        "limits": {"type": "object", "properties": {
            "soft": {"type": "integer", "minimum": 0, "description": words::sentence(random)},
            "hard": {"type": "integer", "minimum": 0},
        }},
    });
    let example = json!({"mode": first, "label": second, "limits": {"soft": 10, "hard": 20}});
    if random.percent(40) {
        json!({"type": "array", "items": {"type": "object", "properties": properties}, "example": [example]})
    } else {
        json!({"type": "object", "properties": properties, "example": example})
    }
}
