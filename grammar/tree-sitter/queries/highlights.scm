; Classes as the prompt of the program shows them.
(comment) @comment
(text) @string
(variable) @variable
(parameter) @variable.parameter
(number) @number
(time) @number
(boolean) @boolean
(blank) @variable.builtin
(call function: (word) @function)
(predicate) @property
(role) @attribute
(comparison) @operator
["+" "-" "*" "/"] @operator
["," ";"] @punctuation.delimiter
["[" "]" "{" "}" "(" ")"] @punctuation.bracket
[
  "alias" "as" "asc" "assert" "at" "by" "desc" "describe" "distinct" "explain" "find" "forget"
  "having" "if" "in" "into" "limit" "merge" "not" "of" "offset" "optional" "or" "order"
  "retract" "rule" "sources" "undo" "valid" "where" "with"
] @keyword
