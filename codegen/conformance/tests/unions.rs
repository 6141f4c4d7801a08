//! Values of several types, through every layer: validator, JSON Schema, wire, mock server, views and pages.

#![allow(clippy::unwrap_used, clippy::panic, reason = "tests")]

mod support;

use actionspec_mock::Mock;
use conformance_chaos::{Chaos, ErrorKind, MemoryTransport, Value, create_pet::Level, json};
use support::projects;

fn client(transport: &MemoryTransport) -> Chaos {
    Chaos::builder()
        .base_url("https://chaos.example.com")
        .token("made-up-token")
        .transport(transport.clone())
        .build()
        .unwrap()
}

fn violations(pet: Value) -> Vec<String> {
    let request = client(&MemoryTransport::json(200, &json!({}))).create_pet(pet);
    request
        .validate()
        .err()
        .map_or_else(Vec::new, |all| all.iter().map(ToString::to_string).collect())
}

#[test]
fn the_discriminator_says_which_type_is_checked() {
    let none: [&str; 0] = [];
    assert_eq!(violations(json!({"kind": "dog", "name": "Rex", "barks": true})), none);
    // What the vendor sets need not be sent, and may be.
    assert_eq!(violations(json!({"kind": "cat", "name": "Tom", "id": "a-1"})), none);
    assert_eq!(violations(json!({"kind": "goldfish", "depth": 1.5})), none);
    assert_eq!(
        violations(json!({"kind": "dog", "name": "A name of more than 20 characters"})),
        ["`pet/name` must have at most 20 characters, has 33", "`pet/barks` is required"]
    );
    assert_eq!(
        violations(json!({"kind": "dgo"})),
        ["`pet/kind` must be one of `cat`, `dog`, `fish`, `goldfish`; did you mean `dog`?"]
    );
    assert_eq!(
        violations(json!({"name": "Rex"})),
        ["`pet/kind` is required: it selects the type of the object"]
    );
    assert_eq!(violations(json!("Rex")), ["`pet` must be an object"]);
}

#[test]
fn types_within_types_are_checked_too() {
    let friends = json!([{"kind": "fish", "depth": 0.3}, {"kind": "cat", "name": "Tom", "lives": 10, "collar": {}}]);
    assert_eq!(
        violations(json!({"kind": "cat", "name": "Tom", "friends": friends})),
        [
            "`pet/friends/0/depth` must be a multiple of 0.5",
            "`pet/friends/1/lives` must be at most 9",
            "`pet/friends/1/collar` must have at least 1 property, has 0",
        ]
    );
    assert_eq!(
        violations(json!({"kind": "cat", "name": "Tom", "collar": {"owner": "3 t"}})),
        ["`pet/collar/owner` must match the pattern `^[0-9]+ (g|kg)$`"]
    );
    assert_eq!(
        violations(json!({"kind": "cat", "name": "Tom", "collar": {"owner": null}})),
        [""; 0]
    );
}

#[test]
fn without_a_discriminator_the_reasons_are_told() {
    let said = |food: Value| {
        let request = client(&MemoryTransport::json(200, &json!({})))
            .create_pet(json!({"kind": "fish", "depth": 1}))
            .food(food);
        request.validate().err().map_or_else(String::new, |all| all.to_string())
    };
    assert_eq!(said(json!(3)), "");
    assert_eq!(said(json!([1, 2])), "");
    assert_eq!(said(json!({"least": 1})), "");
    assert_eq!(said(json!(-3)), "`food` must be at least 0");
    assert_eq!(said(json!([1])), "`food` must have at least 2 items, has 1");
    assert_eq!(
        said(json!({"more": 1})),
        "`food` is of none of its types: `object` (`least` is required), `object` (`unit` is required)"
    );
    let none = said(json!(true));
    assert!(
        none.starts_with(
            "`food` is of none of its types: `integer` (must be an integer of 64 bits), `string`"
        ),
        "{none}"
    );
}

#[tokio::test]
async fn unions_constants_and_odd_values_reach_the_vendor() {
    let transport = MemoryTransport::json(200, &json!({"ok": true, "data": {}}));
    let request = client(&transport)
        .create_pet(json!({"kind": "dog", "name": "Rex", "barks": false}))
        .food("200 g")
        .toys([json!("ball"), json!(true)])
        .stock(json!({"hay": [1, 2]}))
        .priority(2)
        .level(Level::LessEqual)
        .ratio(1);
    request.validate().unwrap();
    request.send().await.unwrap();
    let sent: Value = serde_json::from_slice(transport.requests()[0].body()).unwrap();
    let expected = json!({
        "pet": {"kind": "dog", "name": "Rex", "barks": false}, "food": "200 g", "toys": ["ball", true], "stock": {"hay": [1, 2]},
        "version": 2, "priority": 2, "level": "<=", "ratio": 1, "settings": {"dark": true, "sizes": [1, null]}, "tags": []
    });
    assert_eq!(sent, expected);
}

#[test]
fn values_of_no_one_type_are_closed_too() {
    let request = client(&MemoryTransport::json(200, &json!({})))
        .create_pet(json!({"kind": "fish", "depth": 1}))
        .ratio("half")
        .priority(3);
    let said = request.validate().unwrap_err().to_string();
    assert_eq!(
        said,
        "`priority` must be one of `1`, `2`; `ratio` must be one of `0.5`, `1`, `true`, `[1]`"
    );
}

#[tokio::test]
async fn views_give_the_type_that_is_there() {
    let [_, conformance] = projects();
    let mock = Mock::start(conformance.catalog(), 0).await.unwrap();
    let chaos =
        Chaos::builder().base_url(mock.base_url("chaos")).token("made-up-token").build().unwrap();
    let response = chaos.list_pets().weight(7).send().await.unwrap();
    let pet = response.output().unwrap();
    assert_eq!(pet.kind(), Some("cat"));
    assert!(pet.as_dog().is_none() && pet.as_fish().is_none());
    let cat = pet.as_cat().unwrap();
    assert_eq!(cat.lives().unwrap(), Some(7));
    assert_eq!(cat.collar().unwrap().unwrap().owner().unwrap().unwrap().as_i64(), Some(3));
    let friends: Vec<_> = cat.friends().unwrap().unwrap().iter().map(Result::unwrap).collect();
    assert_eq!(friends[0].as_dog().unwrap().barks().unwrap(), Some(true));
    // A type that the vendor added since.
    assert_eq!((friends[1].kind(), friends[1].as_cat().is_none()), (Some("bird"), true));
    assert_eq!(friends[1].json(), &json!({"kind": "bird"}));
}

#[tokio::test]
async fn the_mock_checks_unions_and_makes_results_from_types() {
    let [_, conformance] = projects();
    let mock = Mock::start(conformance.catalog(), 0).await.unwrap();
    let chaos =
        Chaos::builder().base_url(mock.base_url("chaos")).token("made-up-token").build().unwrap();
    let response = chaos
        .create_pet(json!({"kind": "fish", "depth": 1}))
        .food(json!({"unit": "kg"}))
        .send()
        .await
        .unwrap();
    let cat = response.output().unwrap().as_cat().unwrap();
    assert_eq!((cat.id().unwrap(), cat.name().unwrap()), (Some("a-1"), Some("Tom")));

    let by_hand = chaos.client().clone();
    let wrong = json!({"pet": {"kind": "dog", "name": "Rex"}});
    let error = conformance::catalog()
        .action("chaos.create_pet")
        .unwrap()
        .call(&by_hand, wrong)
        .await
        .unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Validation);
}

#[test]
fn the_json_schema_refuses_what_the_validator_refuses() {
    let schema = conformance_chaos::INTEGRATION.action("create_pet").unwrap().parameters_schema();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let cases = [
        (json!({"kind": "dog", "name": "Rex", "barks": true}), true),
        (json!({"kind": "cat", "name": "Tom"}), true),
        (json!({"kind": "goldfish", "depth": 1.5}), true),
        (json!({"kind": "goldfish", "depth": 1.2}), false),
        (json!({"kind": "bird"}), false),
        (json!({"kind": "dog", "name": "Rex"}), false),
        (json!({"kind": "cat", "name": "Tom", "collar": {}}), false),
        (json!({"kind": "cat", "name": "Tom", "friends": [{"kind": "cat"}]}), false),
    ];
    for (pet, fits) in cases {
        let arguments = json!({"pet": pet, "version": 2});
        assert_eq!(validator.is_valid(&arguments), fits, "{arguments}");
        assert_eq!(violations(pet).is_empty(), fits, "{arguments}");
    }
    for (food, fits) in [
        (json!(1), true),
        (json!(-1), false),
        (json!("1 g"), true),
        (json!({}), false),
        (json!({"unit": ""}), true),
    ] {
        assert_eq!(
            validator.is_valid(&json!({"pet": {"kind": "fish", "depth": 1}, "food": food})),
            fits,
            "{food}"
        );
    }
}
