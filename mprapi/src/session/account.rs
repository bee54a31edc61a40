//! Accounts: a user and a domain, compared as Windows compares names.

use std::cmp::Ordering;
use std::convert::Infallible;
use std::fmt;
use std::hash::{Hash, Hasher};
use std::str::FromStr;

use crate::{WideStr, WideString};

/// A user and a domain. Accounts are compared without regard to case, as Windows compares names: unit by unit, by the simple
/// uppercase mapping, so that `É` is `é` but `ß` is not `SS`.
///
/// It understands what users type when they log on, `CORP\anna` and `anna@corp.example`. `CORP` and `corp.example` are two
/// domains here even if they are two names of one: a server does not tell which belong together.
///
/// ```
/// use mprapi::Account;
///
/// let anna = Account::new("CORP", "anna");
/// assert_eq!(anna, r"corp\Anna".parse().unwrap());
/// assert_eq!(anna, Account::from("ANNA@corp"));
/// assert_eq!(anna.to_string(), r"CORP\anna");
/// ```
#[derive(Clone, Default)]
pub struct Account {
    domain: WideString,
    user: WideString,
}

impl Account {
    /// Makes an account of a domain and a user's name.
    ///
    /// A name that was typed with a domain of its own loses it: the given domain counts, which a server has found out. Only
    /// if the given one is empty, the typed one is taken.
    #[inline]
    pub fn new(domain: impl Into<WideString>, user: impl Into<WideString>) -> Account {
        let (domain, user) = (domain.into(), user.into());
        let (typed, bare) = split(user.units());
        let domain = if domain.is_empty() { WideStr::new(typed).to_owned() } else { domain };
        Account { domain, user: WideStr::new(bare).to_owned() }
    }

    /// Returns the user's name, without a domain.
    #[inline]
    pub fn user(&self) -> &WideStr {
        &self.user
    }

    /// Returns `true` if `name` means this account: it has the same user and the same domain, or no domain at all.
    ///
    /// ```
    /// use mprapi::Account;
    ///
    /// let anna = Account::new("CORP", "anna");
    /// assert!(anna.is_meant_by(&"Anna".into()));
    /// assert!(anna.is_meant_by(&"anna@corp".into()));
    /// assert!(!anna.is_meant_by(&r"LAB\anna".into()));
    /// ```
    #[inline]
    pub fn is_meant_by(&self, name: &Account) -> bool {
        self == name || (name.domain.is_empty() && compare(&self.user, &name.user).is_eq())
    }

    /// Returns the domain; an empty one if it is not known.
    #[inline]
    pub fn domain(&self) -> &WideStr {
        &self.domain
    }
}

const BACKSLASH: u16 = b'\\' as u16;
const AT: u16 = b'@' as u16;

/// Splits a name that someone typed into domain and user; the domain is empty where there is none.
#[inline]
fn split(mut name: &[u16]) -> (&[u16], &[u16]) {
    loop {
        let (domain, user) = if let Some(place) = name.iter().position(|unit| *unit == BACKSLASH) {
            (&name[..place], &name[place + 1..])
        } else if let Some(place) = name.iter().rposition(|unit| *unit == AT) {
            (&name[place + 1..], &name[..place])
        } else {
            return (&[], name);
        };
        if !domain.is_empty() {
            return (domain, user);
        }
        // `\anna` and `anna@` name no domain.
        name = user;
    }
}

/// Returns the capital letter of a unit, by the simple mapping that Windows uses: one unit for one, none for a letter
/// whose capital is several, and none for those that would fall together with another letter.
///
/// The table is that of the exFAT specification (section 7.2.5.1), which Microsoft has published. Letters that Unicode
/// has got since follow Unicode.
#[inline]
fn upper(unit: u16) -> u16 {
    if unit < 0x80 {
        return (unit as u8).to_ascii_uppercase().into();
    }
    match unit {
        // µ ı ſ, the titlecase digraphs, and symbols that look like letters.
        0xB5 | 0x131 | 0x17F | 0x1C5 | 0x1C8 | 0x1CB | 0x1F2 | 0x345 | 0x3D0 | 0x3D1 | 0x3D5 | 0x3D6
        | 0x3F0 | 0x3F1 | 0x3F5 | 0x1E9B | 0x1FBE => unit,
        // Greek letters with an iota beneath: the capital is one unit, but two in Unicode's full mapping.
        0x1F80..=0x1F87 | 0x1F90..=0x1F97 | 0x1FA0..=0x1FA7 => unit + 8,
        0x1FB3 | 0x1FC3 | 0x1FF3 => unit + 9,
        _ => one_capital(unit).unwrap_or(unit),
    }
}

#[inline]
fn one_capital(unit: u16) -> Option<u16> {
    let mut capitals = char::from_u32(unit.into())?.to_uppercase();
    let capital = u16::try_from(u32::from(capitals.next()?)).ok()?;
    capitals.next().is_none().then_some(capital)
}

impl PartialEq for Account {
    #[inline]
    fn eq(&self, other: &Account) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for Account {}

impl PartialOrd for Account {
    #[inline]
    fn partial_cmp(&self, other: &Account) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// By the domain, then by the user.
impl Ord for Account {
    #[inline]
    fn cmp(&self, other: &Account) -> Ordering {
        compare(&self.domain, &other.domain).then_with(|| compare(&self.user, &other.user))
    }
}

#[inline]
fn compare(one: &WideStr, other: &WideStr) -> Ordering {
    folded(one).cmp(folded(other))
}

/// The units that are compared.
#[inline]
fn folded(text: &WideStr) -> impl Iterator<Item = u16> {
    text.units().iter().map(|unit| upper(*unit))
}

impl Hash for Account {
    #[inline]
    fn hash<H: Hasher>(&self, state: &mut H) {
        for text in [&self.domain, &self.user] {
            folded(text).for_each(|unit| unit.hash(state));
            // No unit of a name: it keeps `ab` + `c` from `a` + `bc`.
            0u16.hash(state);
        }
    }
}

/// As Windows shows it: `CORP\anna`; without a domain the user alone.
impl fmt::Display for Account {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.domain.is_empty() {
            return self.user.fmt(f);
        }
        f.pad(&format!("{}\\{}", self.domain, self.user))
    }
}

impl fmt::Debug for Account {
    #[inline]
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Account({self})")
    }
}

/// Reads a name as users type it: `CORP\anna`, `anna@corp.example`, `anna`.
impl From<&str> for Account {
    #[inline]
    fn from(name: &str) -> Account {
        Account::new(WideString::default(), name)
    }
}

impl FromStr for Account {
    type Err = Infallible;

    #[inline]
    fn from_str(name: &str) -> Result<Account, Infallible> {
        Ok(Account::from(name))
    }
}

#[cfg(test)]
mod tests {
    use std::collections::{BTreeSet, HashSet};
    use std::hash::{BuildHasher as _, RandomState};

    use proptest::prelude::*;

    use super::*;

    fn account(name: &str) -> Account {
        name.into()
    }

    #[test]
    fn each_way_in_which_a_user_types_a_name_is_understood() {
        for (name, domain, user) in [
            ("anna", "", "anna"),
            (r"CORP\anna", "CORP", "anna"),
            ("anna@corp.example", "corp.example", "anna"),
            // Domains have no such sign, users may.
            ("anna@home@corp.example", "corp.example", "anna@home"),
            (r"CORP\anna@home", "CORP", "anna@home"),
            (r"\anna", "", "anna"),
            ("anna@", "", "anna"),
            (r"CORP\", "CORP", ""),
            ("", "", ""),
        ] {
            let account = account(name);
            assert_eq!(
                (&*account.domain().to_string(), &*account.user().to_string()),
                (domain, user),
                "{name}"
            );
        }
    }

    #[test]
    fn the_servers_domain_counts_and_a_typed_one_only_where_it_has_none() {
        assert_eq!(Account::new("CORP", "anna@corp.example").to_string(), r"CORP\anna");
        assert_eq!(Account::new("CORP", r"OTHER\anna").to_string(), r"CORP\anna");
        assert_eq!(Account::new("", "anna@corp.example").to_string(), r"corp.example\anna");
        assert_eq!(Account::new("", "anna").to_string(), "anna");
        assert_eq!(format!("{:>10}|{:?}", account("anna"), account("a@b")), r"      anna|Account(b\a)");
    }

    #[test]
    fn case_does_not_count_and_letters_that_windows_keeps_apart_do() {
        for (one, other) in [
            (r"corp\anna", r"CORP\ANNA"),
            ("jürgen@büro", r"BÜRO\JÜRGEN"),
            ("ÿ", "Ÿ"),
            ("ΣΊΣΥΦΟς", "σίσυφος"),
            ("жанна", "ЖАННА"),
            ("ᾳ", "ᾼ"),
            ("ａｎｎａ", "ＡＮＮＡ"),
        ] {
            assert_eq!(account(one), account(other));
            let hasher = RandomState::new();
            assert_eq!(hasher.hash_one(account(one)), hasher.hash_one(account(other)), "{one}");
        }
        for (one, other) in [
            ("strasse", "straße"),
            ("STRASSE", "straße"),
            ("i", "ı"),
            ("I", "ı"),
            ("s", "ſ"),
            ("μ", "µ"),
            ("anna", "änna"),
            ("ǆ", "ǅ"),
            (r"CORP\anna", "anna"),
            (r"ab\c", r"a\bc"),
            // Beyond the first 65,536 characters nothing is mapped.
            ("𐐨", "𐐀"),
        ] {
            assert_ne!(account(one), account(other));
        }
    }

    #[test]
    fn a_name_without_a_domain_means_the_user_of_any_and_one_with_a_domain_no_other() {
        let anna = account(r"CORP\anna");
        for (name, is_meant) in [
            ("ANNA", true),
            (r"corp\Anna", true),
            ("anna@CORP", true),
            ("ben", false),
            (r"LAB\anna", false),
            ("", false),
        ] {
            assert_eq!(anna.is_meant_by(&account(name)), is_meant, "{name}");
        }
        assert!(!account("anna").is_meant_by(&anna), "its domain is not known");
    }

    #[test]
    fn accounts_sort_by_domain_and_user_and_are_one_in_a_set() {
        let names = [r"LAB\ben", r"corp\anna", r"CORP\zoe", r"lab\Ben", r"Corp\ANNA"];
        let sorted: BTreeSet<Account> = names.map(account).into();
        let sorted: Vec<Account> = sorted.into_iter().collect();
        assert_eq!(sorted, [r"CORP\ANNA", r"CORP\ZOE", r"LAB\BEN"].map(account));
        assert_eq!(names.map(account).into_iter().collect::<HashSet<_>>().len(), 3);
    }

    proptest! {
        // No domain has a backslash in its name.
        #[test]
        fn an_account_reads_back_as_it_is_shown(domain in r"[a-zA-ZäÄß@.]{0,6}", user in r"[a-zA-ZäÄß\\@.]{0,8}") {
            let account = Account::new(domain.as_str(), user.as_str());
            prop_assert_eq!(Account::from(account.to_string().as_str()), account);
        }

        #[test]
        fn equal_accounts_have_equal_hashes_whatever_units_they_are_of(units in prop::collection::vec(any::<u16>(), 0..6)) {
            let units = WideStr::new(&units).to_owned();
            let upper: Vec<u16> = folded(&units).collect();
            let (one, other) = (Account::new("D", units), Account::new("d", WideStr::new(&upper).to_owned()));
            prop_assert_eq!(&one, &other);
            let hasher = RandomState::new();
            prop_assert_eq!(hasher.hash_one(one), hasher.hash_one(other));
        }
    }
}
