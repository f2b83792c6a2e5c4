//! Reading a form: bounded in size and time, files straight to disk.

use std::io::Write;
use std::time::Duration;

use axum::body::Body;
use axum::extract::{FromRequest, Multipart};
use axum::http::{HeaderMap, Request};
use chibo_kernel::{Problem, Said};

use crate::capability::Route;
use crate::house::House;
use crate::visit::{Pairs, Upload};

const PATIENCE: Duration = Duration::from_secs(120);
const MOST_FIELDS: usize = 2_000;
const MOST_FILES: usize = 8;

/// Reads the body of a POST as a form.
pub(super) async fn read(
    house: &House,
    route: Route,
    headers: &HeaderMap,
    body: Body,
) -> Result<(Pairs, Vec<Upload>), Problem> {
    let kind = headers.get("content-type").and_then(|v| v.to_str().ok()).unwrap_or_default();
    let work = async {
        if kind.starts_with("application/x-www-form-urlencoded") {
            let bytes = axum::body::to_bytes(body, route.body_limit).await.map_err(|_| too_large(route.body_limit))?;
            let pairs =
                Pairs::parse(std::str::from_utf8(&bytes).map_err(|_| Problem::refuse(Said::new("form-expired")))?);
            if pairs.0.len() > MOST_FIELDS { Err(too_large(route.body_limit)) } else { Ok((pairs, Vec::new())) }
        } else if kind.starts_with("multipart/form-data") {
            multipart(house, route, kind, body).await
        } else {
            Err(Problem::refuse(Said::new("form-expired")))
        }
    };
    tokio::time::timeout(PATIENCE, work).await.unwrap_or(Err(Problem::refuse(Said::new("form-expired"))))
}

fn too_large(limit: usize) -> Problem {
    Problem::refuse(Said::new("form-too-large").with("most", format!("{} MiB", (limit >> 20).max(1))))
}

async fn multipart(house: &House, route: Route, kind: &str, body: Body) -> Result<(Pairs, Vec<Upload>), Problem> {
    let broken = || Problem::refuse(Said::new("form-expired"));
    let request = Request::builder().header("content-type", kind).body(body).map_err(Problem::fault)?;
    let mut form = Multipart::from_request(request, &()).await.map_err(|_| broken())?;
    let (mut pairs, mut files, mut total) = (Pairs::default(), Vec::new(), 0usize);
    while let Some(mut field) = form.next_field().await.map_err(|_| broken())? {
        let name = field.name().unwrap_or_default().to_owned();
        if let Some(file) = field.file_name().map(str::to_owned) {
            if file.is_empty() {
                continue;
            }
            if files.len() >= MOST_FILES {
                return Err(too_large(route.body_limit));
            }
            let path =
                house.settings.work_dir.join(format!("upload-{}", chibo_store::seal::hex(&house.db.random::<16>())));
            let mut upload = Upload { field: name, name: file, path, size: 0 };
            let mut target = std::fs::File::create(&upload.path).map_err(Problem::fault)?;
            while let Some(chunk) = field.chunk().await.map_err(|_| broken())? {
                total += chunk.len();
                upload.size += chunk.len() as u64;
                if total > route.body_limit {
                    return Err(too_large(route.body_limit));
                }
                target.write_all(&chunk).map_err(Problem::fault)?;
            }
            files.push(upload);
        } else {
            let text = field.text().await.map_err(|_| broken())?;
            total += text.len();
            if total > route.body_limit || pairs.0.len() >= MOST_FIELDS {
                return Err(too_large(route.body_limit));
            }
            pairs.0.push((name, text));
        }
    }
    Ok((pairs, files))
}
