//! Scans and photos: what is taken, how it lies on disk, who gets it back.

use std::path::Path;

use chibo_kernel::Problem;
use chibo_store::audit;
use chibo_web::Reply;
use chibo_web::words::Lang;

use crate::world::{BRANCH, World, dossier};

const PDF: &[u8] = b"%PDF-1.7\n1 0 obj << /Type /Page >> (Chim Vang Quet 77) endobj\n%%EOF\n";

fn segment(marker: u8, body: &[u8]) -> Vec<u8> {
    let length = u16::try_from(body.len() + 2).unwrap().to_be_bytes();
    [&[0xff, marker], &length[..], body].concat()
}

fn jpeg(exif: &[u8]) -> Vec<u8> {
    let parts = [
        vec![0xff, 0xd8],
        segment(0xe1, exif),
        segment(0xdb, &[1; 65]),
        segment(0xda, &[1, 1, 0, 0, 63, 0]),
        vec![0x12, 0x34, 0xff, 0xd9],
    ];
    parts.concat()
}

/// Every byte that lies under a folder.
fn lying(folder: &Path, out: &mut Vec<u8>, files: &mut usize) {
    for entry in std::fs::read_dir(folder).into_iter().flatten().flatten() {
        if entry.path().is_dir() {
            lying(&entry.path(), out, files);
        } else {
            *files += 1;
            out.extend(std::fs::read(entry.path()).unwrap());
        }
    }
}

#[test]
fn dos_01_a_scan_is_sealed_on_disk_and_comes_back_as_an_attachment_with_an_entry() {
    World::each(|world| {
        let keeper = world.keeper();
        let at = dossier(world.an, "/scans?code=don&slot=0");
        let kept = world.upload(&keeper, &at, "don.exe", PDF).unwrap();
        assert!(matches!(kept, Reply::Redirect(_)), "the content decides, not the name: {kept:?}");
        match world.ask(Lang::Vi, &keeper, "GET", &at, &[]) {
            Ok(Reply::File { name, kind, body }) => {
                assert_eq!((name.as_str(), kind, body.as_slice()), ("don-0.pdf", "application/pdf", PDF));
            }
            other => panic!("{other:?}"),
        }
        let log = world.house.db.read(|tx| audit::of_stream(tx, world.an.bytes(), 2)).unwrap();
        let acts: Vec<_> = log.iter().map(|row| row.action.as_str()).collect();
        assert_eq!(acts, ["dossier-scan-opened", "dossier-scan-attached"]);
        assert!(log[0].detail.contains(&chibo_store::seal::digest(PDF)));
        // Editing is not opening.
        let secretary = world.ask(Lang::Vi, &world.secretary(BRANCH), "GET", &at, &[]);
        assert!(matches!(secretary, Err(Problem::Denied)), "{secretary:?}");
        let (mut bytes, mut files) = (Vec::new(), 0);
        lying(&world.house.settings.work_dir.join("files"), &mut bytes, &mut files);
        assert_eq!(files, 1);
        assert!(!bytes.windows(14).any(|window| window == b"Chim Vang Quet"), "sealed at rest");
    });
}

#[test]
fn dpd_12_a_photo_loses_where_it_was_taken_and_is_shown_to_those_who_see_the_member() {
    World::each(|world| {
        let keeper = world.keeper();
        let at = dossier(world.an, "/photo");
        let refused = world.upload(&keeper, &at, "anh.jpg", PDF);
        match refused {
            Ok(Reply::Html { status: 422, body }) => assert!(body.contains("Không phải ảnh"), "{body}"),
            other => panic!("{other:?}"),
        }
        world.upload(&keeper, &at, "anh.jpg", &jpeg(b"Exif\0\0GPS 10.77 106.69")).unwrap();
        match world.ask(Lang::Vi, &world.secretary(BRANCH), "GET", &at, &[]) {
            Ok(Reply::Picture { kind: "image/jpeg", body }) => {
                assert!(!body.windows(3).any(|window| window == b"GPS"), "the place is gone");
            }
            other => panic!("{other:?}"),
        }
        assert!(world.page(&keeper, &dossier(world.an, "")).contains(&format!("<img src=\"{at}\"")));
        let none = world.ask(Lang::Vi, &keeper, "GET", &dossier(world.binh, "/photo"), &[]);
        assert!(matches!(none, Err(Problem::NotFound)), "{none:?}");
    });
}

#[test]
fn files_that_act_and_files_too_large_are_refused_with_what_to_do() {
    World::each(|world| {
        let keeper = world.keeper();
        let at = dossier(world.an, "/scans?code=don&slot=0");
        let active = b"%PDF-1.7\n<< /OpenAction << /S /JavaScript >> >>\n%%EOF".to_vec();
        for (bytes, said) in [
            (active, "có mã lệnh"),
            (b"MZ program".to_vec(), "Không phải tệp PDF"),
            (vec![b'%'; (10 << 20) + 1], "lớn hơn 10 MB"),
            (jpeg(b"x")[..40].to_vec(), "bị hỏng"),
            (Vec::new(), "Chưa chọn tệp"),
        ] {
            match world.upload(&keeper, &at, "x.pdf", &bytes) {
                Ok(Reply::Html { status: 422, body }) => assert!(body.contains(said), "{said}: {body}"),
                other => panic!("{said}: {other:?}"),
            }
        }
        let missing = world.ask(Lang::Vi, &keeper, "GET", &at, &[]);
        assert!(matches!(missing, Err(Problem::NotFound)), "nothing was kept: {missing:?}");
    });
}
