//! Answers over TCP that name the server to ask next. Nobody whom an answer names learns more than the question, and no answer leads into a
//! private network.

use url::{Host, Url};

use crate::client::{Client, Reach};
use crate::encode::PreparedRequest;

/// Where the question goes next; `None` if the answer names no server that may be asked. `asked` are the addresses so far.
pub(crate) fn next(
    client: &Client,
    request: &PreparedRequest,
    answer: &[u8],
    asked: &[String],
) -> Option<PreparedRequest> {
    let rule = request.hops()?.rule;
    if asked.len() > usize::try_from(rule.most()).unwrap_or(usize::MAX) {
        return None;
    }
    let from = Url::parse(request.url()).ok()?;
    let text = String::from_utf8_lossy(answer);
    let found = text.lines().filter_map(|line| {
        let (name, value) = line.split_once(':')?;
        rule.fields
            .iter()
            .any(|field| field.eq_ignore_ascii_case(name.trim()))
            .then(|| value.trim())
    });
    let (host, port) = found
        .filter_map(|value| address(value, &from))
        .find(|(host, port)| may_be_asked(client, &from, host, *port))?;
    let next = request.clone().referred_to(&host, port);
    let known = asked.iter().any(|other| other.eq_ignore_ascii_case(next.url()));
    (!known).then_some(next)
}

/// `host`, `host:port` or `whois://host:port`; without a port the one that was asked first.
fn address(value: &str, from: &Url) -> Option<(String, u16)> {
    let value = match value.split_once("://") {
        None => value,
        Some(("whois" | "tcp", rest)) => rest,
        Some(_) => return None,
    };
    let value = value.trim_end_matches('/');
    let (host, port) = match value.rsplit_once(':') {
        Some((host, port)) => (host, port.parse().ok()?),
        None => (value, from.port()?),
    };
    let host = Host::parse(host).ok()?;
    Some((host.to_string().to_ascii_lowercase(), port))
}

/// A name on the usual port; or the very host that was asked, on any port. Who replaced the address stays with it. None of them may lead into a
/// private network.
fn may_be_asked(client: &Client, from: &Url, host: &str, port: u16) -> bool {
    let same = from.host_str().is_some_and(|known| known.eq_ignore_ascii_case(host));
    let name = matches!(Host::parse(host), Ok(Host::Domain(name)) if name.trim_end_matches('.').contains('.'));
    let reach = Url::parse(&format!("tcp://{host}:{port}"))
        .map_or(Reach::Nowhere, |address| client.reach(&address));
    reach != Reach::Nowhere
        && (same || (name && !client.is_replaced() && Some(port) == from.port()))
}

#[cfg(test)]
mod tests {
    use url::Url;

    use super::address;

    #[test]
    fn an_answer_names_hosts_in_several_forms() {
        let from = Url::parse("tcp://whois.example.net:43").expect("an address");
        let read = |value: &str| address(value, &from);
        assert_eq!(read("whois.Example.com"), Some(("whois.example.com".to_owned(), 43)));
        assert_eq!(
            read("whois://whois.example.com:43"),
            Some(("whois.example.com".to_owned(), 43))
        );
        assert_eq!(read("whois.example.com:4343/"), Some(("whois.example.com".to_owned(), 4343)));
        for no in [
            "",
            "rwhois://rwhois.example.com:4321",
            "https://example.com",
            "two words",
            "host:port",
            "a\tb",
        ] {
            assert_eq!(read(no), None, "{no}");
        }
    }
}
