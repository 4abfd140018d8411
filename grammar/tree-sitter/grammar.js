// The query language for editors with tree-sitter. It follows ../query.ebnf production by
// production; where a newline ends a statement is decided by src/scanner.c.

/** A keyword in any case. */
const keyword = (word) =>
  alias(
    token(prec(1, new RegExp([...word].map((c) => `[${c}${c.toUpperCase()}]`).join("")))),
    word,
  );

const list = (rule) => seq(rule, repeat(seq(",", rule)));

module.exports = grammar({
  name: "factbase",
  externals: ($) => [$.newline],
  extras: ($) => [/\s/, $.comment],
  word: ($) => $.word,
  conflicts: ($) => [
    [$.filter, $.expression],
    [$.filter, $.factor],
  ],

  rules: {
    script: ($) => seq(optional($.statement), repeat(seq($.end, optional($.statement)))),
    end: ($) => choice(";", $.newline),
    comment: () => token(seq("#", /[^\n]*/)),

    statement: ($) =>
      choice(
        $.query,
        $.explain,
        $.describe,
        $.assert,
        $.retract,
        $.rule,
        $.alias,
        $.merge,
        $.undo,
        $.forget,
      ),
    explain: ($) => seq(keyword("explain"), $.query),
    describe: ($) =>
      choice(
        seq(keyword("describe"), choice($.name, seq(keyword("rule"), optional($.predicate)))),
        $.name,
      ),
    assert: ($) => seq(keyword("assert"), list($.pattern)),
    retract: ($) =>
      seq(keyword("retract"), list($.pattern), optional(seq(keyword("where"), $._clauses))),
    rule: ($) => seq(keyword("rule"), $.pattern, keyword("if"), $._clauses),
    alias: ($) => seq(keyword("alias"), $.name, keyword("of"), $.name),
    merge: ($) => seq(keyword("merge"), $.name, keyword("into"), $.name),
    undo: ($) =>
      seq(keyword("undo"), choice($.alias, $.merge, seq(keyword("rule"), $.predicate))),
    forget: ($) => seq(keyword("forget"), $.name),

    query: ($) => seq(optional($.find), $._clauses, repeat($.modifier)),
    find: ($) =>
      seq(keyword("find"), optional(keyword("distinct")), list($.column), keyword("where")),
    column: ($) => seq($.expression, optional(seq(keyword("as"), $.variable))),
    modifier: ($) =>
      choice(
        prec.right(seq(keyword("having"), list($.filter))),
        prec.right(seq(keyword("order"), keyword("by"), list($.key))),
        seq(keyword("limit"), $.count),
        seq(keyword("offset"), $.count),
        seq(keyword("as"), keyword("of"), choice($.number, $.time, $.parameter)),
        seq(keyword("valid"), keyword("at"), choice($.number, $.time, $.parameter)),
        seq(keyword("with"), keyword("sources")),
      ),
    key: ($) => seq($.expression, optional(choice(keyword("asc"), keyword("desc")))),
    count: ($) => choice($.number, $.parameter),

    _clauses: ($) => list($.clause),
    clause: ($) => choice($.not, $.optional, $.blocks, $.filter, $.pattern),
    not: ($) => seq(keyword("not"), choice($.block, $.filter, $.pattern)),
    optional: ($) => seq(keyword("optional"), choice($.block, $.pattern)),
    blocks: ($) => seq($.block, repeat(seq(keyword("or"), $.block))),
    block: ($) => seq("{", $._clauses, "}"),
    filter: ($) =>
      choice(
        $.call,
        prec(1, seq("(", $.filter, ")")),
        seq($._sum, choice(seq($.comparison, $._sum), seq(keyword("in"), $.members))),
      ),

    pattern: ($) =>
      prec.right(
        seq(
          field("subject", $.subject),
          field("path", $.path),
          field("object", optional($.term)),
          optional($.annotations),
        ),
      ),
    subject: ($) => choice($.variable, $.blank, $.word, $.text, $.parameter),
    path: ($) => prec.right(seq($.predicate, optional(choice("+", "*")))),
    predicate: ($) => choice($.word, $.verb, $.text, $.variable, $.parameter),
    annotations: ($) => seq("[", list($.annotation), "]"),
    annotation: ($) =>
      seq(
        field("role", $.role),
        choice(seq($.comparison, $.term), seq(keyword("in"), $.members)),
      ),
    role: ($) => choice($.word, $.particle, $.text),
    members: ($) => choice(seq("[", optional(list($._value)), "]"), $.parameter),

    name: ($) => choice($.word, $.text, $.parameter),
    term: ($) => choice($.blank, $._value),
    _value: ($) => choice($.variable, $.parameter, seq("-", $.number), $._literal),
    _literal: ($) => choice($.word, $.text, $.number, $.time, $.boolean),
    boolean: () => choice(keyword("true"), keyword("false")),

    expression: ($) =>
      seq($._sum, optional(choice(seq($.comparison, $._sum), seq(keyword("in"), $.members)))),
    comparison: () => choice("=", "!=", "<", "<=", ">", ">="),
    _sum: ($) => prec.left(1, seq($._product, repeat(seq(choice("+", "-"), $._product)))),
    _product: ($) => prec.left(2, seq($.factor, repeat(seq(choice("*", "/"), $.factor)))),
    factor: ($) =>
      choice(
        seq("-", $.factor),
        seq("(", $.expression, ")"),
        $.call,
        $.variable,
        $.parameter,
        $._literal,
      ),
    call: ($) =>
      prec(
        1,
        seq(
          field("function", $.word),
          "(",
          optional(seq(optional(keyword("distinct")), list($.expression))),
          ")",
        ),
      ),

    verb: () =>
      choice(
        keyword("find"),
        keyword("order"),
        keyword("limit"),
        keyword("offset"),
        keyword("explain"),
        keyword("describe"),
        keyword("assert"),
        keyword("retract"),
        keyword("rule"),
        keyword("alias"),
        keyword("merge"),
        keyword("undo"),
        keyword("forget"),
      ),
    particle: () =>
      choice(
        keyword("as"),
        keyword("at"),
        keyword("by"),
        keyword("if"),
        keyword("in"),
        keyword("into"),
        keyword("of"),
        keyword("where"),
        keyword("with"),
      ),

    variable: () => /\?[\p{Alphabetic}_][\p{Alphabetic}\p{N}\p{M}\u200C\u200D_]*/u,
    parameter: () => /\$[\p{Alphabetic}_][\p{Alphabetic}\p{N}\p{M}\u200C\u200D_]*/u,
    word: () => /\p{Alphabetic}([-'\u2019]?[\p{Alphabetic}\p{N}\p{M}\u200C\u200D_])*/u,
    blank: () => "_",
    text: () => /"([^"\\\r\n]|\\(["\\nrt]|u\{[0-9A-Fa-f]+\}))*"/,
    number: () => /[0-9]+(\.[0-9]+)?([eE][-+]?[0-9]+)?/,
    time: () => {
      const day = "[0-9]{4}-[0-9]{2}(-[0-9]{2}(T[0-9]{2}:[0-9]{2}(:[0-9]{2}([.][0-9]+)?)?" +
        "(Z|[-+][0-9]{2}:[0-9]{2})?)?)?";
      return token(prec(1, new RegExp(`${day}|(${day}|[0-9]{4})/(${day}|[0-9]{4})`)));
    },
  },
});
