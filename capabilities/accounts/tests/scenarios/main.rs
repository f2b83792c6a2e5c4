//! Accounts in the words of the field, on a real SQLite file with a clock set by hand.

#[cfg(test)]
mod first;
#[cfg(test)]
mod pages;
#[cfg(test)]
mod rights;
#[cfg(test)]
mod second_factor;
#[cfg(test)]
mod sessions;
#[cfg(test)]
mod sign_in;
#[cfg(test)]
mod words;
#[cfg(test)]
mod world;
