//! What the standing committee must see before it decides (SCR-09).

use super::course::Form;

chibo_kernel::coded! {
    /// A piece of evidence.
    Item {
        /// Fee book (sổ thu đảng phí).
        FeeBook = "fee-book", "screening-item-fee-book";
        /// Minutes that note the absences.
        AbsenceMinutes = "absence-minutes", "screening-item-absence-minutes";
        /// Record of the education and help.
        EducationRecord = "education-record", "screening-item-education-record";
        /// List of exempted members or of temporary transfers with their ends.
        ExemptionList = "exemption-list", "screening-item-exemption-list";
        /// Introduction book and notices of both sides.
        TransferPapers = "transfer-papers", "screening-item-transfer-papers";
        /// Minutes about the card.
        CardMinutes = "card-minutes", "screening-item-card-minutes";
        /// Conclusion of the competent body on the standard or the admission.
        StandardConclusion = "standard-conclusion", "screening-item-standard-conclusion";
        /// Decisions on the classes of two years.
        TwoYearBreach = "two-year-breach", "screening-item-two-year-breach";
        /// Confirmation of leaving the country.
        AbroadConfirmation = "abroad-confirmation", "screening-item-abroad-confirmation";
    }
}

/// What can prove a ground: one of them is enough.
fn proofs(rule: &str) -> &'static [Item] {
    match rule {
        "SCR-02" => &[Item::FeeBook, Item::AbsenceMinutes],
        "SCR-03" => &[Item::ExemptionList, Item::AbroadConfirmation],
        "SCR-04" => &[Item::TransferPapers, Item::AbroadConfirmation],
        "SCR-05" => &[Item::TwoYearBreach],
        "SCR-06" => &[Item::EducationRecord, Item::CardMinutes],
        "SCR-07" => &[Item::StandardConclusion],
        _ => &[],
    }
}

/// The grounds nothing in the pack proves yet, with what would: of several kinds of evidence one is enough. Cancelling an
/// admission always needs the conclusion (MEM-41).
pub fn missing_items<'r>(rules: &'r [String], form: Option<Form>, have: &[Item]) -> Vec<(&'r str, &'static [Item])> {
    let lacks = |proofs: &[Item]| !proofs.iter().any(|item| have.contains(item));
    let mut missing: Vec<(&str, &'static [Item])> =
        rules.iter().map(|rule| (rule.as_str(), proofs(rule))).filter(|(_, proofs)| lacks(proofs)).collect();
    let conclusion: &'static [Item] = &[Item::StandardConclusion];
    let cancelled = form == Some(Form::Cancelled) && lacks(conclusion);
    if cancelled && !missing.iter().any(|(rule, _)| *rule == "SCR-07") {
        missing.push(("MEM-41", conclusion));
    }
    missing
}
