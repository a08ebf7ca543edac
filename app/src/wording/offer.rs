//! What the landing page's button offers, from what the server says (A3, A4).

use domain::Tier;
use domain::wire::Availability;

/// What stands where the demo button goes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Offer {
    /// A button that claims a sandbox.
    Start {
        /// What it reads.
        label: String,
        /// Whether it would have to be made first.
        slow: bool,
    },
    /// A button that is busy.
    Busy,
    /// A button that reopens the visitor's living session.
    Resume,
    /// Nothing is free: a button that plays a recording, and a notice.
    Watch {
        /// Why, and what to do.
        notice: String,
    },
    /// Nothing at all: the plain page.
    Nothing,
}

impl Offer {
    /// Whether a sandbox would have to be made first.
    pub(crate) const fn is_slow(&self) -> bool {
        matches!(self, Self::Start { slow: true, .. })
    }
}

/// What to offer. `claiming`: a claim is on its way. `living`: this visitor's session still lives.
pub(crate) fn offer(availability: &Availability, claiming: bool, living: bool) -> Offer {
    if claiming {
        return Offer::Busy;
    }
    if living {
        return Offer::Resume;
    }
    match availability.tier {
        Tier::Instant => Offer::Start { label: "Try Live Demo".into(), slow: false },
        Tier::Starting => Offer::Start { label: starting_label(availability.wait_seconds), slow: true },
        Tier::Replay => Offer::Watch { notice: full_notice(availability) },
        Tier::Disabled => Offer::Nothing,
    }
}

/// A wait is named only when it was measured.
fn starting_label(wait_seconds: u32) -> String {
    match wait_seconds {
        0 => "Try it, starts in a moment".into(),
        _ => format!("Try it, starts in ~{wait_seconds}s"),
    }
}

fn full_notice(availability: &Availability) -> String {
    let why = availability.reason.as_deref().unwrap_or("All sandboxes are in use.");
    format!("{why} The live demo comes back here by itself.")
}

/// `3 people building right now`; nothing when nobody is.
pub(crate) fn building_now(count: u32) -> Option<String> {
    match count {
        0 => None,
        1 => Some("1 person building right now".into()),
        _ => Some(format!("{count} people building right now")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn availability(tier: Tier) -> Availability {
        Availability { tier, warm: 0, wait_seconds: 4, building_now: 0, reason: None }
    }

    /// A3, A4
    #[test]
    fn each_tier_has_its_offer() {
        let offered = [Tier::Instant, Tier::Starting, Tier::Replay, Tier::Disabled]
            .map(|tier| offer(&availability(tier), false, false));
        let expected = [
            Offer::Start { label: "Try Live Demo".into(), slow: false },
            Offer::Start { label: "Try it, starts in ~4s".into(), slow: true },
            Offer::Watch {
                notice: "All sandboxes are in use. The live demo comes back here by itself.".into(),
            },
            Offer::Nothing,
        ];
        assert_eq!(offered, expected);
    }

    /// A4: no number is made up for a wait that nobody has measured.
    #[test]
    fn an_unmeasured_wait_is_a_moment() {
        let unmeasured = Availability { wait_seconds: 0, ..availability(Tier::Starting) };
        let expected = Offer::Start { label: "Try it, starts in a moment".into(), slow: true };
        assert_eq!(offer(&unmeasured, false, false), expected);
    }

    /// A4: the server's own reason is shown, not a guess.
    #[test]
    fn a_stated_reason_replaces_the_usual_one() {
        let full = Availability {
            reason: Some("Today's budget for demos is used up.".into()),
            ..availability(Tier::Replay)
        };
        let Offer::Watch { notice } = offer(&full, false, false) else {
            panic!("a full server offers the recording");
        };
        assert_eq!(notice, "Today's budget for demos is used up. The live demo comes back here by itself.");
    }

    /// A3
    #[test]
    fn a_claim_on_its_way_keeps_the_button_busy_and_a_living_session_can_be_returned_to() {
        for tier in [Tier::Instant, Tier::Starting, Tier::Replay, Tier::Disabled] {
            assert_eq!(offer(&availability(tier), true, true), Offer::Busy);
            assert_eq!(offer(&availability(tier), false, true), Offer::Resume);
        }
    }

    /// A10: nobody building is not worth a line.
    #[test]
    fn an_empty_room_is_not_announced() {
        assert_eq!(building_now(0), None);
        assert_eq!(building_now(1).as_deref(), Some("1 person building right now"));
        assert_eq!(building_now(7).as_deref(), Some("7 people building right now"));
    }
}
