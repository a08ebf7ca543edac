//! Texts for sections whose prompt brought none: enough to look real, plainly samples.

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

/// A quiz question: text, options, which one is right.
type Question = (&'static str, [&'static str; 4], usize);

/// Quiz questions by topic: the words that name it, its title, its questions.
pub(super) const QUIZZES: [(&[&str], &str, [Question; 6]); 9] = [
    (
        &["general", "trivia", "knowledge"],
        "General knowledge",
        [
            ("How many sides does a hexagon have?", ["5", "6", "7", "8"], 1),
            ("Which colour do blue and yellow paint make?", ["Green", "Purple", "Orange", "Brown"], 0),
            ("How many minutes are in a day?", ["960", "1,240", "1,440", "2,400"], 2),
            ("Which instrument has 88 keys?", ["Organ", "Accordion", "Harp", "Piano"], 3),
            ("What is the largest ocean?", ["Atlantic", "Pacific", "Indian", "Arctic"], 1),
            ("Which gas do plants take in?", ["Oxygen", "Helium", "Carbon dioxide", "Nitrogen"], 2),
        ],
    ),
    (
        &["space", "planet", "astronomy", "solar", "universe", "star", "nasa", "galaxy"],
        "Space",
        [
            ("Which planet is closest to the Sun?", ["Venus", "Mercury", "Mars", "Earth"], 1),
            ("How many planets orbit the Sun?", ["7", "8", "9", "10"], 1),
            ("What is the largest planet?", ["Saturn", "Neptune", "Jupiter", "Uranus"], 2),
            (
                "Who first walked on the Moon?",
                ["Neil Armstrong", "Yuri Gagarin", "Buzz Aldrin", "Sally Ride"],
                0,
            ),
            ("Which galaxy do we live in?", ["Andromeda", "The Milky Way", "Whirlpool", "Sombrero"], 1),
            ("What is the Sun mostly made of?", ["Oxygen", "Iron", "Carbon", "Hydrogen"], 3),
        ],
    ),
    (
        &["geography", "capital", "country", "world", "map", "continent", "travel", "flag", "city", "europe"],
        "Geography",
        [
            ("What is the capital of Australia?", ["Sydney", "Melbourne", "Canberra", "Perth"], 2),
            ("Which river flows through Cairo?", ["Nile", "Danube", "Amazon", "Ganges"], 0),
            ("Which is the smallest continent?", ["Europe", "Antarctica", "South America", "Australia"], 3),
            ("What is the capital of Canada?", ["Toronto", "Ottawa", "Vancouver", "Montreal"], 1),
            ("On which continent is Kenya?", ["Asia", "South America", "Africa", "Europe"], 2),
            ("Which country has the city of Kyoto?", ["China", "Japan", "South Korea", "Vietnam"], 1),
        ],
    ),
    (
        &["animal", "zoo", "wildlife", "dog", "cat", "pet", "nature", "bird", "fish"],
        "Animals",
        [
            ("Which is the fastest land animal?", ["Lion", "Horse", "Cheetah", "Gazelle"], 2),
            ("How many legs does a spider have?", ["6", "8", "10", "12"], 1),
            ("What is a group of wolves called?", ["Herd", "Pack", "Flock", "School"], 1),
            ("Which bird cannot fly?", ["Ostrich", "Swan", "Eagle", "Owl"], 0),
            ("What do pandas mostly eat?", ["Fish", "Berries", "Grass", "Bamboo"], 3),
            ("Which is the largest animal?", ["Elephant", "Blue whale", "Giraffe", "Great white shark"], 1),
        ],
    ),
    (
        &["science", "physics", "chemistry", "biology", "math", "maths", "mathematics"],
        "Science",
        [
            ("What is the chemical symbol of gold?", ["Go", "Gd", "Au", "Ag"], 2),
            ("At how many °C does water boil at sea level?", ["90", "100", "110", "120"], 1),
            ("What is 12 times 12?", ["124", "132", "144", "156"], 2),
            ("Which part of a cell holds its DNA?", ["Nucleus", "Wall", "Membrane", "Ribosome"], 0),
            ("What force keeps us on the ground?", ["Magnetism", "Friction", "Tension", "Gravity"], 3),
            ("What is the square root of 81?", ["7", "9", "11", "27"], 1),
        ],
    ),
    (
        &[
            "javascript",
            "react",
            "programming",
            "code",
            "coding",
            "web",
            "css",
            "html",
            "computer",
            "developer",
            "software",
            "tech",
            "technology",
        ],
        "Web development",
        [
            ("Which hook keeps state in a React component?", ["useRef", "useState", "useId", "useMemo"], 1),
            (
                "What does CSS stand for?",
                [
                    "Cascading Style Sheets",
                    "Creative Style System",
                    "Computed Style Set",
                    "Custom Sheet Syntax",
                ],
                0,
            ),
            ("Which HTML element is the largest heading?", ["<head>", "<h6>", "<h1>", "<title>"], 2),
            ("What does `typeof null` give in JavaScript?", ["null", "undefined", "number", "object"], 3),
            ("Which method adds to the end of an array?", ["shift", "push", "pop", "slice"], 1),
            ("Which HTTP status means not found?", ["200", "301", "404", "500"], 2),
        ],
    ),
    (
        &["history", "war", "ancient", "rome", "egypt", "king"],
        "History",
        [
            ("In which year did the Berlin Wall fall?", ["1979", "1985", "1989", "1993"], 2),
            ("Who built the pyramids of Giza?", ["Romans", "Ancient Egyptians", "Greeks", "Persians"], 1),
            ("Which ship sank in 1912?", ["Titanic", "Mayflower", "Endeavour", "Bounty"], 0),
            ("Where did the Olympic Games begin?", ["Rome", "Egypt", "Persia", "Greece"], 3),
            ("Who painted the Mona Lisa?", ["Michelangelo", "Leonardo da Vinci", "Raphael", "Titian"], 1),
            (
                "In which century was the printing press invented in Europe?",
                ["13th", "14th", "15th", "17th"],
                2,
            ),
        ],
    ),
    (
        &["food", "cooking", "kitchen", "cuisine", "coffee", "bakery", "baking", "wine"],
        "Food",
        [
            ("What is hummus mainly made from?", ["Lentils", "Chickpeas", "Beans", "Peas"], 1),
            ("Which country does paella come from?", ["Italy", "Mexico", "Spain", "France"], 2),
            ("What makes bread rise?", ["Yeast", "Salt", "Sugar", "Oil"], 0),
            ("Which nut is in marzipan?", ["Hazelnut", "Walnut", "Cashew", "Almond"], 3),
            ("What is tofu made from?", ["Rice", "Soybeans", "Wheat", "Corn"], 1),
            (
                "Which spice is the most expensive by weight?",
                ["Vanilla", "Cardamom", "Saffron", "Cinnamon"],
                2,
            ),
        ],
    ),
    (
        &["sport", "football", "soccer", "basketball", "tennis", "olympic"],
        "Sports",
        [
            ("How many players has a football team on the pitch?", ["9", "10", "11", "12"], 2),
            ("How long is a marathon?", ["21.1 km", "42.2 km", "50 km", "100 km"], 1),
            ("In which sport is there a shuttlecock?", ["Badminton", "Squash", "Tennis", "Cricket"], 0),
            ("How many rings are on the Olympic flag?", ["3", "4", "6", "5"], 3),
            ("How many points is a basketball free throw worth?", ["1", "2", "3", "4"], 0),
            ("On which surface is Wimbledon played?", ["Clay", "Grass", "Sand", "Carpet"], 1),
        ],
    ),
];
