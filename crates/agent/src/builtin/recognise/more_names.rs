//! What people call games, tools and smaller parts of a page.

use super::super::intent::Section;

/// Further sections and their names, as in [`super::section_names`].
pub(super) const TOOLS: &[(Section, &str)] = &[
    (Section::Minesweeper, "minesweeper, minesweeper game, mine sweeper"),
    (Section::Game2048, "2048, 2048 game, game 2048, number puzzle, sliding puzzle"),
    (Section::Hangman, "hangman, hangman game, word guessing game, spelling game"),
    (Section::Pong, "pong, pong game, ping pong, ping pong game"),
    (Section::FlappyBird, "flappy bird, flappy bird game, flappy, flying game, bird game"),
    (Section::ConnectFour, "connect four, connect 4, four in a row, connect four game, 4 in a row"),
    (
        Section::WordGuess,
        "wordle, wordle game, word game, wordle clone, word puzzle, guess the word, word guess",
    ),
    (
        Section::WhackAMole,
        "whack a mole, whac a mole, mole game, clicking game, clicker game, arcade game, click game, reaction game",
    ),
    (
        Section::TypingTest,
        "typing test, typing speed test, typing game, typing speed, type test, typing practice, wpm test",
    ),
    (Section::ReactionTest, "reaction test, reaction time test, reaction time, reflex test, reflex game"),
    (
        Section::DrawingPad,
        "drawing pad, drawing app, drawing board, whiteboard, paint app, canvas, drawing canvas, sketch pad, sketchpad, drawing, paint program, drawing tool, doodle, painting app, draw pad",
    ),
    (
        Section::Piano,
        "piano, piano keyboard, virtual piano, keyboard instrument, synthesizer, synth, music keyboard",
    ),
    (
        Section::ItemList,
        "list of, list, bullet list, bullet point, numbered list, ordered list, list section, top 5, top ten, top 10, wishlist, wish list, reading list, watchlist, watch list, link list",
    ),
    (
        Section::WeekPlanner,
        "week planner, weekly planner, meal planner, meal plan, weekly meal planner, workout plan, study plan, study planner, weekly plan, week plan, weekly schedule, training plan, planner, chore chart, workout planner, weekly meal plan, workout schedule, lesson planner, day planner, daily planner, cleaning schedule, cleaning plan",
    ),
    (
        Section::Dropdown,
        "dropdown, dropdown menu, drop down, drop down menu, select box, dropdown list, select menu, dropdown button, selector, combobox, combo box",
    ),
    (
        Section::Spinner,
        "spinner, loading spinner, loading animation, loader, loading indicator, loading screen, preloader, loading icon, loading circle, loading",
    ),
    (
        Section::TextSizer,
        "slider to change the font size, font size slider, text size slider, slider for the font size, slider for font size, slider for text size, font size control, text size control, font size button, font size changer, slider to change the text size, slider to adjust the font size, slider to change font size, slider that change the font size, font size switcher, slider to control the font size, range slider, accessibility control",
    ),
    (
        Section::WordCounter,
        "word counter, character counter, word count, letter counter, character count, text counter",
    ),
    (
        Section::RandomPicker,
        "random name picker, name picker, wheel of fortune, spin the wheel, spinning wheel, spin wheel, random picker, lucky wheel, wheel of name, decision maker, raffle, wheel spinner, prize wheel, picker wheel, random name generator, lottery, random generator, random choice, fortune wheel, wheel",
    ),
    (
        Section::MagicBall,
        "magic 8 ball, magic eight ball, 8 ball, eight ball, fortune teller, crystal ball, magic ball, oracle",
    ),
    (
        Section::AgeCalculator,
        "age calculator, calculate age, calculate my age, age calc, how old calculator, birthday calculator",
    ),
    (
        Section::LogoCloud,
        "logo cloud, trusted by, client logo, customer logo, partner logo, company logo, partner, our partner, our client, sponsor, sponsor logo, brand logo, logo section, logo row, as seen in, client section, logo of our client, logo of client",
    ),
    (
        Section::Comments,
        "comment section, comment, comment box, comment form, guestbook, guest book, discussion, leave a comment",
    ),
    (
        Section::VideoPlaceholder,
        "video player, video section, video placeholder, hero video, video, promo video, explainer video, video frame, trailer",
    ),
    (
        Section::WorldClock,
        "world clock, time zone, world time, timezone, timezone converter, time zone converter, international clock, clock for different time zone, time zone clock, clock of the world",
    ),
    (
        Section::Breathing,
        "breathing exercise, breathing circle, breathing animation, meditation, meditation app, breathe, breathing app, meditation timer, breathing, relaxation exercise",
    ),
    (
        Section::RecipeCard,
        "recipe, recipe card, recipe section, cooking recipe, recipe page, recipe app, recipe website",
    ),
    (Section::Tooltip, "tooltip, tool tip, hover text, hint, hover tooltip, info bubble"),
    (Section::Breadcrumbs, "breadcrumb, breadcrumb navigation, bread crumb"),
    (
        Section::Sidebar,
        "sidebar, side bar, side menu, side navigation, sidebar menu, drawer, side panel, off canvas menu, sidebar navigation",
    ),
    (Section::Pagination, "pagination, page number, pager, pagination button, paging"),
    (
        Section::NumberGenerator,
        "random number generator, random number, number generator, number picker, rng, random number picker",
    ),
    (
        Section::PercentCalculator,
        "percentage calculator, percent calculator, discount calculator, sale calculator, percentage, vat calculator, tax calculator",
    ),
    (Section::Metronome, "metronome, beat counter, bpm counter"),
    (Section::Breakout, "breakout, breakout game, brick breaker, arkanoid, brick game, block breaker"),
    (
        Section::SimonSays,
        "simon say, simon say game, simon game, memory sequence game, color memory game, simon",
    ),
];
