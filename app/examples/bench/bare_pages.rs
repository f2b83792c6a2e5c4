//! The barest server for the same two pages: axum, SQLite in the request's own thread, strings pushed together. No
//! session, no permission, no audit, no history of corrections, no shell around the page.

use std::cell::RefCell;
use std::fmt::Write;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use axum::Router;
use axum::extract::{Path as AtPath, RawQuery, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use chibo_census::Query;
use chibo_census::cube::ListOrder;
use chibo_kernel::{AsOf, Day, Id, Person, Unit};
use chibo_members::codes::{self, List};
use chibo_members::dims::member_standings;
use chibo_members::sheets::birth_text;
use chibo_web::House;
use rusqlite::{Connection, OpenFlags, Row, params};

/// Adds to a copy of the database what the bare pages read: members in the order of names with the place of their
/// branch, and units by place.
pub fn prepare(house: &House, file: &Path) {
    let mut db = Connection::open(file).expect("the copy opens");
    let sql = "CREATE TABLE bare_unit (place INTEGER PRIMARY KEY, id BLOB NOT NULL UNIQUE, last INTEGER NOT NULL,
            parent INTEGER, name TEXT NOT NULL, members INTEGER);
        CREATE TABLE bare_name (id BLOB PRIMARY KEY, name TEXT NOT NULL) WITHOUT ROWID;
        CREATE TABLE bare_member (no INTEGER PRIMARY KEY, id BLOB NOT NULL, place INTEGER NOT NULL, name TEXT, birth INTEGER,
            precision INTEGER, sex INTEGER, admitted INTEGER, standing INTEGER, degree INTEGER, theory INTEGER,
            occupation INTEGER);";
    db.execute_batch(sql).expect("tables");
    let tx = db.transaction().expect("a transaction");
    let view = house.census.view(house.db.today());
    let tree = view.places().tree().clone();
    for place in 0..tree.len() {
        let (Some(id), Some(facts)) = (tree.unit(place).and_then(|no| view.forest().id(no)), tree.facts(place)) else {
            continue;
        };
        let row = params![place, id.bytes(), tree.end(place), tree.parent(place), facts.name];
        tx.execute("INSERT INTO bare_unit VALUES (?, ?, ?, ?, ?, 0)", row).expect("a unit");
    }
    let units = "INSERT INTO bare_name SELECT unit_id, name FROM unit_fact WHERE superseded_at = 9223372036854775807
        GROUP BY unit_id HAVING valid_from = MAX(valid_from)";
    tx.execute_batch(units).expect("names of units");
    let query = Query { members: Some(member_standings()), ..Query::at(AsOf::on(house.db.today())) };
    let insert = "INSERT INTO bare_member SELECT ?1, person_id, ?3, full_name, birth, birth_precision, sex, admitted, ?4, ?5, ?6, ?7
        FROM person WHERE person_id = ?2";
    {
        let mut insert = tx.prepare(insert).expect("a statement");
        for (no, person) in view.list(&query, ListOrder::Name, None, u32::MAX as usize).into_iter().enumerate() {
            let brief = view.person(person).expect("a member");
            let (unit, now) = brief.today.expect("a member of today");
            let place = tree.place_of(unit).expect("a branch of today");
            let codes = (now.standing, now.degree, now.theory, now.occupation);
            insert
                .execute(params![no as i64, brief.id.bytes(), place, codes.0, codes.1, codes.2, codes.3])
                .expect("a member");
        }
    }
    // The number of members is kept, not counted for every page.
    let rest = "CREATE INDEX bare_member_place ON bare_member (place, no); UPDATE bare_unit SET members =
        (SELECT COUNT(*) FROM bare_member m WHERE m.place >= bare_unit.place AND m.place < bare_unit.last)";
    tx.execute_batch(rest).expect("an index and numbers");
    tx.commit().expect("the tables are there");
    db.execute_batch("PRAGMA wal_checkpoint(TRUNCATE)").expect("one file");
}

/// Serves until killed.
pub fn serve(file: &Path, port: u16) {
    let workers = std::thread::available_parallelism().map_or(2, usize::from);
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(workers).enable_all().build();
    runtime.expect("a runtime").block_on(async {
        let file: Arc<PathBuf> = Arc::new(file.to_owned());
        let router = Router::new()
            .route("/sign-in", get(|| async { "here\n" }))
            .route("/members", get(list))
            .route("/members/{id}", get(person))
            .with_state(file);
        let listener = tokio::net::TcpListener::bind(("127.0.0.1", port)).await.expect("the port is free");
        accept(listener, router).await;
    });
}

/// Plain hyper connections, as bare as axum's own `serve`, whose feature the program does not build.
async fn accept(listener: tokio::net::TcpListener, router: Router) {
    loop {
        let (stream, _) = listener.accept().await.expect("a connection");
        stream.set_nodelay(true).expect("a socket option");
        let service = hyper_util::service::TowerToHyperService::new(router.clone());
        tokio::spawn(async move {
            let io = hyper_util::rt::TokioIo::new(stream);
            let _ = hyper::server::conn::http1::Builder::new().serve_connection(io, service).await;
        });
    }
}

thread_local! {
    static DB: RefCell<Option<Connection>> = const { RefCell::new(None) };
}

/// Runs on this thread's own connection.
fn with_db<T>(file: &Path, work: impl FnOnce(&Connection) -> rusqlite::Result<T>) -> rusqlite::Result<T> {
    DB.with_borrow_mut(|slot| {
        if slot.is_none() {
            let db =
                Connection::open_with_flags(file, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
            db.execute_batch("PRAGMA cache_size=-65536; PRAGMA mmap_size=536870912;")?;
            *slot = Some(db);
        }
        work(slot.as_ref().expect("just opened"))
    })
}

fn page(title: &str, body: &str) -> Response {
    let html = format!(
        "<!doctype html><html lang=\"vi\"><head><meta charset=\"utf-8\"><title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>"
    );
    ([(header::CONTENT_TYPE, "text/html; charset=utf-8")], html).into_response()
}

fn answer(outcome: rusqlite::Result<Option<Response>>) -> Response {
    match outcome {
        Ok(Some(response)) => response,
        Ok(None) => StatusCode::NOT_FOUND.into_response(),
        Err(error) => (StatusCode::INTERNAL_SERVER_ERROR, error.to_string()).into_response(),
    }
}

fn push(out: &mut String, text: &str) {
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            c => out.push(c),
        }
    }
}

fn cell(out: &mut String, text: &str) {
    out.push_str("<td>");
    push(out, text);
    out.push_str("</td>");
}

fn code(list: List, row: &Row<'_>, at: usize) -> rusqlite::Result<&'static str> {
    let entry = codes::entry(list, row.get(at)?);
    Ok(if entry.number == 0 { "" } else { entry.vi })
}

fn day(row: &Row<'_>, at: usize) -> rusqlite::Result<Option<Day>> {
    Ok(row.get::<_, Option<i32>>(at)?.map(Day::from_number))
}

fn text(row: &Row<'_>, at: usize) -> rusqlite::Result<String> {
    Ok(row.get_ref(at)?.as_str_or_null()?.unwrap_or_default().to_owned())
}

/// The first fifty of a unit by name, the same columns as ours.
async fn list(State(file): State<Arc<PathBuf>>, RawQuery(query): RawQuery) -> Response {
    let unit: Option<Id<Unit>> = query.as_deref().and_then(|q| q.strip_prefix("unit=")?.parse().ok());
    answer(with_db(&file, |db| {
        let take = |row: &Row<'_>| Ok((row.get(0)?, row.get(1)?, row.get(2)?, row.get(3)?));
        let (first, last, title, total): (u32, u32, String, i64) = match unit {
            Some(id) => db
                .prepare_cached("SELECT place, last, name, members FROM bare_unit WHERE id = ?")?
                .query_row([id.bytes()], take)?,
            None => db
                .prepare_cached("SELECT place, last, name, members FROM bare_unit WHERE place = 0")?
                .query_row([], take)?,
        };
        let mut body = String::with_capacity(16 * 1024);
        let _ = write!(body, "<p>{total}</p><table><thead><tr>");
        for heading in [
            "Họ và tên",
            "Ngày sinh",
            "Giới tính",
            "Tổ chức đảng",
            "Ngày vào Đảng",
            "Tuổi Đảng",
            "Trạng thái",
            "Chuyên môn",
            "Lý luận chính trị",
            "Nghề nghiệp",
        ] {
            let _ = write!(body, "<th>{heading}</th>");
        }
        body.push_str("</tr></thead><tbody>");
        // The whole city goes down the names; a part of it sorts what it has.
        let whole = "SELECT id, name, birth, precision, sex, admitted, standing, degree, theory, occupation,
            (SELECT name FROM bare_unit u WHERE u.place = m.place), (SELECT id FROM bare_unit u WHERE u.place = m.place),
            (SELECT name FROM bare_unit p WHERE p.place = (SELECT parent FROM bare_unit u WHERE u.place = m.place))
            FROM bare_member m ORDER BY no LIMIT 50";
        let part = "SELECT id, name, birth, precision, sex, admitted, standing, degree, theory, occupation,
            (SELECT name FROM bare_unit u WHERE u.place = m.place), (SELECT id FROM bare_unit u WHERE u.place = m.place),
            (SELECT name FROM bare_unit p WHERE p.place = (SELECT parent FROM bare_unit u WHERE u.place = m.place))
            FROM bare_member m WHERE place >= ?1 AND place < ?2 ORDER BY no LIMIT 50";
        let mut statement = db.prepare_cached(if unit.is_some() { part } else { whole })?;
        if unit.is_some() {
            statement.raw_bind_parameter(1, first)?;
            statement.raw_bind_parameter(2, last)?;
        }
        let mut rows = statement.raw_query();
        while let Some(row) = rows.next()? {
            line(&mut body, row)?;
        }
        body.push_str("</tbody></table>");
        Ok(Some(page(&title, &body)))
    }))
}

fn line(out: &mut String, row: &Row<'_>) -> rusqlite::Result<()> {
    let id: Id<Person> = Id::from_bytes(row.get(0)?);
    let _ = write!(out, "<tr><td><a href=\"/members/{id}\">");
    push(out, row.get_ref(1)?.as_str()?);
    out.push_str("</a></td>");
    cell(out, &day(row, 2)?.map_or_else(String::new, |d| birth_text(d, row.get(3).unwrap_or(0))));
    cell(out, code(codes::SEXES, row, 4)?);
    let unit: Id<Unit> = Id::from_bytes(row.get(11)?);
    let _ = write!(out, "<td><a href=\"/units/{unit}\">");
    push(out, row.get_ref(10)?.as_str()?);
    out.push_str("</a><br>");
    push(out, &text(row, 12)?);
    out.push_str("</td>");
    let admitted = day(row, 5)?;
    cell(out, &admitted.map_or_else(String::new, |d| d.to_string()));
    let _ = write!(out, "<td>{}</td>", admitted.map_or(0, |d| (24_323 - d.month_number()) / 12));
    cell(out, code(codes::STANDINGS, row, 6)?);
    cell(out, code(codes::DEGREES, row, 7)?);
    cell(out, code(codes::THEORY, row, 8)?);
    cell(out, code(codes::OCCUPATIONS, row, 9)?);
    out.push_str("</tr>");
    Ok(())
}

const PERSON: &str =
    "SELECT full_name, other_name, birth, birth_precision, sex, ethnicity, religion, birth_place, home_town,
    job_title, workplace, file_no, academic_title, languages, informatics, health, policy_family, admitted,
    admission_decision, introducers, official, identity_hint FROM person WHERE person_id = ?";

/// One member with the whole course of life in the Party.
async fn person(State(file): State<Arc<PathBuf>>, AtPath(id): AtPath<String>) -> Response {
    let Ok(id) = id.parse::<Id<Person>>() else { return StatusCode::NOT_FOUND.into_response() };
    answer(with_db(&file, |db| {
        let mut body = String::with_capacity(8 * 1024);
        let mut statement = db.prepare_cached(PERSON)?;
        let mut rows = statement.query([id.bytes()])?;
        let Some(row) = rows.next()? else { return Ok(None) };
        let title = text(row, 0)?;
        body.push_str("<dl>");
        for at in [1, 7, 8, 9, 10, 11, 13, 14, 15, 16, 18, 19, 21] {
            fact(&mut body, &text(row, at)?);
        }
        for (at, list) in
            [(4, codes::SEXES), (5, codes::ETHNICITIES), (6, codes::RELIGIONS), (12, codes::ACADEMIC_TITLES)]
        {
            fact(&mut body, code(list, row, at)?);
        }
        fact(&mut body, &day(row, 2)?.map_or_else(String::new, |d| birth_text(d, row.get(3).unwrap_or(0))));
        for at in [17, 20] {
            fact(&mut body, &day(row, at)?.map_or_else(String::new, |d| d.to_string()));
        }
        body.push_str("</dl>");
        history(db, &mut body, id)?;
        Ok(Some(page(&title, &body)))
    }))
}

fn fact(out: &mut String, text: &str) {
    if !text.is_empty() {
        out.push_str("<dt>–</dt><dd>");
        push(out, text);
        out.push_str("</dd>");
    }
}

fn history(db: &Connection, out: &mut String, id: Id<Person>) -> rusqlite::Result<()> {
    let postings =
        "SELECT recorded_at, valid_from, valid_to, 0, unit_id, (SELECT name FROM bare_name n WHERE n.id = unit_id)
        FROM posting WHERE person_id = ? ORDER BY recorded_at, valid_from";
    let standings = "SELECT recorded_at, valid_from, valid_to, 0, standing FROM standing WHERE person_id = ?
        ORDER BY recorded_at, valid_from";
    let levels = "SELECT recorded_at, valid_from, valid_to, field, level FROM attainment WHERE person_id = ?
        ORDER BY field, recorded_at, valid_from";
    for sql in [postings, standings, levels] {
        out.push_str("<table>");
        let mut statement = db.prepare_cached(sql)?;
        let mut rows = statement.query([id.bytes()])?;
        while let Some(row) = rows.next()? {
            let (recorded, from, to): (i64, i32, i32) = (row.get(0)?, row.get(1)?, row.get(2)?);
            let known = chibo_kernel::Moment(recorded).day();
            let _ = write!(
                out,
                "<tr><td>{}</td><td>{}</td><td>{known}</td><td>",
                Day::from_number(from),
                Day::from_number(to)
            );
            if sql == postings {
                let unit: Id<Unit> = Id::from_bytes(row.get(4)?);
                let _ = write!(out, "<a href=\"/units/{unit}\">");
                push(out, &text(row, 5)?);
                out.push_str("</a>");
            } else {
                let list = match row.get::<_, u8>(3)? {
                    1 => codes::GENERAL_EDUCATION,
                    2 => codes::DEGREES,
                    3 => codes::THEORY,
                    4 => codes::OCCUPATIONS,
                    _ => codes::STANDINGS,
                };
                push(out, code(list, row, 4)?);
            }
            out.push_str("</td></tr>");
        }
        out.push_str("</table>");
    }
    Ok(())
}
