//! The last challenge of a server, and how often it was answered.

use std::sync::{Mutex, PoisonError};

use http::HeaderMap;
use http::header::AUTHORIZATION;

use super::challenge::Challenge;
use crate::auth::{Signable, nonce};

/// The last challenge of a server.
#[derive(Default)]
pub(super) struct DigestState(Mutex<Current>);

#[derive(Default)]
struct Current {
    challenge: Option<Challenge>,
    answers: u32,
    generation: u64,
}

impl DigestState {
    /// Answers the challenge, if there is one, and returns its number; else 0.
    pub(super) fn answer(&self, user: &str, password: &str, request: &mut Signable<'_>) -> u64 {
        let mut current = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let Current { challenge: Some(challenge), answers, generation } = &mut *current else {
            return 0;
        };
        *answers = answers.wrapping_add(1);
        let value = challenge.answer(user, password, request, *answers, &nonce());
        request.headers.insert(AUTHORIZATION, value);
        *generation
    }

    /// Whether a refused request may be sent again: it answered no challenge, an old one, or one that is stale.
    pub(super) fn may_be_sent_again(&self, generation: u64, headers: &HeaderMap) -> bool {
        let Some(challenge) = Challenge::parse(headers) else { return false };
        let mut current = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if generation != 0 && generation == current.generation && !challenge.stale() {
            return false;
        }
        if generation == current.generation || current.generation == 0 {
            *current = Current {
                challenge: Some(challenge),
                answers: 0,
                generation: current.generation + 1,
            };
        }
        true
    }
}
