//! The settings of an info in words.

use std::fmt::Display;

use mprapi::Info;
use mprapi::info_block::{FilterAction, Filters, GlobalSettings, RouterDiscovery, Setting};

/// Returns the settings, a text for each. An info of a type that is not known has none; one that is malformed has the reason.
pub(super) fn of(info: Info<'_>) -> Vec<String> {
    let ways = [
        read(info, Setting::ROUTES, |routes| each(&routes)),
        read(info, Setting::INPUT_FILTERS, filters),
        read(info, Setting::OUTPUT_FILTERS, filters),
        read(info, Setting::DEMAND_DIAL_FILTERS, filters),
        read(info, Setting::INPUT_FILTERS_V6, filters),
        read(info, Setting::OUTPUT_FILTERS_V6, filters),
        read(info, Setting::DEMAND_DIAL_FILTERS_V6, filters),
        read(info, Setting::GLOBAL, global),
        read(info, Setting::GLOBAL_V6, global),
        read(info, Setting::INTERFACE_STATUS, |status| vec![status.to_string()]),
        read(info, Setting::PROTOCOL_PREFERENCES, |preferences| {
            preferences.iter().map(|one| format!("{} {}", one.protocol, one.preference)).collect()
        }),
        read(info, Setting::SUB_PROTOCOL_PREFERENCES, |preferences| {
            let text = |one: &mprapi::info_block::SubProtocolPreference| {
                format!("{} part {} {}", one.protocol, one.sub_protocol, one.preference)
            };
            preferences.iter().map(text).collect()
        }),
        read(info, Setting::ROUTER_DISCOVERY, discovery),
        read(info, Setting::FRAGMENT_CHECK, switch),
        read(info, Setting::FRAGMENT_CHECK_V6, switch),
        read(info, Setting::FILTERING, switch),
        read(info, Setting::FILTERING_V6, switch),
    ];
    ways.into_iter().flatten().next().unwrap_or_default()
}

/// Returns the words of an info of this type. `None` for an info of another type.
fn read<T>(info: Info<'_>, setting: Setting<T>, words: impl FnOnce(T) -> Vec<String>) -> Option<Vec<String>> {
    (info.info_type() == setting.info_type()).then(|| match info.read(setting) {
        Ok(value) => value.map(words).unwrap_or_default(),
        Err(malformed) => vec![format!("cannot read: {malformed}")],
    })
}

fn each(values: &[impl Display]) -> Vec<String> {
    values.iter().map(ToString::to_string).collect()
}

/// Returns the action for the packets of each filter, and last the action for all others.
fn filters<F: Display>(filters: Filters<F>) -> Vec<String> {
    let other = match filters.default_action {
        FilterAction::Forward => "drop",
        FilterAction::Drop => "forward",
        _ => "match",
    };
    let mut words: Vec<_> = filters.filters.iter().map(|filter| format!("{other} {filter}")).collect();
    words.push(format!("{} all others", filters.default_action));
    words
}

fn global(settings: GlobalSettings) -> Vec<String> {
    let filtering = if settings.filtering { "on" } else { "off" };
    vec![format!("filtering {filtering}"), format!("log {}", settings.logging)]
}

fn discovery(discovery: RouterDiscovery) -> Vec<String> {
    let RouterDiscovery { min_interval, max_interval, lifetime, preference, .. } = discovery;
    let advertise = if discovery.advertise { "advertise" } else { "do not advertise" };
    vec![
        advertise.to_owned(),
        format!("every {min_interval} to {max_interval} s"),
        format!("lifetime {lifetime} s"),
        format!("preference {preference}"),
    ]
}

fn switch(is_on: bool) -> Vec<String> {
    vec![if is_on { "on" } else { "off" }.to_owned()]
}

#[cfg(test)]
mod tests {
    use mprapi::info_block::{
        FilterProtocol, Ipv4Filter, LoggingLevel, ProtocolPreference, Route, RouteProtocol,
    };
    use mprapi::{InfoBlockBuf, InfoType};

    use super::*;

    fn words<T>(setting: Setting<T>, value: &T) -> String {
        let mut block = InfoBlockBuf::new();
        block.put(setting, value).unwrap();
        of(block.find(setting.info_type()).unwrap()).join(" | ")
    }

    #[test]
    fn each_setting_is_a_text() {
        let route = Route::ipv4([10, 2, 0, 0].into(), 16, [10, 1, 0, 254].into()).unwrap();
        assert_eq!(words(Setting::ROUTES, &vec![route]), "10.2.0.0/16 via 10.1.0.254 metric 1");
        let web = Ipv4Filter::new(FilterProtocol::Tcp { source: 0, destination: 443 });
        for (action, text) in [
            (FilterAction::Drop, "forward TCP from any to any port 443 | drop all others"),
            (FilterAction::Forward, "drop TCP from any to any port 443 | forward all others"),
            (FilterAction::Unknown(9), "match TCP from any to any port 443 | unknown (9) all others"),
        ] {
            assert_eq!(words(Setting::INPUT_FILTERS, &Filters::new(action, vec![web])), text);
        }
        let settings = GlobalSettings::new(LoggingLevel::Errors);
        assert_eq!(words(Setting::GLOBAL, &settings), "filtering on | log errors");
        let preferences = vec![ProtocolPreference::new(RouteProtocol::Rip, 120)];
        assert_eq!(words(Setting::PROTOCOL_PREFERENCES, &preferences), "RIP 120");
        assert_eq!(
            words(Setting::ROUTER_DISCOVERY, &RouterDiscovery::default()),
            "do not advertise | every 450 to 600 s | lifetime 1800 s | preference 0"
        );
        assert_eq!(words(Setting::FRAGMENT_CHECK_V6, &true), "on");
    }

    #[test]
    fn bytes_that_are_not_understood_have_a_reason_or_no_words() {
        let info = |number| Info::item(InfoType(number), &[1, 2]).unwrap();
        assert_eq!(of(info(0xFFFF_0003)), ["cannot read: the info ends within its fields"]);
        assert!(of(info(9)).is_empty());
    }
}
