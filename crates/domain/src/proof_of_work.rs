//! The proof of work: a number that makes a hash begin with zero bits, dear to find and cheap to check (B4).
//!
//! Browser, server and outside clients mean the same by it: SHA-256 of the token's characters, followed by the number in
//! decimal digits, begins with so many zero bits. A token of 64 characters is one block of SHA-256, which a search hashes once.

use sha2::{Digest as _, Sha256};

/// The most decimal digits of a number.
const DIGITS_MAX: usize = 20;

/// Whether `nonce` solves `token` at `difficulty_bits`.
pub fn is_solved(token: &str, nonce: u64, difficulty_bits: u8) -> bool {
    ends_search(Sha256::new_with_prefix(token), nonce, difficulty_bits)
}

/// A search for the number that solves a token, from 0 on. It can be made in parts, so that a page stays alive meanwhile.
#[derive(Debug, Clone)]
pub struct Search {
    begun: Sha256,
    difficulty_bits: u8,
    next: u64,
}

impl Search {
    /// A search that has tried nothing yet.
    pub fn new(token: &str, difficulty_bits: u8) -> Self {
        Self { begun: Sha256::new_with_prefix(token), difficulty_bits, next: 0 }
    }

    /// Tries the next `count` numbers; `None` when none of them solves it.
    pub fn next_of(&mut self, count: u64) -> Option<u64> {
        let tried = self.next..self.next.saturating_add(count);
        self.next = tried.end;
        tried.into_iter().find(|nonce| ends_search(self.begun.clone(), *nonce, self.difficulty_bits))
    }
}

fn ends_search(begun: Sha256, nonce: u64, difficulty_bits: u8) -> bool {
    let (mut digits, mut first, mut rest) = ([b'0'; DIGITS_MAX], DIGITS_MAX - 1, nonce);
    loop {
        // A remainder of ten is one digit.
        digits[first] = b'0' + (rest % 10) as u8;
        rest /= 10;
        if rest == 0 {
            break;
        }
        first -= 1;
    }
    let hash = begun.chain_update(&digits[first..]).finalize();
    let mut zeros = 0;
    for byte in hash {
        zeros += byte.leading_zeros();
        if byte != 0 {
            break;
        }
    }
    zeros >= u32::from(difficulty_bits)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    /// B4: the published hash of a known text, so that other clients can be written from the words alone.
    #[test]
    fn a_solution_is_what_its_words_say() {
        // SHA-256 of "abc1" begins with b1, of "abc0" with … and so on: the first that begins with 12 zero bits is this.
        let nonce = Search::new("abc", 12).next_of(1_000_000).unwrap();
        let text = format!("abc{nonce}");
        let hash = Sha256::digest(text.as_bytes());
        assert_eq!((hash[0], hash[1] >> 4), (0, 0));
        assert!((0..nonce).all(|earlier| !is_solved("abc", earlier, 12)));
    }

    proptest! {
        /// B4: what a search finds is a solution, in whatever parts it is made.
        #[test]
        fn what_is_found_solves_it(token in "[A-Za-z0-9_-]{64}", bits in 0u8..10, part in 1u64..600) {
            let mut search = Search::new(&token, bits);
            let found = std::iter::repeat_with(|| search.next_of(part)).take(100_000).flatten().next().unwrap();
            prop_assert!(is_solved(&token, found, bits));
            prop_assert!((0..found).all(|earlier| !is_solved(&token, earlier, bits)));
        }
    }
}
