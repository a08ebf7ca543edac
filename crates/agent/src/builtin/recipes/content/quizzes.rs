//! Quiz questions by topic.

/// A quiz question: text, options, which one is right.
type Question = (&'static str, [&'static str; 4], usize);

/// Quiz questions by topic: the words that name it, its title, its questions.
pub(in crate::builtin::recipes) const QUIZZES: [(&[&str], &str, [Question; 6]); 19] = [
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
        &["dinosaur", "dino", "dinos", "jurassic", "fossil", "prehistoric"],
        "Dinosaur",
        [
            (
                "Which dinosaur had three horns?",
                ["Stegosaurus", "Triceratops", "Velociraptor", "Diplodocus"],
                1,
            ),
            ("What did Tyrannosaurus rex eat?", ["Leaves", "Insects", "Meat", "Seaweed"], 2),
            (
                "Which animals of today descend from dinosaurs?",
                ["Birds", "Lizards", "Crocodiles", "Turtles"],
                0,
            ),
            (
                "About how long ago did the dinosaurs die out?",
                ["6,000 years", "1 million years", "66 million years", "2 billion years"],
                2,
            ),
            (
                "Which dinosaur had plates along its back?",
                ["Stegosaurus", "Iguanodon", "Allosaurus", "Ankylosaurus"],
                0,
            ),
            ("What probably ended their time?", ["A flood", "An asteroid", "Hunters", "A cold winter"], 1),
        ],
    ),
    (
        &["potter", "hogwarts", "wizard"],
        "Harry Potter",
        [
            ("Which house is Harry sorted into?", ["Slytherin", "Ravenclaw", "Gryffindor", "Hufflepuff"], 2),
            ("What is the name of Harry's owl?", ["Hedwig", "Errol", "Pigwidgeon", "Fawkes"], 0),
            ("On which platform does the train leave?", ["7 ½", "9 ¾", "10 ¼", "12"], 1),
            ("Which position does Harry play in Quidditch?", ["Keeper", "Beater", "Chaser", "Seeker"], 3),
            (
                "Who teaches Transfiguration in the first book?",
                ["McGonagall", "Snape", "Flitwick", "Sprout"],
                0,
            ),
            (
                "What does Hermione use to be in two places?",
                ["A map", "A Time-Turner", "A broom", "A mirror"],
                1,
            ),
        ],
    ),
    (
        &["football", "soccer", "fifa", "worldcup"],
        "Football",
        [
            ("How many players does a team have on the pitch?", ["9", "10", "11", "12"], 2),
            (
                "How long is a match without extra time?",
                ["60 minutes", "80 minutes", "90 minutes", "100 minutes"],
                2,
            ),
            (
                "Which country has won the most men's World Cups?",
                ["Germany", "Brazil", "Italy", "Argentina"],
                1,
            ),
            ("What does a red card mean?", ["A warning", "Sent off", "A penalty", "A corner"], 1),
            ("From how far is a penalty taken?", ["9 metres", "11 metres", "16 metres", "20 metres"], 1),
            ("Who won the men's World Cup in 2022?", ["France", "Croatia", "Argentina", "Brazil"], 2),
        ],
    ),
    (
        &["music", "song", "band", "instrument", "composer", "beatles"],
        "Music",
        [
            ("How many strings does a violin have?", ["4", "5", "6", "8"], 0),
            (
                "Who composed the Ninth Symphony with the Ode to Joy?",
                ["Mozart", "Bach", "Beethoven", "Brahms"],
                2,
            ),
            ("Which city did the Beatles come from?", ["London", "Liverpool", "Manchester", "Leeds"], 1),
            ("How many notes does an octave name before it repeats?", ["5", "6", "7", "9"], 2),
            ("Which family does the trumpet belong to?", ["Brass", "Woodwind", "Strings", "Percussion"], 0),
            ("What does piano mean in a score?", ["Fast", "Soft", "Loud", "Slow"], 1),
        ],
    ),
    (
        &["movie", "film", "cinema", "hollywood", "oscar", "wars", "disney", "marvel"],
        "Film",
        [
            (
                "Which ship sinks in James Cameron's film of 1997?",
                ["Lusitania", "Titanic", "Britannic", "Olympic"],
                1,
            ),
            ("Who is Luke Skywalker's father?", ["Obi-Wan Kenobi", "Han Solo", "Darth Vader", "Yoda"], 2),
            ("What kind of animal is Nemo?", ["A clownfish", "A shark", "A turtle", "A seahorse"], 0),
            (
                "Who directed Jaws?",
                ["George Lucas", "Steven Spielberg", "Ridley Scott", "Martin Scorsese"],
                1,
            ),
            ("Which colour of pill does Neo take in The Matrix?", ["Blue", "Green", "Red", "White"], 2),
            (
                "Which was the first feature-length film of Toy Story's makers, Pixar?",
                ["A Bug's Life", "Toy Story", "Cars", "Up"],
                1,
            ),
        ],
    ),
    (
        &["book", "literature", "novel", "shakespeare", "author", "reading"],
        "Literature",
        [
            ("Who wrote Romeo and Juliet?", ["Dickens", "Shakespeare", "Goethe", "Cervantes"], 1),
            (
                "Who wrote Pride and Prejudice?",
                ["Jane Austen", "Emily Brontë", "Mary Shelley", "George Eliot"],
                0,
            ),
            ("Which whale does Captain Ahab hunt?", ["Willy", "Monstro", "Moby Dick", "Leviathan"], 2),
            ("Who fights windmills?", ["Don Quixote", "Robin Hood", "Faust", "Hamlet"], 0),
            ("Who wrote Frankenstein?", ["Bram Stoker", "Mary Shelley", "Edgar Allan Poe", "H. G. Wells"], 1),
            ("In which city does Sherlock Holmes live?", ["Paris", "Edinburgh", "Dublin", "London"], 3),
        ],
    ),
    (
        &["art", "painting", "painter", "artist", "museum"],
        "Art",
        [
            ("Who painted the Mona Lisa?", ["Michelangelo", "Leonardo da Vinci", "Raphael", "Titian"], 1),
            ("Who painted The Starry Night?", ["Monet", "Picasso", "Van Gogh", "Cézanne"], 2),
            ("In which museum does the Mona Lisa hang?", ["Louvre", "Prado", "Uffizi", "Tate"], 0),
            ("Which of these is no primary colour of paint?", ["Red", "Green", "Blue", "Yellow"], 1),
            ("Who painted Guernica?", ["Dalí", "Miró", "Picasso", "Goya"], 2),
            ("What is David by Michelangelo made of?", ["Marble", "Bronze", "Wood", "Clay"], 0),
        ],
    ),
    (
        &["christmas", "xmas", "holiday", "santa"],
        "Christmas",
        [
            ("Which of Santa's reindeer has a red nose?", ["Dasher", "Rudolph", "Comet", "Vixen"], 1),
            ("What is put on top of the tree?", ["A star", "A bell", "A sock", "A candle"], 0),
            (
                "On which date is Christmas Eve?",
                ["6 December", "23 December", "24 December", "26 December"],
                2,
            ),
            (
                "From which country does the carol Silent Night come?",
                ["Germany", "Austria", "England", "Norway"],
                1,
            ),
            ("What does a calendar with 24 doors count down?", ["Lent", "Advent", "Winter", "Summer"], 1),
            (
                "What are the snowman's eyes made of in the song about Frosty?",
                ["Buttons", "Stones", "Coal", "Nuts"],
                2,
            ),
        ],
    ),
    (
        &["car", "cars", "formula", "f1", "racing"],
        "Cars",
        [
            ("Which company makes the Golf?", ["Ford", "Volkswagen", "Fiat", "Toyota"], 1),
            ("How many wheels does a car usually have?", ["3", "4", "5", "6"], 1),
            ("Which flag ends a race?", ["Red", "Yellow", "Chequered", "Blue"], 2),
            ("From which country does Ferrari come?", ["Italy", "Spain", "France", "Germany"], 0),
            ("What does an electric car run on?", ["Petrol", "Diesel", "A battery", "Gas"], 2),
            (
                "Who drove the first long distance in a motor car, in 1888?",
                ["Henry Ford", "Bertha Benz", "Enzo Ferrari", "Rudolf Diesel"],
                1,
            ),
        ],
    ),
    (
        &["game", "games", "minecraft", "mario", "pokemon", "nintendo", "gaming"],
        "Video games",
        [
            ("What is Mario's brother called?", ["Wario", "Luigi", "Toad", "Yoshi"], 1),
            ("What are the worlds of Minecraft made of?", ["Blocks", "Balls", "Clouds", "Cards"], 0),
            ("What colour is Pikachu?", ["Blue", "Green", "Yellow", "Red"], 2),
            (
                "Which shapes fall in Tetris?",
                ["Circles", "Of four squares", "Of three squares", "Triangles"],
                1,
            ),
            ("What chases Pac-Man?", ["Dogs", "Robots", "Ghosts", "Bees"], 2),
            ("Which animal is Sonic?", ["A hedgehog", "A fox", "A mouse", "A cat"], 0),
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
        &["sport", "basketball", "tennis", "olympic"],
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
