//! Private keys that the user gives, and signatures with them (RFC 7518, section 3.1).

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::EncodingKey;
use jsonwebtoken::crypto::{aws_lc, sign};

/// A signature algorithm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Algorithm {
    /// RSA PKCS #1 v1.5 with SHA-256.
    Rs256,
    /// ECDSA with P-256 and SHA-256.
    #[cfg_attr(not(feature = "jwt"), expect(dead_code, reason = "only tokens are signed with it"))]
    Es256,
    /// HMAC with SHA-256.
    #[cfg_attr(not(feature = "jwt"), expect(dead_code, reason = "only tokens are signed with it"))]
    Hs256,
}

impl Algorithm {
    /// The library's name of it.
    pub(super) fn library(self) -> jsonwebtoken::Algorithm {
        match self {
            Self::Rs256 => jsonwebtoken::Algorithm::RS256,
            Self::Es256 => jsonwebtoken::Algorithm::ES256,
            Self::Hs256 => jsonwebtoken::Algorithm::HS256,
        }
    }
}

/// A key that has signed once, so that it can sign again.
pub(super) struct SigningKey {
    pub(super) key: EncodingKey,
    pub(super) algorithm: Algorithm,
}

impl SigningKey {
    /// Reads a key: PEM, also with its line breaks written as `\n` as in JSON key files; for `HS256` the secret itself. The error is a
    /// sentence that does not contain it.
    pub(super) fn read(text: &str, algorithm: Algorithm) -> Result<Self, String> {
        // Without a choice the library panics when another crate has enabled its other back end. A choice that was made before stays.
        let _ = aws_lc::DEFAULT_PROVIDER.install_default();
        let pem = text.replace("\\n", "\n");
        let key = match algorithm {
            Algorithm::Rs256 => EncodingKey::from_rsa_pem(pem.as_bytes())
                .map_err(|_| "it must be a PEM file with an RSA private key"),
            Algorithm::Es256 => EncodingKey::from_ec_pem(pem.as_bytes()).map_err(|_| {
                "it must be a PEM file with a P-256 private key that begins with `BEGIN PRIVATE KEY`; `openssl pkcs8 -topk8 -nocrypt` makes one"
            }),
            Algorithm::Hs256 => Ok(EncodingKey::from_secret(text.as_bytes())),
        };
        let key = Self { key: key?, algorithm };
        key.sign(b"").map_err(|_| format!("it cannot sign with {algorithm:?}"))?;
        Ok(key)
    }

    /// Signs bytes.
    pub(super) fn sign(&self, bytes: &[u8]) -> Result<Vec<u8>, String> {
        let cannot = "the key cannot sign";
        let text = sign(bytes, &self.key, self.algorithm.library()).map_err(|_| cannot)?;
        Ok(URL_SAFE_NO_PAD.decode(text).map_err(|_| cannot)?)
    }
}
