//! The Vietnamese order of CLDR: a ă â … d đ … o ô ơ … ; the tones ngang huyền hỏi ngã sắc nặng decide only between
//! words of equal letters.

use std::cmp::Ordering;
use std::fmt;
use std::sync::OnceLock;

use icu_collator::CollatorBorrowed;
use icu_collator::options::CollatorOptions;
use icu_locale_core::locale;

use super::{NameParts, spelling_key};
use crate::Problem;

/// To be stored beside sort keys: keys of another version have to be computed anew. A test fails when a new collator
/// writes other keys; raise the number then.
pub const SORT_KEY_VERSION: u32 = 1;

/// Compares text and makes sort keys by the CLDR order `vi`. Building one is slow: use [`Collator::shared`].
pub struct Collator(CollatorBorrowed<'static>);

static SHARED: OnceLock<Collator> = OnceLock::new();

impl Collator {
    /// The one collator of the process, built at first use.
    ///
    /// # Errors
    /// A fault when the program was built without collation data.
    pub fn shared() -> Result<&'static Self, Problem> {
        if let Some(ready) = SHARED.get() {
            return Ok(ready);
        }
        let built = CollatorBorrowed::try_new(locale!("vi").into(), CollatorOptions::default())
            .map_err(|cause| Problem::fault(format!("collation data for vi: {cause}")))?;
        Ok(SHARED.get_or_init(|| Self(built)))
    }

    /// Order of two texts, by letters, then tones, then case.
    pub fn compare(&self, a: &str, b: &str) -> Ordering {
        self.0.compare(a, b)
    }

    /// Bytes that order as [`Collator::compare`] does; never contain 0.
    pub fn sort_key(&self, text: &str) -> Vec<u8> {
        let mut key = Vec::with_capacity(text.len() * 2);
        self.write_key(text, &mut key);
        key
    }

    /// Order of two names: by tên, then đệm, then họ (ux §5.2). Case and tone placement do not count.
    pub fn compare_names(&self, a: NameParts<'_>, b: NameParts<'_>) -> Ordering {
        let field = |a: &str, b: &str| self.compare(&spelling_key(a), &spelling_key(b));
        field(a.ten, b.ten).then_with(|| field(a.dem, b.dem)).then_with(|| field(a.ho, b.ho))
    }

    /// Bytes that order as [`Collator::compare_names`] does.
    pub fn name_sort_key(&self, name: NameParts<'_>) -> Vec<u8> {
        let mut key = Vec::with_capacity(64);
        self.write_key(&spelling_key(name.ten), &mut key);
        for part in [name.dem, name.ho] {
            // Less than any byte of a key, so that a shorter part comes first.
            key.push(0);
            self.write_key(&spelling_key(part), &mut key);
        }
        key
    }

    fn write_key(&self, text: &str, key: &mut Vec<u8>) {
        // Writing into memory cannot fail.
        let Ok(()) = self.0.write_sort_key_to(text, key);
    }
}

impl fmt::Debug for Collator {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Collator(vi)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use unicode_normalization::UnicodeNormalization;

    fn vi() -> &'static Collator {
        Collator::shared().unwrap()
    }

    fn in_order(words: &str) {
        let words: Vec<_> = words.split(' ').collect();
        for pair in words.windows(2) {
            assert_eq!(vi().compare(pair[0], pair[1]), Ordering::Less, "{pair:?}");
            assert!(vi().sort_key(pair[0]) < vi().sort_key(pair[1]), "{pair:?} by key");
        }
    }

    #[test]
    fn letters_first_tones_second() {
        in_order("An Ạn Ánh Ân Ẩn Dung Dũng Dụng Đức Uyên Ưng Yến");
        in_order("a à ả ã á ạ ă ằ ẳ ẵ ắ ặ â b d đ e ê i o ô ơ u ư y");
        in_order("Hoa Hòa Hóa Hoan Hoàn");
    }

    #[test]
    fn names_sort_by_ten_then_dem_then_ho() {
        let sorted = [
            "Trần An",
            "Nguyễn Văn An",
            "Phạm Văn An",
            "Lê Ánh",
            "Vũ Đình Dũng",
            "Đỗ Đức",
            "NGUYỄN THỊ HÒA",
            "Phạm Thị Hoà",
            "K'Tiêu",
        ];
        for pair in sorted.windows(2) {
            let (a, b) = (NameParts::split(pair[0]), NameParts::split(pair[1]));
            assert_eq!(vi().compare_names(a, b), Ordering::Less, "{pair:?}");
            assert!(vi().name_sort_key(a) < vi().name_sort_key(b), "{pair:?} by key");
        }
        let (a, b) = (NameParts::split("LÊ THỊ THÚY"), NameParts::split("Lê Thị Thuý"));
        assert_eq!(vi().compare_names(a, b), Ordering::Equal);
        assert_eq!(vi().name_sort_key(a), vi().name_sort_key(b));
    }

    #[test]
    fn stored_keys_are_those_of_this_version() {
        let hex = |key: Vec<u8>| key.iter().map(|byte| format!("{byte:02x}")).collect::<String>();
        let keys = ["Nguyễn Thị Ánh", "H'Hen Niê", "Đỗ Đức"].map(|n| hex(vi().name_sort_key(NameParts::split(n))));
        let version_1 = "2b453901458b040601080051393b01438b050108004537535b34024501418b0305010b \
            453b3402010701070001010039097039334501090109 320254022f01448b04050108000101003202480201448b030107";
        assert_eq!((SORT_KEY_VERSION, keys.join(" ")), (1, version_1.to_owned()));
    }

    #[test]
    fn one_collator_serves_all_threads() {
        fn shareable<T: Send + Sync + 'static>(_: &T) {}
        shareable(vi());
        assert!(std::ptr::eq(vi(), std::thread::spawn(vi).join().unwrap()));
    }

    proptest! {
        #[test]
        fn keys_order_as_comparison_does(a in "[a-zàáạăằâấđêệơớưữỳýA-ZĐƠ' ]{0,12}", b in "[a-zàáạăằâấđêệơớưữỳýA-ZĐƠ' ]{0,12}") {
            prop_assert_eq!(vi().compare(&a, &b), vi().sort_key(&a).cmp(&vi().sort_key(&b)));
            let (x, y) = (NameParts::split(&a), NameParts::split(&b));
            prop_assert_eq!(vi().compare_names(x, y), vi().name_sort_key(x).cmp(&vi().name_sort_key(y)));
            prop_assert!(!vi().sort_key(&a).contains(&0));
            let nfd: String = a.nfd().collect();
            prop_assert_eq!(vi().sort_key(&nfd), vi().sort_key(&a));
        }
    }
}
