//! What people call the sections of a page.

use super::super::intent::Section;

/// What sections are called, in singular words. The longest match wins.
pub(super) const SECTIONS: &[(Section, &str)] = &[
    (
        Section::Counter,
        "counter, click counter, clicker, tally, tally counter, count click, counting button, button \
            that increment, button which count, increment a number, button that count, like button, \
            counter button, counter app, counter widget",
    ),
    (
        Section::TodoList,
        "todo, todo list, todo app, task list, task manager, task tracker, checklist, check list, \
            shopping list, grocery list, packing list, bucket list, list of task, list of todo, list of \
            thing to do, track of my task, track my task, track task, manage my task, manage task, task, \
            chore list, reminder list",
    ),
    (
        Section::Timer,
        "timer, countdown, countdown timer, count down, pomodoro, pomodoro timer, egg timer, kitchen timer, count down timer, alarm",
    ),
    (Section::Stopwatch, "stopwatch, lap timer, chronometer, time tracker"),
    (
        Section::ContactForm,
        "contact form, contact, contact us, contact section, contact page, feedback form, message \
            form, enquiry form, inquiry form, get in touch, get in touch form, form, reach out form, \
            support form, reach us, reach me, contact me, feedback",
    ),
    (
        Section::Newsletter,
        "newsletter, sign up to newsletter, sign up for newsletter, sign up to the newsletter, sign up for the newsletter, signup for newsletter, sign up to our newsletter, sign up for our newsletter, sign up to newsletter box, newsletter signup, newsletter form, newsletter sign up, email signup, email sign \
            up, email capture, subscribe form, subscription form, subscribe box, mailing list, waitlist, \
            waiting list, email list, subscribe, newsletter box, newsletter section, leave their email, leave your email, collect email",
    ),
    (
        Section::SignInForm,
        "login form, login, login page, login screen, log in form, log in page, sign in form, sign in \
            page, signin form, sign in, log in, signup form, signup page, sign up form, sign up page, \
            signup, sign up, registration form, register form, password field, registration, login box, \
            registration page, login section",
    ),
    (
        Section::PricingTable,
        "pricing table, pricing, pricing section, price table, pricing plan, pricing \
            tier, pricing page, pricing card, plan, price, subscription plan, tier, price plan, \
            membership plan, pricing grid, package, subscription tier, price tier",
    ),
    (
        Section::Gallery,
        "image gallery, gallery, photo gallery, picture gallery, image grid, photo grid, image, picture, photo, artwork, photo album, album, portfolio gallery, gallery section, illustration, photo wall",
    ),
    (
        Section::Testimonials,
        "testimonial, testimonial section, section with customer quote, section with quote, section with testimonial, section with review, review, customer review, customer quote, quote, what people say, social proof, customer feedback, user review, client testimonial, customer testimonial, what our customer say, what customer say, what client say, review section, recommendation, what people are saying",
    ),
    (
        Section::Faq,
        "faq, faq section, frequently asked question, question and answer, q&a, q&a section, qa \
            section, accordion, help section, faq page, common question, faq accordion",
    ),
    (
        Section::Chart,
        "chart, bar chart, line chart, graph, bar graph, line graph, plot, diagram, visualization, \
            data visualization, histogram, column chart, sale chart, trend line, chart section",
    ),
    (
        Section::Quiz,
        "quiz, trivia, trivia game, multiple choice, multiple choice quiz, questionnaire, quiz game, \
            test my knowledge, knowledge test, trivia quiz, quizz, multiple choice test",
    ),
    (
        Section::Features,
        "feature, feature section, feature card, feature grid, feature list, card, card grid, benefit, benefit section, service, service section, why choose us, why us, three card, info card, advantage, what we offer, our service, what we do, grid of card, card section, icon, icon grid, icon row, icon card, feature icon, project, my project, project section, project card, project grid, recent project, github project, project list, product feature",
    ),
    (
        Section::Stats,
        "stat, stat section, statistic, figure, metric, kpi, kpi card, key number, stat card, key \
            figure, number section, in number, dashboard, stat bar",
    ),
    (
        Section::DataTable,
        "table, data table, sortable table, comparison table, leaderboard, schedule table, timetable, \
            spreadsheet, tour date, concert date, data grid, table of, ranking, schedule",
    ),
    (
        Section::Team,
        "team, team section, meet the team, our team, team member, staff, staff section, team page, \
            our people, crew, people section, section about our team, about our team, section about the team, page about our team, section with our team",
    ),
    (
        Section::CallToAction,
        "call to action, cta, cta section, call to action section, cta banner, banner, cta button, \
            call to action button, call to action banner, promo banner, promo section",
    ),
    (
        Section::ActionButton,
        "button, click me button, login button, log in button, sign in button, signup button, sign up button, download button, \
            contact button, phone call button, call button, buy button, subscribe button, donate button, order button, book \
            now button, learn more button, get started button, play button, submit button",
    ),
    (
        Section::Clock,
        "clock, digital clock, live clock, current time, time display, today date, current date, wall \
            clock, the time, date and time",
    ),
    (Section::Calculator, "calculator, calc, pocket calculator, simple calculator, calculator app"),
    (
        Section::TicTacToe,
        "tic tac toe, tictactoe, tic tac toe game, nought and cross, game, mini game, simple game, small game, board game",
    ),
    (
        Section::TextBlock,
        "short text, text about, few line about, short description, paragraph, text section, about section, about us, about us section, about me, about me section, about page, text block, paragraph of text, block of text, bio, biography, our story, story section, intro text, introduction, about, section, article, some text, mission statement, lorem ipsum",
    ),
    (
        Section::Hero,
        "hero, hero section, hero banner, hero image, header banner, big banner, jumbotron, intro \
            section, hero area",
    ),
    (
        Section::NavBar,
        "navigation bar, navigation, navbar, navigation menu, menu, menu bar, top bar, header, header \
            bar, top navigation, navigation link, hamburger menu, site navigation, main menu, header \
            navigation, header menu, topbar, sticky header",
    ),
    (
        Section::Footer,
        "footer, page footer, bottom bar, footer section, copyright, copyright notice, site footer, \
            copyright footer",
    ),
    (
        Section::ThemeToggle,
        "dark mode toggle, dark mode switch, dark mode button, dark theme toggle, dark theme switch, \
            theme toggle, theme switch, theme switcher, light dark toggle, dark light toggle, light dark \
            switch, dark light switch, dark toggle, toggle for dark mode, switch for dark mode, toggle \
            dark mode, toggle between dark and light, toggle between light and dark, switch between dark \
            and light, switch between light and dark, button for dark mode, dark mode support, night \
            mode toggle, night mode switch, night mode button, light mode toggle, light mode switch, \
            light mode button, day night toggle, night mode, color scheme toggle, dark and light mode, \
            light and dark mode, light and dark theme, dark and light theme, toggle the theme, mode \
            toggle, mode switch, mode switcher, dark switch, toggle to switch to dark, light dark mode, \
            dark light mode, toggle light and dark, toggle dark and light, toggle for light and dark, \
            toggle for dark and light, button to switch to dark mode, button to toggle dark mode, dark \
            mode option, dark mode slider, toggle button for dark mode",
    ),
    (Section::PieChart, "pie chart, donut chart, doughnut chart, pie, donut, pie diagram, pie graph"),
    (
        Section::Carousel,
        "carousel, slideshow, slider, image slider, image carousel, slide show, photo slider, photo carousel, picture carousel, image slideshow",
    ),
    (Section::Tabs, "tab, tab bar, tabbed section, tabbed content, tab section, tabbed interface, tab panel"),
    (
        Section::Modal,
        "modal, popup, pop up, dialog, modal dialog, popup window, modal window, lightbox, dialog box, pop up window, popup modal",
    ),
    (
        Section::Toast,
        "toast, toast notification, notification, snackbar, toast message, notification popup, success message, alert message, alert box",
    ),
    (
        Section::ProgressBar,
        "progress bar, progress, loading bar, progress indicator, progressbar, progress tracker, goal tracker",
    ),
    (
        Section::StarRating,
        "star rating, rating, rating component, 5 star rating, five star rating, rating widget, star review",
    ),
    (
        Section::UnitConverter,
        "celsiu to fahrenheit, fahrenheit to celsiu, convert celsiu, unit converter, converter, unit conversion, temperature converter, length converter, weight converter, metric converter, conversion tool, fahrenheit converter, unit calculator",
    ),
    (
        Section::TipCalculator,
        "calculator for tip, tip, tip calculator, bill splitter, split the bill, bill calculator, tip calc",
    ),
    (Section::BmiCalculator, "bmi calculator, bmi, body mass index, body mass index calculator"),
    (
        Section::LoanCalculator,
        "loan calculator, mortgage calculator, interest calculator, mortgage, loan, loan payment calculator",
    ),
    (
        Section::Weather,
        "weather, weather card, weather widget, weather app, weather forecast, forecast, weather section, weather dashboard, temperature widget",
    ),
    (
        Section::Notes,
        "note, note app, notepad, sticky note, note taking app, note section, memo, journal, diary, note list",
    ),
    (
        Section::Kanban,
        "kanban, kanban board, trello board, trello clone, task board, project board, trello, scrum board, sprint board",
    ),
    (
        Section::Shop,
        "shop, shopping cart, cart, product list, product, product grid, store, product section, product catalog, product showcase, basket, e commerce, ecommerce, product page, product gallery, online store section, shop section, product listing, merch",
    ),
    (
        Section::Calendar,
        "calendar, month view, date picker, event calendar, datepicker, calendar view, monthly calendar, calender",
    ),
    (
        Section::RandomQuote,
        "random quote, quote generator, random quote generator, quote of the day, inspirational quote, motivational quote, quote machine, daily quote, fortune cookie, quote app, joke generator, random joke",
    ),
    (
        Section::ColourPicker,
        "color picker, color generator, color chooser, random color generator, color mixer, color tool",
    ),
    (
        Section::PasswordGenerator,
        "random password, generate random password, password, password generator, random password generator, password maker, generate password, password creator",
    ),
    (
        Section::MarkdownPreview,
        "markdown editor, markdown preview, markdown, text editor, markdown previewer, rich text editor, editor",
    ),
    (
        Section::ExpenseTracker,
        "expense tracker, budget tracker, expense, budget, budget app, spending tracker, money tracker, finance tracker, budget planner, expense list, budget calculator, expense app",
    ),
    (
        Section::HabitTracker,
        "habit tracker, habit, habit list, streak tracker, workout tracker, fitness tracker, water tracker, water intake, intake tracker, water intake tracker, tracker, sleep tracker, reading tracker, study tracker, mood tracker, daily tracker, habit app",
    ),
    (
        Section::Poll,
        "poll, voting, survey, vote, voting app, opinion poll, vote button, straw poll, voting poll",
    ),
    (
        Section::SearchList,
        "search, search bar, search box, search field, search input, searchable list, filter list, filterable list, search filter, filter, search list, search function, live search, list with search",
    ),
    (Section::Snake, "snake, snake game, game of snake, the snake game"),
    (
        Section::MemoryGame,
        "memory game, memory, matching game, card matching game, memory card game, pair game, card game, matching card, concentration game, memory match",
    ),
    (Section::RockPaperScissors, "rock paper scissor, rock paper scissor game, rps, rps game"),
    (
        Section::Dice,
        "dice, dice roller, roll dice, die roller, dice game, roll a dice, roll the dice, roll a die",
    ),
    (Section::CoinFlip, "coin flip, flip a coin, coin toss, head or tail, coin flipper, toss a coin"),
    (
        Section::GuessNumber,
        "guess the number, guessing game, number guessing game, number game, guess number, guess a number, guess the number game, number guessing",
    ),
    (
        Section::BlogList,
        "blog, blog section, blog post, blog list, latest post, recent post, article list, news section, blog card, latest article, blog page, news list, post",
    ),
    (
        Section::ProfileCard,
        "profile card, profile, user card, user profile, business card, profile section, avatar, profile page, bio card, contact card, profile picture",
    ),
    (
        Section::SocialLinks,
        "social link, social medium link, social media link, social icon, social media icon, social media, social button, social media button, social media section, link tree, linktree, instagram link, twitter link, facebook link, linkedin link, youtube link, github link, tiktok link, link in bio, link in bio page, bio link, share button, social",
    ),
    (
        Section::ContactInfo,
        "contact info, contact detail, contact information, address, opening hour, opening time, business hour, phone number, location, location section, store hour, our address, working hour",
    ),
    (
        Section::Timeline,
        "timeline, roadmap, milestone, history timeline, how it work, process step, step, step by step, journey, experience section, work experience, resume section, project timeline",
    ),
    (
        Section::CookieBanner,
        "cookie banner, cookie consent, cookie notice, gdpr banner, consent banner, cookie popup, cookie bar",
    ),
    (
        Section::ScrollTop,
        "scroll to top, scroll to top button, back to top, back to top button, scroll up button, scroll top button, button to scroll up, to top button, scroll to the top button, go to top button, back to the top button",
    ),
    (
        Section::DateCountdown,
        "countdown to, launch countdown, countdown to a date, countdown to christmas, countdown to new year, wedding countdown, event countdown, birthday countdown, day until, countdown until, countdown for the launch, countdown page",
    ),
    (
        Section::ChatMock,
        "chat, chat ui, chat window, chat box, chat widget, chat interface, messenger, chat app, live chat, chat bubble, messaging app, chat section, support chat",
    ),
    (
        Section::MapPlaceholder,
        "map, google map, map section, location map, map placeholder, embedded map, map of, world map",
    ),
    (
        Section::ConfettiButton,
        "confetti, confetti button, confetti effect, firework, confetti animation, celebrate button, celebration button, celebration",
    ),
    (
        Section::TypingText,
        "typing text, typing effect, typewriter, typewriter effect, typing animation, text animation, animated text, typewriter text, typewriter animation",
    ),
    (
        Section::AnnouncementBar,
        "announcement bar, announcement, announcement banner, notice bar, top banner, sale banner, promotion bar, notification bar, alert banner, news ticker, promo bar, discount banner, banner on top, banner at the top, banner across the top",
    ),
    (
        Section::Form,
        "booking form, rsvp form, rsvp, reservation form, reservation, appointment form, order form, job application form, \
            application form, survey form, checkout form, checkout page, address form, event registration, event registration \
            form, quote form, booking, book a table, table reservation, appointment booking, appointment, book an appointment, \
            request form, table booking, guest form",
    ),
    (
        Section::PriceMenu,
        "price list, food menu, drink menu, restaurant menu, menu with price, menu card, lunch menu, dinner menu, coffee \
            menu, cafe menu, price menu, cocktail menu, pizza menu, list of price, menu of dish, dish, service menu, \
            menu with dish, menu with food, bar menu, dessert menu, breakfast menu, menu for a restaurant, menu for my \
            restaurant, list of dish, food list, service with price",
    ),
    (
        Section::Flashcards,
        "flashcard, flash card, vocabulary trainer, vocabulary card, vocabulary, learning card, study card, index card, \
            vocab trainer, vocab card, vocab",
    ),
    (
        Section::MusicPlayer,
        "music player, audio player, mp3 player, song player, playlist, music, sound player, radio player, media player, \
            background music, jukebox",
    ),
    (Section::Tetris, "tetris, tetris game, tetris clone, falling block, block game"),
    (
        Section::PhotoFeed,
        "instagram style feed, instagram feed, photo feed, social feed, news feed like instagram, instagram like feed, \
            instagram clone, instagram style, social media feed, feed, instagram post, post feed, instagram, facebook feed, facebook clone, timeline of post",
    ),
    (
        Section::TypingHeadline,
        "typing effect for the headline, typing effect for the title, typing effect for the heading, typing effect on the \
            headline, typing effect on the title, typing effect on the heading, typing effect in the headline, typewriter \
            effect on the headline, typewriter effect on the title, typewriter effect on the heading, typewriter effect for \
            the headline, typewriter effect for the title, typewriter effect for the heading, typing headline, typing title, \
            typing animation for the title, typing animation for the headline, typing animation on the title, typing heading, \
            typing animation on the headline, headline typing effect, title typing effect, typewriter title, typewriter \
            headline, typing effect to the headline, typing effect to the title, typing effect to the heading, typing \
            animation to the title, typewriter effect to the title, typewriter effect to the headline, typewriter effect \
            to the heading, title type itself, headline type itself, heading type itself",
    ),
    (
        Section::EventDetails,
        "event detail, detail of the event, date and place, when and where, event info, event information, where and when, \
            party detail, date and location, time and place",
    ),
    (
        Section::SkillBars,
        "skill bar, skill section, skill, progress bar for skill, skill list, my skill, skill chart, language skill",
    ),
];
