//! The parts of a multipart body (RFC 7578), as the runtime writes them.

/// One part.
pub(super) struct Part {
    pub(super) name: String,
    pub(super) media_type: Option<String>,
    pub(super) content: String,
    pub(super) is_file: bool,
}

/// The parts of a body whose media type states the boundary.
pub(super) fn parts(media_type: &str, body: &[u8]) -> Vec<Part> {
    let text = String::from_utf8_lossy(body);
    let Some((_, boundary)) = media_type.split_once("boundary=") else { return Vec::new() };
    let delimiter = format!("--{boundary}\r\n");
    let end = format!("\r\n--{boundary}");
    text.split(&delimiter).skip(1).filter_map(|part| self::part(part, &end)).collect()
}

fn part(text: &str, end: &str) -> Option<Part> {
    let (head, content) = text.split_once("\r\n\r\n")?;
    let content = content.split(end).next().unwrap_or(content);
    let content = content.strip_suffix("\r\n").unwrap_or(content);
    let field = |key: &str| {
        let (_, rest) = head.split_once(&format!(" {key}=\""))?;
        Some(rest.split('"').next()?.to_owned())
    };
    let media_type = head.lines().find_map(|line| line.strip_prefix("Content-Type: "));
    Some(Part {
        name: field("name")?,
        media_type: media_type.map(str::to_owned),
        content: content.to_owned(),
        is_file: field("filename").is_some(),
    })
}
