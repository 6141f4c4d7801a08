//! A loopback server that answers every action of a catalogue from its spec.
//!
//! Each integration is served below a prefix of its own: `http://127.0.0.1:4010/confluence` stands for the vendor's server address.
//! A request is matched to an action (`routes`), its parameters are read back from the wire (`read`) and held against the spec
//! (`check`, `scheme` for its credentials), and the answer is the action's example output or the vendor's own kind of error (`answer`, and
//! `output` for what differs from kind to kind). The server knows nothing of any integration but its
//! spec, and binds to loopback only.
//!
//! A request header `x-mock-status: 404` asks for that error, so that a client's error handling can be tried.
//!
//! Integrations that are not HTTP have a port each: lines over TCP (`lines`) and SQL over TDS without TLS (`sql`), where the password `wrong` is
//! refused.

mod answer;
mod check;
mod flat;
mod lines;
mod output;
mod paging;
mod read;
mod routes;
mod scheme;
mod server;
mod sql;

pub use server::Mock;
