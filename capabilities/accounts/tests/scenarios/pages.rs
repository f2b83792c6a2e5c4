//! The pages, from the first account to taking rights back, in both languages.

use std::sync::Arc;

use chibo_accounts::rules::second_factor::code_at;
use chibo_kernel::{Moment, Problem, Viewer};
use chibo_web::cookies::Look;
use chibo_web::words::Lang;
use chibo_web::{Pairs, Policy, Reply, Signed, Visit};

use crate::world::{BROWSER, GOOD, SECOND, World};

/// A browser: remembers its session cookie.
struct Tab<'w> {
    world: &'w World,
    lang: Lang,
    token: Option<String>,
}

fn pairs(list: &[(&str, &str)]) -> Pairs {
    Pairs(list.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
}

impl<'w> Tab<'w> {
    fn new(world: &'w World, lang: Lang) -> Self {
        Self { world, lang, token: None }
    }

    fn route(&self, method: &str, place: &str) -> (chibo_web::Route, Pairs) {
        let fit = |pattern: &'static str| -> Option<Pairs> {
            let (asked, declared): (Vec<_>, Vec<_>) = (place.split('/').collect(), pattern.split('/').collect());
            let mut found = Pairs::default();
            for (part, name) in asked.iter().zip(&declared) {
                match name.strip_prefix('{') {
                    Some(name) => found.0.push((name.trim_end_matches('}').to_owned(), (*part).to_owned())),
                    None if part != name => return None,
                    None => {}
                }
            }
            (asked.len() == declared.len()).then_some(found)
        };
        let routes = chibo_accounts::capability().routes.into_iter().filter(|route| route.method == method);
        let mut fits: Vec<_> = routes.filter_map(|route| Some((route, fit(route.path)?))).collect();
        fits.sort_by_key(|(route, _)| route.path.matches('{').count());
        fits.into_iter().next().unwrap_or_else(|| panic!("no route {method} {place}"))
    }

    /// Asks as the server would: session, policy, detour, page. Keeps the session cookie.
    fn ask(&mut self, method: &str, url: &str, form: &[(&str, &str)]) -> Result<Reply, Problem> {
        let (place, query) = url.split_once('?').unwrap_or((url, ""));
        let (route, path) = self.route(method, place);
        let signed = self.token.as_deref().map(|token| self.world.gate.who_in(&self.world.db, token).unwrap());
        let nobody = || Arc::new(Signed { viewer: Viewer::default(), detour: None, until: Moment(0) });
        let viewer = signed.flatten().unwrap_or_else(nobody);
        match route.policy {
            Policy::Open => {}
            _ if viewer.viewer.account.is_none() => return Err(Problem::SignIn),
            Policy::Needs(permission) if !viewer.viewer.may_somewhere(permission) => return Err(Problem::Denied),
            _ => {}
        }
        let look = Look { lang: self.lang, size: 0, contrast: false };
        let mut visit = Visit {
            house: &self.world.house,
            token: self.token.clone().filter(|_| viewer.viewer.account.is_some()),
            viewer,
            look,
            w: self.world.words.tongue(self.lang),
            path,
            query: Pairs::parse(query),
            form: pairs(form),
            files: Vec::new(),
            url: url.to_owned(),
            place: place.to_owned(),
            partial: false,
            address: None,
            visit: BROWSER.visit.to_owned(),
            now: self.world.db.now(),
            columns: chibo_web::takeout::Columns::All,
        };
        let reply = (route.handler)(&mut visit)?;
        if let Reply::RedirectWith(_, cookies) = &reply {
            let cookie = cookies[0].strip_prefix("__Host-chibo_session=").unwrap();
            assert!(cookie.contains("; HttpOnly; SameSite=Lax; Secure"), "{cookie}");
            self.token = cookie.split(';').next().filter(|token| !token.is_empty()).map(str::to_owned);
        }
        Ok(reply)
    }

    /// A page and its status.
    fn page(&mut self, method: &str, url: &str, form: &[(&str, &str)]) -> (u16, String) {
        match self.ask(method, url, form).unwrap() {
            Reply::Html { status, body } => {
                assert!(!body.contains('⟦'), "a word is missing on {url}");
                (status, body)
            }
            other => panic!("{method} {url}: {other:?}"),
        }
    }

    /// Where a form leads.
    fn sent(&mut self, url: &str, form: &[(&str, &str)]) -> String {
        match self.ask("POST", url, form).unwrap() {
            Reply::Redirect(to) | Reply::RedirectWith(to, _) => to,
            Reply::Html { body, .. } => panic!("{url} was not accepted: {body}"),
            other => panic!("{other:?}"),
        }
    }
}

/// The texts between two marks.
fn between<'t>(text: &'t str, start: &str, end: &str) -> Vec<&'t str> {
    text.split(start).skip(1).filter_map(|rest| rest.split_once(end)).map(|(found, _)| found).collect()
}

fn set_up(world: &World, tab: &mut Tab<'_>) {
    assert!(matches!(tab.ask("GET", "/sign-in", &[]).unwrap(), Reply::Redirect(to) if to == "/set-up"));
    let code = chibo_accounts::setup_code(world.db.keys()).to_uppercase();
    let form = |code: &str| {
        [("setup", code), ("login", "quantri"), ("name", "Lê Văn An"), ("password", GOOD), ("again", GOOD)]
            .map(|(name, value)| (name, value.to_owned()))
    };
    let as_pairs = |form: &[(&'static str, String)]| form.iter().map(|(n, v)| (*n, v.clone())).collect::<Vec<_>>();
    let wrong = as_pairs(&form("0000-0000-0000-0000"));
    let wrong: Vec<_> = wrong.iter().map(|(n, v)| (*n, v.as_str())).collect();
    let (status, body) = tab.page("POST", "/set-up", &wrong);
    assert_eq!(status, 422);
    assert!(body.contains("Lê Văn An") && !body.contains(GOOD), "typed values come back, passwords do not");
    let right = as_pairs(&form(&code));
    let right: Vec<_> = right.iter().map(|(n, v)| (*n, v.as_str())).collect();
    assert_eq!(tab.sent("/set-up", &right), "/sign-in?done=set-up");
    assert_eq!(tab.ask("GET", "/set-up", &[]).unwrap_err(), Problem::NotFound);
}

#[test]
fn from_the_first_account_to_a_closed_one() {
    for lang in [Lang::Vi, Lang::En] {
        let world = World::new();
        let mut boss = Tab::new(&world, lang);
        set_up(&world, &mut boss);
        assert_eq!(boss.page("GET", "/sign-in?to=/accounts", &[]).0, 200);
        let (status, body) = boss.page("POST", "/sign-in", &[("login", "quantri"), ("password", "sai rồi")]);
        assert!(status == 422 && !body.contains("sai rồi"));
        for (to, leads) in [("//evil.example", "/"), ("/sign-out", "/"), ("/accounts?q=a", "/accounts?q=a")] {
            let form = [("login", "quantri"), ("password", GOOD), ("to", to)];
            assert_eq!(boss.sent("/sign-in", &form), leads);
        }
        assert_eq!(boss.page("GET", "/accounts", &[]).0, 200);
        assert_eq!(boss.page("GET", "/accounts/new", &[]).0, 200);
        let bad = [("login", "x"), ("unit", "99"), ("from", "31/2/2020")];
        assert_eq!(boss.page("POST", "/accounts/new", &bad).0, 422);

        let unit = "*";
        let new = [("login", "lan.nguyen"), ("name", "Nguyễn Thị Lan"), ("role", "reader"), ("unit", unit)];
        let (status, body) = boss.page("POST", "/accounts/new", &new);
        assert_eq!(status, 200);
        let first = between(&body, "<code class=\"otp\">", "</code>")[0].to_owned();
        let id = between(&body, "href=\"/accounts/", "\"")[0].to_owned();
        let here = format!("/accounts/{id}");
        assert!(boss.page("GET", "/accounts?q=LAN", &[]).1.contains("lan.nguyen"));
        assert!(!boss.page("GET", "/accounts?q=khong-co", &[]).1.contains("lan.nguyen"));

        let mut lan = Tab::new(&world, lang);
        lan.sent("/sign-in", &[("login", "lan.nguyen"), ("password", &first)]);
        assert_eq!(lan.page("GET", "/account/password", &[]).0, 200);
        let change = |again| [("current", first.as_str()), ("new", GOOD), ("again", again)];
        assert_eq!(lan.page("POST", "/account/password", &change("khác")).0, 422);
        assert_eq!(lan.sent("/account/password", &change(GOOD)), "/account?done=password-changed");
        assert_eq!(lan.page("GET", "/account", &[]).0, 200);
        assert_eq!(lan.ask("GET", "/accounts", &[]).unwrap_err(), Problem::Denied);

        let give = [("role", "inspector"), ("unit", unit), ("from", "1/1/2026"), ("to", "31/12/2026")];
        assert_eq!(boss.sent(&format!("{here}/grants"), &give), format!("{here}?done=grant-given"));
        assert_eq!(boss.page("POST", &format!("{here}/grants"), &give).0, 422, "twice");
        let (_, body) = boss.page("GET", &here, &[]);
        let forms = between(&body, "<form method=\"post\" action=\"", "\"");
        let ends: Vec<_> = forms.into_iter().filter(|to| to.ends_with("/end")).collect();
        assert_eq!(ends.len(), 2);
        assert_eq!(boss.sent(ends[0], &[]), format!("{here}?done=grant-ended"));
        assert_eq!(boss.page("POST", &format!("{here}/reset"), &[]).0, 200);
        assert_eq!(lan.ask("GET", "/account", &[]).unwrap_err(), Problem::SignIn, "a reset ends every session");
        assert_eq!(boss.sent(&format!("{here}/close"), &[]), format!("{here}?done=account-closed"));
        assert_eq!(boss.page("GET", &here, &[]).0, 200);
        assert_eq!(boss.sent("/sign-out", &[]), "/sign-in?done=signed-out");
        assert_eq!(boss.token, None);
    }
}

#[test]
fn the_second_factor_by_its_pages() {
    for lang in [Lang::Vi, Lang::En] {
        let world = World::new();
        world.account("lan.nguyen");
        let mut lan = Tab::new(&world, lang);
        let sign_in = [("login", "lan.nguyen"), ("password", GOOD), ("to", "/account")];
        assert_eq!(lan.sent("/sign-in", &sign_in), "/account");
        assert!(matches!(lan.ask("GET", "/account/totp", &[]).unwrap(), Reply::Redirect(to) if to == "/account"));
        assert_eq!(lan.page("POST", "/account/totp", &[("current", "sai")]).0, 422);
        assert_eq!(lan.sent("/account/totp", &[("current", GOOD)]), "/account/totp");
        assert!(lan.page("GET", "/account/totp", &[]).1.contains("otpauth://totp/"));
        assert_eq!(lan.page("POST", "/account/totp/confirm", &[("code", "1")]).0, 422);
        let viewer = world.who(lan.token.as_deref().unwrap()).unwrap();
        let waiting = chibo_accounts::actions::second_factor::waiting(&world.db, &viewer).unwrap();
        let code = |world: &World| code_at(&waiting.as_ref().unwrap().0, world.db.now()).unwrap();
        let (status, body) = lan.page("POST", "/account/totp/confirm", &[("code", &code(&world))]);
        assert_eq!((status, between(&body, "<code class=\"otp\">", "<").len()), (200, 10));
        assert_eq!(lan.page("GET", "/account", &[]).0, 200);

        world.pass(30 * SECOND);
        let mut again = Tab::new(&world, lang);
        let (status, body) = again.page("POST", "/sign-in", &sign_in);
        assert!(status == 200 && again.token.is_none(), "no session before the second step");
        let ticket = between(&body, "name=\"ticket\" value=\"", "\"")[0].to_owned();
        let step = |code: &str| [("ticket", ticket.clone()), ("code", code.to_owned()), ("to", "/account".to_owned())];
        let wrong = step("12");
        let wrong = wrong.each_ref().map(|(name, value)| (*name, value.as_str()));
        let (status, body) = again.page("POST", "/sign-in/code", &wrong);
        assert!(status == 422 && body.contains(&ticket));
        let right = step(&code(&world));
        let right = right.each_ref().map(|(name, value)| (*name, value.as_str()));
        assert_eq!(again.sent("/sign-in/code", &right), "/account");
        assert_eq!(again.page("POST", "/sign-in/code", &[("ticket", "x"), ("code", "1")]).0, 422);
        assert_eq!(again.sent("/account/totp/off", &[("current", GOOD)]), "/account?done=second-factor-off");
        assert_eq!(again.sent("/account/sessions/end", &[]), "/account?done=sessions-ended");
    }
}
