use std::net::Ipv4Addr;

use domain::SeededEntropy;
use domain::proof_of_work::Search;
use proptest::prelude::*;

use super::*;

const KEY: [u8; 32] = [7; 32];
const NOW: Timestamp = Timestamp::from_unix_ms(1_795_000_000_500);
const HERE: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 1));
const ELSEWHERE: IpAddr = IpAddr::V4(Ipv4Addr::new(192, 0, 2, 2));

/// A token and the number that solves it.
fn solved(work: &ProofOfWork, seed: u64) -> (String, u64) {
    let ChallengeJson::ProofOfWork { token, difficulty_bits, expires_at } =
        work.give(HERE, NOW, &SeededEntropy::new(seed))
    else {
        panic!("work is given");
    };
    assert_eq!((token.len(), expires_at.ms_since(NOW)), (64, 119_500));
    let nonce = Search::new(&token, difficulty_bits).next_of(u64::from(u32::MAX)).unwrap();
    (token, nonce)
}

/// What came of it, in a word.
fn taken(result: Result<(), ChallengeError>) -> &'static str {
    match result {
        Ok(()) => "taken",
        Err(ChallengeError::NotOurs) => "not ours",
        Err(ChallengeError::Expired) => "expired",
        Err(ChallengeError::Used) => "used",
        Err(ChallengeError::Failed) => "failed",
        Err(ChallengeError::Missing | ChallengeError::OtherKind | ChallengeError::Unanswered(_)) => "?",
    }
}

/// B4
#[test]
fn a_solution_is_taken_once_in_time_and_from_the_network_that_was_asked() {
    let work = ProofOfWork::new(KEY, 8);
    let (token, nonce) = solved(&work, 1);
    let take = |nonce, network, at| taken(work.take(&token, nonce, network, at));
    let unsolved = (0..).find(|nonce| !proof_of_work::is_solved(&token, *nonce, 8)).unwrap();
    assert_eq!(take(unsolved, HERE, NOW), "failed");
    assert_eq!(take(nonce, ELSEWHERE, NOW), "not ours");
    assert_eq!(take(nonce, HERE, NOW.plus_ms(119_500)), "expired");
    assert_eq!(take(nonce, HERE, NOW.plus_ms(119_499)), "taken");
    assert_eq!(take(nonce, HERE, NOW.plus_ms(119_499)), "used");
}

/// B4: neither another key's nor another difficulty's work is ours.
#[test]
fn work_is_signed_with_its_difficulty() {
    let (token, nonce) = solved(&ProofOfWork::new(KEY, 8), 1);
    for other in [ProofOfWork::new([8; 32], 8), ProofOfWork::new(KEY, 4)] {
        assert_eq!(taken(other.take(&token, nonce, HERE, NOW)), "not ours");
    }
}

/// B4: what is remembered is bounded, and what is void is forgotten first.
#[test]
fn memory_is_bounded() {
    let work = ProofOfWork::new(KEY, 0);
    for seed in 0..USED_MAX as u64 + 10 {
        let (token, nonce) = solved(&work, seed);
        assert_eq!(taken(work.take(&token, nonce, HERE, NOW)), "taken");
    }
    assert_eq!(work.used.lock().unwrap().len(), USED_MAX);
    let later = NOW.plus_ms(GOOD_FOR_MS);
    let ChallengeJson::ProofOfWork { token, .. } = work.give(HERE, later, &SeededEntropy::new(1)) else {
        panic!("work is given");
    };
    assert_eq!(taken(work.take(&token, 0, HERE, later)), "taken");
    assert_eq!(work.used.lock().unwrap().len(), 1);
}

proptest! {
    /// B4: no changed token is believed.
    #[test]
    fn nothing_but_what_was_signed_is_believed(seed in any::<u64>(), place in 0usize..64, letter in "[A-Za-z0-9_-]") {
        let work = ProofOfWork::new(KEY, 0);
        let (token, nonce) = solved(&work, seed);
        let mut forged = token.clone();
        forged.replace_range(place..=place, &letter);
        let expected = if forged == token { "taken" } else { "not ours" };
        prop_assert_eq!(taken(work.take(&forged, nonce, HERE, NOW)), expected);
    }

    /// B4: no text whatever is believed, and none does harm.
    #[test]
    fn nonsense_is_refused(text in ".{0,100}") {
        prop_assert_eq!(taken(ProofOfWork::new(KEY, 0).take(&text, 0, HERE, NOW)), "not ours");
    }
}
