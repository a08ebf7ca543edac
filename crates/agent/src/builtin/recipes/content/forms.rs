//! Forms by purpose.

/// A field of a form: its label, its kind of input, its options.
pub(in crate::builtin::recipes) type Field = (&'static str, &'static str, &'static [&'static str]);

/// A form: the words that name it, its title, its button, its fields.
type Form = (&'static [&'static str], &'static str, &'static str, &'static [Field]);

const GUESTS: &[&str] = &["1", "2", "3", "4", "5", "6", "More than 6"];

/// The forms; the first is taken where no purpose was named.
pub(in crate::builtin::recipes) const FORMS: [Form; 9] = [
    (
        &["general"],
        "Write to us",
        "Send",
        &[("Name", "text", &[]), ("Email", "email", &[]), ("Message", "textarea", &[])],
    ),
    (
        &["rsvp", "invitation", "wedding", "attend", "attendance"],
        "RSVP",
        "Send your answer",
        &[
            ("Name", "text", &[]),
            ("Email", "email", &[]),
            ("Will you come?", "select", &["Yes, with pleasure", "No, sadly not"]),
            ("How many of you?", "select", GUESTS),
            ("Anything you do not eat?", "textarea", &[]),
        ],
    ),
    (
        &["booking", "reservation", "reserve", "book", "table", "appointment", "hotel"],
        "Book with us",
        "Request the booking",
        &[
            ("Name", "text", &[]),
            ("Email", "email", &[]),
            ("Date", "date", &[]),
            ("Time", "time", &[]),
            ("How many people?", "select", GUESTS),
            ("Wishes", "textarea", &[]),
        ],
    ),
    (
        &["order"],
        "Order",
        "Place the order",
        &[
            ("Name", "text", &[]),
            ("Email", "email", &[]),
            ("What would you like?", "textarea", &[]),
            ("Delivery address", "textarea", &[]),
        ],
    ),
    (
        &["application", "job", "apply", "career"],
        "Apply",
        "Send the application",
        &[
            ("Name", "text", &[]),
            ("Email", "email", &[]),
            ("Position", "text", &[]),
            ("When could you begin?", "date", &[]),
            ("Why you?", "textarea", &[]),
        ],
    ),
    (
        &["survey", "questionnaire", "satisfaction"],
        "Tell us what you think",
        "Send the answers",
        &[
            ("How satisfied are you?", "select", &["Very", "Rather", "So-so", "Not really"]),
            ("How did you find us?", "select", &["Search", "Friends", "Social media", "Other"]),
            ("What should be better?", "textarea", &[]),
        ],
    ),
    (
        &["checkout", "payment", "billing", "shipping", "address"],
        "Checkout",
        "Finish the order",
        &[
            ("Name", "text", &[]),
            ("Email", "email", &[]),
            ("Street", "text", &[]),
            ("Postcode", "text", &[]),
            ("City", "text", &[]),
            ("Delivery", "select", &["Standard, 3 to 5 days", "Express, next day", "Pick up"]),
        ],
    ),
    (
        &["registration", "event", "register", "participant"],
        "Register",
        "Register",
        &[
            ("Name", "text", &[]),
            ("Email", "email", &[]),
            ("Ticket", "select", &["Regular", "Student", "Group"]),
            ("Remarks", "textarea", &[]),
        ],
    ),
    (
        &["quote", "estimate", "offer"],
        "Ask for an offer",
        "Ask for the offer",
        &[
            ("Name", "text", &[]),
            ("Email", "email", &[]),
            ("What is it about?", "textarea", &[]),
            ("By when?", "date", &[]),
        ],
    ),
];
