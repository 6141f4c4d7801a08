//! The options of curl, as its manual page has them: which take a value, and which say nothing to a spec.

/// What an option is to a spec.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Meaning {
    Request,
    Header,
    /// `-d`, `--data-ascii`, `--data-binary`: a value that begins with `@` is a file.
    Data {
        keeps_lines: bool,
    },
    DataRaw,
    DataUrlencode,
    Json,
    Form,
    FormString,
    User,
    Get,
    Head,
    Cookie,
    Url,
    UrlQuery,
    UploadFile,
    Oauth2Bearer,
    /// Another authentication scheme, that a person has to declare.
    Authentication,
    /// It says how to send or what to print.
    Nothing {
        takes_value: bool,
    },
}

impl Meaning {
    pub(super) fn takes_value(self) -> bool {
        match self {
            Self::Get | Self::Head | Self::Authentication => false,
            Self::Nothing { takes_value } => takes_value,
            _ => true,
        }
    }
}

/// Options that take a value, and say nothing to a spec: long name, short name.
const VALUES: &[(&str, Option<char>)] = &[
    ("abstract-unix-socket", None),
    ("alt-svc", None),
    ("cacert", None),
    ("capath", None),
    ("cert", Some('E')),
    ("cert-type", None),
    ("ciphers", None),
    ("config", Some('K')),
    ("connect-timeout", None),
    ("connect-to", None),
    ("continue-at", Some('C')),
    ("cookie-jar", Some('c')),
    ("crlfile", None),
    ("dns-servers", None),
    ("doh-url", None),
    ("dump-header", Some('D')),
    ("expect100-timeout", None),
    ("hsts", None),
    ("interface", None),
    ("keepalive-time", None),
    ("key", None),
    ("key-type", None),
    ("limit-rate", None),
    ("local-port", None),
    ("max-filesize", None),
    ("max-redirs", None),
    ("max-time", Some('m')),
    ("netrc-file", None),
    ("noproxy", None),
    ("output", Some('o')),
    ("output-dir", None),
    ("pass", None),
    ("pinnedpubkey", None),
    ("preproxy", None),
    ("proto", None),
    ("proto-default", None),
    ("proto-redir", None),
    ("proxy", Some('x')),
    ("proxy-header", None),
    ("proxy-user", Some('U')),
    ("range", Some('r')),
    ("rate", None),
    ("referer", Some('e')),
    ("resolve", None),
    ("retry", None),
    ("retry-delay", None),
    ("retry-max-time", None),
    ("socks5", None),
    ("socks5-hostname", None),
    ("speed-limit", Some('Y')),
    ("speed-time", Some('y')),
    ("stderr", None),
    ("time-cond", Some('z')),
    ("tls-max", None),
    ("trace", None),
    ("trace-ascii", None),
    ("trace-config", None),
    ("unix-socket", None),
    ("user-agent", Some('A')),
    ("write-out", Some('w')),
];

/// Options without a value that say nothing to a spec.
const FLAGS: &[(&str, Option<char>)] = &[
    ("anyauth", None),
    ("append", Some('a')),
    ("basic", None),
    ("buffer", None),
    ("ca-native", None),
    ("cert-status", None),
    ("clobber", None),
    ("compressed", None),
    ("compressed-ssh", None),
    ("create-dirs", None),
    ("crlf", None),
    ("fail", Some('f')),
    ("fail-early", None),
    ("fail-with-body", None),
    ("false-start", None),
    ("form-escape", None),
    ("globoff", Some('g')),
    ("http0.9", None),
    ("http1.0", Some('0')),
    ("http1.1", None),
    ("http2", None),
    ("http2-prior-knowledge", None),
    ("http3", None),
    ("http3-only", None),
    ("ignore-content-length", None),
    ("include", Some('i')),
    ("insecure", Some('k')),
    ("ipv4", Some('4')),
    ("ipv6", Some('6')),
    ("junk-session-cookies", Some('j')),
    ("keepalive", None),
    ("location", Some('L')),
    ("location-trusted", None),
    ("netrc", Some('n')),
    ("netrc-optional", None),
    ("next", Some(':')),
    ("no-buffer", Some('N')),
    ("parallel", Some('Z')),
    ("path-as-is", None),
    ("post301", None),
    ("post302", None),
    ("post303", None),
    ("progress-bar", Some('#')),
    ("progress-meter", None),
    ("proxytunnel", Some('p')),
    ("raw", None),
    ("remote-header-name", Some('J')),
    ("remote-name", Some('O')),
    ("remote-name-all", None),
    ("remote-time", Some('R')),
    ("remove-on-error", None),
    ("retry-all-errors", None),
    ("retry-connrefused", None),
    ("show-error", Some('S')),
    ("silent", Some('s')),
    ("ssl", None),
    ("ssl-no-revoke", None),
    ("ssl-reqd", None),
    ("styled-output", None),
    ("tcp-fastopen", None),
    ("tcp-nodelay", None),
    ("tlsv1", Some('1')),
    ("tlsv1.0", None),
    ("tlsv1.1", None),
    ("tlsv1.2", None),
    ("tlsv1.3", None),
    ("tr-encoding", None),
    ("trace-ids", None),
    ("trace-time", None),
    ("verbose", Some('v')),
];

/// Options that say something.
const SAYING: &[(&str, Option<char>, Meaning)] = &[
    ("request", Some('X'), Meaning::Request),
    ("header", Some('H'), Meaning::Header),
    ("data", Some('d'), Meaning::Data { keeps_lines: false }),
    ("data-ascii", None, Meaning::Data { keeps_lines: false }),
    ("data-binary", None, Meaning::Data { keeps_lines: true }),
    ("data-raw", None, Meaning::DataRaw),
    ("data-urlencode", None, Meaning::DataUrlencode),
    ("json", None, Meaning::Json),
    ("form", Some('F'), Meaning::Form),
    ("form-string", None, Meaning::FormString),
    ("user", Some('u'), Meaning::User),
    ("get", Some('G'), Meaning::Get),
    ("head", Some('I'), Meaning::Head),
    ("cookie", Some('b'), Meaning::Cookie),
    ("url", None, Meaning::Url),
    ("url-query", None, Meaning::UrlQuery),
    ("upload-file", Some('T'), Meaning::UploadFile),
    ("oauth2-bearer", None, Meaning::Oauth2Bearer),
    ("digest", None, Meaning::Authentication),
    ("negotiate", None, Meaning::Authentication),
    ("ntlm", None, Meaning::Authentication),
    ("aws-sigv4", None, Meaning::Nothing { takes_value: true }),
];

/// The option of a long name.
pub(super) fn long(name: &str) -> Option<Meaning> {
    let saying = SAYING.iter().find(|(known, _, _)| *known == name).map(|(_, _, meaning)| *meaning);
    let flag = name.strip_prefix("no-").unwrap_or(name);
    saying
        .or_else(|| {
            VALUES
                .iter()
                .any(|(known, _)| *known == name)
                .then_some(Meaning::Nothing { takes_value: true })
        })
        .or_else(|| {
            FLAGS
                .iter()
                .any(|(known, _)| *known == name || *known == flag)
                .then_some(Meaning::Nothing { takes_value: false })
        })
}

/// The option of a letter.
pub(super) fn short(letter: char) -> Option<Meaning> {
    let saying =
        SAYING.iter().find(|(_, known, _)| *known == Some(letter)).map(|(_, _, meaning)| *meaning);
    let among = |all: &[(&str, Option<char>)]| all.iter().any(|(_, known)| *known == Some(letter));
    saying
        .or_else(|| among(VALUES).then_some(Meaning::Nothing { takes_value: true }))
        .or_else(|| among(FLAGS).then_some(Meaning::Nothing { takes_value: false }))
}

/// The long options, for suggestions.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    SAYING
        .iter()
        .map(|(name, _, _)| *name)
        .chain(VALUES.iter().map(|(name, _)| *name))
        .chain(FLAGS.iter().map(|(name, _)| *name))
}
