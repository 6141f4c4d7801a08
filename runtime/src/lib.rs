//! The runtime used by generated `ActionSpec` crates.
//!
//! Generated code is data ([`descriptor`]) plus thin typed code. This crate does the work and knows no integration:
//!
//! - [`client`]: the connection to an integration: servers, credentials, limits;
//! - [`call`]: one action with its arguments; [`validate`] checks them before anything is sent;
//! - [`paging`]: streams of pages and items;
//! - [`response`], [`document`] and [`view`](mod@view): lenient, borrowed reading of responses;
//! - [`catalog`]: actions by name, with JSON in and JSON out;
//! - [`transport`]: the trait between the engine and the network.
//!
//! Reading is lenient, writing is strict: a request never contains what its spec forbids, and a response never fails as a whole because
//! of one unexpected field.

mod arguments;
mod attempt;
mod auth;
#[cfg(feature = "blocking")]
mod blocking;
pub mod call;
pub mod catalog;
pub mod client;
mod content;
pub mod descriptor;
pub mod document;
pub mod download;
mod encode;
mod envelope;
pub mod error;
pub mod file;
mod generated;
mod hex;
mod limits;
mod output;
pub mod paging;
mod pattern;
mod percent;
mod pointer;
mod redact;
mod referral;
pub mod response;
mod retry;
mod shape;
mod sql;
mod steps;
mod template;
pub mod transport;
mod untyped;
pub mod validate;
mod values;
pub mod view;
#[cfg(feature = "xml")]
pub mod xml;

pub use actionspec_model as model;
pub use bytes::Bytes;
pub use call::{Call, PreparedRequest, Sending};
pub use catalog::{Catalog, CatalogEntry, UnknownAction};
pub use client::{BuildError, Client, ClientBuilder};
pub use document::Document;
pub use download::{ByteStream, Streamed};
pub use error::{Error, ErrorKind};
pub use file::File;
pub use futures_core::Stream;
pub use http;
pub use jiff::Timestamp;
pub use paging::{BadToken, Item, Items, Paged, Pages};
pub use response::{Binary, Empty, Response, Text};
pub use secrecy::{ExposeSecret, SecretString};
pub use serde_json::{Map as JsonMap, Value, json};
pub use transport::{
    Body, BoxFuture, Incomplete, MemoryTransport, Middleware, Next, Stranger, Transport,
    TransportError,
};
pub use validate::{Violation, Violations};
pub use view::{DateTime, Field, FromView, List, Map, Mismatch, Typed, View};
