//! What landing pages say, by topic.

/// The texts and the colour of a landing page.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Topic {
    pub(super) brand: String,
    pub(super) heading: String,
    pub(super) subtitle: String,
    pub(super) accent: u32,
    pub(super) features_title: String,
    pub(super) features: Vec<(String, String)>,
    pub(super) quotes: Vec<(String, String, String)>,
}

/// The words that name it, its own words, and what it offers.
struct Known {
    words: &'static [&'static str],
    brand: &'static str,
    heading: &'static str,
    subtitle: &'static str,
    accent: u32,
    features_title: &'static str,
    features: [(&'static str, &'static str); 3],
    quotes: [(&'static str, &'static str, &'static str); 2],
}

/// The topic that `subject` names, or one made from its words.
pub(super) fn topic(subject: &str) -> Topic {
    let lower = subject.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    let names = |known: &&Known| {
        known
            .words
            .iter()
            .any(|name| words.iter().any(|word| word == name || word.strip_suffix('s') == Some(name)))
    };
    match KNOWN.iter().find(names) {
        Some(known) => Topic {
            brand: known.brand.into(),
            heading: known.heading.into(),
            subtitle: known.subtitle.into(),
            accent: known.accent,
            features_title: known.features_title.into(),
            features: known.features.iter().map(|(title, text)| ((*title).into(), (*text).into())).collect(),
            quotes: known
                .quotes
                .iter()
                .map(|(text, name, role)| ((*text).into(), (*name).into(), (*role).into()))
                .collect(),
        },
        None => general(subject),
    }
}

fn general(subject: &str) -> Topic {
    let name = title_case(subject);
    let text = |text: &str| text.replace("{it}", subject);
    Topic {
        heading: text("Everything about {it}, in one place"),
        subtitle: text("A small page for people who care about {it}. Have a look around and get in touch."),
        accent: 0x3b5bdb,
        features_title: "What you can expect".into(),
        features: vec![
            ("Easy to begin".into(), text("New to {it}? You are in the right place.")),
            ("Made with care".into(), "Every detail has been thought through.".into()),
            ("Always reachable".into(), "Questions get an answer, usually on the same day.".into()),
        ],
        quotes: vec![
            (
                "Exactly what I was looking for, and nothing I was not.".into(),
                "Mara Lind".into(),
                "Customer".into(),
            ),
            ("I have told all of my friends.".into(), "Jonas Okafor".into(), "Regular".into()),
        ],
        brand: name,
    }
}

/// The first letter of every word in upper case, the rest as it is.
pub(super) fn title_case(text: &str) -> String {
    let word = |word: &str| {
        let mut chars = word.chars();
        let first: String = chars.next().into_iter().flat_map(char::to_uppercase).collect();
        first + chars.as_str()
    };
    text.split_whitespace().map(word).collect::<Vec<_>>().join(" ")
}

const KNOWN: [Known; 14] = [
    Known {
        words: &[
            "bakery",
            "bakeries",
            "baker",
            "bread",
            "cake",
            "pastry",
            "pastries",
            "patisserie",
            "cupcake",
        ],
        brand: "Sunday Bakery",
        heading: "Fresh bread, every morning",
        subtitle: "Sourdough, rolls and cakes from our own oven. Baked through the night, on your table for breakfast.",
        accent: 0xb4622d,
        features_title: "From our oven",
        features: [
            ("Slow sourdough", "Thirty hours of rest give our loaves their crust and their taste."),
            ("Cakes to order", "Tell us the day and the number of guests, we do the rest."),
            ("Coffee corner", "A warm seat by the window from seven in the morning."),
        ],
        quotes: [
            ("The rye loaf alone is worth the walk.", "Mara Lind", "Neighbour"),
            ("They made our wedding cake. People still talk about it.", "Priya Raman", "Customer"),
        ],
    },
    Known {
        words: &["coffee", "cafe", "café", "espresso", "roastery", "barista", "tea"],
        brand: "Corner Coffee",
        heading: "Good coffee takes its time",
        subtitle: "Small farms, light roasts, and a quiet table. Come in or take a bag home.",
        accent: 0x7b4f2e,
        features_title: "What we pour",
        features: [
            ("Roasted here", "Every Tuesday, in small batches, a few steps from your cup."),
            ("Fair beans", "We know the farms, and we pay what good work is worth."),
            ("Room to stay", "Long tables, quiet corners, and nobody counts the hours."),
        ],
        quotes: [
            ("My second living room.", "Jonas Okafor", "Regular"),
            ("The flat white here spoiled me for all others.", "Ines Keller", "Neighbour"),
        ],
    },
    Known {
        words: &[
            "restaurant",
            "pizzeria",
            "pizza",
            "bistro",
            "diner",
            "food",
            "burger",
            "sushi",
            "ramen",
            "taco",
            "bar",
            "catering",
            "chef",
        ],
        brand: "Table Nine",
        heading: "Cooked for you, tonight",
        subtitle: "A short menu that follows the season, an open kitchen, and a table that is yours for the evening.",
        accent: 0xb3362b,
        features_title: "Why people come back",
        features: [
            ("Seasonal menu", "Eight dishes, new every month, from farms close by."),
            ("Open kitchen", "See who cooks, and ask what you like."),
            ("Tables for everyone", "From two to twenty, with a garden in summer."),
        ],
        quotes: [
            ("We came for a birthday and stayed until midnight.", "Tomás Alvarez", "Guest"),
            ("The best plate of pasta outside my mother's kitchen.", "Elena Rossi", "Guest"),
        ],
    },
    Known {
        words: &[
            "gym", "fitness", "yoga", "pilates", "crossfit", "workout", "trainer", "coach", "sport",
            "running", "marathon",
        ],
        brand: "Steady Studio",
        heading: "Get stronger, one day at a time",
        subtitle: "Small groups, patient coaches, and a plan that fits the life you have.",
        accent: 0xd6421f,
        features_title: "How we train",
        features: [
            ("Small groups", "Eight people at most, so that nobody is overlooked."),
            ("A plan of your own", "We measure where you start and write down where you go."),
            ("Open early", "First class at six, last one at nine in the evening."),
        ],
        quotes: [
            ("After years of trying, this is the one I stuck with.", "Sam Whitfield", "Member"),
            ("The coaches know my name and my knees.", "Grace Mensah", "Member"),
        ],
    },
    Known {
        words: &["photography", "photographer", "photo", "photos", "camera", "film", "video", "wedding"],
        brand: "Still Light",
        heading: "Pictures you will want to keep",
        subtitle: "Portraits, weddings and quiet everyday moments, in natural light.",
        accent: 0x4a5568,
        features_title: "What I do",
        features: [
            ("Portraits", "An hour outdoors, no studio, no stiff smiles."),
            ("Weddings", "From the first coffee to the last dance."),
            ("Prints", "Fine paper, made to last longer than a screen."),
        ],
        quotes: [
            ("We forgot that there was a camera.", "Ines Keller", "Bride"),
            ("The first pictures of myself that I like.", "Noah Becker", "Client"),
        ],
    },
    Known {
        words: &[
            "portfolio",
            "designer",
            "resume",
            "cv",
            "freelancer",
            "freelance",
            "myself",
            "personal",
            "developer",
            "artist",
            "illustrator",
            "writer",
        ],
        brand: "Portfolio",
        heading: "I make things people enjoy using",
        subtitle: "Design and code for small teams with good ideas. Here is some of my recent work.",
        accent: 0x5b3fd6,
        features_title: "What I can do for you",
        features: [
            ("Interfaces", "From a first sketch to a page that works on every screen."),
            ("Prototypes", "Something to click on by the end of the week."),
            ("Advice", "An honest look at what you have, and what to do first."),
        ],
        quotes: [
            ("Clear, quick, and a pleasure to work with.", "Leo Martens", "Product lead"),
            ("Understood what we needed before we did.", "Amira Haddad", "Founder"),
        ],
    },
    Known {
        words: &[
            "saas",
            "startup",
            "software",
            "app",
            "product",
            "platform",
            "tool",
            "ai",
            "tech",
            "technology",
            "analytics",
            "crm",
        ],
        brand: "Northbeam",
        heading: "Less busywork, more progress",
        subtitle: "One calm place for your team's plans, notes and numbers. Ready in a minute.",
        accent: 0x3b5bdb,
        features_title: "Why teams switch",
        features: [
            ("One place", "Plans, notes and numbers next to each other, not in ten tabs."),
            ("Quick by design", "Every page opens in an instant, every search finds."),
            ("Yours", "Export everything, at any time, in open formats."),
        ],
        quotes: [
            ("We cancelled three other tools in the first month.", "Amira Haddad", "Founder"),
            ("The first dashboard my team opens by choice.", "Leo Martens", "Engineering lead"),
        ],
    },
    Known {
        words: &["flower", "florist", "garden", "gardening", "gardener", "plant", "nursery", "landscaping"],
        brand: "Fern & Field",
        heading: "Flowers with a season",
        subtitle: "Bouquets, plants and gardens, grown nearby and tied by hand.",
        accent: 0x3f7d4a,
        features_title: "In the shop this week",
        features: [
            ("Bouquets", "Tied by hand every morning from what is in bloom."),
            ("Plants for indoors", "With a note on light and water for each of them."),
            ("Gardens", "We plan, plant and look after yours."),
        ],
        quotes: [
            ("They last two weeks, every time.", "Grace Mensah", "Customer"),
            ("Our balcony has become the best room.", "Yuki Tanaka", "Customer"),
        ],
    },
    Known {
        words: &[
            "dog",
            "cat",
            "pet",
            "vet",
            "veterinary",
            "veterinarian",
            "animal",
            "puppy",
            "grooming",
            "walker",
        ],
        brand: "Good Paws",
        heading: "In good hands, on all fours",
        subtitle: "Walks, care and company for dogs and cats while you are away.",
        accent: 0x0f7f8c,
        features_title: "How we care",
        features: [
            ("Daily walks", "An hour in the park, rain or shine, in small packs."),
            ("Home visits", "Food, play and a message with a picture."),
            ("Gentle grooming", "Patient hands for shy animals too."),
        ],
        quotes: [
            ("Our dog waits at the door for them.", "Sam Whitfield", "Owner"),
            ("The cat approves, and she approves of nobody.", "Ines Keller", "Owner"),
        ],
    },
    Known {
        words: &[
            "travel", "trip", "tour", "tourism", "hotel", "hostel", "vacation", "holiday", "airline",
            "camping", "hiking", "resort",
        ],
        brand: "Long Way Round",
        heading: "Go slowly, see more",
        subtitle: "Small journeys by train, on foot and by boat, planned by people who have been there.",
        accent: 0x0b78b8,
        features_title: "How we travel",
        features: [
            ("Small groups", "Ten people at most, and time for detours."),
            ("Local guides", "They show you what they love, not what is on the list."),
            ("Fair prices", "Everything included, nothing hidden."),
        ],
        quotes: [
            ("The best week of the year, twice in a row.", "Tomás Alvarez", "Guest"),
            ("I came home rested, for once.", "Mara Lind", "Guest"),
        ],
    },
    Known {
        words: &[
            "school",
            "course",
            "university",
            "college",
            "tutor",
            "tutoring",
            "kindergarten",
            "academy",
            "learning",
            "teacher",
            "class",
        ],
        brand: "Open Door School",
        heading: "Learning that stays with you",
        subtitle: "Small classes, curious teachers, and time for every question.",
        accent: 0x1f6fb2,
        features_title: "How we teach",
        features: [
            ("Small classes", "Twelve people, so that everyone is heard."),
            ("Real projects", "You make something in the first week."),
            ("Evenings too", "Courses that fit around work and family."),
        ],
        quotes: [
            ("I finally understood fractions, at forty.", "Noah Becker", "Student"),
            ("My daughter asks for more homework.", "Priya Raman", "Parent"),
        ],
    },
    Known {
        words: &["band", "music", "musician", "concert", "dj", "festival", "album", "podcast", "choir"],
        brand: "The Quiet Hours",
        heading: "New record, out now",
        subtitle: "Twelve songs for late trains and early mornings. On tour this spring.",
        accent: 0x8b3fd6,
        features_title: "What is coming",
        features: [
            ("The record", "Recorded in nine days in a house by the sea."),
            ("The tour", "Fourteen cities, small rooms, good sound."),
            ("The band", "Four people who met in a kitchen."),
        ],
        quotes: [
            ("The quietest loud band there is.", "Leo Martens", "Listener"),
            ("I have not taken it off the turntable.", "Yuki Tanaka", "Listener"),
        ],
    },
    Known {
        words: &[
            "shop",
            "store",
            "boutique",
            "fashion",
            "clothes",
            "clothing",
            "shoes",
            "jewelry",
            "jewellery",
            "furniture",
            "bookstore",
            "bookshop",
            "ecommerce",
            "brand",
        ],
        brand: "Good Things",
        heading: "Fewer things, better ones",
        subtitle: "A small selection, chosen by hand, made to be used for years.",
        accent: 0x9c4668,
        features_title: "How we choose",
        features: [
            ("Made to last", "If it breaks within five years, we mend it."),
            ("Made nearby", "We know every workshop that we buy from."),
            ("Easy returns", "Thirty days to change your mind."),
        ],
        quotes: [
            ("Everything I bought here is still in use.", "Elena Rossi", "Customer"),
            ("A shop with taste, and without hurry.", "Amira Haddad", "Customer"),
        ],
    },
    Known {
        words: &[
            "law",
            "lawyer",
            "consulting",
            "consultant",
            "agency",
            "accountant",
            "accounting",
            "marketing",
            "bank",
            "finance",
            "insurance",
            "realtor",
            "estate",
            "company",
            "business",
            "firm",
            "doctor",
            "dentist",
            "clinic",
        ],
        brand: "Clearwater & Co.",
        heading: "Good advice, in plain words",
        subtitle: "We listen first, tell you what it takes, and stay until it is done.",
        accent: 0x1f4e8c,
        features_title: "How we work",
        features: [
            ("First talk free", "Half an hour to find out whether we can help."),
            ("Fixed prices", "You know what it costs before we begin."),
            ("One contact", "The person you meet is the person who does the work."),
        ],
        quotes: [
            ("The first letter I understood without a dictionary.", "Sam Whitfield", "Client"),
            ("They called back. Every time.", "Grace Mensah", "Client"),
        ],
    },
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_known_topic_has_its_own_words_and_an_unknown_one_is_named() {
        assert_eq!(topic("a bakery").brand, "Sunday Bakery");
        assert_eq!(topic("bakeries in Rome").brand, "Sunday Bakery");
        let unknown = topic("beekeeping");
        assert_eq!(unknown.brand, "Beekeeping");
        assert!(unknown.heading.contains("beekeeping"));
    }
}
