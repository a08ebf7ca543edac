//! Signs that stand for pictures, by topic.

/// The words that name a topic, and signs that picture it.
pub(in crate::builtin::recipes) const SIGNS: [(&[&str], [&str; 6]); 22] = [
    (&["cat", "cats", "kitten", "kittens"], ["🐱", "😺", "🐈", "😸", "😻", "🐾"]),
    (&["dog", "dogs", "puppy", "puppies"], ["🐶", "🐕", "🐩", "🐾", "🦴", "🦮"]),
    (&["animal", "animals", "wildlife", "zoo", "safari"], ["🦁", "🐘", "🦒", "🐼", "🦊", "🐧"]),
    (&["bird", "birds"], ["🦜", "🦉", "🦅", "🐦", "🦩", "🐧"]),
    (&["fish", "sea life", "aquarium"], ["🐠", "🐟", "🐡", "🐙", "🦈", "🐬"]),
    (&["horse", "horses", "pony"], ["🐴", "🐎", "🦄", "🌾", "🏇", "🐎"]),
    (&["dinosaur", "dinosaurs", "dino"], ["🦕", "🦖", "🥚", "🌋", "🦴", "🌿"]),
    (&["flower", "flowers", "bouquet", "rose", "roses"], ["🌸", "🌹", "🌻", "🌷", "💐", "🌼"]),
    (&["plant", "plants", "garden"], ["🌱", "🪴", "🌿", "🍀", "🌵", "🌳"]),
    (&["food", "dish", "dishes", "meal", "meals", "restaurant"], ["🍕", "🍝", "🥗", "🍣", "🍔", "🍲"]),
    (
        &["cake", "cakes", "bakery", "bread", "cupcake", "cupcakes", "pastry", "dessert"],
        ["🍞", "🥐", "🍰", "🧁", "🥨", "🍪"],
    ),
    (&["fruit", "fruits"], ["🍎", "🍌", "🍓", "🍇", "🍊", "🍍"]),
    (&["coffee", "tea", "drink", "drinks", "cocktail", "cocktails"], ["☕", "🍵", "🧋", "🍹", "🥐", "🍰"]),
    (&["car", "cars", "vehicle", "vehicles"], ["🚗", "🏎️", "🚙", "🚕", "🚓", "🛻"]),
    (
        &["space", "planet", "planets", "galaxy", "star", "stars", "rocket"],
        ["🪐", "🚀", "🌍", "🌙", "⭐", "🛰️"],
    ),
    (&["sport", "sports", "ball"], ["⚽", "🏀", "🎾", "🏐", "🏈", "🏓"]),
    (&["music", "instrument", "instruments", "band"], ["🎸", "🎹", "🥁", "🎷", "🎻", "🎤"]),
    (&["christmas", "xmas"], ["🎄", "🎅", "🎁", "❄️", "⛄", "🔔"]),
    (&["halloween", "pumpkin"], ["🎃", "👻", "🦇", "🕷️", "🕸️", "🍬"]),
    (&["birthday", "party", "balloon", "balloons"], ["🎂", "🎈", "🎉", "🎁", "🧁", "🥳"]),
    (&["city", "cities", "building", "buildings", "house", "houses"], ["🏙️", "🌆", "🏰", "🏠", "🌉", "🗼"]),
    (&["shoe", "shoes", "clothes", "fashion", "dress", "dresses"], ["👟", "👠", "👗", "👕", "🧥", "👜"]),
];
