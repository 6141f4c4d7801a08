//! When a request is retried, and after which delay.

use std::time::{Duration, SystemTime};

use http::{HeaderMap, StatusCode};

use crate::descriptor::{Action, Effect, Integration, Retry};

/// Maximum delay before the first retry; it doubles with each retry.
const FIRST_PAUSE: Duration = Duration::from_millis(500);
/// Maximum delay that the client chooses.
const LONGEST_PAUSE: Duration = Duration::from_secs(20);
/// Maximum delay that a server may request. If it requests more, the call fails and the error contains the delay.
pub(crate) const LONGEST_WAIT: Duration = Duration::from_mins(2);

/// Whether a request may be repeated when its outcome is unknown.
pub(crate) fn is_safe(action: &Action) -> bool {
    action.effect == Effect::Read || !matches!(action.retry, Retry::Unsafe(_))
}

/// Exponential backoff with full jitter: a random delay below a bound that doubles.
pub(crate) fn pause(tries: u32) -> Duration {
    let bound = FIRST_PAUSE.saturating_mul(1 << tries.saturating_sub(1).min(16)).min(LONGEST_PAUSE);
    bound.mul_f64(fastrand::f64())
}

/// The delay that the server requests: `Retry-After` (RFC 9110, section 10.2.3) or the header that the spec names.
pub(crate) fn asked_wait(integration: &Integration, headers: &HeaderMap) -> Option<Duration> {
    let text = headers.get(integration.retry.after_header())?.to_str().ok()?;
    moment(text)
}

/// Whether the server has to be asked again later: the policy lists the status, or the vendor refused the request because of a limit.
pub(crate) fn passes(integration: &Integration, status: StatusCode, headers: &HeaderMap) -> bool {
    integration.retry.statuses().contains(&status.as_u16())
        || (status.is_client_error() || status.is_server_error())
            && asked_wait(integration, headers).is_some()
        || is_limit(integration, status, headers)
}

/// Whether the vendor refused a request because of a limit, before it did anything: 429; or 403 with a delay or with a used up rate limit,
/// as GitHub's secondary limits.
pub(crate) fn is_limit(integration: &Integration, status: StatusCode, headers: &HeaderMap) -> bool {
    match status {
        StatusCode::TOO_MANY_REQUESTS => true,
        StatusCode::FORBIDDEN => {
            asked_wait(integration, headers).is_some() || exhausted(integration, headers).is_some()
        }
        _ => false,
    }
}

/// The time until the rate limit resets, if it is used up.
pub(crate) fn exhausted(integration: &Integration, headers: &HeaderMap) -> Option<Duration> {
    let limit = integration.rate_limit.as_ref()?;
    let header = |name: &Option<String>| headers.get(name.as_ref()?)?.to_str().ok();
    let remaining: f64 = header(&limit.remaining_header)?.trim().parse().ok()?;
    if remaining >= 1.0 { None } else { moment(header(&limit.reset_header)?) }
}

/// Seconds from now, seconds or milliseconds since 1970, an HTTP date, or an RFC 3339 time, as the time from now.
fn moment(text: &str) -> Option<Duration> {
    const YEARS: f64 = 1.0e9;
    let text = text.trim();
    let now = SystemTime::now();
    let since_epoch = now.duration_since(SystemTime::UNIX_EPOCH).ok()?;
    if let Ok(number) = text.parse::<f64>() {
        if !number.is_finite() || number < 0.0 {
            return None;
        }
        let seconds = if number > YEARS * 1000.0 { number / 1000.0 } else { number };
        let wait = Duration::try_from_secs_f64(seconds).ok()?;
        return Some(if seconds > YEARS { wait.saturating_sub(since_epoch) } else { wait });
    }
    let at = match httpdate::parse_http_date(text) {
        Ok(at) => at,
        Err(_) => {
            let milliseconds = text.parse::<jiff::Timestamp>().ok()?.as_millisecond();
            SystemTime::UNIX_EPOCH
                + Duration::from_millis(u64::try_from(milliseconds).unwrap_or_default())
        }
    };
    Some(at.duration_since(now).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use proptest::prelude::*;

    use super::{LONGEST_PAUSE, moment, pause};

    #[test]
    fn a_wait_is_seconds_a_date_or_a_time() {
        let in_a_minute = SystemTime::now() + Duration::from_mins(1);
        let epoch = in_a_minute.duration_since(SystemTime::UNIX_EPOCH).expect("after 1970");
        let near =
            |wait: Option<Duration>| wait.is_some_and(|wait| (57..=61).contains(&wait.as_secs()));
        assert_eq!(moment("7"), Some(Duration::from_secs(7)));
        assert_eq!(moment(" 0.5 "), Some(Duration::from_millis(500)));
        assert!(near(moment(&httpdate::fmt_http_date(in_a_minute))));
        assert!(near(moment(&epoch.as_secs().to_string())));
        assert!(near(moment(&epoch.as_millis().to_string())));
        assert!(near(moment(
            &jiff::Timestamp::from_second(epoch.as_secs().try_into().expect("small"))
                .expect("in range")
                .to_string()
        )));
        assert_eq!(moment("Sun, 06 Nov 1994 08:49:37 GMT"), Some(Duration::ZERO));
        for text in ["", "soon", "-1", "NaN", "inf", "1e400"] {
            assert_eq!(moment(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn no_header_panics(text in "\\PC{0,40}|[0-9.e+-]{1,30}") {
            let _ = moment(&text);
        }

        #[test]
        fn pauses_have_a_bound(tries in 0u32..200) {
            prop_assert!(pause(tries) <= LONGEST_PAUSE);
        }
    }
}
