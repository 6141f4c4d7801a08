//! The challenge of a server and its answer (RFC 7616; RFC 2069 for servers without `qop`).

use http::header::WWW_AUTHENTICATE;
use http::{HeaderMap, HeaderValue};
use md5::Md5;
use sha2::{Digest as _, Sha256};

use crate::auth::Signable;
use crate::hex::hex;

/// What a server demands.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Challenge {
    realm: String,
    nonce: String,
    opaque: Option<String>,
    pub(super) algorithm: Algorithm,
    /// As the server wrote it, to be repeated.
    algorithm_name: Option<String>,
    qop: Option<Qop>,
    stale: bool,
    userhash: bool,
}

#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Algorithm {
    #[default]
    Md5,
    Md5Session,
    Sha256,
    Sha256Session,
}

/// Quality of protection: of the request line, or of the body too.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Qop {
    Auth,
    AuthInt,
}

impl Algorithm {
    fn of(name: Option<&str>) -> Option<Self> {
        match name.unwrap_or("MD5").to_ascii_uppercase().as_str() {
            "MD5" => Some(Self::Md5),
            "MD5-SESS" => Some(Self::Md5Session),
            "SHA-256" => Some(Self::Sha256),
            "SHA-256-SESS" => Some(Self::Sha256Session),
            _ => None,
        }
    }

    fn hash(self, bytes: &[u8]) -> String {
        match self {
            Self::Md5 | Self::Md5Session => hex(&Md5::digest(bytes)),
            Self::Sha256 | Self::Sha256Session => hex(&Sha256::digest(bytes)),
        }
    }

    fn is_session(self) -> bool {
        matches!(self, Self::Md5Session | Self::Sha256Session)
    }
}

impl Challenge {
    /// The strongest challenge that can be answered. Servers may send several, in one header or more.
    pub(super) fn parse(headers: &HeaderMap) -> Option<Self> {
        let texts =
            headers.get_all(WWW_AUTHENTICATE).iter().filter_map(|value| value.to_str().ok());
        texts
            .flat_map(challenges)
            .filter_map(|(scheme, fields)| Self::of(&scheme, &fields))
            .max_by_key(|challenge| challenge.algorithm)
    }

    fn of(scheme: &str, fields: &[(String, String)]) -> Option<Self> {
        if !scheme.eq_ignore_ascii_case("digest") {
            return None;
        }
        let field = |name: &str| {
            fields
                .iter()
                .find(|(key, _)| key.eq_ignore_ascii_case(name))
                .map(|(_, value)| value.as_str())
        };
        let is = |name: &str| field(name).is_some_and(|value| value.eq_ignore_ascii_case("true"));
        let offers: Option<Vec<String>> = field("qop")
            .map(|qop| qop.split(',').map(|one| one.trim().to_ascii_lowercase()).collect());
        let qop = match offers {
            None => None,
            Some(offers) if offers.iter().any(|one| one == "auth") => Some(Qop::Auth),
            Some(offers) if offers.iter().any(|one| one == "auth-int") => Some(Qop::AuthInt),
            Some(_) => return None,
        };
        Some(Self {
            realm: field("realm")?.to_owned(),
            nonce: field("nonce")?.to_owned(),
            opaque: field("opaque").map(str::to_owned),
            algorithm: Algorithm::of(field("algorithm"))?,
            algorithm_name: field("algorithm").map(str::to_owned),
            qop,
            stale: is("stale"),
            userhash: is("userhash"),
        })
    }

    /// Whether only the nonce was too old, and not the password wrong.
    pub(super) fn stale(&self) -> bool {
        self.stale
    }

    /// The `Authorization` header (RFC 7616, section 3.4). `count` is how often the nonce was used, this time included.
    pub(super) fn answer(
        &self,
        user: &str,
        password: &str,
        request: &Signable<'_>,
        count: u32,
        cnonce: &str,
    ) -> HeaderValue {
        let uri = request.url.query().map_or_else(
            || request.url.path().to_owned(),
            |query| format!("{}?{query}", request.url.path()),
        );
        let hash = |text: &str| self.algorithm.hash(text.as_bytes());
        let mut a1 = format!("{user}:{}:{password}", self.realm);
        if self.algorithm.is_session() {
            a1 = format!("{}:{}:{cnonce}", hash(&a1), self.nonce);
        }
        let mut a2 = format!("{}:{uri}", request.method);
        if self.qop == Some(Qop::AuthInt) {
            a2 = format!("{a2}:{}", self.algorithm.hash(request.body));
        }
        let qop = self.qop.map(|qop| if qop == Qop::Auth { "auth" } else { "auth-int" });
        let response = match qop {
            Some(qop) => hash(&format!(
                "{}:{}:{count:08x}:{cnonce}:{qop}:{}",
                hash(&a1),
                self.nonce,
                hash(&a2)
            )),
            None => hash(&format!("{}:{}:{}", hash(&a1), self.nonce, hash(&a2))),
        };
        let mut fields = vec![
            self.user_field(user),
            format!("realm={}", quoted(&self.realm)),
            format!("nonce={}", quoted(&self.nonce)),
            format!("uri={}", quoted(&uri)),
            format!("response=\"{response}\""),
        ];
        fields.extend(self.algorithm_name.as_ref().map(|name| format!("algorithm={name}")));
        fields.extend(self.opaque.as_ref().map(|opaque| format!("opaque={}", quoted(opaque))));
        if let Some(qop) = qop {
            fields.extend([format!("qop={qop}"), format!("nc={count:08x}")]);
        }
        if qop.is_some() || self.algorithm.is_session() {
            fields.push(format!("cnonce={}", quoted(cnonce)));
        }
        if self.userhash {
            fields.push("userhash=true".to_owned());
        }
        // What a server sent may hold what no header holds; then the answer is empty, and is refused.
        let mut value = HeaderValue::from_str(&format!("Digest {}", fields.join(", ")))
            .unwrap_or_else(|_| HeaderValue::from_static(""));
        value.set_sensitive(true);
        value
    }

    /// The user's name: hashed, as it is, or encoded (RFC 8187) where it is not ASCII.
    fn user_field(&self, user: &str) -> String {
        if self.userhash {
            return format!(
                "username=\"{}\"",
                self.algorithm.hash(format!("{user}:{}", self.realm).as_bytes())
            );
        }
        if user.is_ascii() {
            return format!("username={}", quoted(user));
        }
        format!("username*=UTF-8''{}", crate::percent::value(user))
    }
}

fn quoted(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// The challenges of a header: each a scheme with its fields (RFC 9110, section 11.6.1).
pub(super) fn challenges(header: &str) -> Vec<(String, Vec<(String, String)>)> {
    let mut found: Vec<(String, Vec<(String, String)>)> = Vec::new();
    let mut rest = header.trim_start_matches([' ', '\t', ',']);
    while !rest.is_empty() {
        let end = rest
            .find(|c: char| c.is_ascii_whitespace() || c == ',' || c == '=')
            .unwrap_or(rest.len());
        let word = &rest[..end];
        let after = rest[end..].trim_start();
        if let Some(value) = after.strip_prefix('=') {
            let (value, next) = field_value(value.trim_start());
            if let Some((_, fields)) = found.last_mut() {
                fields.push((word.to_owned(), value));
            }
            rest = next;
        } else {
            found.push((word.to_owned(), Vec::new()));
            rest = after;
        }
        rest = rest.trim_start_matches([' ', '\t', ',']);
    }
    found
}

/// A token or quoted string, and what comes after it.
fn field_value(text: &str) -> (String, &str) {
    let Some(inner) = text.strip_prefix('"') else {
        let end = text.find([',', ' ', '\t']).unwrap_or(text.len());
        return (text[..end].to_owned(), &text[end..]);
    };
    let mut value = String::new();
    let mut characters = inner.char_indices();
    while let Some((index, c)) = characters.next() {
        match c {
            '"' => return (value, &inner[index + 1..]),
            '\\' => value.extend(characters.next().map(|(_, escaped)| escaped)),
            c => value.push(c),
        }
    }
    (value, "")
}
