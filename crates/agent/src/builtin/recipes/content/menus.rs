//! Menus and price lists by trade.

/// A group of a menu: its name, and what it offers with a remark and a price.
type Group = (&'static str, &'static [(&'static str, &'static str, &'static str)]);

/// A menu: the words that name the trade, its title, its groups.
type Menu = (&'static [&'static str], &'static str, &'static [Group]);

/// The menus; the first is taken where no trade was named.
pub(in crate::builtin::recipes) const MENUS: [Menu; 13] = [
    (
        &["restaurant", "dinner", "lunch", "bistro", "diner", "dish"],
        "Menu",
        &[
            (
                "Starters",
                &[
                    ("Tomato soup", "with basil and bread", "$7"),
                    ("Green salad", "seeds, lemon, olive oil", "$8"),
                    ("Baked goat's cheese", "honey and walnuts", "$11"),
                ],
            ),
            (
                "Mains",
                &[
                    ("Mushroom risotto", "parmesan and thyme", "$17"),
                    ("Grilled sea bream", "potatoes and fennel", "$24"),
                    ("Roast chicken", "with root vegetables", "$21"),
                ],
            ),
            (
                "Desserts",
                &[
                    ("Chocolate mousse", "with sea salt", "$8"),
                    ("Lemon tart", "", "$8"),
                    ("Cheese plate", "", "$12"),
                ],
            ),
            (
                "Drinks",
                &[
                    ("House lemonade", "", "$5"),
                    ("Glass of wine", "red or white", "$7"),
                    ("Espresso", "", "$3"),
                ],
            ),
        ],
    ),
    (
        &["pizza", "pizzeria", "italian", "pasta", "trattoria"],
        "Menu",
        &[
            (
                "Pizza",
                &[
                    ("Margherita", "tomato, mozzarella, basil", "$11"),
                    ("Funghi", "mushrooms, parsley", "$13"),
                    ("Diavola", "spicy salami", "$14"),
                    ("Quattro formaggi", "four cheeses", "$14"),
                ],
            ),
            (
                "Pasta",
                &[
                    ("Aglio e olio", "garlic and chilli", "$11"),
                    ("Ragù", "slowly cooked beef", "$15"),
                    ("Lasagne", "from the oven", "$15"),
                ],
            ),
            ("Dolci", &[("Tiramisù", "", "$7"), ("Panna cotta", "with berries", "$7")]),
        ],
    ),
    (
        &["coffee", "cafe", "café", "espresso", "tea", "barista"],
        "Menu",
        &[
            (
                "Coffee",
                &[
                    ("Espresso", "", "$2.80"),
                    ("Cappuccino", "", "$3.90"),
                    ("Flat white", "", "$4.20"),
                    ("Filter coffee", "changes every week", "$3.50"),
                ],
            ),
            (
                "Not coffee",
                &[
                    ("Chai latte", "", "$4.20"),
                    ("Fresh mint tea", "", "$3.80"),
                    ("Hot chocolate", "", "$4.00"),
                ],
            ),
            (
                "To eat",
                &[
                    ("Butter croissant", "", "$3.00"),
                    ("Banana bread", "", "$3.80"),
                    ("Avocado toast", "with egg", "$9.50"),
                ],
            ),
        ],
    ),
    (
        &["bakery", "bread", "cake", "pastry", "cupcake"],
        "What we bake",
        &[
            (
                "Bread",
                &[("Sourdough", "1 kg", "$6.50"), ("Rye loaf", "750 g", "$5.20"), ("Baguette", "", "$2.40")],
            ),
            (
                "Sweet",
                &[
                    ("Cinnamon roll", "", "$3.20"),
                    ("Butter croissant", "", "$2.60"),
                    ("Apple cake", "a slice", "$3.80"),
                ],
            ),
            ("To order", &[("Birthday cake", "for 12", "$48"), ("Cheesecake", "for 10", "$42")]),
        ],
    ),
    (
        &["burger", "fries", "grill", "bbq", "steak"],
        "Menu",
        &[
            (
                "Burgers",
                &[
                    ("Classic", "beef, pickles, onions", "$12"),
                    ("Cheese", "with cheddar", "$13"),
                    ("Veggie", "black beans and beetroot", "$12"),
                ],
            ),
            ("Sides", &[("Fries", "", "$4"), ("Sweet potato fries", "", "$5"), ("Coleslaw", "", "$4")]),
            ("Drinks", &[("Milkshake", "vanilla or chocolate", "$6"), ("Iced tea", "", "$4")]),
        ],
    ),
    (
        &["sushi", "asian", "japanese", "thai", "chinese", "ramen", "vietnamese"],
        "Menu",
        &[
            (
                "Starters",
                &[("Miso soup", "", "$5"), ("Edamame", "with sea salt", "$6"), ("Gyoza", "six pieces", "$8")],
            ),
            (
                "Mains",
                &[
                    ("Salmon set", "eight pieces", "$16"),
                    ("Vegetable curry", "with rice", "$13"),
                    ("Ramen", "egg and spring onions", "$15"),
                ],
            ),
            ("Drinks", &[("Green tea", "", "$3"), ("Yuzu lemonade", "", "$5")]),
        ],
    ),
    (
        &["bar", "cocktail", "pub", "drink", "wine", "beer"],
        "Drinks",
        &[
            ("Cocktails", &[("Negroni", "", "$11"), ("Mojito", "", "$10"), ("Whisky sour", "", "$12")]),
            (
                "Beer and wine",
                &[("Pilsner", "0.4 l", "$5"), ("Pale ale", "0.4 l", "$6"), ("House wine", "a glass", "$7")],
            ),
            ("Without alcohol", &[("Ginger lemonade", "", "$6"), ("Virgin mule", "", "$7")]),
        ],
    ),
    (
        &["ice", "gelato", "dessert"],
        "Ice cream",
        &[
            (
                "Scoops",
                &[("One scoop", "", "$2"), ("Two scoops", "", "$3.80"), ("Three scoops", "", "$5.50")],
            ),
            (
                "Sundaes",
                &[
                    ("Strawberry", "fresh berries and cream", "$8"),
                    ("Chocolate", "hazelnuts and sauce", "$8"),
                ],
            ),
        ],
    ),
    (
        &["nail", "manicure", "pedicure"],
        "Prices",
        &[
            (
                "Hands",
                &[
                    ("Manicure", "30 minutes", "$28"),
                    ("Manicure with gel", "60 minutes", "$42"),
                    ("New set", "90 minutes", "$65"),
                ],
            ),
            ("Feet", &[("Pedicure", "45 minutes", "$38"), ("Pedicure with gel", "60 minutes", "$52")]),
            ("Extras", &[("Nail art", "each nail", "$4"), ("Removal", "20 minutes", "$12")]),
        ],
    ),
    (
        &["barber", "hair", "hairdresser", "salon", "haircut", "barbershop"],
        "Prices",
        &[
            (
                "Cut",
                &[
                    ("Haircut", "30 minutes", "$28"),
                    ("Cut and wash", "45 minutes", "$36"),
                    ("Children", "up to 12 years", "$18"),
                ],
            ),
            ("Beard", &[("Trim", "", "$15"), ("Shave with hot towels", "", "$25")]),
            ("Colour", &[("Tint", "", "$55"), ("Highlights", "", "$80")]),
        ],
    ),
    (
        &["spa", "massage", "wellness", "beauty", "cosmetic"],
        "Treatments",
        &[
            (
                "Massage",
                &[
                    ("Back and neck", "30 minutes", "$40"),
                    ("Whole body", "60 minutes", "$72"),
                    ("Hot stones", "75 minutes", "$90"),
                ],
            ),
            ("Face", &[("Cleansing", "45 minutes", "$55"), ("Mask and massage", "60 minutes", "$68")]),
        ],
    ),
    (
        &["dog", "pet", "grooming", "cat"],
        "Prices",
        &[
            (
                "Grooming",
                &[
                    ("Bath and brush", "", "$30"),
                    ("Cut, small dog", "", "$45"),
                    ("Cut, large dog", "", "$65"),
                ],
            ),
            ("Care", &[("Walk", "one hour", "$18"), ("Home visit", "30 minutes", "$15")]),
        ],
    ),
    (
        &["car", "wash", "garage", "repair", "clean", "cleaning"],
        "Prices",
        &[
            ("Basic", &[("Outside", "", "$15"), ("Outside and inside", "", "$35")]),
            ("More", &[("Polish", "", "$60"), ("Whole programme", "", "$110")]),
        ],
    ),
];
