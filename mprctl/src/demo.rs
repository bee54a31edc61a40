//! The simulated company of `--demo`.

use mprapi_sim::{Clock, Scenario, Simulation};

use crate::fleet::Target;

pub(crate) struct Demo {
    simulation: Simulation,
}

impl Demo {
    pub(crate) fn start() -> Demo {
        let scenario = Scenario::company()
            .into_servers()
            .into_iter()
            .fold(Scenario::new(), |scenario, server| scenario.server(server.clock(Clock::Real)));
        Demo { simulation: scenario.start() }
    }

    pub(crate) fn targets(&self) -> Vec<Target> {
        self.simulation.routers().iter().map(|router| Target::named(router.name())).collect()
    }
}
