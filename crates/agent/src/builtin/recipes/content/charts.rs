//! Figures for charts by topic: known ones rounded, the others plainly samples.

/// What a chart shows: the words that name it, its title, its points.
pub(in crate::builtin::recipes) type Figures =
    (&'static [&'static str], &'static str, &'static [(&'static str, i64)]);

/// Parts of a whole, and comparisons.
pub(in crate::builtin::recipes) const SHARES: [Figures; 24] = [
    (
        &["browser", "browsers", "chrome", "firefox"],
        "Browser market share",
        &[("Chrome", 66), ("Safari", 18), ("Edge", 5), ("Firefox", 3), ("Other", 8)],
    ),
    (
        &["operating", "os", "windows", "linux"],
        "Operating systems on desktops",
        &[("Windows", 72), ("macOS", 15), ("Linux", 4), ("ChromeOS", 2), ("Other", 7)],
    ),
    (
        &["smartphone", "phone", "mobile", "iphone", "android"],
        "Smartphones by maker",
        &[("Apple", 27), ("Samsung", 23), ("Xiaomi", 12), ("Oppo", 6), ("Other", 32)],
    ),
    (
        &["search"],
        "Search engines",
        &[("Google", 90), ("Bing", 4), ("Yandex", 2), ("Yahoo", 1), ("Other", 3)],
    ),
    (
        &["budget", "expense", "spending", "household", "cost", "money"],
        "Monthly budget",
        &[("Rent", 36), ("Food", 20), ("Transport", 13), ("Leisure", 12), ("Savings", 11), ("Other", 8)],
    ),
    (
        &["day", "time", "24", "hours", "routine"],
        "Where a day goes, in hours",
        &[
            ("Sleep", 8),
            ("Work", 8),
            ("Meals", 2),
            ("On the way", 1),
            ("Family and friends", 3),
            ("Other", 2),
        ],
    ),
    (
        &["energy", "electricity", "power"],
        "Where electricity comes from",
        &[("Coal", 35), ("Gas", 22), ("Water", 14), ("Wind and sun", 15), ("Nuclear", 9), ("Other", 5)],
    ),
    (
        &["continent", "world"],
        "World population by continent",
        &[
            ("Asia", 59),
            ("Africa", 18),
            ("Europe", 9),
            ("North America", 8),
            ("South America", 5),
            ("Oceania", 1),
        ],
    ),
    (
        &["country", "countries", "population", "populous"],
        "Most populous countries, in millions",
        &[("India", 1440), ("China", 1410), ("USA", 340), ("Indonesia", 280), ("Pakistan", 245)],
    ),
    (
        &["programming", "language", "code", "coding"],
        "Programming languages",
        &[("Python", 28), ("JavaScript", 22), ("Java", 15), ("C and C++", 13), ("C#", 8), ("Other", 14)],
    ),
    (
        &["pet", "pets"],
        "Favourite pets",
        &[("Dogs", 38), ("Cats", 34), ("Fish", 11), ("Birds", 7), ("Other", 10)],
    ),
    (
        &["animal", "animals", "zoo"],
        "Favourite animals",
        &[("Dogs", 30), ("Cats", 26), ("Horses", 15), ("Elephants", 12), ("Dolphins", 10), ("Other", 7)],
    ),
    (
        &["fruit", "fruits"],
        "Favourite fruit",
        &[("Apples", 28), ("Bananas", 24), ("Strawberries", 20), ("Grapes", 15), ("Oranges", 13)],
    ),
    (
        &["ice", "flavor", "flavour"],
        "Favourite ice cream",
        &[("Vanilla", 28), ("Chocolate", 26), ("Strawberry", 17), ("Lemon", 12), ("Mint", 9), ("Other", 8)],
    ),
    (
        &["social", "facebook", "instagram"],
        "Favourite social networks",
        &[("Facebook", 30), ("YouTube", 25), ("Instagram", 20), ("TikTok", 16), ("Other", 9)],
    ),
    (
        &["age", "demographic", "demographics"],
        "Age groups",
        &[("0 to 14", 15), ("15 to 29", 18), ("30 to 44", 20), ("45 to 59", 21), ("60 and over", 26)],
    ),
    (
        &["transport", "commute", "traffic", "vehicle"],
        "How people get to work",
        &[("Car", 52), ("Public transport", 21), ("Bicycle", 13), ("On foot", 9), ("Other", 5)],
    ),
    (&["grade", "grades", "exam", "student"], "Grades", &[("A", 6), ("B", 11), ("C", 8), ("D", 3), ("F", 1)]),
    (
        &["macro", "macros", "nutrition", "diet", "calories"],
        "What a meal is made of",
        &[("Carbohydrates", 48), ("Fat", 30), ("Protein", 18), ("Fibre", 4)],
    ),
    (
        &["portfolio", "investment", "asset", "stocks"],
        "Investments",
        &[("Shares", 55), ("Bonds", 22), ("Property", 13), ("Cash", 7), ("Other", 3)],
    ),
    (
        &["music", "genre"],
        "Favourite music",
        &[("Pop", 30), ("Rock", 22), ("Hip-hop", 18), ("Electronic", 12), ("Classical", 8), ("Other", 10)],
    ),
    (
        &["movie", "film"],
        "Films by genre",
        &[("Drama", 28), ("Comedy", 24), ("Action", 20), ("Thriller", 12), ("Documentary", 9), ("Other", 7)],
    ),
    (
        &["sport", "sports"],
        "Favourite sports",
        &[
            ("Football", 38),
            ("Basketball", 18),
            ("Tennis", 14),
            ("Swimming", 12),
            ("Running", 11),
            ("Other", 7),
        ],
    ),
    (
        &["planet", "planets"],
        "Diameter of the planets, in thousands of km",
        &[
            ("Mercury", 5),
            ("Venus", 12),
            ("Earth", 13),
            ("Mars", 7),
            ("Jupiter", 140),
            ("Saturn", 116),
            ("Uranus", 51),
            ("Neptune", 49),
        ],
    ),
];

/// What runs over time.
pub(in crate::builtin::recipes) const COURSES: [Figures; 9] = [
    (
        &["temperature", "temperatures", "weather", "climate"],
        "Temperatures through the year, in °C",
        &[
            ("Jan", 2),
            ("Feb", 4),
            ("Mar", 8),
            ("Apr", 12),
            ("May", 17),
            ("Jun", 20),
            ("Jul", 23),
            ("Aug", 22),
            ("Sep", 18),
            ("Oct", 12),
            ("Nov", 7),
            ("Dec", 3),
        ],
    ),
    (
        &["rain", "rainfall", "precipitation"],
        "Rain through the year, in mm",
        &[
            ("Jan", 48),
            ("Feb", 40),
            ("Mar", 42),
            ("Apr", 38),
            ("May", 55),
            ("Jun", 66),
            ("Jul", 62),
            ("Aug", 58),
            ("Sep", 47),
            ("Oct", 45),
            ("Nov", 50),
            ("Dec", 52),
        ],
    ),
    (&["quarter", "quarterly", "quarters"], "By quarter", &[("Q1", 42), ("Q2", 55), ("Q3", 49), ("Q4", 73)]),
    (
        &["weight"],
        "Weight, in kg",
        &[("Week 1", 82), ("Week 2", 81), ("Week 3", 81), ("Week 4", 80), ("Week 5", 79), ("Week 6", 78)],
    ),
    (
        &["step", "steps", "walking"],
        "Steps this week",
        &[
            ("Mon", 6200),
            ("Tue", 8100),
            ("Wed", 5400),
            ("Thu", 9300),
            ("Fri", 7600),
            ("Sat", 11800),
            ("Sun", 4900),
        ],
    ),
    (
        &["sleep"],
        "Sleep this week, in hours",
        &[("Mon", 7), ("Tue", 6), ("Wed", 8), ("Thu", 7), ("Fri", 6), ("Sat", 9), ("Sun", 8)],
    ),
    (
        &["week", "weekly", "weekday", "daily"],
        "This week",
        &[("Mon", 24), ("Tue", 31), ("Wed", 28), ("Thu", 37), ("Fri", 45), ("Sat", 52), ("Sun", 33)],
    ),
    (
        &["stock", "stocks", "bitcoin", "crypto", "share", "price", "prices"],
        "Price, made up",
        &[("Mon", 102), ("Tue", 98), ("Wed", 105), ("Thu", 111), ("Fri", 108), ("Sat", 115), ("Sun", 121)],
    ),
    (
        &["year", "yearly", "years", "annual"],
        "Year by year",
        &[("2019", 31), ("2020", 28), ("2021", 40), ("2022", 52), ("2023", 61), ("2024", 74)],
    ),
];
