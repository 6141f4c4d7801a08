//! `cargo xtask bench call`: one call of Get User, against what one would write by hand, on the same bytes of one loopback server. Prints the
//! figures as JSON; its argument is the number of rounds, of 500 calls each.

mod every;
#[expect(
    dead_code,
    clippy::struct_field_names,
    reason = "what is decoded is not all read, and has the vendor's names"
)]
mod whole;

use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::time::Instant;

use actionspec_confluence::{Confluence, get_user::Expand};
use serde::Deserialize;
use serde_json::{Value, json};

use every::Everything as _;

const ACCOUNT: &str = "384093:32b4d9w0-f6a5-3535-11a3-9c8c88d10192";

type Fault = Box<dyn std::error::Error>;

/// A call, and how many allocations it took or how long.
type Call<'a> = &'a dyn Fn() -> Result<String, Fault>;

#[expect(clippy::print_stdout, reason = "a program that talks to its caller")]
fn main() -> Result<(), Fault> {
    let rounds = std::env::args().nth(1).map_or(Ok(3), |rounds| rounds.parse())?;
    println!("{:#}", Value::Array(figures(rounds)?));
    Ok(())
}

/// The figures. Both ways validate, encode, send, decode and read.
fn figures(rounds: usize) -> Result<Vec<Value>, Fault> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let address = serve()?;
    let generated = Confluence::builder()
        .base_url(format!("http://{address}"))
        .site("example")
        .basic("ada@example.com", "secret")
        .build();
    let generated = generated?;
    let by_hand = Hand { client: reqwest::Client::new(), base: format!("http://{address}") };
    let one_field = || runtime.block_on(one_field(&generated));
    let every_field = || runtime.block_on(every_field(&generated));
    let whole = || runtime.block_on(by_hand.whole());
    let one = || runtime.block_on(by_hand.one());
    let untyped = || runtime.block_on(by_hand.json());
    let pairs: [(&str, Call<'_>, Call<'_>); 4] = [
        (
            "one field read, against reqwest and derived structs of the whole answer",
            &one_field,
            &whole,
        ),
        (
            "every field read, against reqwest and derived structs of the whole answer",
            &every_field,
            &whole,
        ),
        ("one field read, against reqwest and a derived struct of that field", &one_field, &one),
        ("one field read, against reqwest and serde_json::Value", &one_field, &untyped),
    ];
    let mut figures = Vec::new();
    for (on, ours, theirs) in pairs {
        figures.extend(compared(on, ours, theirs, rounds)?);
    }
    Ok(figures)
}

/// The calls of a pair take turns, so that what else the machine does disturbs both.
fn compared(
    on: &str,
    ours: Call<'_>,
    theirs: Call<'_>,
    rounds: usize,
) -> Result<[Value; 4], Fault> {
    let on = format!("Get User over loopback, {on}");
    let (mut ratios, mut our_times, mut their_times) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..rounds * 500 {
        let (our_time, their_time) = (timed(ours)?, timed(theirs)?);
        // The first ones open connections and warm caches.
        if round >= 50 {
            ratios.push(our_time / their_time);
            our_times.push(our_time * 1e6);
            their_times.push(their_time * 1e6);
        }
    }
    let (our_count, their_count) = (allocations(ours), allocations(theirs));
    let counts = format!("{on}; {our_count} against {their_count}");
    Ok([
        figure("time of a call", median(ratios), "x", Some(1.05), &on),
        figure("time of a call", median(our_times), "µs", None, &on),
        figure("time of the rival", median(their_times), "µs", None, &on),
        figure("allocations of a call", our_count / their_count, "x", Some(1.2), &counts),
    ])
}

/// A figure as the measuring program reads it.
fn figure(name: &str, value: f64, unit: &str, bar: Option<f64>, on: &str) -> Value {
    json!({"name": name, "value": value, "unit": unit, "bar": bar, "on": on})
}

/// The middle one of some values.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values.get(values.len() / 2).copied().unwrap_or(f64::NAN)
}

fn allocations(call: Call<'_>) -> f64 {
    let info = allocation_counter::measure(|| drop(call()));
    f64::from(u32::try_from(info.count_total).unwrap_or(u32::MAX))
}

fn timed(call: Call<'_>) -> Result<f64, Fault> {
    let start = Instant::now();
    std::hint::black_box(call()?);
    Ok(start.elapsed().as_secs_f64())
}

async fn one_field(client: &Confluence) -> Result<String, Fault> {
    let response =
        client.get_user(ACCOUNT).expand([Expand::Operations, Expand::PersonalSpace]).send().await?;
    Ok(response.output()?.display_name()?.ok_or("no name")?.to_owned())
}

async fn every_field(client: &Confluence) -> Result<String, Fault> {
    let response =
        client.get_user(ACCOUNT).expand([Expand::Operations, Expand::PersonalSpace]).send().await?;
    let user = response.output()?;
    if user.everything()? == 0 {
        return Err("nothing to read".into());
    }
    Ok(user.display_name()?.ok_or("no name")?.to_owned())
}

/// What one would write by hand.
struct Hand {
    client: reqwest::Client,
    base: String,
}

/// Of the answer, what the caller is interested in.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Named {
    display_name: String,
}

impl Hand {
    async fn bytes(&self) -> Result<Vec<u8>, Fault> {
        if ACCOUNT.is_empty() || ACCOUNT.chars().count() > 128 {
            return Err("the account ID has 1 to 128 characters".into());
        }
        let request = self
            .client
            .get(format!("{}/rest/api/user", self.base))
            .basic_auth("ada@example.com", Some("secret"));
        let request = request
            .query(&[("accountId", ACCOUNT), ("expand", "operations,personalSpace")])
            .header("accept", "application/json");
        Ok(request.send().await?.error_for_status()?.bytes().await?.into())
    }

    async fn whole(&self) -> Result<String, Fault> {
        Ok(serde_json::from_slice::<whole::User>(&self.bytes().await?)?
            .display_name
            .ok_or("no name")?)
    }

    async fn one(&self) -> Result<String, Fault> {
        Ok(serde_json::from_slice::<Named>(&self.bytes().await?)?.display_name)
    }

    async fn json(&self) -> Result<String, Fault> {
        let body: serde_json::Value = serde_json::from_slice(&self.bytes().await?)?;
        Ok(body["displayName"].as_str().ok_or("no name")?.to_owned())
    }
}

/// A server that answers everything with the example of Get User, on connections that stay open.
fn serve() -> std::io::Result<SocketAddr> {
    let body = actionspec_confluence::INTEGRATION
        .action("get_user")
        .and_then(actionspec_runtime::descriptor::Action::example)
        .map(|example| example.to_string())
        .unwrap_or_default();
    let answer = format!(
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n{body}",
        body.len()
    );
    let listener = TcpListener::bind("127.0.0.1:0")?;
    let address = listener.local_addr()?;
    std::thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let answer = answer.clone();
            std::thread::spawn(move || answer_all(stream, answer.as_bytes()));
        }
    });
    Ok(address)
}

fn answer_all(mut stream: TcpStream, answer: &[u8]) {
    let _ = stream.set_nodelay(true);
    let (mut buffer, mut seen) = ([0; 8192], Vec::new());
    while let Ok(read) = stream.read(&mut buffer) {
        if read == 0 {
            return;
        }
        seen.extend_from_slice(&buffer[..read]);
        if seen.windows(4).any(|end| end == b"\r\n\r\n") {
            seen.clear();
            if stream.write_all(answer).is_err() {
                return;
            }
        }
    }
}
