//! Units and currencies by the words and signs that name them.

/// Units: their normal form and the words that name them.
const UNITS: &[(&str, &[&str])] = &[
    ("%", &["%", "percent", "per cent", "pct", "pc"]),
    (
        "percentage point",
        &["percentage point", "percentage points", "pp"],
    ),
    (
        "km/h",
        &[
            "km / h",
            "kph",
            "kmh",
            "kilometers per hour",
            "kilometres per hour",
            "km per hour",
        ],
    ),
    ("mph", &["mph", "miles per hour"]),
    (
        "km²",
        &[
            "square kilometers",
            "square kilometres",
            "square kilometer",
            "square kilometre",
            "km ²",
            "sq km",
            "sq. km",
            "km²",
        ],
    ),
    (
        "m²",
        &[
            "square meters",
            "square metres",
            "square meter",
            "square metre",
            "m ²",
            "m²",
            "sq m",
        ],
    ),
    ("square mile", &["square miles", "square mile"]),
    ("square foot", &["square feet", "square foot", "sq ft"]),
    (
        "m³",
        &[
            "cubic meters",
            "cubic metres",
            "cubic meter",
            "cubic metre",
            "m ³",
            "m³",
        ],
    ),
    (
        "km",
        &[
            "km",
            "kilometer",
            "kilometers",
            "kilometre",
            "kilometres",
            "kms",
        ],
    ),
    ("m", &["m", "meter", "meters", "metre", "metres"]),
    (
        "cm",
        &[
            "cm",
            "centimeter",
            "centimeters",
            "centimetre",
            "centimetres",
        ],
    ),
    (
        "mm",
        &[
            "mm",
            "millimeter",
            "millimeters",
            "millimetre",
            "millimetres",
        ],
    ),
    (
        "nm",
        &["nm", "nanometer", "nanometers", "nanometre", "nanometres"],
    ),
    ("nautical mile", &["nautical mile", "nautical miles"]),
    ("mile", &["mile", "miles", "mi"]),
    ("foot", &["foot", "feet", "ft", "ft."]),
    ("inch", &["inch", "inches"]),
    ("yard", &["yard", "yards"]),
    ("acre", &["acre", "acres"]),
    ("ha", &["ha", "hectare", "hectares"]),
    (
        "kg",
        &[
            "kg",
            "kilogram",
            "kilograms",
            "kilogramme",
            "kilogrammes",
            "kilo",
            "kilos",
        ],
    ),
    ("g", &["g", "gram", "grams", "gramme", "grammes"]),
    ("mg", &["mg", "milligram", "milligrams"]),
    ("t", &["t", "ton", "tons", "tonne", "tonnes"]),
    ("lb", &["lb", "lbs", "pounds of"]),
    ("oz", &["oz", "ounce", "ounces"]),
    ("L", &["l", "liter", "liters", "litre", "litres"]),
    ("gallon", &["gallon", "gallons"]),
    ("barrel", &["barrel", "barrels"]),
    (
        "°C",
        &[
            "° c",
            "degrees celsius",
            "degree celsius",
            "degrees centigrade",
            "°c",
        ],
    ),
    (
        "°F",
        &["° f", "degrees fahrenheit", "degree fahrenheit", "°f"],
    ),
    ("°", &["°", "degree", "degrees"]),
    ("W", &["w", "watt", "watts"]),
    ("kW", &["kw", "kilowatt", "kilowatts"]),
    ("MW", &["mw", "megawatt", "megawatts"]),
    ("GW", &["gw", "gigawatt", "gigawatts"]),
    ("kWh", &["kwh", "kilowatt hours", "kilowatt - hours"]),
    ("MWh", &["mwh", "megawatt hours"]),
    ("V", &["v", "volt", "volts"]),
    ("Hz", &["hz", "hertz"]),
    ("GHz", &["ghz"]),
    ("MHz", &["mhz"]),
    ("KB", &["kb", "kilobyte", "kilobytes"]),
    ("MB", &["mb", "megabyte", "megabytes"]),
    ("GB", &["gb", "gigabyte", "gigabytes"]),
    ("TB", &["tb", "terabyte", "terabytes"]),
    ("second", &["second", "seconds", "s", "sec", "secs"]),
    ("minute", &["minute", "minutes", "min", "mins"]),
    ("hour", &["hour", "hours", "h", "hr", "hrs"]),
    ("day", &["day", "days"]),
    ("week", &["week", "weeks"]),
    ("month", &["month", "months"]),
    ("year", &["year", "years", "yr", "yrs"]),
    ("decade", &["decade", "decades"]),
    ("century", &["century", "centuries"]),
];

/// The normal form of the unit that words in small letters name.
pub(super) fn unit(words: &str) -> Option<&'static str> {
    let found = UNITS.iter().find(|(_, names)| names.contains(&words))?;
    Some(found.0)
}

/// The ISO code of a currency sign before its number.
pub(super) fn currency_sign(sign: &str) -> Option<&'static str> {
    Some(match sign {
        "$" | "us$" | "u$" => "USD",
        "€" => "EUR",
        "£" => "GBP",
        "¥" => "JPY",
        "₽" => "RUB",
        "₹" | "rs" | "rs." => "INR",
        "₩" => "KRW",
        "₫" => "VND",
        "₴" => "UAH",
        "₺" => "TRY",
        "a$" | "au$" => "AUD",
        "c$" | "ca$" => "CAD",
        "nz$" => "NZD",
        "hk$" => "HKD",
        "s$" => "SGD",
        "r$" => "BRL",
        "nt$" => "TWD",
        code => return iso_code(code),
    })
}

/// Codes of ISO 4217 as they are written in small letters.
fn iso_code(word: &str) -> Option<&'static str> {
    const CODES: &[(&str, &str)] = &[
        ("usd", "USD"),
        ("eur", "EUR"),
        ("gbp", "GBP"),
        ("jpy", "JPY"),
        ("cny", "CNY"),
        ("rmb", "CNY"),
        ("rub", "RUB"),
        ("inr", "INR"),
        ("vnd", "VND"),
        ("krw", "KRW"),
        ("aud", "AUD"),
        ("cad", "CAD"),
        ("chf", "CHF"),
        ("sgd", "SGD"),
        ("hkd", "HKD"),
        ("idr", "IDR"),
        ("thb", "THB"),
        ("myr", "MYR"),
        ("php", "PHP"),
        ("brl", "BRL"),
        ("mxn", "MXN"),
        ("sek", "SEK"),
        ("nok", "NOK"),
        ("dkk", "DKK"),
        ("pln", "PLN"),
        ("czk", "CZK"),
        ("huf", "HUF"),
        ("try", "TRY"),
        ("zar", "ZAR"),
        ("nzd", "NZD"),
        ("uah", "UAH"),
        ("kzt", "KZT"),
        ("ils", "ILS"),
        ("aed", "AED"),
        ("sar", "SAR"),
    ];
    let found = CODES.iter().find(|(code, _)| *code == word)?;
    (word != "try").then_some(found.1)
}

/// The ISO code of a currency named behind its number.
pub(super) fn currency(word: &str) -> Option<&'static str> {
    Some(match word {
        "dollar" | "dollars" | "$" => "USD",
        "euro" | "euros" | "€" => "EUR",
        "pound" | "pounds" | "sterling" => "GBP",
        "yen" => "JPY",
        "yuan" | "yuans" | "renminbi" => "CNY",
        "ruble" | "rubles" | "rouble" | "roubles" => "RUB",
        "rupee" | "rupees" => "INR",
        "won" => "KRW",
        "dong" | "đồng" | "đ" => "VND",
        "franc" | "francs" => "CHF",
        "baht" => "THB",
        "ringgit" => "MYR",
        "rupiah" => "IDR",
        "peso" | "pesos" => "MXN",
        "zloty" | "zlotys" => "PLN",
        "hryvnia" | "hryvnias" => "UAH",
        "rand" => "ZAR",
        "shekel" | "shekels" => "ILS",
        "cent" | "cents" => "cent",
        code => return iso_code(code),
    })
}

/// The ISO code of a currency of two words: "US dollars", "Australian dollars".
pub(super) fn currency_pair(first: &str, second: &str) -> Option<&'static str> {
    let is_dollar = matches!(second, "dollar" | "dollars");
    Some(match first {
        "us" | "u.s." | "american" if is_dollar => "USD",
        "australian" if is_dollar => "AUD",
        "canadian" if is_dollar => "CAD",
        "singapore" if is_dollar => "SGD",
        "hong" if is_dollar => "HKD",
        "british" if matches!(second, "pound" | "pounds") => "GBP",
        "pounds" if second == "sterling" => "GBP",
        "swiss" if matches!(second, "franc" | "francs") => "CHF",
        "russian" if matches!(second, "ruble" | "rubles" | "rouble" | "roubles") => "RUB",
        "chinese" if second == "yuan" => "CNY",
        "japanese" if second == "yen" => "JPY",
        "indian" if matches!(second, "rupee" | "rupees") => "INR",
        "vietnamese" if matches!(second, "dong" | "đồng") => "VND",
        "mexican" if matches!(second, "peso" | "pesos") => "MXN",
        _ => return None,
    })
}
