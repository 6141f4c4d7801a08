//! `multipart/form-data` (RFC 7578).

use std::hash::{BuildHasher, Hasher, RandomState};

use crate::file::File;
use crate::transport::Source;

#[derive(Default)]
pub(super) struct Multipart {
    parts: Vec<(String, File)>,
}

impl Multipart {
    pub(super) fn text(&mut self, name: &str, media_type: Option<&str>, text: String) {
        let content_type = media_type.map_or_else(String::new, |media_type| {
            format!("Content-Type: {}\r\n", header_text(media_type))
        });
        let head = format!(
            "Content-Disposition: form-data; name=\"{}\"\r\n{content_type}\r\n",
            escape(name)
        );
        self.parts.push((head, File::new(text)));
    }

    pub(super) fn file(&mut self, name: &str, media_type: &str, file_name: &str, file: &File) {
        let head = format!(
            "Content-Disposition: form-data; name=\"{}\"; filename=\"{}\"\r\nContent-Type: {}\r\n\r\n",
            escape(name),
            escape(file_name),
            header_text(media_type)
        );
        self.parts.push((head, file.clone()));
    }

    /// The media type, with the boundary, and the body.
    pub(super) fn finish(self) -> (String, Source) {
        let boundary = self.boundary();
        let mut body = Source::default();
        let mut text = String::new();
        for (head, file) in self.parts {
            body.add(format!("{text}--{boundary}\r\n{head}"));
            match file.stream {
                Some(stream) => body.add_once(stream),
                None => body.add(file.bytes),
            }
            "\r\n".clone_into(&mut text);
        }
        body.add(format!("{text}--{boundary}--\r\n"));
        (format!("multipart/form-data; boundary={boundary}"), body)
    }

    /// Random, so that no file can be written to hold it, and checked against the parts, so that none holds it by chance.
    fn boundary(&self) -> String {
        loop {
            let random = || RandomState::new().build_hasher().finish();
            let boundary = format!("actionspec-{:016x}{:016x}", random(), random());
            let holds = |bytes: &[u8]| {
                bytes.windows(boundary.len()).any(|window| window == boundary.as_bytes())
            };
            if !self.parts.iter().any(|(_, file)| holds(&file.bytes)) {
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
