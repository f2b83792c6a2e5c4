//! S3: what is out of scope answers exactly like what does not exist.

use chibo_accounts::Role;
use chibo_web::server::routes;

use crate::fixtures::{ABSENT, Object, absent, address};
use crate::visitor::{Answer, Visitor};
use crate::world::World;

/// The answer without what differs by itself: trace, tokens, the identifier that was asked for.
fn plain(answer: &Answer, url: &str) -> (u16, Vec<(String, String)>, String) {
    let trace = answer.header("x-trace").to_owned();
    let mut text = answer.text();
    for part in url.split('/').filter(|part| part.len() == ABSENT.len()) {
        text = text.replace(part, "ID");
    }
    text = text.replace(&trace, "TRACE");
    let out = ["_form", "_key"].iter().fold(text, |text, name| without(&text, name));
    let mut headers: Vec<_> = answer
        .headers
        .iter()
        .filter(|(name, _)| *name != "x-trace")
        .map(|(name, value)| (name.to_string(), value.to_str().unwrap().to_owned()))
        .collect();
    headers.sort();
    (answer.status, headers, out)
}

/// A page without the values of a hidden field.
fn without(text: &str, name: &str) -> String {
    let (mut rest, mut out) = (text, String::new());
    while let Some(at) = rest.find(&format!("name=\"{name}\" value=\"")) {
        let end = at + rest[at..].find('>').unwrap();
        out.push_str(&rest[..at]);
        rest = &rest[end..];
    }
    out.push_str(rest);
    out
}

/// Where two answers begin to differ, with a little around it.
fn first_difference(a: &impl std::fmt::Debug, b: &impl std::fmt::Debug) -> Option<(String, String)> {
    let (a, b): (Vec<char>, Vec<char>) = (format!("{a:?}").chars().collect(), format!("{b:?}").chars().collect());
    let at = (0..a.len().max(b.len())).find(|at| a.get(*at) != b.get(*at))?;
    let near = |text: &[char]| text[at.saturating_sub(60).min(text.len())..(at + 60).min(text.len())].iter().collect();
    Some((near(&a), near(&b)))
}

#[test]
fn s3_out_of_scope_answers_like_absent() {
    let world = World::shared();
    let sites = &world.sites;
    let far = Object { unit: sites.ward, person: sites.person };
    let above = Object { unit: sites.ward, person: sites.other_person };
    let mut compared = 0;
    // Which of the books is no object.
    let about = |path: &str| path.contains('{') && !path.contains("{book}");
    for route in routes(&world.house).into_iter().filter(|route| about(route.path)) {
        for role in Role::ALL {
            let viewers = [("sibling", far), ("branch", above)];
            for (place, object) in viewers {
                let visitor = Visitor::of(world, &format!("{}.{place}", role.code()));
                // A decision about a ward concerns the branches below it, and so does its campaign: they may read it.
                let concerns = ["/reorganisations", "/screening/campaigns/{id}"];
                let read = [
                    "/evaluation/campaigns/{id}",
                    "/evaluation/campaigns/{id}/subjects",
                    "/evaluation/campaigns/{id}/leniency",
                    "/evaluation/campaigns/{id}/ranking.xlsx",
                ]
                .contains(&route.path);
                if place == "branch" && (read || concerns.iter().any(|path| route.path.starts_with(path))) {
                    continue;
                }
                let urls = [address(world, route.path, object), absent(route.path)];
                let [there, nowhere] = urls.map(|url| {
                    let answer = if route.method == "GET" { visitor.get(&url) } else { visitor.post(&url, &[]) };
                    plain(&answer, &url)
                });
                assert!(
                    there.0 == 404 || there.0 == 403,
                    "{} {} {}.{place}: {}",
                    route.method,
                    route.path,
                    role.code(),
                    there.0
                );
                let differs = first_difference(&there, &nowhere);
                assert_eq!(differs, None, "{} {} as {}.{place}", route.method, route.path, role.code());
                compared += 1;
            }
        }
    }
    println!("{compared} pairs of answers are alike");
    assert!(compared > 300);
}

#[test]
fn s3_a_list_asked_for_another_ward_is_like_one_for_no_ward() {
    let world = World::shared();
    let mut leaks = Vec::new();
    let pages = ["/members", "/crosstab", "/", "/members/export", "/crosstab.xlsx", "/members/export.xlsx", "/units"];
    for role in [Role::UnitOfficer, Role::Reader, Role::BranchSecretary, Role::Inspector] {
        let visitor = Visitor::of(world, &format!("{}.sibling", role.code()));
        for page in pages {
            for name in ["unit", "open", "branch", "parent"] {
                let there = visitor.get(&format!("{page}?{name}={}", world.sites.ward));
                let nowhere = visitor.get(&format!("{page}?{name}={ABSENT}"));
                assert_eq!(there.status, nowhere.status, "{page}?{name}= as {}", role.code());
                let ward = world.sites.ward.to_string();
                if there.header("content-type").starts_with("text/html") {
                    let clean = |answer: &Answer, id: &str| plain(answer, "").2.replace(id, "ID");
                    let differs = first_difference(&clean(&there, &ward), &clean(&nowhere, ABSENT));
                    leaks.extend(differs.map(|(a, b)| format!("{page}?{name}= as {}:\n  {a}\n  {b}", role.code())));
                }
            }
        }
    }
    assert!(leaks.is_empty(), "{}", leaks.join("\n"));
}
