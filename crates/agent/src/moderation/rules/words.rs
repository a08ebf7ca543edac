//! The rules themselves.

use super::{Rule, rule};

const IMPERSONATION: &str = "Pages that pose as somebody else's sign-in or ask people for secrets are not made here. \
    A sign-in form of your own app is fine.";
const MALWARE: &str = "Malicious software is not made here.";
const MINORS: &str = "Sexual content is not made here, and never with minors.";
const SEXUAL: &str = "Sexual content is not made here.";
const HATE: &str = "Content that attacks people for who they are is not made here.";
const ESCAPE: &str = "The agent edits this app's front-end files and nothing else: no shell, no secrets, no way out \
    of the sandbox.";

const BRANDS: &str = r"\b(paypal|pay pal|google|gmail|youtube|facebook|instagram|whatsapp|meta|microsoft|office ?365|outlook|hotmail|apple|icloud|amazon|aws console|netflix|ebay|spotify|steam|roblox|discord|twitter|linkedin|tiktok|snapchat|telegram|dropbox|github|gitlab|adobe|docusign|okta|coinbase|binance|kraken|metamask|trust wallet|ledger|chase|wells fargo|bank of america|citibank|hsbc|barclays|santander|revolut|venmo|cash ?app|stripe|visa|mastercard|american express|amex|dhl|fedex|ups|usps|royal mail|irs|hmrc|my bank|his bank|her bank|their bank|a real bank|university portal|company vpn)\b";

const SIGN_IN: &str = r"\b(log ?-?ins?|logon|sign ?-?ins?|sign ?-?on|password|passcode|credential|2fa|verification|verify (your|my|their) (account|identity)|account (suspended|locked|recovery|verification)|payment details|card (number|details))";

const INNOCENT_SIGN_IN: &str = r"\b(sign ?-?in|sign ?-?up|log ?-?in|continue|register|connect|authenticate) (with|via|using|through) [a-z]+|\b(an?|the|and|or|plus|with) (google|apple|facebook|github|microsoft|twitter|linkedin|discord) (and (google|apple|facebook|github|microsoft|twitter|linkedin|discord) )?((sign ?-?in|log ?-?in) )?buttons?\b";

const SECRETS: &str = r"\b(passwords?|passcodes?|credentials|log ?-?ins?|credit ?cards?( numbers?| details)?|card numbers?|cvv|cvc|pin codes?|ssns?|social security numbers?|bank (details|accounts?)|seed phrases?|recovery phrases?|private keys?|session cookies?|cookies|keystrokes|2fa codes?|one[- ]time (codes?|passwords?))\b";

const MALICIOUS: &str = r"\b(malware|ransomware|keyloggers?|key loggers?|trojans?|botnets?|rootkits?|spyware|stalkerware|crypto ?(miners?|mining|jack\w*)|coin ?miners?|monero miner|computer virus(es)?|virus that|drive[- ]by download|exploit kit|fork bomb|zip bomb|card skimmer|skimmer script|ddos (tool|script|attack|bot|page)|denial of service attack|browser exploit|xss (payload|worm)|sql injection (payload|script|attack))\b";

const INNOCENT_MALICE: &str = r"\b(anti[- ]?(malware|virus|spyware|ransomware)|(quiz|faq|article|page|chart|blog|guide|course|training|poster|statistics|facts|questions) (about|on|of) [a-z ]{0,20}(malware|ransomware|keyloggers?|trojans?|botnets?|spyware|rootkits?|virus(es)?)|(malware|ransomware|spyware|botnet|trojan|rootkit) (awareness|protection|removal|scanner|detection|prevention|defen[cs]e|statistics|news|faq|quiz|training|attacks? (chart|statistics))|against [a-z ]{0,20}(malware|ransomware|spyware|botnets?|trojans?)|trojan (war|horse history)|protect[a-z]* (from|against) [a-z ]+)\b";

const CREATES: &str = r"\b(build|write|creat\w*|mak\w*|cod(e|ing)|inject\w*|add|install\w*|deploy|spread\w*|embed\w*|includ\w*|hid(e|den|ing)|develop|program|generate|give|run|turn|launch|need|want|implement)\b";

const SEX: &str = r"\b(sex(y|ual|ually|ualized|ualised)?|nudes?|nudity|naked|porn\w*|erotic\w*|nsfw|lewd|hentai|lolicon|fetish\w*|undress\w*|explicit (images|photos|pictures|content))\b";

const MINOR: &str = r"\b(child(ren)?|kids?|minors?|under ?-?age(d)?|teens?|teenagers?|teenaged?|pre ?-?teens?|schoolgirls?|schoolboys?|lolis?|lolicon|shota|toddlers?|bab(y|ies)|infants?|little (girls?|boys?)|(1[0-7]|[1-9])[- ]?(year|yr)s?[- ]?olds?)\b";

const GROUPS: &str = r"\b(jews?|jewish people|muslims?|christians?|hindus?|blacks|black people|whites|white people|asians?|arabs?|africans?|mexicans?|latinos?|immigrants?|migrants?|refugees?|foreigners|gays?|lesbians?|homosexuals?|trans(gender)? people|transgenders?|lgbtq?\+?( people)?|women|disabled people|the disabled|roma|gypsies|indians|chinese people|native americans)\b";

const ATTACKS: &str = r"\b(kill (all|every|the)|killing (all|every|the)|death to|exterminat\w*|gas (all|the)|lynch\w*|subhumans?|sub-human|vermin|inferior|should (die|be killed|not exist|burn|be shot|be eliminated)|i hate|we hate|why (we|i) hate|hate (against|towards?|on)|hating|get rid of (all|every|the)|eradicat\w*|ethnic cleansing|cockroaches|don't deserve to live|are (animals|parasites|a plague|stupid|evil|criminals))\b";

const SLURS: &str = r"\b(n[i!]gg(er|a)s?|k[i!]kes?|faggots?|sp[i!]cs?|chinks?|wetbacks?|sand ?n[i!]gg\w*|towel ?heads?|trann(y|ies))\b";

const EXTREMISM: &str = r"\b(white (power|supremacy|supremacist\w*)|heil hitler|sieg heil|1488|great replacement|(neo-?)?nazi (propaganda|recruit\w*|rally|movement)|((pro|support|praise|promote|glorify|celebrate|recruit|join)\w*|fan (page|site) (for|of)) (for |the )*(hitler|nazis?|nazism|kkk|ku klux klan|isis|al[- ]?qaeda|holocaust)|holocaust (denial|is a lie|never happened|was fake|hoax))\b";

const INNOCENT_EXTREMISM: &str = r"\b(against|fight(ing)?|stop(ping)?|history of|quiz (about|on)|victims of|counter(ing)?|combat(ing)?|end(ing)?) [a-z ]{0,24}(white supremacy|nazi propaganda|nazis?|isis|holocaust denial|hate)\b";

/// Every rule, the most serious first.
pub(super) fn rules() -> Vec<Rule> {
    let innocent_sex = r"\b(sex(ual)? (ed|education|health)|unisex|both sexes|same[- ]sex|sexual orientation|against sexual|sexy (font|design|look|button|theme|landing page|ui|style|colou?rs?|gradient))\b";
    vec![
        rule(MINORS, &[SEX, MINOR], Some(innocent_sex)),
        rule(MINORS, &[r"\b(child porn\w*|csam|lolicon|shotacon|jailbait)\b"], None),
        rule(
            SEXUAL,
            &[
                r"\b(porn(o|ography|ographic|hub)?|hentai|sex (cam|chat|video|toy shop scenes?)s?|nude (photos?|pictures?|women|men|girls?)|nsfw)\b",
            ],
            None,
        ),
        rule(
            IMPERSONATION,
            &[
                r"\bphish(ing)?\b[^.]{0,20}\b(page|site|website|kit|form|e-?mail|login|template|app|campaign|landing|link)\b",
            ],
            Some(
                r"\b(anti[- ]?phishing|phishing (awareness|quiz|prevention|protection|training|detection|facts|faq)|(quiz|faq|article|training|page|poster) (about|on|against) phishing)[a-z ]*",
            ),
        ),
        rule(IMPERSONATION, &[r"\b(to|for|that can|and) phish\b"], None),
        rule(IMPERSONATION, &[BRANDS, SIGN_IN], Some(INNOCENT_SIGN_IN)),
        rule(
            IMPERSONATION,
            &[
                r"\b(clon\w*|replica\w*|fake\w*|imitat\w*|look-?alike|spoof\w*|impersonat\w*|pretend\w*|pos(e|es|ing) as|mimic\w*|identical|indistinguishable)\b",
                r"\b(bank|banking|government|tax office|wallet|crypto exchange|webmail|e-?mail provider|my (school|university|company|employer)'?s?)\b",
                r"\b(log ?-?in|sign ?-?in|password|credential|verify|account|portal|page|site)",
            ],
            Some(r"\bfake (data|names|numbers|transactions|content|reviews)\b"),
        ),
        rule(
            IMPERSONATION,
            &[
                r"\b(steal\w*|harvest\w*|grab(s|bing)?|exfiltrat\w*|phish\w*|skim(s|ming)?|swip(e|es|ing)|siphon\w*|sniff\w*|intercept\w*|captur(e|es|ing)|log(s|ging)? (all|every|the|their|users?'?)|secretly (send|store|save|collect|record|log)\w*|trick\w*|scam\w*|collect(s|ing)? (people's|users'?|visitors'?|their|victims'?|customers'?|stolen|everyone's|real))\b",
                SECRETS,
            ],
            Some(r"\b(against|prevent\w*|avoid\w*|protect\w*|from (scam\w*|steal\w*))[a-z ]*"),
        ),
        rule(
            IMPERSONATION,
            &[
                r"\b(ask\w*|enter|type|input|collect\w*|form|field|submit|verify|restore|import)\b",
                r"\b(seed phrases?|recovery phrases?|12[- ]word phrase|wallet (keys?|phrases?)|private keys?)\b",
            ],
            None,
        ),
        rule(
            IMPERSONATION,
            &[
                r"\b(send|post|forward|e-?mail|submit|upload)\w* [a-z ]{0,30}(passwords?|credentials|card numbers?|credit cards?|cookies)\b[^.]{0,30}\b(to (me|my|our|us|a|an|the|this)|webhook|telegram|discord|server|https?)",
            ],
            None,
        ),
        rule(MALWARE, &[CREATES, MALICIOUS], Some(INNOCENT_MALICE)),
        rule(
            MALWARE,
            &[
                r"\b(hack|break|breach)(ing)? (into|in to) (a|an|the|my|his|her|their|some|someone'?s?|people'?s?)\b",
            ],
            Some(r"\bgame [a-z ]*|\bquiz [a-z ]*"),
        ),
        rule(HATE, &[SLURS], None),
        rule(
            HATE,
            &[ATTACKS, GROUPS],
            Some(
                r"\b(hate (speech|crimes?) (awareness|prevention|against|hurts)|stop (the )?(hate|hating|killing)|against hate|end (the )?(hate|violence)|love not hate)[a-z ]*",
            ),
        ),
        rule(HATE, &[EXTREMISM], Some(INNOCENT_EXTREMISM)),
        rule(
            ESCAPE,
            &[
                r"\b(ignore|disregard|forget|override|bypass|skip|drop|discard|neglect|do not follow|don't follow)\b[^.]{0,24}\b(previous|prior|above|earlier|preceding|system|your|all|these|those|any|safety|initial|original)\b[^.]{0,24}\b(instructions?|prompts?|rules?|directives?|guidelines?|commands?|restrictions?|polic(y|ies)|filters?|moderation|guardrails?|training)\b",
            ],
            None,
        ),
        rule(
            ESCAPE,
            &[
                r"\b(reveal|show|print|repeat|tell|display|output|leak|dump|what is|what's|give|write|expose|share|paste)\b[^.]{0,30}\b(your|the|its|hidden|entire|full) (full |entire |hidden |original |initial |secret )?(system prompt|system message|system instructions|initial prompt|hidden prompt|hidden instructions)\b",
            ],
            None,
        ),
        rule(
            ESCAPE,
            &[
                r"\b(run|execute|exec|open|spawn|give me|start|launch|get|drop( me)? into|invoke|call)\b[^.]{0,24}\b(shell|bash|zsh|/bin/sh|powershell|cmd\.exe|terminal commands?|shell commands?|linux commands?|system commands?|os commands?|root access)\b",
            ],
            Some(
                r"\b(sea ?shell|shell (shop|beach|collection|game)|terminal (style|look|theme|themed))[a-z ]*",
            ),
        ),
        rule(
            ESCAPE,
            &[
                r"(rm -rf|/etc/(passwd|shadow|hosts)|/proc/|~?/\.ssh|\.\./\.\.|id_rsa|169\.254\.169\.254|child_process|process\.env|\$\(.*\)|curl https?://|wget https?://|nc -e|;\s*cat |chmod \+x|sudo )",
            ],
            None,
        ),
        rule(
            ESCAPE,
            &[
                r"\b(print|reveal|show|read|dump|leak|send|give|tell|list|display|output|expose|fetch|steal|extract|find|get|log|paste|what are)\b[^.]{0,24}\b(env(ironment)? ?(vars?|variables?)|(your|the server'?s?|the host'?s?|server|host|the system'?s?|the platform'?s?|anthropic|openai|secret|hidden|internal|other users'?|another user'?s) (api |access |auth )?(keys?|secrets?|tokens?|credentials|passwords?|files|config|session tokens?))\b",
            ],
            Some(
                r"\bapi keys? (page|settings|screen|form|field|table|manager)\b|\bsecrets? (santa|garden|recipe|menu|message|word|number)\b",
            ),
        ),
        rule(
            ESCAPE,
            &[
                r"\b(escape|break out|breakout|get out|jailbreak|root)\b[^.]{0,16}\b(sandbox|container|jail|namespace|vm|virtual machine|chroot|isolation|host)\b",
            ],
            Some(r"\bescape (room|game)\b"),
        ),
        rule(
            ESCAPE,
            &[
                r"\b(reverse shell|privilege escalation|escalate privileges|port scan|scan (the |my |your )?(network|ports)|container escape|path traversal|kernel exploit|(read|access|list|open|write|delete) (any |all |some )?(the )?files? (outside|on the (host|server)|of (the )?(host|server|other)))\b",
            ],
            None,
        ),
    ]
}
