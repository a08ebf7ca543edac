//! Tables by topic, and values for columns by their name.

/// A table: the words that name it, its title, its columns, its rows.
pub(in crate::builtin::recipes) type Table =
    (&'static [&'static str], &'static str, &'static [&'static str], &'static [&'static [&'static str]]);

pub(in crate::builtin::recipes) const TABLES: [Table; 21] = [
    (
        &["planet", "planets", "solar"],
        "The planets",
        &["Planet", "Kind", "Diameter in km", "Days in a year"],
        &[
            &["Mercury", "Rock", "4,879", "88"],
            &["Venus", "Rock", "12,104", "225"],
            &["Earth", "Rock", "12,756", "365"],
            &["Mars", "Rock", "6,792", "687"],
            &["Jupiter", "Gas", "142,984", "4,331"],
            &["Saturn", "Gas", "120,536", "10,747"],
            &["Uranus", "Ice", "51,118", "30,589"],
            &["Neptune", "Ice", "49,528", "59,800"],
        ],
    ),
    (
        &["capital", "capitals", "country", "countries"],
        "Countries",
        &["Country", "Capital", "Continent", "People in millions"],
        &[
            &["Brazil", "Brasília", "South America", "212"],
            &["Canada", "Ottawa", "North America", "40"],
            &["France", "Paris", "Europe", "68"],
            &["Germany", "Berlin", "Europe", "84"],
            &["India", "New Delhi", "Asia", "1,440"],
            &["Japan", "Tokyo", "Asia", "124"],
            &["Kenya", "Nairobi", "Africa", "56"],
            &["Australia", "Canberra", "Oceania", "27"],
        ],
    ),
    (
        &["mountain", "mountains", "peak", "peaks"],
        "The highest mountains",
        &["Mountain", "Height in m", "Where"],
        &[
            &["Mount Everest", "8,849", "Nepal, China"],
            &["K2", "8,611", "Pakistan, China"],
            &["Kangchenjunga", "8,586", "Nepal, India"],
            &["Lhotse", "8,516", "Nepal, China"],
            &["Makalu", "8,485", "Nepal, China"],
        ],
    ),
    (
        &["river", "rivers"],
        "Long rivers",
        &["River", "Length in km", "Continent"],
        &[
            &["Nile", "6,650", "Africa"],
            &["Amazon", "6,400", "South America"],
            &["Yangtze", "6,300", "Asia"],
            &["Mississippi and Missouri", "6,275", "North America"],
            &["Danube", "2,850", "Europe"],
        ],
    ),
    (
        &["element", "elements", "periodic", "chemical"],
        "Chemical elements",
        &["Element", "Symbol", "Number", "Kind"],
        &[
            &["Hydrogen", "H", "1", "Gas"],
            &["Helium", "He", "2", "Noble gas"],
            &["Carbon", "C", "6", "Solid"],
            &["Oxygen", "O", "8", "Gas"],
            &["Iron", "Fe", "26", "Metal"],
            &["Gold", "Au", "79", "Metal"],
        ],
    ),
    (
        &["programming", "language", "languages"],
        "Programming languages",
        &["Language", "First released", "Often used for"],
        &[
            &["C", "1972", "Operating systems"],
            &["Python", "1991", "Data and teaching"],
            &["Java", "1995", "Large services"],
            &["JavaScript", "1995", "Web pages"],
            &["Rust", "2015", "Safe and fast tools"],
        ],
    ),
    (
        &["class", "classes", "gym", "fitness", "yoga", "course", "courses"],
        "Class schedule",
        &["Day", "Time", "Class", "With"],
        &[
            &["1 Monday", "07:00", "Morning yoga", "Amira"],
            &["1 Monday", "18:30", "Strength", "Leo"],
            &["2 Tuesday", "19:00", "Pilates", "Yuki"],
            &["3 Wednesday", "07:00", "Cycling", "Noah"],
            &["4 Thursday", "18:30", "Boxing", "Grace"],
            &["6 Saturday", "10:00", "Open training", "The team"],
        ],
    ),
    (
        &["conference", "talk", "talks", "speaker", "event", "agenda", "programme"],
        "Schedule",
        &["Time", "Talk", "Speaker", "Room"],
        &[
            &["09:00", "Welcome", "The organisers", "Hall"],
            &["09:30", "What we learnt from failing", "Amira Haddad", "Hall"],
            &["11:00", "Small teams, large systems", "Leo Martens", "Room 1"],
            &["13:30", "Design for everybody", "Yuki Tanaka", "Room 2"],
            &["15:30", "The next ten years", "Grace Mensah", "Hall"],
        ],
    ),
    (
        &["school", "timetable", "lesson", "lessons", "school's"],
        "Timetable",
        &["Time", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday"],
        &[
            &["08:00", "Maths", "English", "History", "Maths", "Art"],
            &["09:00", "English", "Biology", "Maths", "Sport", "Music"],
            &["10:15", "Sport", "Maths", "English", "Physics", "Maths"],
            &["11:15", "Geography", "Music", "Physics", "English", "History"],
        ],
    ),
    (
        &["opening", "hours"],
        "Opening hours",
        &["Day", "Opens", "Closes"],
        &[
            &["1 Monday", "closed", "closed"],
            &["2 Tuesday to Friday", "09:00", "18:00"],
            &["3 Saturday", "10:00", "16:00"],
            &["4 Sunday", "closed", "closed"],
        ],
    ),
    (
        &["student", "students", "grade", "grades"],
        "Students",
        &["Name", "Subject", "Grade"],
        &[
            &["Amira Haddad", "Maths", "A"],
            &["Leo Martens", "History", "B"],
            &["Yuki Tanaka", "Biology", "A"],
            &["Noah Becker", "Maths", "C"],
            &["Grace Mensah", "English", "B"],
        ],
    ),
    (
        &["employee", "employees", "staff", "contact", "contacts"],
        "Staff",
        &["Name", "Role", "Department", "Since"],
        &[
            &["Amira Haddad", "Lead", "Engineering", "2018"],
            &["Leo Martens", "Engineer", "Engineering", "2021"],
            &["Yuki Tanaka", "Designer", "Product", "2020"],
            &["Noah Becker", "Support", "Service", "2022"],
            &["Elena Rossi", "Accountant", "Finance", "2017"],
        ],
    ),
    (
        &["order", "orders", "customer", "customers", "invoice", "invoices", "sale", "sales"],
        "Orders",
        &["Order", "Customer", "Total", "Status"],
        &[
            &["#1041", "Amira Haddad", "$84", "Delivered"],
            &["#1042", "Leo Martens", "$129", "On its way"],
            &["#1043", "Yuki Tanaka", "$42", "Paid"],
            &["#1044", "Noah Becker", "$310", "Open"],
        ],
    ),
    (
        &["movie", "movies", "film", "films"],
        "Films",
        &["Film", "Year", "Directed by"],
        &[
            &["Spirited Away", "2001", "Hayao Miyazaki"],
            &["The Godfather", "1972", "Francis Ford Coppola"],
            &["Alien", "1979", "Ridley Scott"],
            &["Parasite", "2019", "Bong Joon-ho"],
            &["Amélie", "2001", "Jean-Pierre Jeunet"],
        ],
    ),
    (
        &["book", "books", "novel", "novels", "reading"],
        "Books",
        &["Book", "Author", "Year"],
        &[
            &["Pride and Prejudice", "Jane Austen", "1813"],
            &["Frankenstein", "Mary Shelley", "1818"],
            &["Moby-Dick", "Herman Melville", "1851"],
            &["The Trial", "Franz Kafka", "1925"],
            &["Beloved", "Toni Morrison", "1987"],
        ],
    ),
    (
        &["league", "football", "soccer", "team", "teams", "standing", "standings"],
        "Standings",
        &["Team", "Played", "Won", "Points"],
        &[
            &["Harbour United", "12", "9", "28"],
            &["Northside", "12", "8", "26"],
            &["Old Town", "12", "6", "20"],
            &["River Rovers", "12", "4", "14"],
        ],
    ),
    (
        &["leaderboard", "ranking", "score", "scores", "player", "players", "highscore", "high"],
        "Leaderboard",
        &["Rank", "Player", "Points"],
        &[
            &["1", "Amira", "9,840"],
            &["2", "Leo", "9,125"],
            &["3", "Yuki", "8,770"],
            &["4", "Noah", "7,980"],
            &["5", "Grace", "7,410"],
        ],
    ),
    (
        &["calorie", "calories", "nutrition", "food", "foods"],
        "Food",
        &["Food", "Calories in 100 g", "Protein in g"],
        &[
            &["Apple", "52", "0"],
            &["Bread", "250", "9"],
            &["Egg", "155", "13"],
            &["Lentils, cooked", "116", "9"],
            &["Rice, cooked", "130", "3"],
        ],
    ),
    (
        &["comparison", "compare", "versus", "vs", "feature", "features"],
        "How the plans compare",
        &["Feature", "Free", "Pro", "Team"],
        &[
            &["Projects", "1", "Unlimited", "Unlimited"],
            &["Support", "Community", "Email", "Priority"],
            &["Export", "Yes", "Yes", "Yes"],
            &["Roles", "No", "No", "Yes"],
        ],
    ),
    (
        &["tour", "concert", "concerts", "gig", "gigs"],
        "Tour dates",
        &["Date", "City", "Venue", "Tickets"],
        &[
            &["3 May", "Hamburg", "Harbour Club", "From $25"],
            &["5 May", "Amsterdam", "The Barn", "Sold out"],
            &["8 May", "Paris", "Petit Bain", "From $28"],
            &["12 May", "Lyon", "Old Mill", "From $22"],
        ],
    ),
    (
        &["task", "tasks", "project", "projects"],
        "Tasks",
        &["Task", "Owner", "Due", "Status"],
        &[
            &["Write the brief", "Amira", "3 June", "Done"],
            &["First draft", "Leo", "10 June", "In progress"],
            &["Review", "Yuki", "17 June", "Open"],
            &["Launch", "Everybody", "30 June", "Open"],
        ],
    ),
];

/// Values for a column: the words that name it, and what stands in its rows.
pub(in crate::builtin::recipes) const COLUMNS: [(&[&str], [&str; 8]); 19] = [
    (
        &["email", "mail"],
        [
            "anna@example.org",
            "ben@example.org",
            "clara@example.org",
            "david@example.org",
            "emma@example.org",
            "felix@example.org",
            "grace@example.org",
            "hugo@example.org",
        ],
    ),
    (&["age"], ["24", "31", "45", "28", "52", "37", "19", "61"]),
    (
        &["city", "town", "location", "place"],
        ["Berlin", "Paris", "Madrid", "Rome", "Lisbon", "Vienna", "London", "Oslo"],
    ),
    (
        &["country", "nationality"],
        ["Germany", "France", "Spain", "Italy", "Portugal", "Austria", "UK", "Norway"],
    ),
    (
        &["phone", "telephone", "mobile"],
        ["555-0101", "555-0102", "555-0103", "555-0104", "555-0105", "555-0106", "555-0107", "555-0108"],
    ),
    (
        &["price", "cost", "amount", "total", "salary", "revenue"],
        ["$12", "$29", "$8", "$54", "$110", "$21", "$17", "$66"],
    ),
    (
        &["date", "birthday", "due", "deadline"],
        ["3 May", "12 May", "20 May", "1 June", "9 June", "17 June", "25 June", "2 July"],
    ),
    (&["year"], ["2019", "2021", "2018", "2023", "2020", "2024", "2017", "2022"]),
    (
        &["day", "weekday"],
        ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday", "Monday"],
    ),
    (&["time", "hour"], ["08:00", "09:30", "11:00", "12:30", "14:00", "15:30", "17:00", "18:30"]),
    (&["status", "state"], ["Done", "Open", "In progress", "Open", "Done", "On hold", "Open", "Done"]),
    (&["quantity", "stock", "count", "number", "units"], ["24", "110", "18", "7", "42", "31", "65", "3"]),
    (
        &["role", "job", "position", "profession", "occupation"],
        ["Designer", "Engineer", "Teacher", "Doctor", "Student", "Cook", "Writer", "Nurse"],
    ),
    (&["score", "points", "rating", "grade"], ["98", "91", "87", "84", "79", "75", "70", "66"]),
    (
        &["product", "item", "article"],
        ["Desk lamp", "Notebook", "Fountain pen", "Desk mat", "Cable box", "Sketch book", "Ink", "Poster"],
    ),
    (
        &["category", "type", "kind", "group"],
        ["Office", "Paper", "Office", "Art", "Office", "Paper", "Art", "Office"],
    ),
    (
        &["department"],
        ["Engineering", "Design", "Sales", "Support", "Finance", "Marketing", "Engineering", "Sales"],
    ),
    (
        &["company"],
        ["Northbeam", "Fern & Field", "Table Nine", "Clearwater", "Good Paws", "Blue Door", "Lumen", "Acme"],
    ),
    (
        &["name", "person", "customer", "user", "student", "player", "employee", "owner"],
        ["Anna", "Ben", "Clara", "David", "Emma", "Felix", "Grace", "Hugo"],
    ),
];
