//! Businesses that are named and nothing else.

use std::ops::Range;

use super::phrases::find;
use super::words::{Kind, Word};

/// `law firm, serious and green`: whoever names a business and nothing else wants its page.
pub(super) fn alone(words: &[Word]) -> Option<Range<usize>> {
    let found = find(words, BUSINESSES)?;
    let leads = words[..found.start].iter().all(|word| {
        word.is_any(&["a", "an", "my", "our", "small", "local", "little", "for", "modern", "new"])
    });
    let ends = words.get(found.end).is_none_or(|next| {
        matches!(next.kind, Kind::Comma | Kind::Colon | Kind::Stop)
            || next.is_any(&["named", "called", "in", "from"])
    });
    (leads && ends).then_some(found)
}

const BUSINESSES: &str = "law firm, law office, dental practice, dentist, bakery, coffee shop, cafe, restaurant, pizzeria, \
    hair salon, barber shop, barbershop, nail salon, beauty salon, gym, yoga studio, fitness studio, flower shop, florist, hotel, \
    hostel, brewery, vet, veterinary clinic, vet clinic, plumber, plumbing company, electrician, architect, architecture firm, \
    accounting firm, tax advisor, car repair shop, car dealership, bookshop, bookstore, pet shop, ice cream shop, tattoo studio, \
    dance school, driving school, music school, language school, real estate agency, travel agency, consulting firm, \
    marketing agency, design agency, design studio, construction company, cleaning company, cleaning service, moving company, \
    tech startup, food truck, wine bar, cocktail bar, sushi restaurant, burger joint, taco truck, bike shop, spa, massage studio, \
    therapist, photo studio, wedding planner, catering company, kindergarten, daycare, landscaping company, lawyer, doctor";
