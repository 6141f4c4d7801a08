//! Ways to authenticate, as descriptors; and the runtime's features that they need.

use proc_macro2::TokenStream;
use quote::quote;

use super::{builder, literal};
use crate::spec::{
    Authentication, AwsSigV4, ClientAuthentication, ExchangedKeys, Form, JwtAlgorithm, JwtToken,
    KeyEncoding, KeyExchange, KeyLocation, OAuth2, OAuth2Flow, Session, SessionBody,
    SignatureAlgorithm, SignatureEncoding, SignatureValue, SignedRequests, TokenPlace,
};

/// The descriptor of a way to authenticate.
pub(super) fn descriptor(name: &str, way: &Authentication) -> TokenStream {
    let facts = way.facts();
    let title = facts.title;
    let server = literal::text_option(facts.server);
    let forms = way.forms();
    let forms = forms.iter().map(|item| form(way, item));
    let scheme = scheme(way);
    quote!(descriptor::Authentication {
        name: #name,
        title: #title,
        server: #server,
        forms: &[#(#forms),*],
        scheme: descriptor::Scheme::#scheme
    })
}

/// The feature of the runtime, as Cargo names it, that a way to authenticate needs.
pub(super) fn feature(way: &Authentication) -> Option<&'static str> {
    match way {
        Authentication::Jwt(_) => Some("jwt"),
        Authentication::Oauth2(way) => way.assertion.as_ref().map(|_| "jwt"),
        Authentication::AwsSigV4(_) => Some("aws"),
        Authentication::Signature(_) => Some("hmac"),
        Authentication::Digest(_) => Some("digest"),
        _ => None,
    }
}

fn form(way: &Authentication, form: &Form) -> TokenStream {
    let name = form.name;
    let credentials = builder::arguments(way, form).into_iter().map(|(name, credential)| {
        let title = credential.title;
        let names_the_user = matches!(way, Authentication::Basic(_) | Authentication::Digest(_)) && name == "username";
        let secret = !credential.public && !names_the_user;
        let optional = credential.optional;
        quote!(descriptor::Credential { name: #name, title: #title, secret: #secret, optional: #optional })
    });
    quote!(descriptor::Form { name: #name, credentials: &[#(#credentials),*] })
}

fn scheme(way: &Authentication) -> TokenStream {
    match way {
        Authentication::Basic(_) => quote!(Basic),
        Authentication::Digest(_) => quote!(Digest),
        Authentication::ClientCertificate(_) => quote!(ClientCertificate),
        Authentication::Bearer(way) => {
            let word = way.token_prefix.as_deref().unwrap_or("Bearer");
            quote!(Bearer(#word))
        }
        Authentication::ApiKey(way) => {
            let keys = way
                .keys
                .iter()
                .map(|(name, item)| key(name, item.location, item.prefix.as_deref()));
            quote!(ApiKey(&[#(#keys),*]))
        }
        Authentication::Oauth2(way) => oauth2(way),
        Authentication::Jwt(way) => {
            let word = way.token_prefix.as_deref().unwrap_or("Bearer");
            let token = jwt(&way.token);
            quote!(Jwt(#word, #token))
        }
        Authentication::AwsSigV4(way) => aws(way),
        Authentication::Signature(way) => signature(way),
        Authentication::Session(way) => session(way),
    }
}

fn key(name: &str, location: KeyLocation, prefix: Option<&str>) -> TokenStream {
    let location = match location {
        KeyLocation::Header => quote!(Header),
        KeyLocation::Query => quote!(Query),
        KeyLocation::Cookie => quote!(Cookie),
    };
    let prefix = prefix.unwrap_or_default();
    quote!(descriptor::Key { location: descriptor::Location::#location, name: #name, prefix: #prefix })
}

fn oauth2(way: &OAuth2) -> TokenStream {
    let flow = match way.flow {
        OAuth2Flow::AuthorizationCode => quote!(AuthorizationCode),
        OAuth2Flow::ClientCredentials => quote!(ClientCredentials),
        OAuth2Flow::JwtBearer => quote!(JwtBearer),
    };
    let token_url = &way.token_url;
    let client_in_body = way.client_authentication == ClientAuthentication::Body;
    let scopes = literal::texts(&way.default_scopes);
    let parameters = literal::pairs(&way.parameters);
    let assertion = literal::option(way.assertion.as_ref(), jwt);
    quote!(OAuth2(descriptor::OAuth2 {
        flow: descriptor::Flow::#flow,
        token_url: #token_url,
        client_in_body: #client_in_body,
        scopes: #scopes,
        parameters: #parameters,
        assertion: #assertion
    }))
}

fn jwt(token: &JwtToken) -> TokenStream {
    let algorithm = match token.algorithm {
        JwtAlgorithm::RS256 => "RS256",
        JwtAlgorithm::ES256 => "ES256",
        JwtAlgorithm::HS256 => "HS256",
    };
    let key = &token.key;
    let key_id = token.key_id.as_deref().unwrap_or_default();
    let claims = token.claims.iter().map(|(name, value)| {
        let value = literal::literal(value);
        quote!((#name, #value))
    });
    let lifetime = literal::unsigned(token.lifetime_seconds.unwrap_or(LIFETIME_SECONDS).into());
    quote!(descriptor::Jwt { algorithm: #algorithm, key: #key, key_id: #key_id, claims: &[#(#claims),*], lifetime_seconds: #lifetime })
}

/// How long a signed token lasts when the spec says nothing.
const LIFETIME_SECONDS: u32 = 300;

fn aws(way: &AwsSigV4) -> TokenStream {
    let AwsSigV4 { service, region, services, regions, .. } = way;
    let services = literal::pairs(services);
    let regions = literal::pairs(regions);
    let exchange = literal::option(way.exchange.as_ref(), key_exchange);
    quote!(AwsSigV4(descriptor::AwsSigV4 {
        service: #service,
        region: #region,
        services: #services,
        regions: #regions,
        exchange: #exchange
    }))
}

fn key_exchange(exchange: &KeyExchange) -> TokenStream {
    let (method, path) = line(&exchange.request);
    let server = literal::text_option(exchange.server.as_deref());
    let headers = literal::pairs(&exchange.headers);
    let form = exchange.body == SessionBody::Form;
    let fields = literal::pairs(&exchange.fields);
    let ExchangedKeys { access_key_id, secret_access_key, session_token, expires } = &exchange.keys;
    quote!(descriptor::KeyExchange {
        method: #method,
        path: #path,
        server: #server,
        headers: #headers,
        form: #form,
        fields: #fields,
        keys: [#access_key_id, #secret_access_key, #session_token],
        expires: #expires
    })
}

fn signature(way: &SignedRequests) -> TokenStream {
    let credentials = literal::texts(way.credentials.keys());
    let values = way.values.iter().map(|(name, value)| {
        let value = computed(value);
        quote!((#name, descriptor::Computed::#value))
    });
    let headers = literal::pairs(&way.headers);
    quote!(Signature(descriptor::Signing { credentials: #credentials, values: &[#(#values),*], headers: #headers }))
}

fn computed(value: &SignatureValue) -> TokenStream {
    match value {
        SignatureValue::Text(text) => quote!(Text(#text)),
        SignatureValue::Base64(text) => quote!(Base64(#text)),
        SignatureValue::Hash(hash) => {
            let of = &hash.of;
            let (algorithm, encoding) = (algorithm(hash.algorithm), encoding(hash.encoding));
            let max_bytes = literal::option(hash.max_bytes, literal::unsigned);
            let skip_empty = hash.skip_empty;
            quote!(Hash { of: #of, algorithm: #algorithm, encoding: #encoding, max_bytes: #max_bytes, skip_empty: #skip_empty })
        }
        SignatureValue::Hmac(keyed) => {
            let (of, key) = (&keyed.of, &keyed.key);
            let key_encoding = match keyed.key_encoding {
                KeyEncoding::Text => quote!(Text),
                KeyEncoding::Hex => quote!(Hex),
                KeyEncoding::Base64 => quote!(Base64),
            };
            let (algorithm, encoding) = (algorithm(keyed.algorithm), encoding(keyed.encoding));
            quote!(Hmac {
                of: #of,
                key: #key,
                key_encoding: descriptor::Encoding::#key_encoding,
                algorithm: #algorithm,
                encoding: #encoding
            })
        }
    }
}

fn algorithm(algorithm: SignatureAlgorithm) -> TokenStream {
    match algorithm {
        SignatureAlgorithm::Sha1 => quote!(descriptor::Algorithm::Sha1),
        SignatureAlgorithm::Sha256 => quote!(descriptor::Algorithm::Sha256),
        SignatureAlgorithm::Sha512 => quote!(descriptor::Algorithm::Sha512),
    }
}

fn encoding(encoding: SignatureEncoding) -> TokenStream {
    match encoding {
        SignatureEncoding::Hex => quote!(descriptor::Encoding::Hex),
        SignatureEncoding::Base64 => quote!(descriptor::Encoding::Base64),
    }
}

fn session(way: &Session) -> TokenStream {
    let (method, path) = line(&way.login.request);
    let headers = literal::pairs(&way.login.headers);
    let form = way.login.body == SessionBody::Form;
    let fields = literal::pairs(&way.login.fields);
    let carry = way.carry.iter().map(|(name, item)| {
        let key = key(name, item.location, item.prefix.as_deref());
        let place = match &item.from {
            TokenPlace::Body(pointer) => quote!(Body(#pointer)),
            TokenPlace::Header(name) => quote!(Header(#name)),
            TokenPlace::Cookie(name) => quote!(Cookie(#name)),
        };
        quote!((#key, descriptor::TokenPlace::#place))
    });
    let logout = literal::option(way.logout.as_deref(), |logout| {
        let (method, path) = line(logout);
        quote!((#method, #path))
    });
    let lifetime =
        literal::option(way.lifetime_seconds, |seconds| literal::unsigned(seconds.into()));
    quote!(Session(descriptor::Session {
        method: #method,
        path: #path,
        headers: #headers,
        form: #form,
        fields: #fields,
        carry: &[#(#carry),*],
        logout: #logout,
        lifetime_seconds: #lifetime
    }))
}

/// Method and path of a checked request line.
fn line(line: &str) -> (&str, &str) {
    line.split_once(' ').unwrap_or((line, ""))
}
