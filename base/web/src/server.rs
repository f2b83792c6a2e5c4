//! From declared routes to HTTP: the one handler that every request passes through.

mod answer;
mod body;
mod document;
mod headers;
mod listen;
mod meters;

use std::sync::Arc;

use axum::Router;
use axum::extract::Request;
use axum::http::StatusCode;
use axum::response::Response;
use axum::routing::{MethodFilter, MethodRouter, on};
use tower_http::compression::CompressionLayer;
use tower_http::compression::predicate::{Predicate, SizeAbove};

use crate::capability::Route;
use crate::house::House;

pub use listen::serve;
pub use meters::Meters;

/// Every route of the program: the floor's own first, then the capabilities'.
pub fn routes(house: &House) -> Vec<Route> {
    house.capabilities.iter().flat_map(|c| c.routes.iter().copied()).collect()
}

/// The program as an axum router.
pub fn router(house: Arc<House>) -> Router {
    let mut router = Router::new();
    for route in routes(&house) {
        router = router.route(route.path, method(house.clone(), route));
    }
    let tls = house.settings.tls;
    for asset in crate::ASSETS {
        router = router.route(
            asset.path,
            axum::routing::get(move |request: Request| async move { headers::asset(asset, &request, tls) }),
        );
    }
    let (lost, wrong_method) = (house.clone(), house.clone());
    let html = SizeAbove::new(1024).and(
        |_: StatusCode, _: axum::http::Version, headers: &axum::http::HeaderMap, _: &axum::http::Extensions| {
            let kind = headers.get("content-type").and_then(|v| v.to_str().ok()).unwrap_or_default();
            !headers.contains_key("content-encoding")
                && (kind.starts_with("text/") || kind.starts_with("application/json"))
        },
    );
    router
        .fallback(move |request: Request| answer::lost(lost.clone(), request))
        .method_not_allowed_fallback(move |request: Request| answer::lost(wrong_method.clone(), request))
        .layer(CompressionLayer::new().gzip(true).compress_when(html))
}

fn method(house: Arc<House>, route: Route) -> MethodRouter {
    let filter = if route.method == "POST" { MethodFilter::POST } else { MethodFilter::GET };
    on(filter, move |request: Request| -> std::pin::Pin<Box<dyn Future<Output = Response> + Send>> {
        Box::pin(answer::answer(house.clone(), route, request))
    })
}
