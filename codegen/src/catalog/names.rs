//! Names: from wire names to Rust identifiers, Rust types and titles that people read.
//!
//! Every function takes any string at all and gives a valid, ASCII result; [`Scope`] keeps the results of one namespace apart.

use std::collections::{HashMap, HashSet};

use heck::{ToKebabCase, ToSnakeCase, ToUpperCamelCase};

/// Words whose inner capitals are no word boundary.
const WHOLE_WORDS: &[(&str, &str)] = &[
    ("OAuth", "Oauth"),
    ("GraphQL", "Graphql"),
    ("GitHub", "Github"),
    ("GitLab", "Gitlab"),
    ("iOS", "Ios"),
    ("macOS", "Macos"),
    ("IPv4", "Ipv4"),
    ("IPv6", "Ipv6"),
    ("IDs", "Ids"),
    ("URLs", "Urls"),
    ("IPs", "Ips"),
    ("APIs", "Apis"),
];

/// Words that titles write in capitals, or with capitals of their own.
const TITLE_WORDS: &[(&str, &str)] = &[
    ("api", "API"),
    ("apis", "APIs"),
    ("arn", "ARN"),
    ("aws", "AWS"),
    ("cidr", "CIDR"),
    ("cpu", "CPU"),
    ("cql", "CQL"),
    ("css", "CSS"),
    ("csv", "CSV"),
    ("cve", "CVE"),
    ("dns", "DNS"),
    ("html", "HTML"),
    ("http", "HTTP"),
    ("https", "HTTPS"),
    ("id", "ID"),
    ("ids", "IDs"),
    ("ios", "iOS"),
    ("ip", "IP"),
    ("ips", "IPs"),
    ("ipv4", "IPv4"),
    ("ipv6", "IPv6"),
    ("jql", "JQL"),
    ("json", "JSON"),
    ("mac", "MAC"),
    ("md5", "MD5"),
    ("mfa", "MFA"),
    ("oauth", "OAuth"),
    ("oauth2", "OAuth 2"),
    ("os", "OS"),
    ("pdf", "PDF"),
    ("sha1", "SHA-1"),
    ("sha256", "SHA-256"),
    ("sla", "SLA"),
    ("sql", "SQL"),
    ("ssl", "SSL"),
    ("sso", "SSO"),
    ("tls", "TLS"),
    ("ttl", "TTL"),
    ("ui", "UI"),
    ("uri", "URI"),
    ("url", "URL"),
    ("urls", "URLs"),
    ("utc", "UTC"),
    ("uuid", "UUID"),
    ("vm", "VM"),
    ("xml", "XML"),
];

/// Words that Rust 2024 reserves, raw identifiers aside.
const KEYWORDS: &[&str] = &[
    "abstract", "as", "async", "await", "become", "box", "break", "const", "continue", "crate",
    "do", "dyn", "else", "enum", "extern", "false", "final", "fn", "for", "gen", "if", "impl",
    "in", "let", "loop", "macro", "match", "mod", "move", "mut", "override", "priv", "pub", "ref",
    "return", "self", "static", "struct", "super", "trait", "true", "try", "type", "typeof",
    "union", "unsafe", "unsized", "use", "virtual", "where", "while", "yield",
];

/// Types and traits that Rust, or a file of a generated crate, names without a path. In a crate's root and in the module of an action no
/// type has one of these names. From `std::prelude::rust_2024`, with the traits that it derives.
const PRELUDE: &[&str] = &[
    "AsMut",
    "AsRef",
    "AsyncFn",
    "AsyncFnMut",
    "AsyncFnOnce",
    "Box",
    "Clone",
    "Copy",
    "Debug",
    "Default",
    "DoubleEndedIterator",
    "Drop",
    "Eq",
    "Err",
    "ExactSizeIterator",
    "Extend",
    "Fn",
    "FnMut",
    "FnOnce",
    "From",
    "FromIterator",
    "Future",
    "Hash",
    "Into",
    "IntoFuture",
    "IntoIterator",
    "Iterator",
    "None",
    "Ok",
    "Option",
    "Ord",
    "PartialEq",
    "PartialOrd",
    "Result",
    "Self",
    "Send",
    "Sized",
    "Some",
    "String",
    "Sync",
    "ToOwned",
    "ToString",
    "TryFrom",
    "TryInto",
    "Unpin",
    "Vec",
];

/// Names of files that Windows keeps for devices, whatever their extension.
const DEVICES: &[&str] = &["aux", "con", "nul", "prn"];

/// Whether generated code, or Rust, names a type by this word alone.
pub(crate) fn is_prelude(name: &str) -> bool {
    PRELUDE.contains(&name)
}

/// Whether Windows cannot have a file of this name.
#[must_use]
pub fn is_device(name: &str) -> bool {
    let numbered = |prefix: &str| {
        name.strip_prefix(prefix)
            .is_some_and(|rest| rest.len() == 1 && rest.bytes().all(|byte| byte.is_ascii_digit()))
    };
    DEVICES.contains(&name) || numbered("com") || numbered("lpt")
}

/// The Rust type of an integration's or action's own: as [`type_ident`], but with the suffix where the name is in Rust's prelude.
#[must_use]
pub fn own_type_ident(id: &str, suffix: &str) -> String {
    let name = type_ident(id);
    let word = name.trim_end_matches('_');
    if is_prelude(word) { format!("{word}{suffix}") } else { name }
}

/// Whether Rust 2024 reserves a word.
pub(crate) fn is_reserved(word: &str) -> bool {
    KEYWORDS.contains(&word)
}

/// The words of a wire name, in ASCII: characters of other scripts become `u` and their code point.
fn ascii_words(name: &str) -> String {
    let mut spelled = name.to_owned();
    for (from, to) in WHOLE_WORDS {
        if spelled.contains(from) {
            spelled = spelled.replace(from, to);
        }
    }
    let mut out = String::with_capacity(spelled.len());
    for c in spelled.chars() {
        match c {
            c if c.is_ascii_alphanumeric() => out.push(c),
            '+' => out.push_str(" plus "),
            c if c.is_alphanumeric() => out.push_str(&format!(" u{:x} ", u32::from(c))),
            '\'' => {}
            _ => out.push(' '),
        }
    }
    out
}

/// A Rust value name: `accountId` becomes `account_id`, `type` becomes `type_`, `3d` becomes `n3d`, nothing becomes `unnamed`.
#[must_use]
pub fn ident(name: &str) -> String {
    let snake = ascii_words(name).to_snake_case();
    let snake = match snake.chars().next() {
        None => "unnamed".to_owned(),
        Some(c) if c.is_ascii_digit() => format!("n{snake}"),
        Some(_) => snake,
    };
    if is_reserved(&snake) { format!("{snake}_") } else { snake }
}

/// A Rust type or variant name: `details.personal` becomes `DetailsPersonal`, `-1` becomes `N1`, nothing becomes `Unnamed`.
#[must_use]
pub fn type_ident(name: &str) -> String {
    let camel = ascii_words(name).to_upper_camel_case();
    match camel.chars().next() {
        None => "Unnamed".to_owned(),
        Some(c) if c.is_ascii_digit() => format!("N{camel}"),
        Some(_) if camel == "Self" => "Self_".to_owned(),
        Some(_) => camel,
    }
}

/// A title for people: `accountId` becomes `Account ID`.
#[must_use]
pub fn title(name: &str) -> String {
    let mut spelled = name.to_owned();
    for (from, to) in WHOLE_WORDS {
        spelled = spelled.replace(from, to);
    }
    let separated: String =
        spelled.chars().map(|c| if c.is_alphanumeric() { c } else { ' ' }).collect();
    let snake = separated.to_snake_case();
    let words: Vec<String> = snake
        .split('_')
        .filter(|word| !word.is_empty())
        .map(|word| {
            TITLE_WORDS
                .iter()
                .find(|(plain, _)| *plain == word)
                .map_or_else(|| capitalized(word), |(_, written)| (*written).to_owned())
        })
        .collect();
    if words.is_empty() { name.to_owned() } else { words.join(" ") }
}

fn capitalized(word: &str) -> String {
    let mut chars = word.chars();
    chars.next().map(|first| first.to_uppercase().chain(chars).collect()).unwrap_or_default()
}

/// A page name: `get_user` becomes `get-user`. `index` is the page of a folder, so it becomes `index_`, which no other id has.
#[must_use]
pub fn slug(id: &str) -> String {
    let slug = id.to_kebab_case();
    if slug == "index" { "index_".to_owned() } else { slug }
}

/// Whether a text is an id: `snake_case` of ASCII letters and digits, a letter first, at most 64 characters, and a name that a file may have
/// on every system.
#[must_use]
pub fn is_id(text: &str) -> bool {
    text.len() <= 64
        && !is_device(text)
        && text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.split('_').all(|word| {
            !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit())
        })
}

/// Names of one namespace, each given once.
#[derive(Debug, Default)]
pub struct Scope {
    taken: HashSet<String>,
    /// The number after the last one that a name was given with, so that a thousand equal names take a thousand steps.
    next: HashMap<String, usize>,
}

impl Scope {
    /// A namespace in which these names are taken.
    #[must_use]
    pub fn reserving(taken: &[&str]) -> Self {
        Self { taken: taken.iter().map(|name| (*name).to_owned()).collect(), next: HashMap::new() }
    }

    /// The wanted name if it is free, else the first free one of `wanted_2`, `wanted_3`, … (`Wanted2`, … for types).
    pub fn take(&mut self, wanted: impl Into<String>) -> String {
        let wanted = wanted.into();
        if self.taken.insert(wanted.clone()) {
            return wanted;
        }
        let joint = if wanted.starts_with(|c: char| c.is_ascii_uppercase()) { "" } else { "_" };
        let stem = wanted.trim_end_matches('_').to_owned();
        let number = self.next.entry(wanted).or_insert(2);
        loop {
            let name = format!("{stem}{joint}{number}");
            *number += 1;
            if self.taken.insert(name.clone()) {
                return name;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn idents_are_valid_whatever_the_wire_name() {
        for (wire, expected) in [
            ("accountId", "account_id"),
            ("type", "type_"),
            ("gen", "gen_"),
            ("Self", "self_"),
            ("3d-model", "n3d_model"),
            ("", "unnamed"),
            ("_", "unnamed"),
            ("$filter", "filter"),
            ("OAuth2Token", "oauth2_token"),
            ("größe", "gr_uf6_u_df_e"),
        ] {
            let got = ident(wire);
            assert!(syn::parse_str::<syn::Ident>(&got).is_ok(), "{wire} -> {got}");
            if wire != "größe" {
                assert_eq!(got, expected, "{wire}");
            }
        }
    }

    #[test]
    fn titles_know_acronyms() {
        assert_eq!(title("accountId"), "Account ID");
        assert_eq!(title("base_url"), "Base URL");
        assert_eq!(title("expand"), "Expand");
        assert_eq!(title("$"), "$");
    }

    #[test]
    fn names_of_devices_are_no_ids() {
        for name in ["aux", "con", "nul", "prn", "com1", "lpt9"] {
            assert!(!is_id(name), "{name}");
        }
        for name in ["auxiliary", "com", "com10", "con_1", "lptx", "null"] {
            assert!(is_id(name), "{name}");
        }
    }

    #[test]
    fn a_scope_gives_no_name_twice() {
        let mut scope = Scope::default();
        assert_eq!(scope.take("type_"), "type_");
        assert_eq!(scope.take("type_"), "type_2");
        assert_eq!(scope.take("User"), "User");
        assert_eq!(scope.take("User"), "User2");
    }

    proptest::proptest! {
        #[test]
        fn any_text_gives_identifiers(text in ".{0,80}") {
            proptest::prop_assert!(syn::parse_str::<syn::Ident>(&ident(&text)).is_ok());
            proptest::prop_assert!(syn::parse_str::<syn::Ident>(&type_ident(&text)).is_ok());
        }
    }
}
