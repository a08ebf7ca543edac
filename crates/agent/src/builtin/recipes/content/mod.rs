//! Texts for sections whose prompt brought none: enough to look real, plainly samples.

mod capitals;
mod charts;
mod decks;
mod facts;
mod forms;
mod menus;
mod quizzes;
mod recipes;
mod signs;
mod tables;

pub(super) use capitals::CAPITALS;
pub(super) use charts::{COURSES, Figures, SHARES};
pub(super) use decks::DECKS;
pub(super) use facts::{FACTS, Facts};
pub(super) use forms::{FORMS, Field};
pub(super) use menus::MENUS;
pub(super) use quizzes::QUIZZES;
pub(super) use recipes::{DISHES, LISTS, WEEKS};
pub(super) use signs::SIGNS;
pub(super) use tables::{COLUMNS, TABLES};

/// A plan of a pricing table: name, price, what is in it.
pub(super) const PLANS: [(&str, &str, [&str; 4]); 5] = [
    ("Starter", "$0", ["1 project", "Community support", "Basic analytics", "Export at any time"]),
    ("Plus", "$12", ["5 projects", "Email support", "Full analytics", "Custom domain"]),
    ("Pro", "$29", ["Unlimited projects", "Priority support", "Full analytics", "Team roles"]),
    ("Team", "$59", ["Up to 20 people", "Shared library", "Single sign-on", "Audit log"]),
    ("Enterprise", "$149", ["Any number of people", "A contact of your own", "Invoices", "99.9 % uptime"]),
];

/// Quotes: text, name, role.
pub(super) const QUOTES: [(&str, &str, &str); 6] = [
    (
        "It took us one afternoon to set up, and nobody has asked for the old way since.",
        "Mara Lind",
        "Operations lead",
    ),
    ("Simple where it should be, and it gets out of the way for the rest.", "Jonas Okafor", "Designer"),
    ("I recommend it to everybody who asks me how we keep up.", "Priya Raman", "Founder"),
    ("The first tool in years that my whole team likes.", "Tomás Alvarez", "Team lead"),
    ("Support answered within the hour, with a real answer.", "Ines Keller", "Office manager"),
    ("We measured it: two days saved every month.", "Sam Whitfield", "Analyst"),
];

/// Questions and answers; `{it}` stands for what they are about.
pub(super) const QUESTIONS: [(&str, &str); 8] = [
    (
        "How do I get started with {it}?",
        "Have a look around, pick what you need, and write to us if anything is unclear.",
    ),
    (
        "What does {it} cost?",
        "The basics are free. For everything beyond, you see the price before you decide.",
    ),
    ("Can I cancel at any time?", "Yes. There is no minimum term, and nothing to pay after you leave."),
    ("How can I reach you?", "Use the contact form or write an email. We usually answer within a day."),
    ("Is my data safe?", "We keep as little as we can, and we never sell it."),
    ("Do you offer discounts?", "Yes, for schools and non-profits. Just ask."),
    ("Which payment methods do you take?", "Cards and bank transfer."),
    ("Where are you based?", "We work from several places and are happy to meet by video."),
];

/// Questions and answers that belong to a topic: the words that name it, and what people ask.
type Asked = (&'static [&'static str], [(&'static str, &'static str); 4]);

pub(super) const QUESTIONS_ABOUT: [Asked; 4] = [
    (
        &["shipping", "delivery", "return", "refund", "exchange"],
        [
            (
                "How long does shipping take?",
                "Usually two to four working days. You get a link to follow your parcel.",
            ),
            ("What does shipping cost?", "$4.90, and nothing from $50 on."),
            (
                "How can I return something?",
                "Within 30 days, unused, with the label that comes in the parcel.",
            ),
            ("When do I get my money back?", "Within five working days after your return has arrived."),
        ],
    ),
    (
        &["price", "pricing", "payment", "billing", "subscription", "plan"],
        [
            (
                "What does it cost?",
                "The basics are free. For everything beyond, you see the price before you decide.",
            ),
            ("Which payment methods do you take?", "Cards and bank transfer."),
            (
                "Can I change my plan later?",
                "At any time, up or down. The difference is settled with the next invoice.",
            ),
            ("Do you offer discounts?", "Yes, for schools and non-profits. Just ask."),
        ],
    ),
    (
        &["booking", "reservation", "appointment", "check"],
        [
            ("How do I book?", "With the form on this page, or by phone. You hear from us within a day."),
            ("Can I change my booking?", "Yes, until 24 hours before."),
            ("What if I have to cancel?", "Until 48 hours before it costs nothing."),
            ("Do I have to pay in advance?", "No. You pay when you are here."),
        ],
    ),
    (
        &["privacy", "data", "account", "security", "password"],
        [
            ("What do you store about me?", "Your name and your email address, and nothing beyond that."),
            ("Can I delete my account?", "Yes, at any time, and everything goes with it."),
            ("I forgot my password. What now?", "Ask for a new one on the sign-in page."),
            ("Do you sell my data?", "Never."),
        ],
    ),
];

/// Features: title, text.
pub(super) const FEATURES: [(&str, &str); 6] = [
    ("Quick to start", "Everything you need is on one page, with nothing to install."),
    ("Made with care", "Every detail has been thought through, down to the smallest one."),
    ("There for you", "Questions get an answer from a person, usually on the same day."),
    ("Fits your day", "Use it on a phone, a tablet or a large screen."),
    ("Yours to shape", "Change what you like and leave the rest as it is."),
    ("Honest prices", "You see what it costs before you decide."),
];

/// Figures: label, value.
pub(super) const STATS: [(&str, &str); 6] = [
    ("Happy customers", "1,240"),
    ("Projects finished", "380"),
    ("Countries", "27"),
    ("Years of experience", "12"),
    ("Cups of coffee", "9,800"),
    ("Average rating", "4.8"),
];

/// Figures that belong to a topic: the words that name it, and what it is measured by. All of them are samples.
pub(super) const STATS_ABOUT: [Measured; 5] = [
    (
        &["bitcoin", "crypto", "cryptocurrency", "ethereum", "stock", "trading", "finance"],
        [("Price", "$64,210"), ("Last 24 hours", "+2.4 %"), ("Market cap", "$1.27 T"), ("Volume", "$28.6 B")],
    ),
    (
        &["sales", "revenue", "business", "shop", "ecommerce", "admin"],
        [("Revenue", "$48,200"), ("Orders", "1,284"), ("Average order", "$37.50"), ("Returns", "2.1 %")],
    ),
    (
        &["website", "analytics", "traffic", "marketing", "web", "social"],
        [("Visitors", "18,420"), ("Page views", "52,300"), ("Time on page", "2:41"), ("Bounce rate", "38 %")],
    ),
    (
        &["fitness", "health", "workout", "running", "gym"],
        [("Steps", "8,640"), ("Distance", "6.2 km"), ("Active minutes", "54"), ("Resting pulse", "61")],
    ),
    (
        &["school", "student", "class", "course"],
        [("Students", "312"), ("Classes", "14"), ("Attendance", "96 %"), ("Average grade", "B+")],
    ),
];

/// What a topic is measured by.
type Measured = (&'static [&'static str], [(&'static str, &'static str); 4]);

/// People: name, role.
pub(super) const PEOPLE: [(&str, &str); 6] = [
    ("Amira Haddad", "Founder"),
    ("Leo Martens", "Engineering"),
    ("Yuki Tanaka", "Design"),
    ("Noah Becker", "Support"),
    ("Grace Mensah", "Marketing"),
    ("Elena Rossi", "Finance"),
];

/// Rows of a table: item, category, amount, status.
pub(super) const ROWS: [[&str; 4]; 8] = [
    ["Desk lamp", "Office", "24", "In stock"],
    ["Notebook", "Paper", "110", "In stock"],
    ["Fountain pen", "Paper", "18", "Low"],
    ["Monitor stand", "Office", "7", "Low"],
    ["Desk mat", "Office", "0", "Sold out"],
    ["Sketch book", "Paper", "42", "In stock"],
    ["Cable box", "Office", "31", "In stock"],
    ["Ink, blue", "Paper", "65", "In stock"],
];

/// Goods of a shop: name, price in dollars, sign.
pub(super) const PRODUCTS: [(&str, i64, &str); 8] = [
    ("Canvas bag", 18, "👜"),
    ("Ceramic cup", 14, "☕"),
    ("Notebook", 9, "📓"),
    ("Desk plant", 22, "🪴"),
    ("Wool hat", 26, "🧢"),
    ("Candle", 12, "🕯"),
    ("Poster", 16, "🖼"),
    ("Headphones", 59, "🎧"),
];

/// Titles of pictures.
pub(super) const PICTURES: [&str; 12] = [
    "Morning ridge",
    "Quiet valley",
    "Long evening",
    "First light",
    "Far hills",
    "Low sun",
    "After the rain",
    "Open country",
    "High pass",
    "Winter coast",
    "Warm wind",
    "Last day of summer",
];
