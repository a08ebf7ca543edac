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
        Section::EntryLog,
        "workout log, exercise log, training log, gym log, reading log, food log, food diary, mileage log, sleep log, log book, logbook, inventory \
         tracker, inventory, inventory list, stock list, contact list, contact manager, address book, phone book, crm, grade book, gradebook, grade \
         tracker, job tracker, application tracker, job application tracker, customer list, time sheet, timesheet, guest list, book tracker, movie \
         tracker, student list, employee list, weight tracker, plant tracker, maintenance log, symptom tracker, run log, running log, climbing log",
    ),
    (
        Section::SplitBill,
        "split bill, split the bill, bill splitter, split expense, expense splitter, split bill app, split the cost, share expense, who owe who, who \
         owe whom, group expense, splitwise, cost splitter, split cost",
    ),
    (
        Section::OrgChart,
        "org chart, organization chart, organisation chart, organigram, organizational chart, company structure, team structure, hierarchy chart, \
         family tree, org structure, hierarchy",
    ),
    (
        Section::Booking,
        "booking calendar, appointment calendar, calendar with time slot, calendar with slot, booking system, time slot, booking page, scheduler, \
         appointment scheduler, calendly, booking widget, reservation calendar, appointment booking calendar, scheduling app, booking app",
    ),
    (
        Section::PaletteGenerator,
        "color palette generator, palette generator, hex color palette generator, color scheme generator, palette maker, random palette, random color \
         palette, color palette maker, color palette app",
    ),
    (
        Section::RecipeFinder,
        "recipe app with search, recipe finder, recipe search, recipe book, recipe collection, recipe library, recipe list, cookbook, recipe app with \
         filter, recipe website with search, recipe app with a search, recipe box, recipe browser, recipe gallery, list of recipe",
    ),
    (
        Section::ProductCard,
        "product card, item card, product detail, product view, single product, product tile",
    ),
    (
        Section::CurrencyConverter,
        "currency converter, money converter, exchange rate calculator, currency calculator, currency exchange, exchange calculator, euro to dollar, \
         dollar to euro, usd to eur, eur to usd, converter from euro to dollar, converter from dollar to euro, currency conversion, euro converter, dollar converter",
    ),
    (
        Section::Microblog,
        "clone of twitter, twitter clone, twitter like app, twitter app, twitter style feed, microblog, microblogging app, mastodon \
         clone, bluesky clone, clone of bluesky, clone of thread, x clone, app like twitter, status update, reddit clone, clone of reddit, social network, \
         clone of facebook, social media app, clone of x, site like twitter, mini twitter, copy of twitter",
    ),
    (
        Section::PriceCalculator,
        "price calculator, cost calculator, quote calculator, cost estimator, price estimator, order calculator, estimate calculator, project cost \
         calculator, pricing calculator, price configurator, total calculator, invoice calculator, order total, quote estimator",
    ),
    (
        Section::LanguageSwitch,
        "language switch, language switcher, language toggle, language selector, switch the language, change the language, language button, language \
         dropdown, language picker, switch language, change language, switch between english, toggle between english, multilingual, language menu",
    ),
    (Section::Chess, "chess, chess game, chess board, chessboard, game of chess"),
    (Section::Sudoku, "sudoku, sudoku game, sudoku puzzle"),
    (Section::QrCode, "qr code, qr code generator, qr generator, qr, qrcode, qrcode generator"),
    (Section::Maze, "maze, maze game, labyrinth, labyrinth game, maze generator"),
    (
        Section::SimonSays,
        "simon say, simon say game, simon game, memory sequence game, color memory game, simon",
    ),
];
