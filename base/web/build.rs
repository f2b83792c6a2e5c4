//! Bundles `frontend/` with the pinned npm packages and writes `assets.rs`: every file with its hashed address.
//!
//! The work happens in a copy under `OUT_DIR`, so that the source tree stays clean; packages are installed again only
//! when the lock file changed. No package file is ever committed.

use std::env;
use std::fmt::Write as _;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::process::{Command, ExitCode};

/// What the front end is made of, relative to `frontend/`.
const SOURCES: [&str; 6] = ["package.json", "package-lock.json", "build.mjs", "css", "js", "img"];

/// The fonts of official documents: field of `Fonts`, folder and file in the package.
const FONTS: [(&str, &str, &str); 4] = [
    ("regular", "400Regular", "Tinos_400Regular.ttf"),
    ("bold", "700Bold", "Tinos_700Bold.ttf"),
    ("italic", "400Regular_Italic", "Tinos_400Regular_Italic.ttf"),
    ("bold_italic", "700Bold_Italic", "Tinos_700Bold_Italic.ttf"),
];

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(message) => {
            for line in message.lines() {
                println!("cargo::error={line}");
            }
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<(), String> {
    let source = folder("CARGO_MANIFEST_DIR")?.join("../../frontend");
    let out = folder("OUT_DIR")?;
    let copy = out.join("frontend");
    println!("cargo::rerun-if-changed=build.rs");
    for name in SOURCES {
        println!("cargo::rerun-if-changed={}", source.join(name).display());
        replace(&source.join(name), &copy.join(name)).map_err(|e| format!("cannot copy frontend/{name}: {e}"))?;
    }
    install(&copy)?;
    let bundle = out.join("assets");
    let mut build = Command::new("node");
    build.arg("build.mjs").arg(&bundle).current_dir(&copy);
    let listing = output(build, "node", "bundling the front end")?;
    let code = generate(&listing)? + &fonts(&copy, &out.join("fonts"))?;
    fs::write(out.join("assets.rs"), code).map_err(|e| format!("cannot write assets.rs: {e}"))
}

fn folder(variable: &str) -> Result<PathBuf, String> {
    env::var_os(variable).map(PathBuf::from).ok_or_else(|| format!("cargo did not set {variable}"))
}

/// Copies a file or a folder; what was removed from the source disappears from the copy too.
fn replace(from: &Path, to: &Path) -> io::Result<()> {
    if !from.is_dir() {
        if let Some(parent) = to.parent() {
            fs::create_dir_all(parent)?;
        }
        return fs::copy(from, to).map(|_| ());
    }
    if to.exists() {
        fs::remove_dir_all(to)?;
    }
    fs::create_dir_all(to)?;
    for entry in fs::read_dir(from)? {
        let entry = entry?;
        replace(&entry.path(), &to.join(entry.file_name()))?;
    }
    Ok(())
}

/// `npm ci`, unless the stamp says that exactly this lock file is installed.
fn install(copy: &Path) -> Result<(), String> {
    let lock = fs::read(copy.join("package-lock.json")).map_err(|e| format!("cannot read package-lock.json: {e}"))?;
    let stamp = copy.join("installed.lock");
    if fs::read(&stamp).is_ok_and(|known| known == lock) {
        return Ok(());
    }
    let npm = if cfg!(windows) { "npm.cmd" } else { "npm" };
    let mut command = Command::new(npm);
    // esbuild's program comes as an optional package, so no package needs to run a script here
    command.args(["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"]).current_dir(copy);
    output(command, "npm", "installing the front-end packages")?;
    fs::write(stamp, lock).map_err(|e| format!("cannot write the stamp: {e}"))
}

fn output(mut command: Command, program: &str, purpose: &str) -> Result<String, String> {
    let done = command.output().map_err(|e| match e.kind() {
        io::ErrorKind::NotFound => format!(
            "{program} was not found, and {purpose} needs it.\n\
             Install Node.js 20 or newer, which brings node and npm (Debian, Ubuntu: apt install nodejs npm), and build again."
        ),
        _ => format!("{purpose}: {program} did not start: {e}"),
    })?;
    if done.status.success() {
        return Ok(String::from_utf8_lossy(&done.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&done.stderr);
    Err(format!("{purpose} failed ({program}, {}).\n{said}", done.status))
}

/// Copies the fonts of official documents out of their package; gives the Rust text of `fonts()`.
fn fonts(copy: &Path, to: &Path) -> Result<String, String> {
    fs::create_dir_all(to).map_err(|e| format!("cannot make {}: {e}", to.display()))?;
    let mut fields = String::new();
    for (field, folder, file) in FONTS {
        let from = copy.join("node_modules/@expo-google-fonts/tinos").join(folder).join(file);
        let font = to.join(file);
        fs::copy(&from, &font).map_err(|e| format!("cannot copy the font {file}: {e}"))?;
        writeln!(fields, "        {field}: include_bytes!({:?}),", font.display().to_string())
            .map_err(|e| e.to_string())?;
    }
    Ok(format!(
        "\n/// The fonts of official documents: Tinos, as wide as Times New Roman.\n\
         pub fn fonts() -> chibo_papers::document::Fonts {{\n\
         \x20   chibo_papers::document::Fonts {{\n{fields}    }}\n\
         }}\n"
    ))
}

/// The Rust text of `assets.rs`. A line of the listing: name, content type, file, gzip file or "-", tab-separated.
fn generate(listing: &str) -> Result<String, String> {
    let mut entries = String::new();
    let mut paths = Vec::new();
    for line in listing.lines().filter(|line| !line.is_empty()) {
        let parts: Vec<&str> = line.split('\t').collect();
        let &[name, kind, file, gzip] = parts.as_slice() else {
            return Err(format!("the bundler wrote a line that is not understood: {line}"));
        };
        let path = format!("/assets/{name}");
        let zipped = if gzip == "-" { "&[]".to_owned() } else { format!("include_bytes!({gzip:?})") };
        let wrote = writeln!(
            entries,
            "    Asset {{ path: {path:?}, content_type: {kind:?}, body: include_bytes!({file:?}), gzip: {zipped} }},"
        );
        wrote.map_err(|e| e.to_string())?;
        paths.push(path);
    }
    let one = |start: &str, end: &str| {
        let found = paths.iter().find(|path| path.starts_with(start) && path.ends_with(end));
        found.cloned().ok_or_else(|| format!("the bundler wrote no {start}*{end}"))
    };
    let fonts: Vec<&String> = paths.iter().filter(|path| path.ends_with(".woff2")).collect();
    Ok(format!(
        "/// One file of the front end, served under a name that changes with its content.\n\
         #[derive(Debug)]\n\
         pub struct Asset {{\n\
         \x20   /// Address, for example `/assets/main-1A2B3C4D.css`; may be cached for ever.\n\
         \x20   pub path: &'static str,\n\
         \x20   /// `Content-Type` header.\n\
         \x20   pub content_type: &'static str,\n\
         \x20   /// The file as it is.\n\
         \x20   pub body: &'static [u8],\n\
         \x20   /// The file compressed with gzip; empty where that saves nothing.\n\
         \x20   pub gzip: &'static [u8],\n\
         }}\n\n\
         /// Every file of the front end, sorted by address.\n\
         pub static ASSETS: &[Asset] = &[\n{entries}];\n\n\
         /// Address of the style sheet.\n\
         pub const CSS_PATH: &str = {:?};\n\
         /// Address of the script (an ES module).\n\
         pub const JS_PATH: &str = {:?};\n\
         /// Address of the module of the page for minutes without network.\n\
         pub const OFFLINE_PATH: &str = {:?};\n\
         /// Address of the worker that keeps that page on the device.\n\
         pub const WORKER_PATH: &str = {:?};\n\
         /// Address of the mark, used in the bar and as the page's icon.\n\
         pub const MARK_PATH: &str = {:?};\n\
         /// Address of the notices of the packages shipped to the browser.\n\
         pub const LICENCES_PATH: &str = {:?};\n\
         /// Addresses of the fonts, for preloading.\n\
         pub const FONT_PATHS: &[&str] = &{fonts:?};\n",
        one("/assets/main-", ".css")?,
        one("/assets/app-", ".js")?,
        one("/assets/offline-", ".js")?,
        one("/assets/worker-", ".js")?,
        one("/assets/mark-", ".svg")?,
        one("/assets/licences-", ".txt")?,
    ))
}
