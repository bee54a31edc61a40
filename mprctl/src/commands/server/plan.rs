//! Applying settings: all in one call if the server accepts that, otherwise one by one, so that mprctl can report the
//! setting that the server refuses.

use mprapi::{Error, ErrorKind, TunnelConfiguration, TunnelProtocol, Tunnels};

use super::keys::{KEYS, Key};
use super::set::Setting;
use super::tunnels::{Keeper, TunnelRow};
use crate::action::{Action, Outcome};
use crate::failure::{self, Failure, Kind};
use crate::output::{Columns as _, Value};

/// Settings that must be set together.
struct Step<'s> {
    settings: Vec<&'s Setting>,
    /// `true` if the server has these values already.
    is_unchanged: bool,
}

/// The settings of a server before any change.
struct Plan<'k> {
    keeper: Keeper<'k>,
    before: Tunnels,
}

/// Sets `settings`, and returns an action for each: `ikev2.ports: 128 → 64`.
pub(super) fn carry_out(
    verb: &'static str,
    keeper: Keeper<'_>,
    settings: &[Setting],
    dry_run: bool,
) -> Result<Vec<Action>, Failure> {
    let plan = Plan { keeper, before: keeper.tunnels()? };
    for setting in settings {
        plan.check_known(setting)?;
    }
    check_policies(settings, plan.now())?;
    let steps = plan.steps(settings)?;
    let mut actions = Vec::new();
    for (step, outcome) in steps.iter().zip(plan.outcomes(&steps, dry_run)) {
        let after = plan.with(plan.now(), step)?;
        for setting in &step.settings {
            actions.push(Action::new(verb, setting.line(plan.now(), &after), outcome.clone()));
        }
    }
    Ok(actions)
}

impl Plan<'_> {
    fn now(&self) -> &TunnelConfiguration {
        &self.before.configuration
    }

    fn check_known(&self, setting: &Setting) -> Result<(), Failure> {
        let is_newer = !setting.key.is_of_ports()
            || matches!(setting.tunnel, TunnelProtocol::Ikev2 | TunnelProtocol::Gre);
        if !self.before.level.has_only_ports() || !is_newer {
            return Ok(());
        }
        let message = format!("the server does not support {}", setting.name());
        Err(Failure::new(Kind::Unsupported, message).advice(
            "Before Windows Server 2008 R2, and while the service is stopped, only the ports of SSTP, L2TP and \
             PPTP and what they are for can be set.",
        ))
    }

    /// Those that belong together make one step, which stands where its first one does.
    fn steps<'s>(&self, settings: &'s [Setting]) -> Result<Vec<Step<'s>>, Failure> {
        let mut steps: Vec<Step<'s>> = Vec::new();
        for setting in settings {
            let group = setting.group();
            match steps.iter_mut().find(|step| group.is_some() && step.settings[0].group() == group) {
                Some(step) => step.settings.push(setting),
                None => steps.push(Step { settings: vec![setting], is_unchanged: false }),
            }
        }
        for step in &mut steps {
            step.is_unchanged = self.with(self.now(), step)? == *self.now();
        }
        Ok(steps)
    }

    fn with(&self, base: &TunnelConfiguration, step: &Step<'_>) -> Result<TunnelConfiguration, Failure> {
        let mut all = base.clone();
        for setting in &step.settings {
            setting.apply(&mut all).map_err(|problem| Failure::new(Kind::Unsupported, problem))?;
        }
        Ok(all)
    }

    fn outcomes(&self, steps: &[Step<'_>], dry_run: bool) -> Vec<Result<Outcome, Failure>> {
        let mut outcomes: Vec<_> = steps
            .iter()
            .map(|step| Ok(if step.is_unchanged { Outcome::Unchanged } else { Outcome::Would }))
            .collect();
        let changes: Vec<&Step<'_>> = steps.iter().filter(|step| !step.is_unchanged).collect();
        if !dry_run && !changes.is_empty() {
            let changed = outcomes.iter_mut().zip(steps).filter(|(_, step)| !step.is_unchanged);
            for ((outcome, _), result) in changed.zip(self.set(&changes)) {
                *outcome = result;
            }
        }
        outcomes
    }

    /// Sets all by one call. If that is refused, or only waits for a restart, each is set by itself to find out which
    /// it is about.
    fn set(&self, steps: &[&Step<'_>]) -> Vec<Result<Outcome, Failure>> {
        let all = self.call(self.now(), steps);
        let is_about_all = match &all {
            Ok(outcome) => *outcome != Outcome::Stored,
            Err(failed) => failed.is_final,
        };
        if is_about_all || steps.len() < 2 {
            return steps.iter().map(|_| all.clone().map_err(|failed| failed.failure)).collect();
        }
        // What the server has by now. What waits for a restart is left out, so that it does not make what comes after it
        // wait too, and is put in again at the end.
        let mut now = self.now().clone();
        let mut waiting: Vec<usize> = Vec::new();
        let mut outcomes: Vec<Result<Outcome, Failure>> = Vec::new();
        for (index, step) in steps.iter().enumerate() {
            let outcome = self.call(&now, &[*step]);
            match &outcome {
                Ok(Outcome::Stored) => waiting.push(index),
                Ok(_) => now = self.with(&now, step).unwrap_or(now),
                Err(_) => {}
            }
            outcomes.push(outcome.map_err(|failed| failed.failure));
        }
        let again: Vec<&Step<'_>> = waiting.iter().map(|index| steps[*index]).collect();
        if !again.is_empty()
            && let Err(failed) = self.call(&now, &again)
        {
            for index in waiting {
                outcomes[index] = Err(failed.failure.clone());
            }
        }
        outcomes
    }

    /// Sets what `steps` name, on top of `base`.
    fn call(&self, base: &TunnelConfiguration, steps: &[&Step<'_>]) -> Result<Outcome, Failed> {
        let mut all = base.clone();
        for step in steps {
            all = self.with(&all, step).map_err(|failure| Failed { failure, is_final: true })?;
        }
        let settings: Vec<&Setting> = steps.iter().flat_map(|step| step.settings.iter().copied()).collect();
        match self.keeper.set(self.before.level, &only(&settings, all)) {
            Ok(()) => Ok(match self.keeper {
                Keeper::Running(_) => Outcome::Done,
                Keeper::Stored(stored) => Outcome::stored(stored),
            }),
            Err(error) => {
                let is_final = failure::is_final(&error);
                Err(Failed { failure: explain(error, self.keeper, &settings), is_final })
            }
        }
    }
}

#[derive(Clone)]
struct Failed {
    failure: Failure,
    /// `true` if fewer settings at a time would fail in the same way.
    is_final: bool,
}

fn explain(error: Error, keeper: Keeper<'_>, settings: &[&Setting]) -> Failure {
    let needs_restart = error.name() == Some("ERROR_SUCCESS_REBOOT_REQUIRED");
    // What mprapi itself refuses says why.
    let is_invalid = error.kind() == ErrorKind::InvalidArgument && error.code().is_some();
    let failure = Failure::from(error);
    match keeper {
        Keeper::Running(_) if needs_restart => {
            let message = "the server must restart for so many ports; nothing was changed".to_owned();
            Failure { message, ..failure }
                .advice("Store the number with --store-only, and then restart the server computer.")
        }
        _ if is_invalid => {
            let ranges: Vec<String> = settings
                .iter()
                .filter_map(|setting| Some(format!("{}: {}", setting.name(), setting.range()?)))
                .collect();
            let ranges = if ranges.is_empty() { String::new() } else { format!("{}.\n", ranges.join("; ")) };
            let ports = if settings.iter().any(|setting| setting.key.is_of_ports()) {
                "The edition of Windows may limit the number of ports further.\n"
            } else {
                ""
            };
            failure.advice(format!(
                "{ranges}{ports}The server refuses at least one of the values, or one that the tunnel has already. To see \
                 those that it has:\n  mprctl server show -o wide"
            ))
        }
        _ => failure,
    }
}

/// Leaves the tunnels out of `all` that `settings` do not change, so that they stay as they are on the server.
fn only(settings: &[&Setting], mut all: TunnelConfiguration) -> TunnelConfiguration {
    let is_named = |tunnel: TunnelProtocol| settings.iter().any(|setting| setting.tunnel == tunnel);
    let is_ports = |tunnel: TunnelProtocol| {
        settings.iter().filter(|setting| setting.tunnel == tunnel).all(|setting| setting.key.is_of_ports())
    };
    all.ikev2 = all.ikev2.filter(|_| is_named(TunnelProtocol::Ikev2));
    if let (Some(ikev2), true) = (&mut all.ikev2, is_ports(TunnelProtocol::Ikev2)) {
        ikev2.tunnel = None;
    }
    all.l2tp = all.l2tp.filter(|_| is_named(TunnelProtocol::L2tp));
    if let (Some(l2tp), true) = (&mut all.l2tp, is_ports(TunnelProtocol::L2tp)) {
        l2tp.tunnel = None;
    }
    all.sstp = all.sstp.filter(|_| is_named(TunnelProtocol::Sstp));
    all.pptp = all.pptp.filter(|_| is_named(TunnelProtocol::Pptp));
    all.gre = all.gre.filter(|_| is_named(TunnelProtocol::Gre));
    all
}

/// Checks that algorithms are complete. The record has all six or none; so if it has none, all must be set at once.
fn check_policies(settings: &[Setting], before: &TunnelConfiguration) -> Result<(), Failure> {
    let ikev2 = before.ikev2.as_ref().and_then(|ikev2| ikev2.tunnel.as_ref()?.policy);
    let l2tp = before.l2tp.and_then(|l2tp| l2tp.tunnel?.policy);
    for (tunnel, policy) in [(TunnelProtocol::Ikev2, ikev2), (TunnelProtocol::L2tp, l2tp)] {
        let is_said = |key: &Key| {
            settings.iter().any(|setting| setting.tunnel == tunnel && setting.key.name == key.name)
        };
        let algorithms = || KEYS.iter().filter(|key| key.is_algorithm());
        let missing: Vec<String> = algorithms().filter(|key| !is_said(key)).map(Key::argument).collect();
        if policy.is_none() && (1..algorithms().count()).contains(&missing.len()) {
            let message = format!(
                "cannot set only some algorithms of {tunnel}, which uses the system's defaults; set also {}",
                missing.join(", ")
            );
            return Err(Failure::usage(message));
        }
    }
    Ok(())
}

impl Setting {
    /// Returns the line that shows the old and the new value.
    fn line(&self, before: &TunnelConfiguration, after: &TunnelConfiguration) -> String {
        let shown = |all: &TunnelConfiguration| {
            let rows = TunnelRow::all(all);
            let row = rows.iter().find(|row| row.tunnel == self.tunnel.to_string());
            let column = TunnelRow::COLUMNS.iter().find(|column| column.name == self.key.name);
            let mut text = String::new();
            match row.zip(column).map(|(row, column)| column.value(row)) {
                Some(Value::Nothing) | None => text.push_str("none"),
                Some(value) => value.write_short(&mut text),
            }
            text
        };
        match self.key.name {
            // As a whole it is no column.
            "policy" => format!("{}: {}", self.name(), self.value),
            _ => format!("{}: {} → {}", self.name(), shown(before), shown(after)),
        }
    }
}

#[cfg(test)]
mod tests {
    use mprapi_sim::Tunnel;

    use super::*;
    use crate::fleet;

    /// The algorithms of IKEv2 that are shown.
    fn shown(keeper: Keeper<'_>) -> Vec<Option<String>> {
        let rows = keeper.rows().expect("the settings");
        let row = rows.into_iter().find(|row| row.tunnel == "IKEv2").expect("IKEv2");
        vec![
            row.integrity_method,
            row.encryption_method,
            row.cipher,
            row.authentication,
            row.pfs_group,
            row.dh_group,
        ]
    }

    #[test]
    fn a_custom_policy_is_set_and_shown_in_the_running_server_and_in_what_is_stored() {
        let simulation = mprapi_sim::Server::unique().ports(Tunnel::Ikev2, 2).start();
        let router = &simulation.routers()[0];
        // SAFETY: the simulator keeps the contract of `mprapi.h`.
        let mpr = unsafe { mprapi::Mpr::from_table(mprapi_sim::table()) };
        let parse = |texts: &[&str]| -> Vec<Setting> {
            texts.iter().map(|text| Setting::parse(&format!("ikev2.{text}")).expect(text)).collect()
        };
        let policy = parse(&[
            "integrity-method=SHA256",
            "encryption-method=AES256",
            "cipher=GCMAES128",
            "authentication=SHA256128",
            "pfs-group=PFS2048",
            "dh-group=Group14",
        ]);
        let words = ["SHA-256", "AES-256", "AES-GCM-128", "SHA-256", "group 14", "group 14"];
        let (words, none) = (words.map(|word| Some(word.to_owned())), [const { None::<String> }; 6]);
        let stored = |settings: &[Setting]| {
            fleet::with_configuration(&mpr, Some(router.name()), |stored| {
                let done = carry_out("store", Keeper::Stored(stored), settings, false)?;
                assert!(done.iter().all(|action| action.error.is_none()), "{done:?}");
                Ok(shown(Keeper::Stored(stored)))
            })
        };
        let running = |settings: &[Setting]| {
            fleet::with_server(&mpr, Some(router.name()), |server| {
                let done = carry_out("set", Keeper::Running(server), settings, false)?;
                assert!(done.iter().all(|action| action.error.is_none()), "{done:?}");
                Ok(shown(Keeper::Running(server)))
            })
        };
        assert_eq!(stored(&policy).expect("it is stored"), words);
        assert_eq!(running(&[]).expect("it answers"), none, "it has that when it starts next");
        assert_eq!(running(&policy).expect("it is set"), words);
        let default = parse(&["policy=default"]);
        assert_eq!(running(&default).expect("it is set"), none);
        assert_eq!(stored(&[]).expect("it answers"), none, "the running server stores it too");
        assert!(router.outstanding().is_nothing(), "{:?}", router.outstanding());
        assert!(router.violations().is_empty(), "{:?}", router.violations());
    }
}
