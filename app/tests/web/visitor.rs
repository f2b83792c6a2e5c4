//! Somebody with a browser: cookies, form tokens, answers.

use std::sync::OnceLock;

use axum::body::Body;
use axum::http::{HeaderMap, Request};
use chibo_web::cookies;
use tower::ServiceExt;

use crate::world::World;

/// An answer, whole.
pub struct Answer {
    pub status: u16,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

impl Answer {
    pub fn text(&self) -> String {
        String::from_utf8_lossy(&self.body).into_owned()
    }

    pub fn header(&self, name: &str) -> &str {
        self.headers.get(name).and_then(|value| value.to_str().ok()).unwrap_or_default()
    }

    /// The value a cookie is set to.
    pub fn cookie(&self, name: &str) -> Option<String> {
        let set = self.headers.get_all("set-cookie").iter().filter_map(|value| value.to_str().ok());
        let found = set.filter_map(|line| line.split(';').next()?.split_once('=')).find(|(found, _)| *found == name);
        found.map(|(_, value)| value.to_owned())
    }
}

fn runtime() -> &'static tokio::runtime::Runtime {
    static RUNTIME: OnceLock<tokio::runtime::Runtime> = OnceLock::new();
    RUNTIME.get_or_init(|| tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap())
}

/// Runs something that waits.
pub fn wait<T>(future: impl Future<Output = T>) -> T {
    runtime().block_on(future)
}

/// Asks the router itself.
pub fn ask(world: &World, request: Request<Body>) -> Answer {
    wait(async {
        let response = world.router.clone().oneshot(request).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = axum::body::to_bytes(body, usize::MAX).await.unwrap().to_vec();
        Answer { status: parts.status.as_u16(), headers: parts.headers, body }
    })
}

/// A visit cookie for those who have none yet.
pub const VISIT: &str = "0123456789abcdef0123456789abcdef";

/// Somebody at a browser.
#[derive(Clone)]
pub struct Visitor<'w> {
    pub world: &'w World,
    pub session: Option<String>,
    /// The value of the look cookie: `vi.0.n`.
    pub look: &'static str,
    /// Ask for the main part only.
    pub partial: bool,
}

impl<'w> Visitor<'w> {
    /// Nobody yet.
    pub fn stranger(world: &'w World) -> Self {
        Self { world, session: None, look: "vi.0.n", partial: false }
    }

    /// Signed in by a session written into the database: the form is tested by itself.
    pub fn of(world: &'w World, login: &str) -> Self {
        static NEXT: std::sync::atomic::AtomicU64 = std::sync::atomic::AtomicU64::new(1);
        let token = format!("{:064x}", NEXT.fetch_add(1, std::sync::atomic::Ordering::SeqCst));
        let hash = chibo_accounts::actions::sessions::token_hash(&token);
        let now = world.house.db.now().0;
        let sql = "INSERT INTO session SELECT ?1, account_id, ?2, ?2, ?3, 0 FROM account WHERE login_key = ?4";
        let made = world.raw().execute(sql, (hash, now, now + 12 * 3_600_000, login)).unwrap();
        assert_eq!(made, 1, "no account {login}");
        Self { session: Some(token), ..Self::stranger(world) }
    }

    pub fn english(mut self) -> Self {
        self.look = "en.0.n";
        self
    }

    /// Signs in by the form, as a person does.
    #[allow(clippy::result_large_err)]
    pub fn sign_in(world: &'w World, login: &str, password: &str) -> Result<Self, Answer> {
        let mut visitor = Self::stranger(world);
        let answer = visitor.post("/sign-in", &[("login", login), ("password", password)]);
        match answer.cookie("__Host-chibo_session") {
            Some(token) if answer.status == 303 => {
                visitor.session = Some(token);
                Ok(visitor)
            }
            _ => Err(answer),
        }
    }

    fn jar(&self) -> String {
        let session = self.session.as_ref().map(|token| format!("; __Host-chibo_session={token}")).unwrap_or_default();
        format!("__Host-chibo_visit={VISIT}; __Host-chibo_look={}{session}", self.look)
    }

    /// A request with this visitor's cookies.
    pub fn request(&self, method: &str, url: &str) -> axum::http::request::Builder {
        let request =
            Request::builder().method(method).uri(url).header("host", "chibo.example").header("cookie", self.jar());
        if self.partial { request.header("hx-request", "true") } else { request }
    }

    pub fn get(&self, url: &str) -> Answer {
        ask(self.world, self.request("GET", url).body(Body::empty()).unwrap())
    }

    /// The token a form of this visitor would carry.
    pub fn form_token(&self) -> String {
        let bound = self.session.as_deref().unwrap_or(VISIT);
        cookies::form_token(self.world.house.db.keys(), bound, [7; 8])
    }

    /// Sends a form from our own page.
    pub fn post(&self, url: &str, form: &[(&str, &str)]) -> Answer {
        let token = self.form_token();
        let mut pairs = vec![("_form", token.as_str())];
        pairs.extend(form);
        let request = self
            .request("POST", url)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .header("origin", "https://chibo.example");
        ask(self.world, request.body(Body::from(urlencoded(&pairs))).unwrap())
    }

    /// Sends a file from our own page.
    pub fn upload(&self, url: &str, name: &str, bytes: &[u8]) -> Answer {
        let mut body = format!(
            "--edge\r\ncontent-disposition: form-data; name=\"_form\"\r\n\r\n{}\r\n--edge\r\ncontent-disposition: form-data; \
             name=\"file\"; filename=\"{name}\"\r\ncontent-type: application/octet-stream\r\n\r\n",
            self.form_token()
        )
        .into_bytes();
        body.extend_from_slice(bytes);
        body.extend_from_slice(b"\r\n--edge--\r\n");
        let request = self.request("POST", url).header("content-type", "multipart/form-data; boundary=edge");
        ask(self.world, request.header("sec-fetch-site", "same-origin").body(Body::from(body)).unwrap())
    }
}

/// `a=1&b=2`, percent-encoded.
pub fn urlencoded(pairs: &[(&str, &str)]) -> String {
    let encoded = pairs
        .iter()
        .map(|(name, value)| format!("{}={}", chibo_web::html::encode(name), chibo_web::html::encode(value)));
    encoded.collect::<Vec<_>>().join("&")
}
