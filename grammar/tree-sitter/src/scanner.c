// Where a newline ends a statement: before a token in the first column of its line that cannot go
// on with the statement. The generated parser asks only where a statement may end, so open
// brackets and commas need no look here. See "Where a statement ends" in ../../README.md.

#include "tree_sitter/parser.h"

#include <string.h>

enum { NEWLINE };

// Keywords that go on with a statement.
static const char *const CONTINUATIONS[] = {
    "where", "if", "into", "or", "in", "having", "order", "by", "asc", "desc",
    "limit", "offset", "as", "of", "valid", "at", "with", "sources",
};

void *tree_sitter_factbase_external_scanner_create(void) { return NULL; }
void tree_sitter_factbase_external_scanner_destroy(void *payload) { (void)payload; }

unsigned tree_sitter_factbase_external_scanner_serialize(void *payload, char *buffer) {
  (void)payload;
  (void)buffer;
  return 0;
}

void tree_sitter_factbase_external_scanner_deserialize(void *payload, const char *buffer,
                                                       unsigned length) {
  (void)payload;
  (void)buffer;
  (void)length;
}

static bool is_space(int32_t c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }

// Whether the token at the cursor goes on with the statement before it.
static bool goes_on(TSLexer *lexer) {
  if (lexer->eof(lexer)) return true;
  if (lexer->lookahead < 128 && strchr(",;[])}+-*/=!<>", (int)lexer->lookahead)) return true;
  char word[12];
  size_t length = 0;
  for (;;) {
    int32_t c = lexer->lookahead;
    if (c >= 'A' && c <= 'Z') c += 'a' - 'A';
    bool is_letter = c >= 'a' && c <= 'z';
    bool is_joint = c == '_' || c == '-' || c == '\'' || (c >= '0' && c <= '9') || c >= 128;
    if (!is_letter && !is_joint) break;
    if (!is_letter || length + 1 == sizeof word) return false;
    word[length++] = (char)c;
    lexer->advance(lexer, false);
  }
  word[length] = 0;
  for (size_t i = 0; i < sizeof CONTINUATIONS / sizeof *CONTINUATIONS; i++) {
    if (strcmp(word, CONTINUATIONS[i]) == 0) return true;
  }
  return false;
}

bool tree_sitter_factbase_external_scanner_scan(void *payload, TSLexer *lexer,
                                                const bool *valid_symbols) {
  (void)payload;
  if (!valid_symbols[NEWLINE]) return false;
  bool is_first_column = false;
  while (is_space(lexer->lookahead)) {
    is_first_column = lexer->lookahead == '\n';
    lexer->advance(lexer, true);
  }
  // A comment is a token of its own; the scanner is asked again after it. The end is marked
  // before the look ahead, and behind the line break, which must not be met twice.
  lexer->mark_end(lexer);
  if (lexer->lookahead == '#') return false;
  if (!is_first_column || goes_on(lexer)) return false;
  lexer->result_symbol = NEWLINE;
  return true;
}
