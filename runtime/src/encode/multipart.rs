//! `multipart/form-data` (RFC 7578).

use std::hash::{BuildHasher, Hasher, RandomState};

use bytes::Bytes;

#[derive(Default)]
pub(super) struct Multipart {
    parts: Vec<(String, Bytes)>,
}

impl Multipart {
    pub(super) fn text(&mut self, name: &str, media_type: Option<&str>, text: String) {
        let content_type = media_type.map_or_else(String::new, |media_type| format!("Content-Type: {}\r\n", header_text(media_type)));
        let head = format!("Content-Disposition: form-data; name=\"{}\"\r\n{content_type}\r\n", escape(name));
        self.parts.push((head, text.into()));
    }

    pub(super) fn file(&mut self, name: &str, media_type: &str, file_name: &str, bytes: Bytes) {
        let head = format!(
            "Content-Disposition: form-data; name=\"{}\"; filename=\"{}\"\r\nContent-Type: {}\r\n\r\n",
            escape(name),
            escape(file_name),
            header_text(media_type)
        );
        self.parts.push((head, bytes));
    }

    /// The media type, with the boundary, and the body.
    pub(super) fn finish(self) -> (String, Vec<u8>) {
        let boundary = self.boundary();
        let mut body = Vec::new();
        for (head, bytes) in &self.parts {
            body.extend_from_slice(format!("--{boundary}\r\n{head}").as_bytes());
            body.extend_from_slice(bytes);
            body.extend_from_slice(b"\r\n");
        }
        body.extend_from_slice(format!("--{boundary}--\r\n").as_bytes());
        (format!("multipart/form-data; boundary={boundary}"), body)
    }

    /// Random, so that no file can be written to hold it, and checked against the parts, so that none holds it by chance.
    fn boundary(&self) -> String {
        loop {
            let random = || RandomState::new().build_hasher().finish();
            let boundary = format!("actionspec-{:016x}{:016x}", random(), random());
            let holds = |bytes: &[u8]| bytes.windows(boundary.len()).any(|window| window == boundary.as_bytes());
            if !self.parts.iter().any(|(_, bytes)| holds(bytes)) {
                return boundary;
            }
        }
    }
}

/// Names are quoted as browsers do it: RFC 7578 leaves no other escape that servers agree on.
fn escape(name: &str) -> String {
    name.replace('"', "%22").replace('\r', "%0D").replace('\n', "%0A")
}

fn header_text(text: &str) -> String {
    text.chars().filter(|c| !c.is_control()).collect()
}
