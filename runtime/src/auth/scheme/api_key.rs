//! Keys in headers, queries or cookies.

use super::{Carried, Fixed, Prepared, Scheme, Setup};
use crate::auth::{Carrier, Credentials, Problem};
use crate::descriptor::scheme::{ApiKey, KeyLocation};

impl Scheme for ApiKey {
    fn may_be_empty(&self, _: &str) -> bool {
        false
    }

    fn carried(&self, credential: &str) -> Carried {
        match self.keys.get(credential).map(|key| key.location) {
            Some(KeyLocation::Cookie) => Carried::InCookie,
            Some(KeyLocation::Header | KeyLocation::Query) | None => Carried::InHeader,
        }
    }

    fn query_keys(&self) -> Vec<&str> {
        let keys = self.keys.iter().filter(|(_, key)| key.location == KeyLocation::Query);
        keys.map(|(name, _)| name.as_str()).collect()
    }

    fn check(&self, _: &Credentials) -> Option<String> {
        None
    }

    fn prepare(&'static self, _: &Credentials, _: &Setup<'_>) -> Result<Prepared, Vec<String>> {
        Ok(Prepared::Fixed(Box::new(Keys(self))))
    }
}

struct Keys(&'static ApiKey);

impl Fixed for Keys {
    fn write(&self, credentials: &Credentials, carrier: &mut Carrier<'_>) -> Result<(), Problem> {
        for ((name, key), secret) in self.0.keys.iter().zip(credentials.exposed()) {
            // Only an optional key is empty.
            if !secret.is_empty() {
                let prefix = key.prefix.as_deref().unwrap_or_default();
                carrier.key(key.location, name, [prefix, secret].concat())?;
            }
        }
        Ok(())
    }
}
