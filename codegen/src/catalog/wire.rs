//! What requests are on the wire, where they are not HTTP.

pub use actionspec_model::Protocol;
use serde::{Deserialize, Serialize};

use crate::spec::{SqlSpec, TcpSpec};

/// What a request is on the wire.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub enum Wire {
    /// HTTP: method, path, and what they carry.
    Http,
    /// A line over TCP.
    Tcp(TcpSpec),
    /// SQL over TDS.
    Sql(SqlSpec),
}
