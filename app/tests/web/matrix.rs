//! S1: every route × every role × every place, compared with a golden file. `UPDATE_GOLDEN=1` writes it anew; what is
//! never right, whatever the file says, is asserted beside it.

use std::collections::BTreeMap;
use std::fmt::Write;
use std::path::Path;
use std::sync::OnceLock;

use chibo_accounts::Role;
use chibo_web::Policy;
use chibo_web::server::routes;

use crate::fixtures::{Object, address};
use crate::visitor::Visitor;
use crate::world::World;

/// Where the viewer stands to the thing asked for: name, place of the viewer.
const COLUMNS: [(&str, &str); 8] = [
    ("system", "system"),
    ("city", "city"),
    ("own", "ward"),
    ("below", "ward"),
    ("above", "branch"),
    ("sibling", "sibling"),
    ("former", "former"),
    ("ended", "ward"),
];

/// What a column asks for; nothing when the column adds nothing to another one.
fn object(world: &World, path: &str, column: &str) -> Option<(Object, &'static str)> {
    let sites = &world.sites;
    let about_person = path.starts_with("/members/{id}");
    let place = COLUMNS.iter().find(|(name, _)| *name == column).map_or("", |(_, place)| *place);
    let (unit, person) = (sites.ward, sites.person);
    let object = match column {
        "own" if about_person => return Some((Object { unit, person }, "branch")),
        "below" => Object { unit: sites.branch, person },
        "above" => Object { unit, person: sites.other_person },
        "ended" if about_person => return None,
        "ended" => Object { unit: sites.former, person },
        _ => Object { unit, person },
    };
    // Without an identifier only the place of the viewer counts.
    if !path.contains('{') && matches!(column, "below" | "ended") { None } else { Some((object, place)) }
}

/// What came back: the status, and for a redirection whether it asks to sign in.
fn outcome(answer: &crate::visitor::Answer) -> String {
    match answer.status {
        303 if answer.header("location").starts_with("/sign-in?to=") => "sign-in".to_owned(),
        // Programs are told so; they have no form to go to.
        401 => "sign-in".to_owned(),
        status => status.to_string(),
    }
}

/// Method and path, then role, then column, with the outcome.
type Matrix = BTreeMap<(String, String), Vec<(&'static str, String)>>;

fn ask(visitor: &Visitor<'_>, method: &str, url: &str) -> String {
    outcome(&if method == "GET" { visitor.get(url) } else { visitor.post(url, &[]) })
}

fn measure() -> (Matrix, usize) {
    let world = World::new();
    let mut matrix = Matrix::new();
    let mut count = 0;
    let mut all = routes(&world.house);
    // What is looked at first is looked at before anything was written.
    all.sort_by_key(|route| route.method != "GET");
    for route in all {
        let key = |role: &str| (format!("{} {}", route.method, route.path), role.to_owned());
        for role in Role::ALL {
            let mut line = Vec::new();
            for (column, _) in COLUMNS {
                let Some((object, place)) = object(&world, route.path, column) else {
                    line.push((column, "-".to_owned()));
                    continue;
                };
                let visitor = Visitor::of(&world, &format!("{}.{place}", role.code()));
                line.push((column, ask(&visitor, route.method, &address(&world, route.path, object))));
                count += 1;
            }
            matrix.insert(key(role.code()), line);
        }
        let object = Object { unit: world.sites.ward, person: world.sites.person };
        let none = Visitor::of(&world, "nobody.none");
        let nobody = Visitor::stranger(&world);
        for (name, visitor) in [("(no rights)", none), ("(nobody)", nobody)] {
            let found = ask(&visitor, route.method, &address(&world, route.path, object));
            matrix.insert(key(name), vec![("own", found)]);
            count += 1;
        }
    }
    (matrix, count)
}

fn matrix() -> &'static (Matrix, usize) {
    static MATRIX: OnceLock<(Matrix, usize)> = OnceLock::new();
    MATRIX.get_or_init(measure)
}

fn written(matrix: &Matrix) -> String {
    let mut out = String::from(
        "# Who gets what (S1). Written by UPDATE_GOLDEN=1 cargo test -p chibo --test web; read every change before keeping it.\n\
         # Columns: where the viewer's role is given, and so where the thing asked for lies to it. Persons are asked for by\n\
         # their own branch (own), their ward (below), another branch (above), another ward (sibling).\n",
    );
    let names: Vec<_> = COLUMNS.iter().map(|(name, _)| format!("{name:>7}")).collect();
    let _ = writeln!(out, "# {:<45} {:<17}{}", "route", "role", names.join(" "));
    for ((route, role), line) in matrix {
        let cells: Vec<_> = line.iter().map(|(_, outcome)| format!("{outcome:>7}")).collect();
        let _ = writeln!(out, "{route:<47} {role:<17}{}", cells.join(" "));
    }
    out
}

#[test]
fn s1_every_route_answers_every_role_at_every_place_as_agreed() {
    let (matrix, count) = matrix();
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/golden/access.txt");
    let found = written(matrix);
    println!("{count} requests, {} lines", matrix.len());
    if std::env::var("UPDATE_GOLDEN").is_ok() {
        std::fs::write(&path, &found).unwrap();
    }
    let golden = std::fs::read_to_string(&path).unwrap_or_default();
    let differs: Vec<_> = found.lines().filter(|line| !golden.lines().any(|known| known == *line)).collect();
    let gone: Vec<_> = golden.lines().filter(|line| !found.lines().any(|known| known == *line)).collect();
    assert!(differs.is_empty() && gone.is_empty(), "now:\n{}\nagreed:\n{}", differs.join("\n"), gone.join("\n"));
}

#[test]
fn s1_what_is_never_right_whatever_was_agreed() {
    let (matrix, _) = matrix();
    let world = World::shared();
    let routes = routes(&world.house);
    let mut faults = Vec::new();
    for ((route, role), line) in matrix {
        let declared = routes.iter().find(|r| format!("{} {}", r.method, r.path) == *route).unwrap();
        for (column, outcome) in line {
            let mut fault = |what: &str| faults.push(format!("{route} {role} {column} {outcome}: {what}"));
            if outcome.starts_with('5') {
                fault("a fault");
            }
            if role == "(nobody)" && declared.policy != Policy::Open && outcome != "sign-in" {
                fault("somebody who is not signed in is not sent to sign in");
            }
            if let (Policy::Needs(permission), Some(role)) = (declared.policy, Role::from_code(role))
                && !role.permissions().has(permission)
                && !matches!(outcome.as_str(), "403" | "-")
            {
                fault("a role without the permission is not denied");
            }
            let named = declared.path.contains("{id}");
            if named && *column == "sibling" && !matches!(outcome.as_str(), "403" | "404") {
                fault("something of another ward is not absent");
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}
