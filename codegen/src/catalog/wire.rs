//! What requests are on the wire, where they are not HTTP.

pub use actionspec_model::Protocol;
use serde::{Deserialize, Serialize};

use super::model::{Integration, Step};
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

impl Integration {
    /// What its servers speak; all of them speak the same.
    #[must_use]
    pub fn protocol(&self) -> Protocol {
        self.servers.first().map_or(Protocol::Http, |server| Protocol::of(&server.url))
    }
}

impl Step {
    /// The request in a line: `GET /users/{id}`, `TCP n + {ip}`, `SQL procedure sys.sp_who`.
    #[must_use]
    pub fn line(&self) -> String {
        match &self.wire {
            Wire::Http => format!("{} {}", self.method.as_str(), self.path),
            Wire::Tcp(tcp) => format!("TCP {}", tcp.send),
            Wire::Sql(SqlSpec { statement: Some(_), .. }) => "SQL statement".to_owned(),
            Wire::Sql(SqlSpec { procedure: Some(name), .. }) => format!("SQL procedure {name}"),
            Wire::Sql(SqlSpec { statement_from: Some(key), .. }) => format!("SQL {{{key}}}"),
            Wire::Sql(sql) => {
                format!("SQL procedure {{{}}}", sql.procedure_from.as_deref().unwrap_or_default())
            }
        }
    }
}
