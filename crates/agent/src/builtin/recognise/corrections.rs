//! Things that turn out to be another one by what is said about them.

use super::details::take_prices;
use super::lists;
use super::purposes::CITIES;
use super::said::Said;
use super::values;
use crate::builtin::intent::{Addition, Section};

/// Makes of a thing what its details show it to be.
pub(super) fn correct(said: &Said<'_>, addition: &mut Addition) {
    // A menu of dishes is no navigation.
    let serves = [
        "restaurant",
        "cafe",
        "café",
        "bar",
        "sushi",
        "pizza",
        "pizzeria",
        "bakery",
        "burger",
        "coffee",
        "food",
        "drink",
        "lunch",
        "dinner",
        "dish",
        "bistro",
        "diner",
        "salon",
    ];
    if addition.section == Section::NavBar && said.name.iter().any(|word| word.is("menu")) {
        let priced = said.priced();
        if !priced.is_empty() || said.says(&serves) {
            let (title, unit) = (said.quote(), addition.unit.take());
            *addition = Addition { place: addition.place, title, unit, ..Addition::of(Section::PriceMenu) };
            addition.topic = values::topic(said.prompt, said.before, said.after, &["for", "of", "at"]);
            take_prices(addition, priced);
        }
    }
    // `a progress bar that fills when the counter gets to 20`: a counter with a goal.
    if addition.section == Section::ProgressBar
        && said.after.iter().any(|word| word.is("counter"))
        && let Some(goal) = said.count()
    {
        *addition = Addition {
            text: Some(goal.to_string()),
            place: addition.place,
            ..Addition::of(Section::Counter)
        };
    }
    // Social links of the footer are the footer's.
    if addition.section == Section::SocialLinks && said.after.iter().any(|word| word.is("footer")) {
        let items = lists::networks(&said.around);
        *addition = Addition { variant: true, items, ..Addition::of(Section::Footer) };
    }
    // What a button is for can be more than a button.
    let switches = said.says(&["switch", "change", "toggle", "choose", "select"]);
    if addition.section == Section::ActionButton && said.says(&["language"]) && switches {
        *addition = Addition { place: addition.place, ..Addition::of(Section::LanguageSwitch) };
    }
    let slots = said.says(&["slot", "booking", "appointment", "book", "reservation"]);
    if addition.section == Section::Calendar && slots {
        addition.section = Section::Booking;
    }
    // Recipes that are searched are more than one.
    if addition.section == Section::RecipeCard
        && said.says(&["search", "filter", "searchable", "category", "tag"])
    {
        *addition = Addition { place: addition.place, ..Addition::of(Section::RecipeFinder) };
        addition.items = lists::after(said.prompt, said.after, &["by", "tag", "filter", "category"]);
    }
    // A clock for a city shows the time there.
    if addition.section == Section::Clock
        && let Some(city) = values::topic(said.prompt, &[], said.after, &["in", "for"])
        && CITIES.contains(&city.to_lowercase().as_str())
    {
        addition.section = Section::WorldClock;
        addition.items = vec![city];
    }
    // A form with more than a contact form has is one of its own.
    if addition.section == Section::ContactForm {
        let fields = lists::fields(said.prompt, said.after);
        if fields.iter().any(|field| !["name", "email", "message"].contains(&field.to_lowercase().as_str())) {
            addition.section = Section::Form;
            addition.items = fields;
            addition.topic = said.name_as_written();
        }
    }
}
