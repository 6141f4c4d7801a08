//! Protocols: what the servers of an integration speak.

use serde::{Deserialize, Serialize};

use crate::integration::Integration;

/// The protocol of an integration's servers; all of them use the same one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize)]
pub enum Protocol {
    /// HTTP over TLS.
    Http,
    /// Lines over TCP.
    Tcp,
    /// TDS, the protocol of SQL Server, over TLS.
    Tds,
}

impl Protocol {
    /// The protocol of an address.
    #[must_use]
    pub fn of(url: &str) -> Self {
        match url.split_once("://") {
            Some(("tcp", _)) => Self::Tcp,
            Some(("tds", _)) => Self::Tds,
            _ => Self::Http,
        }
    }

    /// The URL scheme.
    #[must_use]
    pub fn scheme(self) -> &'static str {
        match self {
            Self::Http => "https",
            Self::Tcp => "tcp",
            Self::Tds => "tds",
        }
    }
}

impl Integration {
    /// The protocol of its servers.
    #[must_use]
    pub fn protocol(&self) -> Protocol {
        self.servers.first().map_or(Protocol::Http, |server| Protocol::of(&server.url))
    }
}
