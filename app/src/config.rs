//! Settings: defaults < file < environment < flags; each value knows where it came from.

use std::net::{IpAddr, SocketAddr};
use std::path::{Path, PathBuf};

use chibo_kernel::{Problem, Said};
use chibo_store::Engine;

/// Name, default, what it is.
const KNOWN: [(&str, &str, &str); 8] = [
    ("data", "chibo-data", "folder of database, keys and work files"),
    ("database", "", "postgres://… ; empty for SQLite in the data folder"),
    ("host", "127.0.0.1", "address to listen on"),
    ("port", "8080", "port to listen on"),
    ("tls", "false", "true behind a TLS proxy: secure cookies, HSTS"),
    ("proxy", "false", "true to trust X-Forwarded-For of the proxy"),
    ("per_minute", "600", "requests a minute per account; addresses get four times as many"),
    ("log", "text", "text or json"),
];

/// One effective value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Name.
    pub name: &'static str,
    /// Value.
    pub value: String,
    /// `default`, the file's path, `CHIBO_…`, or `--flag`.
    pub source: String,
    /// What it is.
    pub about: &'static str,
}

/// All effective values.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Config(pub Vec<Setting>);

fn refuse(key: &'static str, name: &str, value: &str) -> Problem {
    Problem::refuse(Said::new(key).with("name", name).with("value", value))
}

impl Config {
    /// Layers the sources; `environment` and `flags` give a value by name.
    pub fn layer(
        file: Option<(&Path, &str)>,
        environment: &dyn Fn(&str) -> Option<String>,
        flags: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Self, Problem> {
        let mut list: Vec<Setting> = KNOWN
            .iter()
            .map(|(name, value, about)| Setting { name, value: (*value).into(), source: "default".into(), about })
            .collect();
        if let Some((path, text)) = file {
            let table: toml::Table =
                text.parse().map_err(|_| refuse("cli-config-broken", "", &path.display().to_string()))?;
            for (name, value) in table {
                let found = list.iter_mut().find(|s| s.name == name);
                let setting = found.ok_or_else(|| refuse("cli-config-unknown", &name, &path.display().to_string()))?;
                setting.value = value.as_str().map_or_else(|| value.to_string(), str::to_owned);
                setting.source = path.display().to_string();
            }
        }
        for setting in &mut list {
            let variable = format!("CHIBO_{}", setting.name.to_uppercase());
            if let Some(value) = environment(&variable) {
                (setting.value, setting.source) = (value, variable);
            }
            if let Some(value) = flags(setting.name) {
                (setting.value, setting.source) = (value, format!("--{}", setting.name));
            }
        }
        let config = Self(list);
        config.check()?;
        Ok(config)
    }

    /// The value of a setting.
    pub fn get(&self, name: &str) -> &str {
        self.0.iter().find(|s| s.name == name).map_or("", |s| s.value.as_str())
    }

    fn yes(&self, name: &str) -> bool {
        self.get(name) == "true"
    }

    /// Refuses what is unsafe or makes no sense, before anything is opened.
    fn check(&self) -> Result<(), Problem> {
        for name in ["tls", "proxy"] {
            if !matches!(self.get(name), "true" | "false") {
                return Err(refuse("cli-config-bad", name, self.get(name)));
            }
        }
        let host: IpAddr = self.get("host").parse().map_err(|_| refuse("cli-config-bad", "host", self.get("host")))?;
        let _: u16 = self.get("port").parse().map_err(|_| refuse("cli-config-bad", "port", self.get("port")))?;
        let per_minute: u32 = self
            .get("per_minute")
            .parse()
            .map_err(|_| refuse("cli-config-bad", "per_minute", self.get("per_minute")))?;
        if !matches!(self.get("log"), "text" | "json") {
            return Err(refuse("cli-config-bad", "log", self.get("log")));
        }
        if !host.is_loopback() && !self.yes("tls") {
            return Err(refuse("cli-unsafe-plain-http", "host", self.get("host")));
        }
        if !host.is_loopback() && per_minute == 0 {
            return Err(refuse("cli-unsafe-no-limit", "per_minute", "0"));
        }
        Ok(())
    }

    /// The data folder.
    pub fn data(&self) -> PathBuf {
        PathBuf::from(self.get("data"))
    }

    /// Where the database is.
    pub fn engine(&self) -> Engine {
        match self.get("database") {
            "" => Engine::Sqlite(self.data().join("chibo.db")),
            url => Engine::Postgres(url.to_owned()),
        }
    }

    /// Where to listen.
    pub fn address(&self) -> SocketAddr {
        let host = self.get("host").parse().unwrap_or(IpAddr::from([127, 0, 0, 1]));
        SocketAddr::new(host, self.get("port").parse().unwrap_or(8080))
    }

    /// Settings of the web floor.
    pub fn web(&self, banner: Option<&'static str>) -> chibo_web::Settings {
        chibo_web::Settings {
            tls: self.yes("tls"),
            proxy: self.yes("proxy"),
            per_minute: self.get("per_minute").parse().unwrap_or(600),
            work_dir: self.data().join("work"),
            banner,
        }
    }

    /// The values as shown: a password in an address is never printed.
    pub fn shown(&self) -> Vec<(String, String, String)> {
        let hide = |s: &Setting| match (s.name, s.value.split_once('@')) {
            ("database", Some((before, after))) => {
                let user = before.rsplit_once(':').map_or(before, |(u, _)| u);
                format!("{user}:…@{after}")
            }
            _ => s.value.clone(),
        };
        self.0.iter().map(|s| (s.name.to_owned(), hide(s), s.source.clone())).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn none(_: &str) -> Option<String> {
        None
    }

    #[test]
    fn later_layers_win_and_say_so() {
        let environment = |name: &str| (name == "CHIBO_PORT").then(|| "9001".to_owned());
        let flags = |name: &str| (name == "data").then(|| "/tmp/x".to_owned());
        let file = "port = 9000\nlog = \"json\"";
        let config = Config::layer(Some((Path::new("chibo.toml"), file)), &environment, &flags).unwrap();
        assert_eq!((config.get("port"), config.get("log"), config.get("data")), ("9001", "json", "/tmp/x"));
        let port = config.0.iter().find(|s| s.name == "port").unwrap();
        assert_eq!(port.source, "CHIBO_PORT");
    }

    #[test]
    fn unsafe_or_unknown_settings_refuse_to_start() {
        for file in [
            "host = \"0.0.0.0\"",
            "tls = \"maybe\"",
            "colour = \"red\"",
            "port = 70000",
            "host = \"0.0.0.0\"\ntls=true\nper_minute=0",
            "= broken",
        ] {
            assert!(Config::layer(Some((Path::new("f"), file)), &none, &none).is_err(), "{file}");
        }
        assert!(Config::layer(Some((Path::new("f"), "host = \"0.0.0.0\"\ntls = true")), &none, &none).is_ok());
    }

    #[test]
    fn a_password_is_not_printed() {
        let flags = |name: &str| (name == "database").then(|| "postgres://chibo:secret@db/chibo".to_owned());
        let config = Config::layer(None, &none, &flags).unwrap();
        assert!(config.shown().iter().all(|(_, value, _)| !value.contains("secret")));
    }
}
