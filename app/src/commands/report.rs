//! being written
use super::Context;
use chibo_kernel::Problem;
/// x
#[derive(clap::Args)]
pub struct Export {}
/// x
#[derive(clap::Args)]
pub struct Report {}
impl Export { /// x
 pub fn run(&self, _: &Context) -> Result<u8, Problem> { Ok(0) } }
impl Report { /// x
 pub fn run(&self, _: &Context) -> Result<u8, Problem> { Ok(0) } }
