//! Disks that are full or may not be written.

use std::path::{Path, PathBuf};
use std::process::Command;

use chibo::demo::load;
use chibo_testkit::Folder;

use crate::program::{assert_sound, chibo, city, copy_of, may_mount, members, open, run};

/// A small file system of its own, gone with the test.
struct Disk {
    folder: Folder,
}

fn mount(args: &[&str], place: &Path) -> bool {
    Command::new("mount").args(args).arg(place).status().is_ok_and(|status| status.success())
}

impl Disk {
    fn new(size: &str) -> Option<Self> {
        let folder = Folder::new();
        let made = may_mount() && mount(&["-t", "tmpfs", "-o", &format!("size={size}"), "none"], folder.path());
        made.then_some(Self { folder })
    }

    fn again(&self, options: &str) {
        assert!(mount(&["-o", &format!("remount,{options}")], self.folder.path()));
    }

    fn data(&self) -> PathBuf {
        self.folder.path().join("data")
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let _ = Command::new("umount").arg(self.folder.path()).status();
    }
}

#[test]
fn r4_a_full_disk_is_said_and_nothing_is_lost() {
    let Some(disk) = Disk::new("500k") else {
        println!("NOT TESTED here on a real full disk: mounting needs root. Only the sentence is checked.");
        let full = chibo_kernel::Problem::refuse(chibo_kernel::Said::new("store-disk-full"));
        assert_eq!(chibo::words::exit_code(&full), 1);
        assert!(chibo::words::sentences(&full).contains('.'));
        return;
    };
    let mut refusals = 0;
    // Growing step by step, the disk is full at another moment each time.
    for size in ["500k", "1m", "1500k", "2m", "2500k", "3m", "3500k", "4m", "5m", "6m", "8m"] {
        disk.again(&format!("size={size}"));
        let ran = run(&disk.data(), &["demo", "--members", "1000", "--build-only"]);
        ran.stayed_upright();
        if ran.code == Some(0) {
            break;
        }
        refusals += 1;
        ran.refused(&["isk is full"]);
    }
    disk.again("size=200m");
    println!("{refusals} times full");
    assert!(refusals >= 4, "the disk was never full");
    run(&disk.data(), &["demo", "--members", "1000", "--build-only"]).fine();
    let db = open(&disk.data());
    assert_eq!((members(&db), load::mark(&db).unwrap().map(|mark| mark.stage)), (1_000, Some(load::DONE)));
    assert_sound(&db, "after a full disk");
}

#[test]
fn a_backup_to_a_full_disk_is_refused_and_leaves_no_half_file() {
    // A device that is always full stands where the unfinished file would be written: no mounting needed.
    let data = copy_of(city());
    let file = data.path().join("all.chibo");
    std::os::unix::fs::symlink("/dev/full", data.path().join("all.partial")).unwrap();
    run(data.path(), &["backup", &file.to_string_lossy()]).refused(&["isk is full"]);
    assert!(!file.exists());
    run(data.path(), &["backup", &file.to_string_lossy()]).fine();
    chibo_store::backup::verify_file(&file).unwrap();
}

#[test]
fn r5_a_disk_that_may_not_be_written_is_said() {
    let Some(disk) = Disk::new("64m") else {
        println!("NOT TESTED here on a real read-only disk: mounting needs root. Only the sentence is checked.");
        let problem = chibo_kernel::Problem::refuse(chibo_kernel::Said::new("store-read-only"));
        assert!(
            chibo::words::sentences(&problem).contains("Hãy") || chibo::words::sentences(&problem).contains("Check")
        );
        return;
    };
    run(&disk.data(), &["migrate"]).fine();
    disk.again("ro");
    for command in [&["migrate"][..], &["serve", "--port", "0"], &["user", "add", "lan", "Lan"]] {
        let ran: crate::program::Ran = chibo(&disk.data(), command).output().unwrap().into();
        assert_eq!(ran.code, Some(1), "{command:?}: {}\n{}", ran.out, ran.err);
        ran.stayed_upright();
        let said = ["read-only", "Cannot write", "cannot be opened"].iter().any(|part| ran.err.contains(part));
        assert!(said && ran.err.trim().lines().count() == 1, "{command:?}: {}", ran.err);
    }
    disk.again("rw");
    run(&disk.data(), &["migrate"]).fine();
}
