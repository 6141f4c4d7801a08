//! Whether a JSON value fits a resolved type.

use std::collections::{BTreeMap, HashMap, HashSet};

use serde_json::Value;

use super::{Object, Schema, Type, TypeDef, Union};

/// What is checked.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Mode {
    /// Everything: what is sent must keep to the spec.
    Strict,
    /// Kinds, names and closed enums. Fields may be missing and anything may be `null`, as in what vendors send.
    Lenient,
}

/// One fault of a value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Misfit {
    /// Where, as a JSON pointer.
    pub pointer: String,
    /// What is wrong, on one line.
    pub message: String,
}

/// Every fault of `value` as a `schema`; `types` are the named types.
#[must_use]
pub fn check(
    value: &Value,
    schema: &Schema,
    types: &BTreeMap<&str, &TypeDef>,
    mode: Mode,
) -> Vec<Misfit> {
    let mut checker = Checker {
        types,
        mode,
        pointer: String::new(),
        misfits: Vec::new(),
        tried: HashMap::new(),
        trials: 0,
    };
    checker.value(value, schema, 0);
    checker.misfits
}

struct Checker<'a> {
    types: &'a BTreeMap<&'a str, &'a TypeDef>,
    mode: Mode,
    pointer: String,
    misfits: Vec<Misfit>,
    /// Whether a value fits a type, by their addresses: alternatives within alternatives are tried once.
    tried: HashMap<(*const Schema, *const Value), bool>,
    /// How many alternatives are being tried.
    trials: usize,
}

impl Checker<'_> {
    fn fault(&mut self, message: String) {
        self.misfits.push(Misfit { pointer: self.pointer.clone(), message });
    }

    fn below(&mut self, key: &str, check: impl FnOnce(&mut Self)) {
        let length = self.pointer.len();
        self.pointer.push('/');
        self.pointer.push_str(&crate::pointer::escape(key));
        check(self);
        self.pointer.truncate(length);
    }

    /// `hops` counts names and unions on the way to a type, which may go in circles.
    fn value(&mut self, value: &Value, schema: &Schema, hops: usize) {
        if value.is_null() && (schema.nullable || self.mode == Mode::Lenient) {
            return;
        }
        if !schema.values.is_empty()
            && !schema.open_enum
            && !schema.values.iter().any(|known| known.value == *value)
        {
            let known: Vec<String> =
                schema.values.iter().map(|known| plain(&known.value)).collect();
            let known: Vec<&str> = known.iter().map(String::as_str).collect();
            return self.fault(format!(
                "{} is none of the allowed values: {}",
                found(value),
                listed(&known)
            ));
        }
        match (&schema.ty, value) {
            (Type::Any, _) | (Type::Boolean, Value::Bool(_)) => {}
            (Type::String | Type::File, Value::String(text)) => self.string(text, schema),
            (Type::Integer, Value::Number(number)) if number.is_i64() || number.is_u64() => {
                self.number(value, schema);
            }
            (Type::Number, Value::Number(_)) => self.number(value, schema),
            (Type::Array(item), Value::Array(items)) => {
                self.items(items, schema);
                for (index, value) in items.iter().enumerate() {
                    self.below(&index.to_string(), |checker| checker.value(value, item, 0));
                }
            }
            (Type::Map(values), Value::Object(members)) => {
                self.count(members.len(), schema);
                for (key, value) in members {
                    self.below(key, |checker| checker.value(value, values, 0));
                }
            }
            (Type::Object(object), Value::Object(members)) => {
                self.count(members.len(), schema);
                self.object(members, object);
            }
            (Type::Union(union), _) => {
                self.beside(value, schema);
                self.union(value, union, hops + 1);
            }
            (Type::Named(name), _) => match self.types.get(name.as_str()) {
                Some(def) if hops <= 2 * self.types.len() => {
                    self.value(value, &def.schema, hops + 1);
                }
                Some(_) => self.fault(format!("the type `{name}` is defined as itself")),
                None => self.fault(format!("there is no type `{name}`")),
            },
            (ty, _) => self.fault(format!("expected {}, found {}", expected(ty), found(value))),
        }
    }

    fn object(&mut self, members: &serde_json::Map<String, Value>, object: &Object) {
        if self.mode == Mode::Strict {
            for property in &object.properties {
                if property.schema.required
                    && !property.schema.read_only
                    && !members.contains_key(&property.name)
                {
                    self.fault(format!("the property `{}` is missing", property.name));
                }
            }
        }
        for (key, value) in members {
            let known = object
                .properties
                .iter()
                .find(|property| property.name == *key)
                .map(|property| &property.schema);
            self.below(key, |checker| match known.or(object.additional.as_deref()) {
                Some(schema) => checker.value(value, schema, 0),
                None => checker.fault(format!("there is no property `{key}`")),
            });
        }
    }

    fn count(&mut self, count: usize, schema: &Schema) {
        if self.mode == Mode::Lenient {
            return;
        }
        let count = count as u64;
        if let Some(least) = schema.min_properties.filter(|&least| count < least) {
            self.fault(format!("{count} properties, fewer than {least}"));
        }
        if let Some(most) = schema.max_properties.filter(|&most| count > most) {
            self.fault(format!("{count} properties, more than {most}"));
        }
    }

    /// What stands beside the alternatives holds for whichever it is.
    fn beside(&mut self, value: &Value, schema: &Schema) {
        match value {
            Value::String(text) => self.string(text, schema),
            Value::Number(_) => self.number(value, schema),
            Value::Array(items) => self.items(items, schema),
            Value::Object(members) => self.count(members.len(), schema),
            Value::Null | Value::Bool(_) => {}
        }
    }

    fn union(&mut self, value: &Value, union: &Union, hops: usize) {
        if let Some(property) = &union.discriminator {
            return self.tagged(value, union, property, hops);
        }
        let fitting: Vec<&str> = union
            .alternatives
            .iter()
            .filter(|alternative| self.fits(value, &alternative.schema, hops))
            .map(|alternative| alternative.title.as_str())
            .collect();
        match fitting.len() {
            0 => self.no_alternative(value, union, hops),
            1 => {}
            _ if self.mode == Mode::Strict && union.exactly_one => {
                self.fault(format!(
                    "{} fits more than one of the types: {}",
                    found(value),
                    listed(&fitting)
                ));
            }
            _ => {}
        }
    }

    fn tagged(&mut self, value: &Value, union: &Union, property: &str, hops: usize) {
        let Value::Object(members) = value else {
            return self.fault(format!("expected an object, found {}", found(value)));
        };
        let tag = members.get(property).and_then(Value::as_str);
        let meant = union
            .alternatives
            .iter()
            .find(|alternative| alternative.tags.iter().any(|known| Some(known.as_str()) == tag));
        match (meant, members.get(property)) {
            (Some(alternative), _) => self.value(value, &alternative.schema, hops),
            // What vendors add is read as it is.
            _ if self.mode == Mode::Lenient => {}
            (None, None) => {
                self.fault(format!("the property `{property}`, which says what it is, is missing"));
            }
            (None, Some(other)) => {
                let tags: Vec<&str> = union
                    .alternatives
                    .iter()
                    .flat_map(|alternative| &alternative.tags)
                    .map(String::as_str)
                    .collect();
                self.below(property, |checker| {
                    checker.fault(format!("{} is none of {}", found(other), listed(&tags)));
                });
            }
        }
    }

    fn fits(&mut self, value: &Value, schema: &Schema, hops: usize) -> bool {
        let key = (std::ptr::from_ref(schema), std::ptr::from_ref(value));
        if let Some(known) = self.tried.get(&key) {
            return *known;
        }
        let before = self.misfits.len();
        self.trials += 1;
        self.value(value, schema, hops);
        self.trials -= 1;
        let fits = self.misfits.len() == before;
        self.misfits.truncate(before);
        self.tried.insert(key, fits);
        fits
    }

    /// Tells what is wrong with the one alternative that the value can have meant, or that there is none.
    fn no_alternative(&mut self, value: &Value, union: &Union, hops: usize) {
        let titles: Vec<&str> =
            union.alternatives.iter().map(|alternative| alternative.title.as_str()).collect();
        if self.trials == 0 {
            let types = self.types;
            let mut near = union
                .alternatives
                .iter()
                .filter(|alternative| may_be(value, &alternative.schema, types));
            if let (Some(meant), None) = (near.next(), near.next()) {
                return self.value(value, &meant.schema, hops);
            }
        }
        self.fault(format!("{} fits none of the types {}", found(value), listed(&titles)));
    }

    fn string(&mut self, text: &str, schema: &Schema) {
        if self.mode == Mode::Lenient {
            return;
        }
        let length = text.chars().count() as u64;
        if let Some(least) = schema.min_length.filter(|&least| length < least) {
            self.fault(format!("`{text}` has {length} characters, fewer than {least}"));
        }
        if let Some(most) = schema.max_length.filter(|&most| length > most) {
            self.fault(format!("`{text}` has {length} characters, more than {most}"));
        }
        if let Some(pattern) = &schema.pattern {
            match regex::Regex::new(pattern) {
                Ok(regex) if regex.is_match(text) => {}
                Ok(_) => self.fault(format!("`{text}` does not match the pattern `{pattern}`")),
                Err(_) => self.fault(format!("`{pattern}` is not a regular expression")),
            }
        }
        if let Some(format) = schema.format.as_deref().filter(|format| !fits_format(text, format)) {
            self.fault(format!("`{text}` is not of the format `{format}`"));
        }
    }

    fn number(&mut self, value: &Value, schema: &Schema) {
        let Some(number) = value.as_f64().filter(|_| self.mode == Mode::Strict) else { return };
        if let Some(least) = schema.minimum.filter(|&least| number < least) {
            self.fault(format!("`{value}` is less than the minimum `{least}`"));
        }
        if let Some(most) = schema.maximum.filter(|&most| number > most) {
            self.fault(format!("`{value}` is greater than the maximum `{most}`"));
        }
        if let Some(bound) = schema.exclusive_minimum.filter(|&bound| number <= bound) {
            self.fault(format!("`{value}` is not greater than `{bound}`"));
        }
        if let Some(bound) = schema.exclusive_maximum.filter(|&bound| number >= bound) {
            self.fault(format!("`{value}` is not less than `{bound}`"));
        }
        if let Some(step) = schema
            .multiple_of
            .filter(|&step| step > 0.0 && ((number / step).round() - number / step).abs() > 1e-9)
        {
            self.fault(format!("`{value}` is not a multiple of `{step}`"));
        }
        if schema.format.as_deref() == Some("int32")
            && !(f64::from(i32::MIN)..=f64::from(i32::MAX)).contains(&number)
        {
            self.fault(format!("`{value}` does not fit in 32 bits"));
        }
    }

    fn items(&mut self, items: &[Value], schema: &Schema) {
        if self.mode == Mode::Lenient {
            return;
        }
        let count = items.len() as u64;
        if let Some(least) = schema.min_items.filter(|&least| count < least) {
            self.fault(format!("{count} items, fewer than {least}"));
        }
        if let Some(most) = schema.max_items.filter(|&most| count > most) {
            self.fault(format!("{count} items, more than {most}"));
        }
        let mut seen = HashSet::new();
        if schema.unique_items
            && let Some(twice) = items.iter().find(|item| !seen.insert(*item))
        {
            self.fault(format!("{} stands there twice", found(twice)));
        }
    }
}

/// Whether the value is of the JSON type that the schema is about.
fn may_be(value: &Value, schema: &Schema, types: &BTreeMap<&str, &TypeDef>) -> bool {
    let mut schema = schema;
    for _ in 0..types.len() {
        let Type::Named(name) = &schema.ty else { break };
        let Some(def) = types.get(name.as_str()) else { return true };
        schema = &def.schema;
    }
    match &schema.ty {
        Type::Any | Type::Named(_) | Type::Union(_) => true,
        Type::String | Type::File => value.is_string(),
        Type::Integer | Type::Number => value.is_number(),
        Type::Boolean => value.is_boolean(),
        Type::Array(_) => value.is_array(),
        Type::Object(_) | Type::Map(_) => value.is_object(),
    }
}

/// A few of them, as code.
fn listed(names: &[&str]) -> String {
    const SHOWN: usize = 12;
    let mut text =
        names.iter().take(SHOWN).map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ");
    if names.len() > SHOWN {
        text.push_str(&format!(" and {} more", names.len() - SHOWN));
    }
    text
}

/// A type in words, with its article.
pub(super) fn expected(ty: &Type) -> &'static str {
    match ty {
        Type::Any | Type::Named(_) | Type::Union(_) => "a value",
        Type::String => "a string",
        Type::Integer => "an integer",
        Type::Number => "a number",
        Type::Boolean => "a boolean",
        Type::File => "a file, as a string",
        Type::Array(_) => "an array",
        Type::Object(_) | Type::Map(_) => "an object",
    }
}

fn found(value: &Value) -> String {
    match value {
        Value::Null => "`null`".to_owned(),
        Value::Bool(_) => format!("the boolean `{value}`"),
        Value::Number(_) => format!("the number `{value}`"),
        Value::String(text) => format!("the string `{}`", shortened(text)),
        Value::Array(_) => "an array".to_owned(),
        Value::Object(_) => "an object".to_owned(),
    }
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn shortened(text: &str) -> String {
    const MOST: usize = 60;
    let line = text.replace(['\n', '\r'], " ");
    if line.chars().count() > MOST {
        line.chars().take(MOST).chain(['…']).collect()
    } else {
        line
    }
}

pub(crate) fn fits_format(text: &str, format: &str) -> bool {
    match format {
        "date-time" => is_date_time(text),
        "date" => is_date(text),
        "time" => is_time(text),
        "email" => text.split_once('@').is_some_and(|(user, host)| {
            !user.is_empty() && !host.is_empty() && !host.contains(['@', ' '])
        }),
        "uri" => text.split_once(':').is_some_and(|(scheme, rest)| {
            is_scheme(scheme) && !rest.is_empty() && !text.contains(char::is_whitespace)
        }),
        "ipv4" => text.parse::<std::net::Ipv4Addr>().is_ok(),
        "ipv6" => text.parse::<std::net::Ipv6Addr>().is_ok(),
        "ip" => text.parse::<std::net::IpAddr>().is_ok(),
        "cidr" => is_cidr(text),
        "uuid" => {
            text.len() == 36
                && text.char_indices().all(|(at, char)| {
                    if matches!(at, 8 | 13 | 18 | 23) {
                        char == '-'
                    } else {
                        char.is_ascii_hexdigit()
                    }
                })
        }
        "hostname" => is_hostname(text),
        "duration" => text.len() > 2 && text.starts_with('P') && !text.ends_with('T'),
        "byte" => is_base64(text),
        _ => true,
    }
}

fn is_scheme(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic())
        && text.chars().all(|char| char.is_ascii_alphanumeric() || "+-.".contains(char))
}

fn is_cidr(text: &str) -> bool {
    let Some((address, bits)) = text.split_once('/') else { return false };
    let most = match address.parse() {
        Ok(std::net::IpAddr::V4(_)) => 32,
        Ok(std::net::IpAddr::V6(_)) => 128,
        Err(_) => return false,
    };
    bits.parse::<u8>().is_ok_and(|bits| bits <= most)
}

fn is_hostname(text: &str) -> bool {
    let label = |label: &str| {
        let edge = label.starts_with('-') || label.ends_with('-');
        (1..=63).contains(&label.len())
            && !edge
            && label.chars().all(|char| char.is_ascii_alphanumeric() || char == '-')
    };
    text.len() <= 253 && text.split('.').all(label)
}

fn is_base64(text: &str) -> bool {
    let body = text.trim_end_matches('=');
    text.len().is_multiple_of(4)
        && text.len() - body.len() <= 2
        && body.chars().all(|char| char.is_ascii_alphanumeric() || "+/".contains(char))
}

/// Whether the text is a full date, `2024-02-29`.
pub(super) fn is_date(text: &str) -> bool {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return false;
    }
    let (Some(year), Some(month), Some(day)) =
        (digits(bytes, 0, 4), digits(bytes, 5, 2), digits(bytes, 8, 2))
    else {
        return false;
    };
    let leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    let days = match month {
        1 | 3 | 5 | 7 | 8 | 10 | 12 => 31,
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        _ => return false,
    };
    (1..=days).contains(&day)
}

/// Whether the text is an RFC 3339 time with date and offset.
pub(super) fn is_date_time(text: &str) -> bool {
    let (Some(date), Some(separator), Some(time)) =
        (text.get(..10), text.as_bytes().get(10), text.get(11..))
    else {
        return false;
    };
    is_date(date) && matches!(separator, b'T' | b't' | b' ') && is_time(time)
}

/// Whether the text is an RFC 3339 time of day with an offset.
fn is_time(text: &str) -> bool {
    let bytes = text.as_bytes();
    if bytes.len() < 9 || bytes[2] != b':' || bytes[5] != b':' {
        return false;
    }
    let (Some(hour), Some(minute), Some(second)) =
        (digits(bytes, 0, 2), digits(bytes, 3, 2), digits(bytes, 6, 2))
    else {
        return false;
    };
    let mut rest = &bytes[8..];
    if let Some(fraction) = rest.strip_prefix(b".") {
        let length = fraction.iter().take_while(|byte| byte.is_ascii_digit()).count();
        if length == 0 {
            return false;
        }
        rest = &fraction[length..];
    }
    let offset = match rest {
        b"Z" | b"z" => true,
        [b'+' | b'-', ..] if rest.len() == 6 && rest[3] == b':' => {
            digits(rest, 1, 2).is_some_and(|hour| hour < 24)
                && digits(rest, 4, 2).is_some_and(|minute| minute < 60)
        }
        _ => false,
    };
    hour < 24 && minute < 60 && second <= 60 && offset
}

fn digits(bytes: &[u8], start: usize, count: usize) -> Option<u32> {
    bytes.get(start..start + count)?.iter().try_fold(0, |number, byte| {
        byte.is_ascii_digit().then(|| number * 10 + u32::from(byte - b'0'))
    })
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::catalog::{Alternative, Property};

    fn faults(value: &Value, schema: &Schema, mode: Mode) -> Vec<(String, String)> {
        check(value, schema, &BTreeMap::new(), mode)
            .into_iter()
            .map(|misfit| (misfit.pointer, misfit.message))
            .collect()
    }

    fn user() -> Schema {
        let property = |name: &str, schema: Schema| Property {
            name: name.to_owned(),
            ident: name.to_owned(),
            schema,
        };
        let age =
            Schema { ty: Type::Integer, minimum: Some(50.0), required: true, ..Schema::default() };
        let born =
            Schema { ty: Type::String, format: Some("date".to_owned()), ..Schema::default() };
        let object = Object {
            properties: vec![property("age", age), property("born", born)],
            additional: None,
        };
        Schema { ty: Type::Object(object), ..Schema::default() }
    }

    #[test]
    fn strict_tells_every_fault_at_its_place() {
        let found =
            faults(&json!({"age": 42, "born": "2023-02-29", "a/b": 1}), &user(), Mode::Strict);
        let wanted = [
            ("/age", "`42` is less than the minimum `50`"),
            ("/born", "`2023-02-29` is not of the format `date`"),
            ("/a~1b", "there is no property `a/b`"),
        ];
        assert_eq!(
            found,
            wanted.map(|(pointer, message)| (pointer.to_owned(), message.to_owned()))
        );
        assert_eq!(
            faults(&json!({}), &user(), Mode::Strict),
            [(String::new(), "the property `age` is missing".to_owned())]
        );
    }

    #[test]
    fn lenient_tells_wrong_kinds_and_unknown_properties_only() {
        assert_eq!(faults(&json!({"born": "date", "age": null}), &user(), Mode::Lenient), []);
        let found = faults(&json!({"age": "x"}), &user(), Mode::Lenient);
        assert_eq!(
            found,
            [("/age".to_owned(), "expected an integer, found the string `x`".to_owned())]
        );
    }

    #[test]
    fn unions_say_what_is_wrong_with_the_alternative_that_was_meant() {
        let alternative = |title: &str, tags: &[&str], schema: Schema| Alternative {
            ident: title.to_owned(),
            title: title.to_owned(),
            tags: tags.iter().map(|tag| (*tag).to_owned()).collect(),
            schema,
        };
        let text = Schema { ty: Type::String, max_length: Some(3), ..Schema::default() };
        let alternatives =
            vec![alternative("string", &[], text), alternative("user", &["u"], user())];
        let union = Union { exactly_one: true, discriminator: None, alternatives };
        let schema = Schema { ty: Type::Union(union.clone()), ..Schema::default() };
        assert_eq!(faults(&json!("abc"), &schema, Mode::Strict), []);
        assert_eq!(
            faults(&json!("abcd"), &schema, Mode::Strict)[0].1,
            "`abcd` has 4 characters, more than 3"
        );
        assert_eq!(faults(&json!({"age": 1}), &schema, Mode::Strict)[0].0, "/age");
        assert_eq!(
            faults(&json!(true), &schema, Mode::Strict)[0].1,
            "the boolean `true` fits none of the types `string`, `user`"
        );
        let tagged = Union { discriminator: Some("kind".to_owned()), ..union };
        let schema = Schema { ty: Type::Union(tagged), ..Schema::default() };
        assert_eq!(
            faults(&json!({"kind": "v"}), &schema, Mode::Strict)[0].1,
            "the string `v` is none of `u`"
        );
        assert_eq!(faults(&json!({"kind": "v"}), &schema, Mode::Lenient), []);
    }

    #[test]
    fn alternatives_within_alternatives_are_tried_once() {
        let child = |name: &str| {
            let schema =
                Schema { ty: Type::Named("Tree".to_owned()), required: true, ..Schema::default() };
            let leaf = Schema { ty: Type::Boolean, required: true, ..Schema::default() };
            let properties = vec![
                Property { name: "child".to_owned(), ident: "child".to_owned(), schema },
                Property { name: name.to_owned(), ident: name.to_owned(), schema: leaf },
            ];
            let schema = Schema {
                ty: Type::Object(Object { properties, additional: Some(Box::default()) }),
                ..Schema::default()
            };
            Alternative { schema, ..Alternative::default() }
        };
        let union = Union {
            exactly_one: false,
            discriminator: None,
            alternatives: vec![child("a"), child("b")],
        };
        let tree = TypeDef {
            name: "Tree".to_owned(),
            description: None,
            schema: Schema { ty: Type::Union(union), ..Schema::default() },
        };
        let types = BTreeMap::from([("Tree", &tree)]);
        let deep = (0..60)
            .fold(json!("no tree"), |child, _| json!({"child": child, "a": true, "b": true}));
        assert_eq!(check(&deep, &tree.schema, &types, Mode::Strict).len(), 1);
    }

    #[test]
    fn date_times_have_an_offset_and_a_real_date() {
        for text in
            ["2024-02-29T12:00:00Z", "2024-02-29T12:00:00.123+05:30", "2024-12-31t23:59:60z"]
        {
            assert!(is_date_time(text), "{text}");
        }
        for text in [
            "2023-02-29T12:00:00Z",
            "2024-02-29T12:00:00",
            "2024-02-29T25:00:00Z",
            "2024-02-29T12:00:00.Z",
            "2024-02-2é:00",
            "",
        ] {
            assert!(!is_date_time(text), "{text}");
        }
    }
}
