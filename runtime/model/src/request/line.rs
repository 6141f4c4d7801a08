//! Requests of one line over TCP (as in RFC 3912).

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// A line, and which referrals to follow. Responses are UTF-8, otherwise they are read as ISO 8859-1. Line ends become LF.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Line {
    /// The line without its end, which is CR LF; `{name}` is replaced by a parameter or a capture. Values with control characters are refused
    /// before anything is sent.
    #[cfg_attr(feature = "schema", schemars(length(min = 1), example = &"n + {ip}"))]
    pub send: String,
    /// Parameters that are host names: they are written in ASCII (IDNA, RFC 5891).
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub host_names: Vec<String>,
    /// Referrals: a response may name another server, which is queried next. The last response is the result.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub referral: Option<Referral>,
}

/// How a response names the next server: a field with the value `host`, `host:port` or `whois://host`. Only public hosts are queried, on the
/// port of the first server, and each host only once. If the base URL is replaced, only its host is queried.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct Referral {
    /// The names of the fields, case-insensitive; the first field with a host is used.
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub fields: Vec<String>,
    /// Maximum number of referrals, 1 to 5. Default: 2.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub most: Option<u32>,
    /// Lines for servers that require another line than `send`: host to line.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub send: IndexMap<String, String>,
}

impl Referral {
    /// How many referrals are followed.
    #[must_use]
    pub fn most(&self) -> u32 {
        self.most.unwrap_or(2)
    }
}
