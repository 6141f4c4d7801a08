//! Requests of one line over TCP (as in RFC 3912).

use indexmap::IndexMap;
use serde::{Deserialize, Serialize};

/// A line, and where its answer may lead. Answers are UTF-8; one that is not is read as ISO 8859-1. Line ends become LF.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct TcpSpec {
    /// The line without its end, which is CR LF; `{name}` stands for a parameter or a capture. Values with control characters are refused
    /// before anything is sent.
    #[cfg_attr(feature = "schema", schemars(length(min = 1), example = &"n + {ip}"))]
    pub send: String,
    /// Parameters that are host names: they are written in ASCII (IDNA, RFC 5891).
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub host_names: Vec<String>,
    /// That an answer may name another server, which is asked next. The last answer is the result.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub referral: Option<ReferralSpec>,
}

/// How an answer names the server to ask next: a field whose value is `host`, `host:port` or `whois://host`. Only public hosts are asked, on the
/// port of the server that was asked first, and none twice; a client whose base address was replaced asks that host alone.
#[derive(Clone, Debug, PartialEq, Deserialize, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields, rename_all = "camelCase")]
pub struct ReferralSpec {
    /// The names of the fields, whatever their case; the first one in the answer with a host counts.
    #[cfg_attr(feature = "schema", schemars(length(min = 1)))]
    pub fields: Vec<String>,
    /// How many referrals are followed, 1 to 5. Default: 2.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub most: Option<u32>,
    /// What servers want to be sent that are not content with `send`: host to line.
    #[serde(default, skip_serializing_if = "crate::is_default")]
    pub send: IndexMap<String, String>,
}

impl ReferralSpec {
    /// How many referrals are followed.
    #[must_use]
    pub fn most(&self) -> u32 {
        self.most.unwrap_or(2)
    }
}
