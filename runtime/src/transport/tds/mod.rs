//! SQL over TDS, the protocol of SQL Server: a connection and login for each request, so that no session outlives its answer.

mod limited;
mod read;

use base64::Engine as _;
use bytes::Bytes;
use futures_util::TryStreamExt as _;
use http::header::{AUTHORIZATION, CONTENT_TYPE, HeaderValue};
use http::{HeaderMap, Request, Response, StatusCode, Uri};
use serde_json::{Value, json};
use tiberius::error::{Error as DriverError, IoErrorKind};
use tiberius::numeric::Numeric;
use tiberius::{AuthMethod, Client, ColumnData, Command, CommandItem, Config, EncryptionLevel};
use tokio::net::TcpStream;
use tokio_util::compat::{Compat, TokioAsyncWriteCompatExt as _};

use self::limited::Limited;
use self::read::Rows;
use super::{Body, BoxFuture, MostBytes, Transport, TransportError};
use crate::sql::{self, Bound};

/// The most bytes of rows, unless the engine says otherwise.
const MOST_BYTES: usize = 64 << 20;
/// What the server's monitoring shows as the program.
const PROGRAM: &str = concat!("actionspec/", env!("CARGO_PKG_VERSION"));

type Connection = Client<Compat<Limited<TcpStream>>>;

/// SQL over TDS by way of `tiberius`, with TLS unless the address begins with `tds+plain`. Dropping a request closes its connection, whereupon the
/// server ends what it was doing for it.
#[derive(Clone, Default)]
pub struct TdsTransport {
    roots: Vec<String>,
}

impl std::fmt::Debug for TdsTransport {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("TdsTransport").field("roots", &self.roots.len()).finish()
    }
}

impl TdsTransport {
    /// Trusts the authorities of these PEM certificates beside the system's.
    #[must_use]
    pub fn new(roots: Vec<String>) -> Self {
        Self { roots }
    }

    async fn run(&self, request: Request<Body>) -> Result<Response<Body>, TransportError> {
        let (head, body) = request.into_parts();
        let most = head.extensions.get::<MostBytes>().map_or(MOST_BYTES, |most| most.0);
        let content =
            body.as_bytes().ok_or_else(|| TransportError::new("a statement does not stream"))?;
        let content: Value = serde_json::from_slice(&content)
            .map_err(|_| TransportError::new("the request is not JSON"))?;
        let (config, address) = self.config(&head.uri, &head.headers)?;
        let tcp = TcpStream::connect(&address)
            .await
            .map_err(|error| TransportError::new("the connection failed").with_source(error))?;
        let _ = tcp.set_nodelay(true);
        let (stream, spent) = Limited::new(tcp, most);
        let failed = |error: DriverError| {
            if spent.is_spent() { TransportError::too_long() } else { failed(error) }
        };
        let mut client = match Box::pin(Client::connect(config, stream.compat_write())).await {
            Ok(client) => client,
            Err(DriverError::Server(token)) => {
                return Ok(refused(StatusCode::UNAUTHORIZED, &token));
            }
            Err(error) => return Err(failed(error)),
        };
        match execute(&mut client, &content, most).await {
            Ok(answer) => Ok(response(StatusCode::OK, &answer)),
            Err(Stopped::TooLong) => Err(TransportError::too_long()),
            Err(Stopped::Driver(DriverError::Server(token))) => {
                Ok(refused(StatusCode::UNPROCESSABLE_ENTITY, &token))
            }
            Err(Stopped::Driver(error)) => Err(failed(error)),
        }
    }

    /// The settings of the driver, and whom to connect to. The engine watches the clock.
    fn config(&self, uri: &Uri, headers: &HeaderMap) -> Result<(Config, String), TransportError> {
        let (host, port) = uri
            .host()
            .zip(uri.port_u16())
            .ok_or_else(|| TransportError::new("the address has no port"))?;
        let host = host.trim_start_matches('[').trim_end_matches(']');
        let mut config = Config::new();
        config.host(host);
        config.port(port);
        config.application_name(PROGRAM);
        config.handshake_timeout(None);
        config.command_timeout(None);
        config.encryption(if uri.scheme_str() == Some("tds+plain") {
            EncryptionLevel::NotSupported
        } else {
            EncryptionLevel::Required
        });
        let database = uri.path().trim_start_matches('/');
        if !database.is_empty() {
            config.database(database);
        }
        for pem in &self.roots {
            config.trust_cert_ca_bundle(pem.as_bytes());
        }
        if let Some((user, password)) = credentials(headers) {
            config.authentication(AuthMethod::sql_server(user, password));
        }
        let address =
            if host.contains(':') { format!("[{host}]:{port}") } else { format!("{host}:{port}") };
        Ok((config, address))
    }
}

impl Transport for TdsTransport {
    fn send(
        &self,
        request: Request<Body>,
    ) -> BoxFuture<'_, Result<Response<Body>, TransportError>> {
        Box::pin(self.run(request))
    }
}

/// User name and password, as HTTP Basic writes them.
fn credentials(headers: &HeaderMap) -> Option<(String, String)> {
    let pair = headers.get(AUTHORIZATION)?.to_str().ok()?.strip_prefix("Basic ")?;
    let pair =
        String::from_utf8(base64::engine::general_purpose::STANDARD.decode(pair).ok()?).ok()?;
    let (user, password) = pair.split_once(':')?;
    Some((user.to_owned(), password.to_owned()))
}

/// Why there are no rows.
enum Stopped {
    TooLong,
    Driver(DriverError),
}

impl From<DriverError> for Stopped {
    fn from(error: DriverError) -> Self {
        Self::Driver(error)
    }
}

async fn execute(client: &mut Connection, content: &Value, most: usize) -> Result<Value, Stopped> {
    let procedure = content.get("procedure").and_then(Value::as_str);
    let parameters =
        content.get("parameters").and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default();
    let mut command = match procedure {
        Some(name) => Command::new(name),
        None => statement(
            content.get("statement").and_then(Value::as_str).unwrap_or_default(),
            parameters,
        ),
    };
    for parameter in parameters {
        command.bind_param(format!("@{}", text(parameter, "name")), column_data(parameter)?);
    }
    let mut items = command.exec(client).await?;
    let mut rows = Rows::new(most);
    while let Some(item) = items.try_next().await? {
        match item {
            CommandItem::Metadata(meta) => rows.begin(meta.columns()),
            CommandItem::Row(row) => rows.add(&row)?,
            CommandItem::RowsAffected(count) => rows.count(count),
            CommandItem::ReturnStatus(status) if procedure.is_some() => rows.returned(status),
            CommandItem::ReturnStatus(_) | CommandItem::ReturnValue(_) => {}
        }
    }
    Ok(rows.into_json())
}

/// `sp_executesql` with the statement and the declaration of its parameters; the values follow.
fn statement<'a>(text: &'a str, parameters: &'a [Value]) -> Command<'a> {
    let mut command = Command::new("sp_executesql");
    command.bind_param("", text);
    if !parameters.is_empty() {
        let declared = parameters
            .iter()
            .map(|one| format!("@{} {}", self::text(one, "name"), self::text(one, "type")));
        let declared = declared.collect::<Vec<_>>().join(", ");
        command.bind_param("", std::borrow::Cow::from(declared));
    }
    command
}

fn text<'a>(value: &'a Value, key: &str) -> &'a str {
    value.get(key).and_then(Value::as_str).unwrap_or_default()
}

/// A parameter as the driver's value. Middleware may have changed the request: names and types are looked at once more, for they become text.
fn column_data(parameter: &Value) -> Result<ColumnData<'_>, Stopped> {
    let wrong = |problem: String| Stopped::Driver(DriverError::Conversion(problem.into()));
    let (name, ty) = (text(parameter, "name"), text(parameter, "type"));
    if !sql::is_name(name) {
        return Err(wrong("a parameter has no name".to_owned()));
    }
    let value = sql::bind(ty, parameter.get("value").unwrap_or(&Value::Null)).map_err(wrong)?;
    Ok(match value {
        Bound::Null => ColumnData::String(None),
        Bound::Bit(flag) => ColumnData::Bit(Some(flag)),
        Bound::Whole(number) => ColumnData::I64(Some(number)),
        Bound::Float(number) => ColumnData::F64(Some(number)),
        Bound::Decimal(value, scale) => {
            ColumnData::Numeric(Some(Numeric::new_with_scale(value, scale)))
        }
        Bound::Text(text) => ColumnData::String(Some(text)),
        Bound::Binary(bytes) => ColumnData::Binary(Some(bytes.into())),
    })
}

/// What the server said instead of rows.
fn refused(status: StatusCode, token: &tiberius::error::TokenError) -> Response<Body> {
    let error = json!({
        "number": token.code(),
        "state": token.state(),
        "class": token.class(),
        "message": token.message(),
        "server": token.server(),
        "procedure": token.procedure(),
        "line": token.line(),
    });
    response(status, &json!({ "error": error }))
}

fn response(status: StatusCode, content: &Value) -> Response<Body> {
    let mut response = Response::new(Body::from(Bytes::from(content.to_string())));
    *response.status_mut() = status;
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/json"));
    response
}

/// Why the driver gave up, in words that hold no credentials.
fn failed(error: DriverError) -> TransportError {
    let message = match &error {
        DriverError::Io { kind: IoErrorKind::TimedOut, .. } => {
            return TransportError::timeout().with_source(error);
        }
        DriverError::Io { .. } => "the exchange failed".to_owned(),
        DriverError::Tls(reason) => {
            let reason = reason.split(". ").next().unwrap_or_default();
            return TransportError::new(format!(
                "TLS failed: {reason}; pass private root certificates as `root_certificates`"
            ));
        }
        DriverError::Routing { .. } => {
            "the server redirects to another host, which is not followed".to_owned()
        }
        _ => "unexpected response from the server".to_owned(),
    };
    TransportError::new(message).with_source(error)
}
