//! A provider in this process: OpenID Connect with discovery and keys made here, and GitHub's interface beside it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::{SystemTime, UNIX_EPOCH};

use axum::extract::{Form, Query, State};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use axum::{Json, Router};
use data_encoding::BASE64URL_NOPAD;
use ring::rand::SystemRandom;
use ring::signature::{Ed25519KeyPair, KeyPair as _};
use serde_json::{Value, json};
use sha2::{Digest as _, Sha256};

pub const CLIENT_ID: &str = "sandglass";
pub const CLIENT_SECRET: &str = "a secret between two";
const ACCESS_TOKEN: &str = "an access token";

/// What is wrong with what it says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Lie {
    Nonce,
    Audience,
    Issuer,
    Expired,
    Signature,
    UnknownKey,
    Unsigned,
    SignedWithSecret,
    NoToken,
    Silent,
    Refuses,
}

/// Whom it names.
#[derive(Clone)]
pub struct Named {
    pub subject: u64,
    pub email: String,
    pub is_verified: Option<bool>,
}

/// What was asked for with one code, which is good once.
struct Asked {
    challenge: String,
    redirect_uri: String,
    nonce: Option<String>,
}

struct Inner {
    issuer: String,
    key: Ed25519KeyPair,
    another_key: Ed25519KeyPair,
    lie: Mutex<Option<Lie>>,
    named: Mutex<Named>,
    asked: Mutex<HashMap<String, Asked>>,
}

/// A provider that runs as long as the test.
pub struct Scripted {
    pub issuer: String,
    inner: Arc<Inner>,
}

impl Scripted {
    pub async fn start() -> Self {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let issuer = format!("http://{}", listener.local_addr().unwrap());
        let named = Named { subject: 7, email: "ada@example.com".into(), is_verified: Some(true) };
        let inner = Arc::new(Inner {
            issuer: issuer.clone(),
            key: key(),
            another_key: key(),
            lie: Mutex::new(None),
            named: Mutex::new(named),
            asked: Mutex::default(),
        });
        let routes = Router::new()
            .route("/.well-known/openid-configuration", get(discovery))
            .route("/jwks", get(jwks))
            .route("/authorize", get(authorize))
            .route("/token", post(token))
            .route("/login/oauth/authorize", get(authorize))
            .route("/login/oauth/access_token", post(token))
            .route("/api/v3/user", get(user))
            .route("/api/v3/user/emails", get(emails))
            .with_state(Arc::clone(&inner));
        tokio::spawn(async move { axum::serve(listener, routes).await });
        Self { issuer, inner }
    }

    pub fn lies(&self, lie: Option<Lie>) {
        *self.inner.lie.lock().unwrap() = lie;
    }

    pub fn says(&self, change: impl FnOnce(&mut Named)) {
        change(&mut self.inner.named.lock().unwrap());
    }
}

fn key() -> Ed25519KeyPair {
    let document = Ed25519KeyPair::generate_pkcs8(&SystemRandom::new()).unwrap();
    Ed25519KeyPair::from_pkcs8(document.as_ref()).unwrap()
}

impl Inner {
    fn lies(&self, lie: Lie) -> bool {
        *self.lie.lock().unwrap() == Some(lie)
    }

    fn named(&self) -> Named {
        self.named.lock().unwrap().clone()
    }

    /// A token that says who somebody is, as true as it is told to be.
    fn id_token(&self, nonce: Option<String>) -> String {
        let named = self.named();
        #[expect(
            clippy::disallowed_methods,
            reason = "the server that is tested has the machine's clock, too"
        )]
        let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap().as_secs();
        let mut claims = json!({
            "iss": if self.lies(Lie::Issuer) { "https://evil.example" } else { &self.issuer },
            "aud": if self.lies(Lie::Audience) { "another" } else { CLIENT_ID },
            "sub": named.subject.to_string(),
            "iat": now - 600,
            "exp": if self.lies(Lie::Expired) { now - 300 } else { now + 300 },
            "nonce": if self.lies(Lie::Nonce) { Some("another".to_owned()) } else { nonce },
            "email": named.email,
            "name": "Ada Lovelace",
        });
        if let Some(is_verified) = named.is_verified {
            claims["email_verified"] = json!(is_verified);
        }
        let algorithm = match () {
            () if self.lies(Lie::Unsigned) => "none",
            () if self.lies(Lie::SignedWithSecret) => "HS256",
            () => "EdDSA",
        };
        let part = |value: &Value| BASE64URL_NOPAD.encode(value.to_string().as_bytes());
        let signed = format!("{}.{}", part(&json!({ "alg": algorithm, "kid": "1" })), part(&claims));
        let bytes = signed.as_bytes();
        let signature = match algorithm {
            "none" => Vec::new(),
            "HS256" => {
                let key = ring::hmac::Key::new(ring::hmac::HMAC_SHA256, CLIENT_SECRET.as_bytes());
                ring::hmac::sign(&key, bytes).as_ref().to_vec()
            }
            _ if self.lies(Lie::UnknownKey) => self.another_key.sign(bytes).as_ref().to_vec(),
            _ if self.lies(Lie::Signature) => self.key.sign(b"something else").as_ref().to_vec(),
            _ => self.key.sign(bytes).as_ref().to_vec(),
        };
        format!("{signed}.{}", BASE64URL_NOPAD.encode(&signature))
    }
}

async fn discovery(State(inner): State<Arc<Inner>>) -> Json<Value> {
    let issuer = &inner.issuer;
    Json(json!({
        "issuer": issuer,
        "authorization_endpoint": format!("{issuer}/authorize"),
        "token_endpoint": format!("{issuer}/token"),
        "jwks_uri": format!("{issuer}/jwks"),
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        // It would take what must not be taken.
        "id_token_signing_alg_values_supported": ["EdDSA", "HS256", "none"],
    }))
}

async fn jwks(State(inner): State<Arc<Inner>>) -> Json<Value> {
    let x = BASE64URL_NOPAD.encode(inner.key.public_key().as_ref());
    Json(
        json!({ "keys": [{ "kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA", "kid": "1", "x": x }] }),
    )
}

/// The person says yes at once.
async fn authorize(
    State(inner): State<Arc<Inner>>,
    Query(asked): Query<HashMap<String, String>>,
) -> Response {
    let back = &asked["redirect_uri"];
    assert_eq!((asked["client_id"].as_str(), asked["response_type"].as_str()), (CLIENT_ID, "code"));
    assert_eq!(asked["code_challenge_method"], "S256");
    if inner.lies(Lie::Refuses) {
        return Redirect::to(&format!("{back}?error=access_denied&state={}", asked["state"])).into_response();
    }
    let mut waiting = inner.asked.lock().unwrap();
    let code = format!("code-{}", waiting.len());
    let kept = Asked {
        challenge: asked["code_challenge"].clone(),
        redirect_uri: back.clone(),
        nonce: asked.get("nonce").cloned(),
    };
    waiting.insert(code.clone(), kept);
    Redirect::to(&format!("{back}?code={code}&state={}", asked["state"])).into_response()
}

/// Gives tokens to whoever asked for the code, once.
async fn token(
    State(inner): State<Arc<Inner>>,
    headers: HeaderMap,
    Form(asked): Form<HashMap<String, String>>,
) -> Response {
    if inner.lies(Lie::Silent) {
        return StatusCode::INTERNAL_SERVER_ERROR.into_response();
    }
    assert!(headers["authorization"].to_str().unwrap().starts_with("Basic "));
    let refused = || (StatusCode::BAD_REQUEST, Json(json!({ "error": "invalid_grant" }))).into_response();
    let kept = inner.asked.lock().unwrap().get_mut(&asked["code"]).map(|kept| {
        let challenge = std::mem::take(&mut kept.challenge);
        (challenge, kept.redirect_uri.clone(), kept.nonce.clone())
    });
    let Some((challenge, redirect_uri, nonce)) = kept else { return refused() };
    let proof = BASE64URL_NOPAD.encode(&Sha256::digest(&asked["code_verifier"]));
    if proof != challenge || redirect_uri != asked["redirect_uri"] {
        return refused();
    }
    let mut answer = json!({ "access_token": ACCESS_TOKEN, "token_type": "bearer", "expires_in": 60 });
    if !inner.lies(Lie::NoToken) {
        answer["id_token"] = json!(inner.id_token(nonce));
    }
    Json(answer).into_response()
}

async fn user(State(inner): State<Arc<Inner>>, headers: HeaderMap) -> Json<Value> {
    assert_eq!(headers["authorization"], format!("Bearer {ACCESS_TOKEN}"));
    Json(json!({ "id": inner.named().subject, "login": "ada", "name": "Ada Lovelace" }))
}

async fn emails(State(inner): State<Arc<Inner>>, headers: HeaderMap) -> Json<Value> {
    assert_eq!(headers["authorization"], format!("Bearer {ACCESS_TOKEN}"));
    let Named { email, is_verified, .. } = inner.named();
    Json(json!([
        { "email": "old@example.com", "primary": false, "verified": true },
        { "email": email, "primary": true, "verified": is_verified.unwrap_or(false) },
    ]))
}
