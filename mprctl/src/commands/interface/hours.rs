//! The hours in which an interface may dial out, in words.

/// The days of the week from Monday on, each with the digit that the API uses for it.
const WEEK: [(&str, &str); 7] =
    [("1", "Mon"), ("2", "Tue"), ("3", "Wed"), ("4", "Thu"), ("5", "Fri"), ("6", "Sat"), ("0", "Sun")];

/// Returns `Mon–Fri 08:00–18:00; Sat 09:00–12:00` for texts such as `1 08:00-18:00`, one for each day. A text in another
/// format is returned as it is.
pub(super) fn in_words(texts: &[String]) -> String {
    let mut week: [Vec<String>; 7] = Default::default();
    let mut others = Vec::new();
    for text in texts {
        match of_day(text) {
            Some((day, ranges)) => week[day].extend(ranges),
            None => others.push(text.clone()),
        }
    }
    let mut parts = Vec::new();
    for (day, ranges) in week.iter().enumerate() {
        // Days with the same hours are listed together, at the first of them.
        if !ranges.is_empty() && !week[..day].contains(ranges) {
            parts.push(format!("{} {}", days(|day| week[day] == *ranges), ranges.join(", ")));
        }
    }
    parts.extend(others);
    parts.join("; ")
}

/// Parses `1 08:00-12:00 13:00-18:00` into the index of the day in [`WEEK`] and the ranges.
fn of_day(text: &str) -> Option<(usize, Vec<String>)> {
    let (digit, ranges) = text.split_once(' ')?;
    let day = WEEK.iter().position(|(number, _)| *number == digit)?;
    let parse = |range: &str| {
        let (from, to) = range.split_once('-')?;
        (is_time(from) && is_time(to)).then(|| format!("{from}–{to}"))
    };
    Some((day, ranges.split(' ').map(parse).collect::<Option<_>>()?))
}

/// Returns `true` for `17:30`.
fn is_time(text: &str) -> bool {
    let is_digit = |at: usize, byte: u8| if at == 2 { byte == b':' } else { byte.is_ascii_digit() };
    text.len() == 5 && text.bytes().enumerate().all(|(at, byte)| is_digit(at, byte))
}

/// Returns `Mon–Wed, Fri` for the days that are wanted. Two days in a row are not written as a range.
fn days(is_wanted: impl Fn(usize) -> bool) -> String {
    let mut parts = Vec::new();
    let mut day = 0;
    while day < WEEK.len() {
        let length = (day..WEEK.len()).take_while(|day| is_wanted(*day)).count();
        if length > 2 {
            parts.push(format!("{}–{}", WEEK[day].1, WEEK[day + length - 1].1));
        } else {
            parts.extend(WEEK[day..day + length].iter().map(|(_, name)| (*name).to_owned()));
        }
        day += length.max(1);
    }
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(texts: &[&str]) -> String {
        in_words(&texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>())
    }

    #[test]
    fn days_with_the_same_hours_are_told_together_from_monday_on() {
        let cases: [(&[&str], &str); 7] = [
            (&[], ""),
            (
                &["1 08:00-18:00", "2 08:00-18:00", "3 08:00-18:00", "4 08:00-18:00", "5 08:00-18:00"],
                "Mon–Fri 08:00–18:00",
            ),
            (
                &["2 09:00-12:00 13:00-17:30", "4 09:00-12:00 13:00-17:30"],
                "Tue, Thu 09:00–12:00, 13:00–17:30",
            ),
            (&["0 10:00-24:00", "6 10:00-24:00"], "Sat, Sun 10:00–24:00"),
            (&["0 10:00-11:00", "1 08:00-09:00"], "Mon 08:00–09:00; Sun 10:00–11:00"),
            (&["1 08:00-09:00", "1 10:00-11:00"], "Mon 08:00–09:00, 10:00–11:00"),
            (
                &["1 08:00-09:00", "2 08:00-09:00", "3 08:00-09:00", "5 08:00-09:00"],
                "Mon–Wed, Fri 08:00–09:00",
            ),
        ];
        for (texts, expected) in cases {
            assert_eq!(words(texts), expected);
        }
    }

    #[test]
    fn what_no_hours_are_is_told_as_it_is() {
        for text in
            ["", "1", "7 08:00-09:00", "1 8-9", "1 08:00-09:00 ", "1 08:00", "1  08:00-09:00", "ä 0é:00-1"]
        {
            assert_eq!(words(&[text]), text);
        }
        assert_eq!(words(&["noon", "1 08:00-09:00"]), "Mon 08:00–09:00; noon");
    }
}
