//! Made-up values in place of what is personal or secret in recorded values.
//!
//! The rule, in order, for a value under a key:
//!
//! 1. A text whose key is that of a secret, or that looks like a key or token, is `made-up-secret`.
//! 2. People are replaced throughout: what stands under keys of names, logins and e-mail addresses in objects of people, and under keys of roles
//!    (`author`, `assignee`). The first person is Ada Lovelace, the second Grace Hopper; the same person is the same everywhere.
//! 3. E-mail addresses, telephone numbers, IP addresses, streets, postal codes, birth dates, places on the map, and numbers of accounts and
//!    taxes become examples of their kind.
//! 4. The host of an address becomes `example.com`, and its query goes.
//! 5. In all other texts the names and addresses of rule 2 and 3 are replaced where they stand.
//!
//! Ids stay: without the system that gave them they tell nothing. Long texts and lists are shortened.

use std::collections::HashMap;
use std::sync::LazyLock;

use indexmap::IndexMap;
use regex::Regex;
use serde_json::{Map, Value, json};

use super::credentials::{is_secret_name, looks_secret};
use super::report::{Kind, Report};
use super::request::{Body, Content, Recorded};

/// What stands for secrets.
pub(super) const SECRET: &str = "made-up-secret";
/// Items that are kept of a list, if they show nothing new.
const KEPT_ITEMS: usize = 2;
/// Items that are kept of a list, whatever they show.
const MOST_ITEMS: usize = 5;
/// Characters that are kept of a text.
const MOST_TEXT: usize = 300;
/// Levels of lists and objects that are kept.
const MOST_DEPTH: usize = 24;
/// Names that are looked for in other texts.
const MOST_NAMES: usize = 2_000;

const PEOPLE: [(&str, &str); 8] = [
    ("Ada", "Lovelace"),
    ("Grace", "Hopper"),
    ("Alan", "Turing"),
    ("Katherine", "Johnson"),
    ("Edsger", "Dijkstra"),
    ("Barbara", "Liskov"),
    ("Donald", "Knuth"),
    ("Radia", "Perlman"),
];
/// Keys that tell that an object is a person, in lower case without separators.
const PERSONAL: &[&str] = &[
    "email",
    "emailaddress",
    "mail",
    "firstname",
    "lastname",
    "givenname",
    "familyname",
    "surname",
    "login",
    "username",
    "displayname",
    "realname",
    "nickname",
    "avatar",
    "avatarurl",
    "avatarurls",
    "phone",
    "phonenumber",
    "mobile",
    "birthdate",
    "birthday",
    "jobtitle",
    "userprincipalname",
    "gravatarid",
    "publicname",
];
/// Keys whose text, or whose object, is a person.
const ROLES: &[&str] = &[
    "author",
    "owner",
    "assignee",
    "creator",
    "reporter",
    "createdby",
    "updatedby",
    "modifiedby",
    "lastmodifiedby",
    "requester",
    "requestedby",
    "approver",
    "manager",
    "sender",
    "recipient",
    "submitter",
    "user",
    "member",
    "contact",
    "customer",
    "employee",
    "reviewer",
    "committer",
];

#[expect(clippy::unwrap_used, reason = "a constant pattern, compiled by a test")]
static EMAIL: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"[A-Za-z0-9._%+'-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)+").unwrap());
#[expect(clippy::unwrap_used, reason = "a constant pattern, compiled by a test")]
static URL: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r#"\b(https?|wss?)://[^\s/?#"'<>\\)]+([^\s?#"'<>\\)]*)(\?[^\s#"'<>\\)]*)?"#).unwrap()
});
#[expect(clippy::unwrap_used, reason = "a constant pattern, compiled by a test")]
static IPV4: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"\b(?:[0-9]{1,3}\.){3}[0-9]{1,3}\b").unwrap());
#[expect(clippy::unwrap_used, reason = "a constant pattern, compiled by a test")]
static PHONE: LazyLock<Regex> =
    LazyLock::new(|| Regex::new(r"^(?:tel:)?\+[0-9][0-9 ()./-]{7,18}[0-9]$").unwrap());

/// How often something of a kind was replaced.
pub type Scrubbed = IndexMap<&'static str, usize>;

/// A value with made-up values for what is personal or secret, and how often each kind was replaced.
#[must_use]
pub fn scrub(value: &Value) -> (Value, Scrubbed) {
    let mut scrubber = Scrubber::default();
    scrubber.learn_value(value, "");
    let value = scrubber.value(value);
    (value, scrubber.counts())
}

/// Replaces the same by the same over all values.
#[derive(Default)]
pub(super) struct Scrubber {
    /// What is known of people: the real text, and what stands for it.
    known: HashMap<String, String>,
    people: usize,
    /// The known texts as one pattern, when it was made; stale when more are known.
    pattern: Option<(usize, Option<Regex>)>,
    found: IndexMap<&'static str, (usize, String)>,
    place: String,
    depth: usize,
}

impl Scrubber {
    /// Learns the people of a request and its answer.
    pub(super) fn learn(&mut self, recorded: &Recorded) {
        if let Body::Json(value) = &recorded.body {
            self.learn_value(value, "");
        }
        if let Some(Content::Json(value)) = recorded.answer.as_ref().map(|answer| &answer.content) {
            self.learn_value(value, "");
        }
    }

    /// Learns the people of an answer.
    pub(super) fn learn_response(&mut self, value: &Value) {
        self.learn_value(value, "");
    }

    fn learn_value(&mut self, value: &Value, key: &str) {
        match value {
            Value::Array(items) => items.iter().for_each(|item| self.learn_value(item, key)),
            Value::Object(fields) => {
                if is_person(fields, key) {
                    self.learn_person(fields);
                }
                fields.iter().for_each(|(key, field)| self.learn_value(field, key));
            }
            Value::String(text) if ROLES.contains(&plain(key).as_str()) && is_name(text) => {
                self.person(&[("full", text)]);
            }
            _ => {}
        }
    }

    fn learn_person(&mut self, fields: &Map<String, Value>) {
        let texts: Vec<(&'static str, &String)> = fields
            .iter()
            .filter_map(|(key, value)| match value {
                Value::String(text) if !text.trim().is_empty() => Some((part(key)?, text)),
                _ => None,
            })
            .collect();
        self.person(&texts);
    }

    /// Gives a person a made-up one, the same as before if any of the texts is known.
    fn person(&mut self, texts: &[(&'static str, &String)]) {
        let Some(_) = texts.iter().find(|(_, text)| !self.known.contains_key(*text)) else {
            return;
        };
        let before = texts
            .iter()
            .find_map(|(_, text)| self.known.get(*text))
            .and_then(|made_up| index_of(made_up));
        let index = before.unwrap_or_else(|| {
            self.people += 1;
            self.people - 1
        });
        for (part, text) in texts {
            if self.known.len() < MOST_NAMES && !self.known.contains_key(*text) {
                self.known.insert((*text).clone(), made_up(index, part));
            }
        }
    }

    /// The value with made-up values, shortened.
    pub(super) fn value(&mut self, value: &Value) -> Value {
        self.place.clear();
        self.at(value, "")
    }

    /// A text of a parameter.
    pub(super) fn text(&mut self, text: &str, key: &str) -> String {
        self.place = format!("/{key}");
        match self.string(text, key) {
            Value::String(text) => text,
            _ => SECRET.to_owned(),
        }
    }

    fn at(&mut self, value: &Value, key: &str) -> Value {
        if matches!(value, Value::Array(_) | Value::Object(_)) && self.depth >= MOST_DEPTH {
            return self.replaced("values beyond a depth left out", Value::Null);
        }
        self.depth += 1;
        let value = self.one(value, key);
        self.depth -= 1;
        value
    }

    fn one(&mut self, value: &Value, key: &str) -> Value {
        match value {
            Value::String(text) => self.string(text, key),
            Value::Number(_) => self.number(value, key),
            Value::Array(items) => self.items(items, key),
            Value::Object(fields) => self.object(fields),
            other => other.clone(),
        }
    }

    fn object(&mut self, fields: &Map<String, Value>) -> Value {
        let mut out = Map::new();
        for (key, field) in fields {
            let length = self.place.len();
            self.place.push('/');
            self.place.push_str(&crate::pointer::escape(key));
            // Keys of maps are data.
            let name = if key.contains('@')
                || looks_secret(key)
                || (is_telling(key) && self.known.contains_key(key))
            {
                let Value::String(name) = self.string(key, "") else { continue };
                name
            } else {
                key.clone()
            };
            let value = self.at(field, key);
            out.entry(name).or_insert(value);
            self.place.truncate(length);
        }
        Value::Object(out)
    }

    /// The first items, and those with keys that the ones before have not.
    fn items(&mut self, items: &[Value], key: &str) -> Value {
        let mut seen: Vec<&String> = Vec::new();
        let mut kept = Vec::new();
        for (index, item) in items.iter().enumerate() {
            let keys: Vec<&String> = item.as_object().into_iter().flat_map(Map::keys).collect();
            let is_new = keys.iter().any(|key| !seen.contains(key));
            if kept.len() < MOST_ITEMS && (index < KEPT_ITEMS || is_new) {
                let length = self.place.len();
                self.place.push_str(&format!("/{index}"));
                kept.push(self.at(item, key));
                self.place.truncate(length);
                seen.extend(keys);
            }
        }
        if kept.len() < items.len() {
            self.count("items of long lists left out");
        }
        Value::Array(kept)
    }

    fn number(&mut self, value: &Value, key: &str) -> Value {
        let plain = plain(key);
        let is_place = matches!(plain.as_str(), "lat" | "lng" | "lon" | "latitude" | "longitude");
        let is_secret = is_secret_name(key) || number_of_person(&plain);
        if is_place {
            self.replaced("places on the map", json!(0.5))
        } else if is_secret {
            self.replaced("numbers of secrets and accounts", json!(12_345))
        } else if is_phone_key(&plain) {
            self.replaced("telephone numbers", json!(15_550_100))
        } else {
            value.clone()
        }
    }

    fn string(&mut self, text: &str, key: &str) -> Value {
        let plain = plain(key);
        if text.trim().is_empty() {
            return json!(text);
        }
        if is_secret_name(key) || looks_secret(text) {
            return self.replaced("secrets", json!(SECRET));
        }
        let is_named = part(key).is_some() || ROLES.contains(&plain.as_str());
        if let Some(made_up) =
            self.known.get(text).filter(|_| is_named || is_telling(text)).cloned()
        {
            return self.replaced(
                if text.contains('@') { "e-mail addresses" } else { "names of people" },
                json!(made_up),
            );
        }
        if is_phone_key(&plain) || PHONE.is_match(text) {
            return self.replaced("telephone numbers", json!("+1 555 0100"));
        }
        if number_of_person(&plain) {
            return self.replaced("numbers of secrets and accounts", json!("12345"));
        }
        match plain.as_str() {
            "street" | "streetaddress" | "address1" | "addressline1" | "line1" | "street1" => {
                self.replaced("streets and postal codes", json!("Main Street 1"))
            }
            "zip" | "zipcode" | "postalcode" | "postcode" => {
                self.replaced("streets and postal codes", json!("12345"))
            }
            "birthdate" | "birthday" | "dateofbirth" | "dob" => {
                self.replaced("birth dates", json!("1990-01-31"))
            }
            _ if is_public_ipv6(text) => self.replaced("IP addresses", json!("2001:db8::1")),
            _ => json!(self.free_text(text)),
        }
    }

    /// What stands within a text.
    fn free_text(&mut self, text: &str) -> String {
        let mut text = text.to_owned();
        for address in EMAIL.find_iter(&text.clone()).map(|found| found.as_str().to_owned()) {
            if !address.ends_with("@example.com") {
                self.person(&[("email", &address)]);
                let made_up = self
                    .known
                    .get(&address)
                    .cloned()
                    .unwrap_or_else(|| "ada@example.com".to_owned());
                text = text.replace(&address, &made_up);
                self.count("e-mail addresses");
            }
        }
        if URL.is_match(&text) {
            let replaced = URL.replace_all(&text, "$1://example.com$2").into_owned();
            if replaced != text {
                self.count("hosts of addresses");
                text = replaced;
            }
        }
        if IPV4.is_match(&text) {
            let replaced = IPV4.replace_all(&text, |found: &regex::Captures<'_>| {
                match found[0].parse::<std::net::Ipv4Addr>() {
                    Ok(address) if !address.is_loopback() && !address.is_unspecified() => {
                        "192.0.2.1".to_owned()
                    }
                    _ => found[0].to_owned(),
                }
            });
            if replaced != text {
                self.count("IP addresses");
                text = replaced.into_owned();
            }
        }
        if let Some(pattern) = self.pattern() {
            let known = &self.known;
            let replaced = pattern
                .replace_all(&text, |found: &regex::Captures<'_>| {
                    known.get(&found[0]).cloned().unwrap_or_default()
                })
                .into_owned();
            if replaced != text {
                self.count("names of people");
                text = replaced;
            }
        }
        if text.chars().count() > MOST_TEXT {
            self.count("long texts shortened");
            text = text.chars().take(MOST_TEXT).chain(['…']).collect();
        }
        text
    }

    /// The known names that are long enough to be nothing else.
    fn pattern(&mut self) -> Option<Regex> {
        if self.pattern.as_ref().is_none_or(|(count, _)| *count != self.known.len()) {
            let mut names: Vec<&String> =
                self.known.keys().filter(|name| is_telling(name) && !name.contains('@')).collect();
            names.sort_by_key(|name| std::cmp::Reverse((name.len(), (*name).clone())));
            let any: Vec<String> = names.iter().map(|name| regex::escape(name)).collect();
            let regex = if any.is_empty() {
                None
            } else {
                Regex::new(&format!(r"\b(?:{})\b", any.join("|"))).ok()
            };
            self.pattern = Some((self.known.len(), regex));
        }
        self.pattern.as_ref().and_then(|(_, regex)| regex.clone())
    }

    fn replaced(&mut self, kind: &'static str, value: Value) -> Value {
        self.count(kind);
        value
    }

    fn count(&mut self, kind: &'static str) {
        let place = &self.place;
        self.found.entry(kind).or_insert_with(|| (0, place.clone())).0 += 1;
    }

    fn counts(&self) -> Scrubbed {
        self.found.iter().map(|(kind, (count, _))| (*kind, *count)).collect()
    }

    /// Reports how much was replaced, with the first place of each kind.
    pub(super) fn tell(&self, report: &mut Report) {
        for (kind, (count, place)) in &self.found {
            report.add(Kind::Scrubbed, place.clone(), format!("{kind}: {count}"));
        }
    }
}

/// A key in lower case without separators.
fn plain(key: &str) -> String {
    key.chars().filter(char::is_ascii_alphanumeric).map(|c| c.to_ascii_lowercase()).collect()
}

fn is_person(fields: &Map<String, Value>, key: &str) -> bool {
    ROLES.contains(&plain(key).as_str())
        || fields.keys().any(|key| PERSONAL.contains(&plain(key).as_str()))
}

/// What part of a person stands under a key.
fn part(key: &str) -> Option<&'static str> {
    Some(match plain(key).as_str() {
        "firstname" | "givenname" => "first",
        "lastname" | "familyname" | "surname" => "last",
        "name" | "fullname" | "displayname" | "realname" | "publicname" => "full",
        "login" | "username" | "nickname" | "handle" | "screenname" => "login",
        "email" | "emailaddress" | "mail" | "userprincipalname" | "secondaryemail" => "email",
        _ => return None,
    })
}

/// Whether the text under a role is a name rather than an id.
fn is_name(text: &str) -> bool {
    let has_digit = text.chars().any(|c| c.is_ascii_digit());
    text.contains('@')
        || (!has_digit
            && text.chars().any(char::is_alphabetic)
            && text.len() < 80
            && !text.contains("://"))
}

/// Whether a name means nobody and nothing else, wherever it stands.
fn is_telling(name: &str) -> bool {
    const SHORTEST: usize = 5;
    const COMMON: &[&str] = &[
        "admin",
        "administrator",
        "owner",
        "system",
        "default",
        "guest",
        "support",
        "service",
        "public",
        "private",
        "member",
        "active",
        "customer",
        "manager",
        "author",
        "editor",
        "viewer",
        "robot",
        "contact",
        "unknown",
        "anonymous",
        "example",
        "internal",
        "external",
        "person",
    ];
    name.contains(' ')
        || name.contains('@')
        || (name.chars().count() >= SHORTEST && !COMMON.contains(&name.to_lowercase().as_str()))
}

fn made_up(index: usize, part: &str) -> String {
    let number = index + 1;
    let (first, last) = match PEOPLE.get(index) {
        Some((first, last)) => ((*first).to_owned(), (*last).to_owned()),
        None => (format!("Person{number}"), "Example".to_owned()),
    };
    match part {
        "first" => first,
        "last" => last,
        "full" => format!("{first} {last}"),
        "login" => first.to_lowercase(),
        _ => format!("{}@example.com", first.to_lowercase()),
    }
}

/// The person that a made-up text is of.
fn index_of(made_up: &str) -> Option<usize> {
    let first = made_up.split([' ', '@']).next()?.to_lowercase();
    let known = PEOPLE
        .iter()
        .position(|(name, last)| name.to_lowercase() == first || last.to_lowercase() == first);
    known.or_else(|| first.strip_prefix("person")?.parse::<usize>().ok()?.checked_sub(1))
}

fn is_phone_key(plain: &str) -> bool {
    matches!(
        plain,
        "phone"
            | "phonenumber"
            | "telephone"
            | "mobile"
            | "mobilephone"
            | "fax"
            | "cell"
            | "cellphone"
            | "workphone"
            | "homephone"
            | "primaryphone"
            | "tel"
    )
}

fn number_of_person(plain: &str) -> bool {
    matches!(
        plain,
        "ssn"
            | "socialsecuritynumber"
            | "taxid"
            | "vatid"
            | "iban"
            | "bic"
            | "accountnumber"
            | "routingnumber"
            | "cardnumber"
            | "creditcard"
            | "passport"
            | "passportnumber"
            | "licensenumber"
            | "nationalid"
    )
}

fn is_public_ipv6(text: &str) -> bool {
    text.parse::<std::net::Ipv6Addr>().is_ok_and(|address| !address.is_loopback())
}
