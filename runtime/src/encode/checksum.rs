//! Hashes of request bodies, for vendors that want to see that they arrived whole.

use crate::descriptor::Checksum;

/// The header's value.
#[cfg(feature = "hmac")]
pub(super) fn header(checksum: &Checksum, body: &[u8]) -> Result<String, String> {
    Ok(crate::auth::hash_text(checksum.algorithm, checksum.encoding, body))
}

#[cfg(not(feature = "hmac"))]
pub(super) fn header(_: &Checksum, _: &[u8]) -> Result<String, String> {
    Err("the request needs the feature `hmac` of `actionspec-runtime`".to_owned())
}
