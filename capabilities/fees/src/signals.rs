//! Members who have not paid three months of the year without reason (SCR-02, EXI-10).

use chibo_kernel::{Day, Problem, Said};
use chibo_store::Tx;
use chibo_web::{Signal, SignalSource};

use crate::actions::arrears::debtors;

/// Everybody the rule asks people to look at.
pub(crate) const ARREARS: SignalSource = SignalSource { name: "fees", title: "fees-signals", find };

fn find(tx: &mut Tx<'_>, day: Day, each: &mut dyn FnMut(Signal)) -> Result<(), Problem> {
    for debtor in debtors(tx, day)? {
        let Some(since) = debtor.since else { continue };
        let months: Vec<String> = debtor.silent.iter().map(|month| month.text()).collect();
        let said = Said::new("fees-signal").with("count", months.len()).with("months", months.join(", "));
        let href = format!("/fees/members/{}", debtor.person);
        each(Signal { person: debtor.person, rule: "SCR-02", since, said, href });
    }
    Ok(())
}
