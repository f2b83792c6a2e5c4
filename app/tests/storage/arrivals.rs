//! Imports into a running program: the columns are those the database gives, whether they were made on the way (a first
//! import) or read again (a later one).

use chibo::compose;
use chibo_kernel::{AsOf, Day, Viewer};
use chibo_members::actions::import::{Confirmation, confirm};
use chibo_members::sheets::read::Branches;
use chibo_organisation::NewUnit;
use chibo_organisation::kinds::{Kind, Setting};
use chibo_organisation::rules::Facts;
use chibo_testkit::{Folder, TestDb, engines};
use chibo_web::{House, Settings};

use super::empty;

const HEADINGS: &str = "Họ và tên;Ngày sinh;Giới tính;Số CCCD;Mã tổ chức đảng;Ngày vào Đảng;Ngày chính thức;Học vấn\n";

fn sheet(folder: &Folder, name: &str, rows: &str) -> std::path::PathBuf {
    let path = folder.path().join(name);
    std::fs::write(&path, format!("{HEADINGS}{rows}")).unwrap();
    path
}

/// A program over a city with one branch, and the branch's code.
fn program(test: TestDb, folder: &Folder) -> std::sync::Arc<House> {
    compose::ensure_root(&test.db).unwrap();
    let root = test.db.read(|tx| chibo_organisation::load_forest(tx, None)).unwrap();
    let root = root.id(0).unwrap();
    let unit = |parent, kind, setting, name: &str, code: &str| {
        NewUnit::new(
            test.db.fresh(),
            Some(parent),
            Facts { name: name.to_owned(), short: String::new(), kind, setting, code: code.to_owned() },
            Day::PARTY_FOUNDED,
        )
    };
    let city = unit(root, Kind::City, Setting::Province, "Đảng bộ Thành phố", "");
    let ward = unit(city.id, Kind::Base, Setting::Ward, "Đảng bộ Phường Bến Thành", "79.001.000.000.000");
    let branch = unit(ward.id, Kind::Branch, Setting::Quarter, "Chi bộ Khu phố 1", "79.001.000.000.001");
    test.db
        .write(&Viewer::program("test"), |op| {
            let now = op.now();
            chibo_organisation::actions::load_units(op, &[city.clone(), ward.clone(), branch.clone()], now).map(drop)
        })
        .unwrap();
    let work_dir = folder.path().join("work");
    let settings = Settings { tls: false, proxy: false, per_minute: 0, work_dir, banner: None };
    let house = compose::house(test.db, settings).unwrap();
    chibo_members::columns::fill(&house.db, &house.census).unwrap();
    house
}

fn import(house: &House, path: &std::path::Path) -> u64 {
    let forest = house.census.forest();
    let branches = Branches::of_forest(&forest, None, house.db.today());
    let unit = forest.tree(AsOf::on(house.db.today())).unit(0).and_then(|no| forest.id(no)).unwrap();
    let (import, progress) = (house.db.fresh(), |_| Ok(()));
    let job = Confirmation {
        import,
        path,
        name: "a.csv",
        digest: "d",
        unit,
        branches: &branches,
        mapping: &chibo_papers::Mapping::default(),
        progress: &progress,
    };
    house.db.write(&Viewer::program("test"), |op| confirm(op, &job)).unwrap().members
}

#[test]
fn columns_made_while_importing_are_those_the_database_gives() {
    for engine in engines() {
        let folder = Folder::new();
        let house = program(empty(engine), &folder);
        let first = sheet(
            &folder,
            "a.csv",
            "Nguyễn Văn An;03/02/1958;Nam;079058000123;79.001.000.000.001;19/05/1985;19/05/1986;12/12\n\
             H'Hen Niê;1960;Nữ;;79.001.000.000.001;03/02/1990;;10/12\n\
             Công Tằng Tôn Nữ Thị Ngọc Hà;5/1971;Nữ;;Chi bộ Khu phố 1;;;\n",
        );
        assert!(house.census.gather(house.db.today()).is_some(), "nobody is there yet");
        assert_eq!(import(&house, &first), 3);
        let sound = |persons: usize, typed: &str| {
            let check = chibo::check::compare(&house.db, &house.census).unwrap();
            assert_eq!(check.faults, Vec::<String>::new(), "{engine}");
            let view = house.census.view(house.db.today());
            assert_eq!(view.persons(), persons);
            let found = view.search(typed, None, 9);
            assert_eq!(found.len(), 1, "{typed}");
            let brief = view.person(found[0]).unwrap();
            (brief.name, brief.home.is_some(), view.states())
        };
        let made = sound(3, "nguyen van an");
        chibo_members::columns::fill(&house.db, &house.census).unwrap();
        assert_eq!(sound(3, "nguyen van an"), made, "{engine}: read again they are the same");
        assert!(house.census.gather(house.db.today()).is_none(), "somebody is there: columns are read again");
        let second = sheet(
            &folder,
            "b.csv",
            "Nguyễn Văn Anh;03/02/1958;Nam;079058000123;79.001.000.000.001;;;\n\
             Lê Thị Bình;1/1/1980;Nữ;;79.001.000.000.001;;;\n",
        );
        assert_eq!(import(&house, &second), 1, "a known number is left out");
        assert_eq!(sound(4, "le thi binh").0, "Lê Thị Bình");
    }
}
