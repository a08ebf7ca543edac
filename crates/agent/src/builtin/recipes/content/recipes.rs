//! Dishes to cook, things to list, weeks to plan.

/// A dish: the words that name it, its title, its ingredients, its steps.
type Dish = (&'static [&'static str], &'static str, &'static [&'static str], &'static [&'static str]);

/// Dishes; the first is taken where none was named.
pub(in crate::builtin::recipes) const DISHES: [Dish; 8] = [
    (
        &["pancake", "pancakes", "breakfast"],
        "Pancakes",
        &[
            "200 g flour",
            "300 ml milk",
            "2 eggs",
            "1 tablespoon sugar",
            "1 pinch of salt",
            "Butter for the pan",
        ],
        &[
            "Whisk everything but the butter to a smooth batter.",
            "Let it rest for ten minutes.",
            "Bake in butter, two minutes on each side.",
        ],
    ),
    (
        &["pizza"],
        "Pizza",
        &[
            "500 g flour",
            "325 ml water",
            "7 g dry yeast",
            "10 g salt",
            "400 g tomatoes",
            "250 g mozzarella",
            "Basil",
        ],
        &[
            "Knead flour, water, yeast and salt for ten minutes.",
            "Let the dough rise for two hours.",
            "Roll it out, spread tomatoes and cheese.",
            "Bake at 250 °C for ten minutes.",
        ],
    ),
    (
        &["pasta", "spaghetti", "carbonara", "noodle", "noodles"],
        "Pasta with tomatoes",
        &[
            "400 g spaghetti",
            "500 g tomatoes",
            "2 cloves of garlic",
            "4 tablespoons olive oil",
            "Basil",
            "Parmesan",
        ],
        &[
            "Fry the garlic gently in the oil.",
            "Add the tomatoes and simmer for fifteen minutes.",
            "Cook the pasta, and mix it with the sauce.",
            "Serve with basil and cheese.",
        ],
    ),
    (
        &["cookie", "cookies", "biscuit"],
        "Chocolate chip cookies",
        &[
            "150 g butter",
            "150 g brown sugar",
            "1 egg",
            "220 g flour",
            "1 teaspoon baking powder",
            "200 g chocolate",
        ],
        &[
            "Beat butter and sugar, then the egg.",
            "Fold in flour, baking powder and chocolate.",
            "Bake small heaps at 180 °C for twelve minutes.",
        ],
    ),
    (
        &["cake", "chocolate", "brownie", "brownies", "dessert"],
        "Chocolate cake",
        &["200 g dark chocolate", "200 g butter", "200 g sugar", "4 eggs", "120 g flour"],
        &[
            "Melt chocolate and butter.",
            "Stir in sugar, then eggs, then flour.",
            "Bake at 175 °C for 25 minutes.",
        ],
    ),
    (
        &["soup", "vegetable", "vegan", "vegetarian", "healthy"],
        "Vegetable soup",
        &["1 onion", "3 carrots", "2 potatoes", "1 leek", "1 l stock", "Parsley"],
        &[
            "Cut everything into small cubes.",
            "Fry the onion, then add the rest and the stock.",
            "Simmer for twenty minutes and serve with parsley.",
        ],
    ),
    (
        &["bread", "sourdough", "loaf"],
        "Bread",
        &["500 g flour", "350 ml water", "7 g dry yeast", "10 g salt"],
        &[
            "Mix everything, and knead for ten minutes.",
            "Let it rise until it has doubled.",
            "Shape a loaf, and let it rise once more.",
            "Bake at 230 °C for forty minutes.",
        ],
    ),
    (
        &["salad"],
        "Green salad",
        &["1 lettuce", "1 cucumber", "1 handful of seeds", "3 tablespoons olive oil", "1 lemon", "Salt"],
        &[
            "Wash and tear the lettuce, slice the cucumber.",
            "Whisk oil, lemon and salt.",
            "Mix, and strew the seeds on top.",
        ],
    ),
];

/// Things to list: the words that name them, and some of them.
type Things = (&'static [&'static str], &'static [&'static str]);

pub(in crate::builtin::recipes) const LISTS: [Things; 14] = [
    (
        &["movie", "movies", "film", "films"],
        &["Spirited Away", "The Godfather", "Alien", "Amélie", "Parasite"],
    ),
    (
        &["book", "books", "novel"],
        &["Pride and Prejudice", "Frankenstein", "Moby-Dick", "The Trial", "Beloved"],
    ),
    (
        &["song", "songs", "music", "album"],
        &["A song for the morning", "One for the train", "One to dance to", "One for rain", "The last one"],
    ),
    (&["game", "games"], &["Tetris", "Chess", "Go", "Minesweeper", "Pong"]),
    (
        &["country", "countries", "place", "travel", "visit"],
        &["Japan", "Portugal", "Norway", "Kenya", "Chile"],
    ),
    (&["city", "cities"], &["Lisbon", "Kyoto", "Vienna", "Montréal", "Cape Town"]),
    (&["food", "foods", "dish", "dishes", "meal"], &["Pizza", "Ramen", "Tacos", "Falafel", "Pancakes"]),
    (&["animal", "animals", "pet"], &["Elephant", "Red panda", "Owl", "Dolphin", "Fox"]),
    (
        &["planet", "planets"],
        &["Mercury", "Venus", "Earth", "Mars", "Jupiter", "Saturn", "Uranus", "Neptune"],
    ),
    (&["language", "languages", "programming"], &["Python", "JavaScript", "Rust", "Java", "C"]),
    (&["hobby", "hobbies", "interest"], &["Reading", "Cycling", "Cooking", "Photography", "Chess"]),
    (&["ingredient", "ingredients"], &["Flour", "Milk", "Eggs", "Butter", "Salt"]),
    (
        &["goal", "goals", "resolution", "resolutions"],
        &["Read a book a month", "Walk every day", "Call old friends", "Learn a song"],
    ),
    (&["rule", "rules"], &["Be kind", "Ask before you take", "Leave it as you found it"]),
];

/// Weeks: the words that name them, a title, and an entry for every day.
type Week = (&'static [&'static str], &'static str, [&'static str; 7]);

pub(in crate::builtin::recipes) const WEEKS: [Week; 4] = [
    (
        &["meal", "dinner", "food", "menu", "cooking"],
        "Meal planner",
        [
            "Pasta with tomatoes",
            "Lentil soup",
            "Rice with vegetables",
            "Pizza",
            "Fish and potatoes",
            "Leftovers",
            "Roast with salad",
        ],
    ),
    (
        &["workout", "training", "fitness", "exercise", "gym"],
        "Workout plan",
        ["Upper body", "Run, 5 km", "Legs", "Rest", "Full body", "Long walk", "Stretching"],
    ),
    (
        &["study", "learning", "homework", "school", "exam"],
        "Study plan",
        ["Maths, chapter 1", "Vocabulary", "History", "Maths, exercises", "Essay", "Repeat the week", "Rest"],
    ),
    (
        &["cleaning", "chore", "chores", "household"],
        "Chores",
        ["Kitchen", "Bathroom", "Hoover", "Washing", "Dust", "Shopping", "Rest"],
    ),
];
