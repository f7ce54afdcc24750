/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "speech/phrase.h"

#include <string.h>

/* A phrase of the command catalogue as a tree, read by recursive descent. Lists are shared
 * subtrees; a list can only name lists written before it, so a tree has no cycles. Depth and
 * size are bounded here; what a tree unfolds to is bounded by those who unfold it. */

#define MAX_DEPTH 24
#define MAX_TEXT 4096

typedef struct {
  const char *at;
  VolantPhraseLookup lookup;
  void *data;
  unsigned depth;
} Reader;

static VolantPhrase *read_choice (Reader *reader, GError **error);

VolantPhrase *
volant_phrase_new (VolantPhraseKind kind, const char *text)
{
  VolantPhrase *phrase = g_new0 (VolantPhrase, 1);

  phrase->references = 1;
  phrase->kind = kind;
  phrase->text = g_strdup (text);
  return phrase;
}

VolantPhrase *
volant_phrase_ref (VolantPhrase *phrase)
{
  g_atomic_int_inc (&phrase->references);
  return phrase;
}

void
volant_phrase_unref (VolantPhrase *phrase)
{
  if (!g_atomic_int_dec_and_test (&phrase->references))
    return;
  g_free (phrase->text);
  g_clear_pointer (&phrase->children, g_ptr_array_unref);
  g_free (phrase);
}

void
volant_phrase_add (VolantPhrase *phrase, VolantPhrase *child)
{
  if (phrase->children == NULL)
    phrase->children = g_ptr_array_new_with_free_func ((GDestroyNotify) volant_phrase_unref);
  g_ptr_array_add (phrase->children, child);
}

bool
volant_phrase_is_han (gunichar character)
{
  return (character >= 0x3400 && character <= 0x9fff) || character == 0x3007;
}

static bool
is_mark (gunichar character)
{
  return character < 128 && strchr ("()|[]<>{}", (int) character) != NULL;
}

/* What is written but not said. */
static bool
is_silent (gunichar character)
{
  return (character < 128 && strchr (",.!?;:\"", (int) character) != NULL) || character == 0x3001 ||
         character == 0x3002 || character == 0xff0c || character == 0xff1f || character == 0xff01;
}

/* The next word at text, folded, and where it ends; NULL at a mark or at the end. */
static char *
next_word (const char **text)
{
  g_autoptr (GString) word = g_string_new (NULL);
  const char *at = *text;
  gunichar character;
  g_autofree char *folded = NULL;

  for (; *at != '\0'; at = g_utf8_next_char (at))
    {
      character = g_utf8_get_char (at);
      if (!g_unichar_isspace (character) && !is_silent (character))
        break;
    }
  for (; *at != '\0'; at = g_utf8_next_char (at))
    {
      character = g_utf8_get_char (at);
      if (g_unichar_isspace (character) || is_mark (character))
        break;
      if (volant_phrase_is_han (character) && word->len > 0)
        break;
      if (!is_silent (character))
        g_string_append_unichar (word, character == 0x2019 ? '\'' : character);
      if (volant_phrase_is_han (character))
        {
          at = g_utf8_next_char (at);
          break;
        }
    }
  *text = at;
  if (word->len == 0)
    return NULL;
  folded = g_utf8_strdown (word->str, -1);
  return g_utf8_normalize (folded, -1, G_NORMALIZE_NFC);
}

static void
skip_blanks (Reader *reader)
{
  while (*reader->at != '\0')
    {
      gunichar character = g_utf8_get_char (reader->at);

      if (!g_unichar_isspace (character) && !is_silent (character))
        break;
      reader->at = g_utf8_next_char (reader->at);
    }
}

/* The text between reader->at (an opening mark) and the closing one. */
static char *
read_between (Reader *reader, char close, GError **error)
{
  char open = *reader->at;
  const char *end = strchr (reader->at, close);
  char *text;

  if (end == NULL)
    {
      g_set_error (error, VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_INVALID,
                   "“%c” is not closed: write “%c”", open, close);
      return NULL;
    }
  text = g_strstrip (g_strndup (reader->at + 1, (size_t) (end - reader->at - 1)));
  reader->at = end + 1;
  if (*text != '\0' && strpbrk (text, "()|[]<>{}") == NULL)
    return text;
  g_set_error (error, VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_INVALID,
               "“%c%s%c”: a name must stand between the marks", open, text, close);
  g_free (text);
  return NULL;
}

static VolantPhrase *
read_reference (Reader *reader, GError **error)
{
  g_autofree char *name = read_between (reader, '>', error);
  VolantPhrase *phrase;

  if (name == NULL)
    return NULL;
  phrase = reader->lookup != NULL ? reader->lookup (name, reader->data) : NULL;
  if (phrase == NULL)
    g_set_error (error, VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_INVALID,
                 "<%s> is neither a slot nor a list: define it above", name);
  return phrase;
}

static VolantPhrase *
read_group (Reader *reader, GError **error)
{
  char open = *reader->at++;
  char close = open == '(' ? ')' : ']';
  g_autoptr (VolantPhrase) inner = NULL;
  VolantPhrase *optional;

  if (++reader->depth > MAX_DEPTH)
    {
      g_set_error (error, VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_INVALID,
                   "more than %d marks stand within each other: use lists", MAX_DEPTH);
      return NULL;
    }
  inner = read_choice (reader, error);
  reader->depth--;
  if (inner == NULL)
    return NULL;
  if (*reader->at != close)
    {
      g_set_error (error, VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_INVALID,
                   "“%c” is not closed: write “%c”", open, close);
      return NULL;
    }
  reader->at++;
  if (open == '(')
    return g_steal_pointer (&inner);
  optional = volant_phrase_new (VOLANT_PHRASE_OPTIONAL, NULL);
  volant_phrase_add (optional, g_steal_pointer (&inner));
  return optional;
}

static VolantPhrase *
read_value (Reader *reader, GError **error)
{
  g_autofree char *value = read_between (reader, '}', error);

  return value != NULL ? volant_phrase_new (VOLANT_PHRASE_VALUE, value) : NULL;
}

/* One element, or NULL without an error where the sequence ends. */
static VolantPhrase *
read_element (Reader *reader, GError **error)
{
  g_autofree char *word = NULL;

  skip_blanks (reader);
  switch (*reader->at)
    {
    case '\0':
    case '|':
    case ')':
    case ']':
      return NULL;
    case '(':
    case '[':
      return read_group (reader, error);
    case '<':
      return read_reference (reader, error);
    case '{':
      return read_value (reader, error);
    case '>':
    case '}':
      g_set_error (error, VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_INVALID,
                   "“%c” closes nothing", *reader->at);
      return NULL;
    default:
      word = next_word (&reader->at);
      return word != NULL ? volant_phrase_new (VOLANT_PHRASE_WORD, word) : NULL;
    }
}

static VolantPhrase *
read_sequence (Reader *reader, GError **error)
{
  g_autoptr (VolantPhrase) sequence = volant_phrase_new (VOLANT_PHRASE_SEQUENCE, NULL);
  g_autoptr (GError) inner = NULL;
  VolantPhrase *element;

  while ((element = read_element (reader, &inner)) != NULL)
    volant_phrase_add (sequence, element);
  if (inner != NULL)
    {
      g_propagate_error (error, g_steal_pointer (&inner));
      return NULL;
    }
  if (sequence->children == NULL)
    {
      g_set_error_literal (error, VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_INVALID,
                           "an alternative has no words: use [ ] for what may be left out");
      return NULL;
    }
  if (sequence->children->len == 1)
    return volant_phrase_ref (g_ptr_array_index (sequence->children, 0));
  return g_steal_pointer (&sequence);
}

static VolantPhrase *
read_choice (Reader *reader, GError **error)
{
  g_autoptr (VolantPhrase) choice = volant_phrase_new (VOLANT_PHRASE_CHOICE, NULL);

  while (true)
    {
      VolantPhrase *sequence = read_sequence (reader, error);

      if (sequence == NULL)
        return NULL;
      volant_phrase_add (choice, sequence);
      if (*reader->at != '|')
        break;
      reader->at++;
    }
  if (choice->children->len == 1)
    return volant_phrase_ref (g_ptr_array_index (choice->children, 0));
  return g_steal_pointer (&choice);
}

VolantPhrase *
volant_phrase_parse (const char *text, VolantPhraseLookup lookup, void *data, GError **error)
{
  Reader reader = { text, lookup, data, 0 };
  g_autoptr (VolantPhrase) phrase = NULL;

  if (strlen (text) > MAX_TEXT)
    {
      g_set_error (error, VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_INVALID,
                   "a phrase is longer than %d bytes: use lists", MAX_TEXT);
      return NULL;
    }
  phrase = read_choice (&reader, error);
  if (phrase != NULL && *reader.at != '\0')
    {
      g_set_error (error, VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_INVALID, "“%c” closes nothing",
                   *reader.at);
      return NULL;
    }
  return g_steal_pointer (&phrase);
}

/* An optional, a value, a list of those. Recursion is bounded by the depth of the tree; lists are
 * checked when they are defined, so that a reference need not be followed twice. */
bool
volant_phrase_may_be_empty (const VolantPhrase *phrase)
{
  bool all = true;
  bool any = false;

  if (phrase->kind == VOLANT_PHRASE_OPTIONAL || phrase->kind == VOLANT_PHRASE_VALUE)
    return true;
  if (phrase->children == NULL || phrase->kind == VOLANT_PHRASE_LIST)
    return false;
  for (unsigned i = 0; i < phrase->children->len; i++)
    {
      bool empty = volant_phrase_may_be_empty (g_ptr_array_index (phrase->children, i));

      all = all && empty;
      any = any || empty;
    }
  return phrase->kind == VOLANT_PHRASE_CHOICE ? any : all;
}

static void
append_word (GString *text, const char *word)
{
  if (text->len > 0)
    g_string_append_c (text, ' ');
  g_string_append (text, word);
}

static void
append_example (const VolantPhrase *phrase, GString *text)
{
  g_autofree char *slot = NULL;

  /* Lists of lists can unfold to more than anyone reads. */
  if (text->len > MAX_TEXT)
    return;
  switch (phrase->kind)
    {
    case VOLANT_PHRASE_WORD:
      append_word (text, phrase->text);
      break;
    case VOLANT_PHRASE_NAME:
      slot = g_strdup_printf ("<%s>", phrase->text);
      append_word (text, slot);
      break;
    case VOLANT_PHRASE_LIST:
    case VOLANT_PHRASE_CAPTURE:
    case VOLANT_PHRASE_CHOICE:
      append_example (g_ptr_array_index (phrase->children, 0), text);
      break;
    case VOLANT_PHRASE_SEQUENCE:
      for (unsigned i = 0; i < phrase->children->len; i++)
        append_example (g_ptr_array_index (phrase->children, i), text);
      break;
    case VOLANT_PHRASE_OPTIONAL:
    case VOLANT_PHRASE_VALUE:
      break;
    }
}

char *
volant_phrase_example (const VolantPhrase *phrase)
{
  g_autoptr (GString) text = g_string_new (NULL);

  append_example (phrase, text);
  return volant_phrase_join (text->str);
}

/* Every string of prefixes followed by every way to say the phrase. */
static GPtrArray *
expand_after (const VolantPhrase *phrase, GPtrArray *prefixes, unsigned limit)
{
  GPtrArray *result = g_ptr_array_new_with_free_func (g_free);
  g_autofree char *slot = NULL;

  if (phrase->kind == VOLANT_PHRASE_WORD || phrase->kind == VOLANT_PHRASE_NAME)
    {
      slot = g_strdup_printf (phrase->kind == VOLANT_PHRASE_NAME ? "<%s>" : "%s", phrase->text);
      for (unsigned i = 0; i < prefixes->len && i < limit; i++)
        {
          const char *prefix = g_ptr_array_index (prefixes, i);

          g_ptr_array_add (result, g_strconcat (prefix, *prefix != '\0' ? " " : "", slot, NULL));
        }
      return result;
    }
  if (phrase->kind == VOLANT_PHRASE_SEQUENCE)
    {
      g_ptr_array_unref (result);
      result = g_ptr_array_ref (prefixes);
      for (unsigned i = 0; i < phrase->children->len; i++)
        {
          g_autoptr (GPtrArray) before = result;

          result = expand_after (g_ptr_array_index (phrase->children, i), before, limit);
        }
      return result;
    }
  if (phrase->kind == VOLANT_PHRASE_OPTIONAL || phrase->kind == VOLANT_PHRASE_VALUE)
    for (unsigned i = 0; i < prefixes->len && result->len < limit; i++)
      g_ptr_array_add (result, g_strdup (g_ptr_array_index (prefixes, i)));
  for (unsigned i = 0; phrase->children != NULL && i < phrase->children->len; i++)
    {
      g_autoptr (GPtrArray) more = NULL;

      if (result->len >= limit)
        break;
      more = expand_after (g_ptr_array_index (phrase->children, i), prefixes, limit - result->len);
      g_ptr_array_extend_and_steal (result, g_steal_pointer (&more));
    }
  return result;
}

GPtrArray *
volant_phrase_expand (const VolantPhrase *phrase, unsigned limit)
{
  g_autoptr (GPtrArray) none = g_ptr_array_new_with_free_func (g_free);

  g_ptr_array_add (none, g_strdup (""));
  return expand_after (phrase, none, limit);
}

static void
children_to_jsgf (const VolantPhrase *phrase, const char *between, GString *jsgf)
{
  for (unsigned i = 0; i < phrase->children->len; i++)
    {
      if (i > 0)
        g_string_append (jsgf, between);
      volant_phrase_to_jsgf (g_ptr_array_index (phrase->children, i), jsgf);
    }
}

void
volant_phrase_to_jsgf (const VolantPhrase *phrase, GString *jsgf)
{
  switch (phrase->kind)
    {
    case VOLANT_PHRASE_WORD:
      g_string_append (jsgf, phrase->text);
      break;
    case VOLANT_PHRASE_NAME:
    case VOLANT_PHRASE_LIST:
      g_string_append_printf (jsgf, "<%s>", phrase->text);
      break;
    case VOLANT_PHRASE_CAPTURE:
      g_string_append (jsgf, "(");
      children_to_jsgf (phrase, " ", jsgf);
      g_string_append_printf (jsgf, ") {%s}", phrase->text);
      break;
    case VOLANT_PHRASE_SEQUENCE:
      children_to_jsgf (phrase, " ", jsgf);
      break;
    case VOLANT_PHRASE_CHOICE:
      g_string_append (jsgf, "( ");
      children_to_jsgf (phrase, " | ", jsgf);
      g_string_append (jsgf, " )");
      break;
    case VOLANT_PHRASE_OPTIONAL:
      g_string_append (jsgf, "[ ");
      children_to_jsgf (phrase, " ", jsgf);
      g_string_append (jsgf, " ]");
      break;
    case VOLANT_PHRASE_VALUE:
      break;
    }
}

char *
volant_phrase_fold (const char *text)
{
  g_autofree char *valid = g_utf8_make_valid (text, -1);
  g_autoptr (GString) words = g_string_new (NULL);
  const char *at = valid;

  while (*at != '\0')
    {
      g_autofree char *word = next_word (&at);

      if (word != NULL)
        append_word (words, word);
      else if (*at != '\0')
        at = g_utf8_next_char (at);
    }
  return g_string_free (g_steal_pointer (&words), FALSE);
}

char *
volant_phrase_join (const char *words)
{
  GString *text = g_string_new (NULL);
  gunichar last = 0;

  for (const char *at = words; *at != '\0'; at = g_utf8_next_char (at))
    {
      gunichar character = g_utf8_get_char (at);
      gunichar following = *g_utf8_next_char (at) != '\0'
                               ? g_utf8_get_char (g_utf8_next_char (at))
                               : 0;

      if (character != ' ' || !volant_phrase_is_han (last) || !volant_phrase_is_han (following))
        g_string_append_unichar (text, character);
      last = character;
    }
  return g_string_free (text, FALSE);
}
