//! Requests signed as a spec declares by template.

/// A keyed hash of each request, put together by templates.
#[derive(Debug)]
pub struct Signing {
    /// The names of the credentials, in the order of the secrets.
    pub credentials: &'static [&'static str],
    /// What is computed, in order; later ones may use earlier ones.
    pub values: &'static [(&'static str, Computed)],
    /// The headers that every request carries; values are templates.
    pub headers: &'static [(&'static str, &'static str)],
}

/// A computed value; all texts are templates.
#[derive(Debug)]
pub enum Computed {
    /// The text itself.
    Text(&'static str),
    /// Its base64 form.
    Base64(&'static str),
    /// A hash.
    Hash {
        /// What is hashed.
        of: &'static str,
        /// The algorithm.
        algorithm: Algorithm,
        /// How the hash is written.
        encoding: Encoding,
        /// Only so many bytes count.
        max_bytes: Option<u64>,
        /// Of nothing the hash is the empty text.
        skip_empty: bool,
    },
    /// A keyed hash (RFC 2104).
    Hmac {
        /// What is signed.
        of: &'static str,
        /// The key.
        key: &'static str,
        /// How the key is written.
        key_encoding: Encoding,
        /// The algorithm.
        algorithm: Algorithm,
        /// How the hash is written.
        encoding: Encoding,
    },
}

/// Hash algorithms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Algorithm {
    /// SHA-1.
    Sha1,
    /// SHA-256.
    Sha256,
    /// SHA-512.
    Sha512,
}

/// How bytes are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Encoding {
    /// As they are.
    Text,
    /// Lower-case hexadecimal.
    Hex,
    /// Base64 (RFC 4648, section 4).
    Base64,
}
