//! Answers as HTTP: bodies, files, assets, and the headers that stand on every one of them.

use std::fs::File;
use std::io::Read;
use std::path::PathBuf;
use std::pin::Pin;
use std::task::{Context, Poll};

use axum::body::{Body, Bytes, HttpBody};
use axum::extract::Request;
use axum::http::header::HeaderName;
use axum::http::{HeaderValue, Response, StatusCode};

use super::answer::Asked;
use crate::cookies;
use crate::house::House;
use crate::reply::Reply;

const CSP: &str = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; \
    connect-src 'self'; manifest-src 'self'; worker-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'; object-src 'none'";

const ALWAYS: [(&str, &str); 8] = [
    ("content-security-policy", CSP),
    ("x-content-type-options", "nosniff"),
    ("x-frame-options", "DENY"),
    ("referrer-policy", "same-origin"),
    ("cross-origin-opener-policy", "same-origin"),
    ("cross-origin-resource-policy", "same-origin"),
    ("permissions-policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ("vary", "cookie, hx-request, accept-encoding"),
];

fn set(response: &mut Response<Body>, name: &'static str, value: &str) {
    if let Ok(value) = HeaderValue::from_str(value) {
        response.headers_mut().insert(HeaderName::from_static(name), value);
    }
}

fn plain(status: u16, kind: &str, body: impl Into<Body>) -> Response<Body> {
    let mut response = Response::new(body.into());
    *response.status_mut() = StatusCode::from_u16(status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
    set(&mut response, "content-type", kind);
    response
}

/// A reply as an HTTP response.
pub(super) fn dress(_house: &House, reply: Reply) -> Response<Body> {
    match reply {
        Reply::Html { status, body } => plain(status, "text/html; charset=utf-8", body),
        Reply::Text(text) => plain(200, "text/plain; charset=utf-8", text),
        Reply::Json(text) => plain(200, "application/json", text),
        Reply::ProblemJson { status, body } => plain(status, "application/problem+json", body),
        Reply::Redirect(to) => redirect(&to),
        Reply::RedirectWith(to, cookies) => {
            let mut response = redirect(&to);
            for cookie in cookies {
                if let Ok(value) = HeaderValue::from_str(&cookie) {
                    response.headers_mut().append("set-cookie", value);
                }
            }
            response
        }
        Reply::File { name, kind, body } => download(&name, kind, body),
        Reply::Picture { kind, body } | Reply::Part { kind, body } => plain(200, kind, body),
        Reply::FileAt { name, kind, path, once } => match FileBody::open(path, once) {
            Ok(body) => download(&name, kind, Body::new(body)),
            Err(_) => plain(404, "text/plain; charset=utf-8", ""),
        },
    }
}

/// Only addresses on this site: a crafted `to` may not lead away.
fn redirect(to: &str) -> Response<Body> {
    let own = to.starts_with('/') && !to.starts_with("//") && !to.contains(['\\', '\r', '\n']);
    let mut response = plain(303, "text/plain; charset=utf-8", "");
    set(&mut response, "location", if own { to } else { "/" });
    response
}

fn download(name: &str, kind: &str, body: impl Into<Body>) -> Response<Body> {
    let mut response = plain(200, kind, body);
    let value = format!("attachment; filename*=UTF-8''{}", crate::html::encode(name));
    set(&mut response, "content-disposition", &value);
    response
}

fn guard(response: &mut Response<Body>, tls: bool) {
    for (name, value) in ALWAYS {
        set(response, name, value);
    }
    if tls {
        set(response, "strict-transport-security", "max-age=63072000; includeSubDomains");
    }
}

/// Headers of every answer, errors and downloads included.
pub(super) fn secure(house: &House, asked: &Asked, response: &mut Response<Body>) {
    guard(response, house.settings.tls);
    set(response, "cache-control", "no-store");
    set(response, "x-trace", &asked.trace);
    if asked.place == "/sign-out" {
        set(response, "clear-site-data", "\"cache\", \"storage\"");
    }
    if asked.fresh_visit
        && let Ok(value) = HeaderValue::from_str(&cookies::set("chibo_visit", &asked.visit, house.settings.tls, None))
    {
        response.headers_mut().append("set-cookie", value);
    }
}

/// A bundled file: named by its content, so it may be kept for ever.
pub(super) fn asset(asset: &'static crate::Asset, request: &Request, tls: bool) -> Response<Body> {
    let accepts = request.headers().get("accept-encoding").and_then(|v| v.to_str().ok()).unwrap_or_default();
    let zipped = accepts.contains("gzip") && !asset.gzip.is_empty();
    let bytes = if zipped { asset.gzip } else { asset.body };
    let mut response = plain(200, asset.content_type, Bytes::from_static(bytes));
    guard(&mut response, tls);
    set(&mut response, "cache-control", "public, max-age=31536000, immutable");
    if zipped {
        set(&mut response, "content-encoding", "gzip");
    }
    response
}

/// A file sent piece by piece; removed at the end when it was made for this answer only.
struct FileBody {
    file: File,
    path: PathBuf,
    once: bool,
}

impl FileBody {
    fn open(path: PathBuf, once: bool) -> std::io::Result<Self> {
        Ok(Self { file: File::open(&path)?, path, once })
    }
}

impl Drop for FileBody {
    fn drop(&mut self) {
        if self.once {
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

impl HttpBody for FileBody {
    type Data = Bytes;
    type Error = std::io::Error;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<http_body::Frame<Bytes>, Self::Error>>> {
        let mut piece = vec![0; 65_536];
        match self.file.read(&mut piece) {
            Ok(0) => Poll::Ready(None),
            Ok(n) => {
                piece.truncate(n);
                Poll::Ready(Some(Ok(http_body::Frame::data(Bytes::from(piece)))))
            }
            Err(error) => Poll::Ready(Some(Err(error))),
        }
    }
}
