//! What pages about a topic say: a few sentences and three facts for each.

/// A topic: the words that name it, what it is in two sentences, three facts with a title.
pub(in crate::builtin::recipes) type Facts =
    (&'static [&'static str], &'static str, [(&'static str, &'static str); 3]);

pub(in crate::builtin::recipes) const FACTS: [Facts; 24] = [
    (
        &["dinosaur", "dino", "jurassic"],
        "Dinosaurs lived on Earth for more than 160 million years. Some were no larger than a hen, others as long as three buses.",
        [
            ("Their end", "Some 66 million years ago an asteroid struck, and most of them died out."),
            ("Their heirs", "Birds descend from small feathered dinosaurs."),
            ("Their size", "The largest plant eaters weighed as much as a dozen elephants."),
        ],
    ),
    (
        &["space", "planet", "universe", "astronomy", "galaxy", "solar", "star", "moon"],
        "Eight planets orbit the Sun, and the Sun is one of some hundred billion stars in the Milky Way. Most of what lies between them is empty.",
        [
            ("Light takes time", "Sunlight is about eight minutes old when it reaches us."),
            ("A busy neighbour", "Jupiter alone has more than ninety known moons."),
            ("First steps", "In 1969 people walked on the Moon for the first time."),
        ],
    ),
    (
        &["cat", "kitten"],
        "Cats have lived with people for some ten thousand years, and still decide for themselves. They sleep more than half of the day.",
        [
            ("Whiskers", "With them a cat feels whether it fits through a gap."),
            ("Quiet hunters", "Soft paws and eyes that need little light."),
            ("Purring", "They purr when they are content, and sometimes to calm themselves."),
        ],
    ),
    (
        &["dog", "puppy"],
        "Dogs descend from wolves and have been at our side for at least fifteen thousand years. There are several hundred breeds.",
        [
            ("Noses", "A dog smells many thousand times better than we do."),
            ("Words", "Many dogs understand more than a hundred words."),
            ("Work", "They guide, search, herd, and keep company."),
        ],
    ),
    (
        &["ocean", "sea", "marine"],
        "The ocean covers about seventy percent of the Earth. We have better maps of Mars than of the sea floor.",
        [
            ("Depth", "The deepest place, in the Mariana Trench, is about eleven kilometres down."),
            ("Air", "Plants in the sea make a large part of the oxygen we breathe."),
            ("Giants", "The blue whale is the largest animal there has ever been."),
        ],
    ),
    (
        &["volcano", "lava"],
        "A volcano is where molten rock finds its way to the surface. About fifty erupt in any one year.",
        [
            ("Heat", "Lava can be hotter than 1,000 °C."),
            ("Fertile ground", "Volcanic soil is among the richest there is."),
            ("New land", "Iceland and Hawaii were built by volcanoes."),
        ],
    ),
    (
        &["coffee", "espresso"],
        "Coffee beans are the seeds of a cherry that grows between the tropics. After water and tea, coffee is one of the most common drinks.",
        [
            ("Origin", "The plant comes from Ethiopia."),
            ("Roast", "Only in the heat do the beans get their colour and their scent."),
            ("Ways to make it", "Filter, press, mocha pot, espresso: each gives another cup."),
        ],
    ),
    (
        &["tea"],
        "All true tea comes from one plant. Whether it becomes green, black or white depends on what is done with its leaves.",
        [
            ("Origin", "Tea has been drunk in China for thousands of years."),
            ("Water", "Green tea likes it cooler than boiling."),
            ("Time", "Two minutes or five make a different cup."),
        ],
    ),
    (
        &["football", "soccer"],
        "Football is played in nearly every country: two teams of eleven, one ball, ninety minutes.",
        [
            ("World Cup", "It is held every four years, the first time in 1930."),
            ("The pitch", "About 105 metres long and 68 metres wide."),
            ("One rule for all", "Only the goalkeeper may use the hands, and only near the goal."),
        ],
    ),
    (
        &["music", "jazz", "rock", "classical"],
        "People have made music for at least forty thousand years: flutes of bone are that old.",
        [
            ("Notes", "Twelve notes in an octave are enough for most of what we hear."),
            ("Rhythm", "A steady beat makes people move before they notice."),
            ("Memory", "A song can bring back a summer in a moment."),
        ],
    ),
    (
        &["rome", "roman", "romans"],
        "Rome grew from a village on the Tiber to the centre of an empire around the whole Mediterranean.",
        [
            ("Roads", "Straight, paved, and some of them in use to this day."),
            ("Water", "Aqueducts carried it over many kilometres into the city."),
            ("Language", "Italian, Spanish, French and Portuguese grew out of Latin."),
        ],
    ),
    (
        &["paris", "france"],
        "Paris lies on the Seine and is home to some two million people. It is known for its museums, its cafés and one tower of iron.",
        [
            ("The Eiffel Tower", "Built for the world's fair of 1889, and about 330 metres high."),
            ("The Louvre", "Once a palace, today one of the largest museums."),
            ("On foot", "The bridges and the river banks are the finest way through town."),
        ],
    ),
    (
        &["italy", "italian"],
        "Italy reaches from the Alps far into the Mediterranean. No country has more places on the World Heritage list.",
        [
            ("To eat", "Every region has a kitchen of its own."),
            ("To see", "Rome, Florence, Venice, and a thousand small towns."),
            ("To hear", "Opera was born here."),
        ],
    ),
    (
        &["japan", "japanese", "tokyo"],
        "Japan is a chain of thousands of islands with mountains, forests, and some of the largest cities on Earth.",
        [
            ("Trains", "The Shinkansen has run since 1964, to the minute."),
            ("Spring", "The cherry blossom is followed in the news from south to north."),
            ("Mount Fuji", "The highest mountain of the country, 3,776 metres."),
        ],
    ),
    (
        &["bee", "bees", "beekeeping", "honey"],
        "Honey bees live in colonies of many thousand, with one queen. They pollinate a large part of what we eat.",
        [
            ("The dance", "With a dance they tell each other where flowers are."),
            ("A spoonful", "A bee makes a fraction of a teaspoon of honey in its life."),
            ("Winter", "They keep each other warm in a ball, and take turns at the edge."),
        ],
    ),
    (
        &["climate", "environment", "sustainability"],
        "The Earth has warmed by more than one degree since the nineteenth century, above all through carbon dioxide from coal, oil and gas.",
        [
            ("Energy", "Wind and sun have become the cheapest power in many places."),
            ("Food", "More plants on the plate make a large difference."),
            ("Together", "What towns and companies decide counts more than any single straw."),
        ],
    ),
    (
        &["rainforest", "forest", "tree", "trees", "jungle"],
        "Forests cover about a third of the land. They hold water, soil and carbon, and are home to most animals on land.",
        [
            ("Old age", "Some trees have stood for several thousand years."),
            ("Under ground", "Fungi connect the roots of neighbours."),
            ("Rain", "Large forests make their own weather."),
        ],
    ),
    (
        &["mountain", "hiking", "alps"],
        "Mountains rise where plates of the Earth's crust meet, a few millimetres a year.",
        [
            ("Height", "Mount Everest is 8,849 metres high."),
            ("Thin air", "At 5,500 metres there is half as much air as at the sea."),
            ("Take with you", "Water, a warm layer, and more time than you think."),
        ],
    ),
    (
        &["chess"],
        "Chess is some fifteen hundred years old: sixty-four squares, thirty-two pieces, and more games than anybody could play.",
        [
            ("The queen", "The strongest piece moves in every direction."),
            ("The aim", "Threaten the king so that it cannot escape."),
            ("Machines", "In 1997 a computer beat the world champion for the first time."),
        ],
    ),
    (
        &["yoga", "meditation", "mindfulness"],
        "Yoga comes from India and joins movement, breath and attention. Ten minutes a day are a good beginning.",
        [
            ("Breath", "Slow breathing calms the body."),
            ("Posture", "Strong and flexible, without hurry."),
            ("Rest", "The last minutes are for lying still."),
        ],
    ),
    (
        &["chocolate", "cocoa"],
        "Chocolate is made of the seeds of the cacao tree. In Central America it was a drink long before it was a bar.",
        [
            ("Bitter", "The more cocoa, the less sugar."),
            ("Melting", "Cocoa butter melts just below the warmth of the body."),
            ("Origin", "Most cocoa today grows in West Africa."),
        ],
    ),
    (
        &["horse", "pony", "riding"],
        "Horses have carried people for some five thousand years. They sleep standing up, and remember faces.",
        [
            ("Eyes", "A horse sees nearly all around itself."),
            ("Gaits", "Walk, trot, canter, gallop."),
            ("Herd", "Alone is no way for a horse to live."),
        ],
    ),
    (
        &["bird", "penguin", "owl", "parrot"],
        "There are about eleven thousand kinds of birds, from hummingbirds of two grams to ostriches of more than a hundred kilograms.",
        [
            ("Feathers", "Light, warm, and renewed every year."),
            ("Travel", "The Arctic tern flies from pole to pole and back."),
            ("Song", "Many learn theirs from their parents, in dialects."),
        ],
    ),
    (
        &["ai", "intelligence", "robot", "robots"],
        "Artificial intelligence is software that finds patterns in many examples: in pictures, in texts, in moves of a game.",
        [
            ("Old idea", "The name was coined in 1956."),
            ("Good at", "Sorting, translating, suggesting."),
            ("Keep in mind", "It can be wrong and sound sure, so check what matters."),
        ],
    ),
];
