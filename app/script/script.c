/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/script/script.h"

#include <math.h>
#include <string.h>

/* The reader of the step language: a line is cut into words, its first word picks a row of a table
 * that knows how many more it takes. Conditions have a small grammar of their own. */

#define LONGEST_SCRIPT_BYTES (1u << 20)
#define WAIT_WITHIN_S 30.0

struct _VolantScript {
  char *name;
  GPtrArray *steps;
};

G_DEFINE_QUARK (volant-script-error-quark, volant_script_error)

/* A line under work: its words and where one is in them. */
typedef struct {
  const char *name;
  unsigned line;
  GPtrArray *words;
  unsigned at;
} Cursor;

static void
step_free (VolantStep *step)
{
  g_free (step->source);
  g_strfreev (step->words);
  g_free (step->condition.key);
  g_free (step->condition.value);
  g_free (step->condition.on);
  g_free (step);
}

G_DEFINE_AUTOPTR_CLEANUP_FUNC (VolantStep, step_free)

static bool G_GNUC_PRINTF (3, 4)
refuse (const Cursor *cursor, GError **error, const char *format, ...)
{
  g_autofree char *words = NULL;
  va_list arguments;

  va_start (arguments, format);
  words = g_strdup_vprintf (format, arguments);
  va_end (arguments);
  g_set_error (error, VOLANT_SCRIPT_ERROR, VOLANT_SCRIPT_ERROR_SYNTAX, "%s:%u: %s", cursor->name,
               cursor->line, words);
  return false;
}

/* Cuts a line into words: white space parts them, "…" holds them together (\" and \\ inside), a #
 * that begins a word ends the line. */
static bool
cut_words (Cursor *cursor, const char *line, GError **error)
{
  const char *p = line;

  for (;;)
    {
      g_autoptr (GString) word = g_string_new (NULL);
      bool quoted = false;

      while (g_ascii_isspace (*p))
        p++;
      if (*p == '\0' || *p == '#')
        return true;
      for (; *p != '\0' && (quoted || !g_ascii_isspace (*p)); p++)
        {
          if (*p == '"')
            quoted = !quoted;
          else if (quoted && *p == '\\' && (p[1] == '"' || p[1] == '\\'))
            g_string_append_c (word, *++p);
          else
            g_string_append_c (word, *p);
        }
      if (quoted)
        return refuse (cursor, error, "a quotation mark is not closed");
      g_ptr_array_add (cursor->words, g_string_free (g_steal_pointer (&word), FALSE));
    }
}

static const char *
peek (const Cursor *cursor)
{
  return cursor->at < cursor->words->len ? g_ptr_array_index (cursor->words, cursor->at) : NULL;
}

static bool
take (Cursor *cursor, const char *word)
{
  if (g_strcmp0 (peek (cursor), word) != 0)
    return false;
  cursor->at++;
  return true;
}

static bool
take_value (Cursor *cursor, char **value, const char *what, GError **error)
{
  if (peek (cursor) == NULL)
    return refuse (cursor, error, "%s is missing", what);
  *value = g_strdup (peek (cursor));
  cursor->at++;
  return true;
}

static bool
take_comparison (Cursor *cursor, VolantCondition *condition, GError **error)
{
  static const struct {
    const char *sign;
    VolantCompare compare;
  } signs[] = {
    { "is", VOLANT_COMPARE_IS },           { "=", VOLANT_COMPARE_IS },
    { "!=", VOLANT_COMPARE_IS_NOT },       { "contains", VOLANT_COMPARE_CONTAINS },
    { "<", VOLANT_COMPARE_BELOW },         { ">", VOLANT_COMPARE_ABOVE },
    { "<=", VOLANT_COMPARE_AT_MOST },      { ">=", VOLANT_COMPARE_AT_LEAST },
    { "below", VOLANT_COMPARE_BELOW },     { "above", VOLANT_COMPARE_ABOVE },
    { "at-most", VOLANT_COMPARE_AT_MOST }, { "at-least", VOLANT_COMPARE_AT_LEAST },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (signs); i++)
    {
      if (!take (cursor, signs[i].sign))
        continue;
      condition->compare = signs[i].compare;
      if (strcmp (signs[i].sign, "is") == 0 && take (cursor, "not"))
        condition->compare = VOLANT_COMPARE_IS_NOT;
      return take_value (cursor, &condition->value, "what to compare with", error);
    }
  condition->compare = VOLANT_COMPARE_TRUE;
  return true;
}

/* [no] text "…" [on ID], or KEY [COMPARISON VALUE] */
static bool
take_condition (Cursor *cursor, VolantCondition *condition, GError **error)
{
  condition->negated = take (cursor, "no");
  if (take (cursor, "text"))
    {
      condition->compare = VOLANT_COMPARE_CONTAINS;
      return take_value (cursor, &condition->value, "the text", error)
             && (!take (cursor, "on")
                 || take_value (cursor, &condition->on, "the widget's id after “on”", error));
    }
  return take_value (cursor, &condition->key, "what to look at", error)
         && take_comparison (cursor, condition, error);
}

static bool
take_seconds (Cursor *cursor, double *seconds, GError **error)
{
  const char *word = peek (cursor);
  char *end = NULL;

  *seconds = word != NULL ? g_ascii_strtod (word, &end) : NAN;
  if (word == NULL || end == word || strcmp (end, "s") * strcmp (end, "") != 0
      || !isfinite (*seconds) || *seconds <= 0.0 || *seconds > 3600.0)
    return refuse (cursor, error, "“within” wants seconds from 0 to 3600, such as “within 20 s”");
  cursor->at++;
  take (cursor, "s");
  return true;
}

static bool
read_wait (Cursor *cursor, VolantStep *step, GError **error)
{
  if (!take (cursor, "until"))
    return refuse (cursor, error, "write “wait until …”: a script never just waits");
  step->within_s = WAIT_WITHIN_S;
  return take_condition (cursor, &step->condition, error)
         && (!take (cursor, "within") || take_seconds (cursor, &step->within_s, error));
}

static bool
read_expect (Cursor *cursor, VolantStep *step, GError **error)
{
  return take_condition (cursor, &step->condition, error);
}

static bool
read_tap (Cursor *cursor, VolantStep *step, GError **error)
{
  if (take (cursor, "map"))
    step->kind = VOLANT_STEP_TAP_MAP;
  return true;
}

static const struct {
  const char *verb;
  VolantStepKind kind;
  unsigned least; /* words after the verb, once read () is through */
  unsigned most;
  const char *usage;
  bool (*read) (Cursor *cursor, VolantStep *step, GError **error);
} verbs[] = {
  { "set", VOLANT_STEP_SET, 2, 2, "set NAME VALUE", NULL },
  { "start", VOLANT_STEP_START, 0, 40, "start [OPTION …]", NULL },
  { "say", VOLANT_STEP_SAY, 1, 5, "say \"WORDS\" [in LANGUAGE] [voice NAME]", NULL },
  { "tap", VOLANT_STEP_TAP, 1, 1, "tap ID, or tap map LATITUDE,LONGITUDE", read_tap },
  { "type", VOLANT_STEP_TYPE, 2, 2, "type ID \"TEXT\"", NULL },
  { "key", VOLANT_STEP_KEY, 1, 1, "key NAME", NULL },
  { "do", VOLANT_STEP_DO, 1, 2, "do ACTION [PARAMETER]", NULL },
  { "wait", VOLANT_STEP_WAIT, 0, 0, "wait until CONDITION [within N s]", read_wait },
  { "expect", VOLANT_STEP_EXPECT, 0, 0, "expect CONDITION", read_expect },
  { "screenshot", VOLANT_STEP_SCREENSHOT, 1, 1, "screenshot NAME", NULL },
  { "record", VOLANT_STEP_RECORD, 1, 1, "record NAME", NULL },
  { "resize", VOLANT_STEP_RESIZE, 1, 1, "resize WIDTHxHEIGHT", NULL },
};

static bool
read_step (Cursor *cursor, const char *line, GPtrArray *steps, GError **error)
{
  const char *verb = peek (cursor);

  for (unsigned i = 0; i < G_N_ELEMENTS (verbs); i++)
    {
      g_autoptr (VolantStep) step = NULL;
      unsigned left;

      if (strcmp (verb, verbs[i].verb) != 0)
        continue;
      cursor->at++;
      step = g_new0 (VolantStep, 1);
      step->kind = verbs[i].kind;
      step->line = cursor->line;
      step->source = g_strstrip (g_strdup (line));
      if (verbs[i].read != NULL && !verbs[i].read (cursor, step, error))
        return false;
      left = cursor->words->len - cursor->at;
      if (left < verbs[i].least || left > verbs[i].most)
        return refuse (cursor, error, "write “%s”", verbs[i].usage);
      step->words = g_new0 (char *, left + 1);
      for (unsigned word = 0; word < left; word++)
        step->words[word] = g_strdup (g_ptr_array_index (cursor->words, cursor->at + word));
      g_ptr_array_add (steps, g_steal_pointer (&step));
      return true;
    }
  return refuse (cursor, error,
                 "“%s” is not a step; steps are set start say tap type key do wait expect "
                 "screenshot record resize",
                 verb);
}

VolantScript *
volant_script_parse (const char *name, const char *text, gssize length, GError **error)
{
  g_autoptr (VolantScript) script = g_new0 (VolantScript, 1);
  g_auto (GStrv) lines = NULL;
  size_t size = length < 0 ? strlen (text) : (size_t) length;
  g_autofree char *copy = NULL;

  script->name = g_strdup (name);
  script->steps = g_ptr_array_new_with_free_func ((GDestroyNotify) step_free);
  if (size > LONGEST_SCRIPT_BYTES || !g_utf8_validate (text, (gssize) size, NULL))
    {
      g_set_error (error, VOLANT_SCRIPT_ERROR, VOLANT_SCRIPT_ERROR_SYNTAX,
                   "%s: a script is UTF-8 text of at most 1 MiB", name);
      return NULL;
    }
  copy = g_strndup (text, size);
  lines = g_strsplit (copy, "\n", -1);
  for (unsigned i = 0; lines[i] != NULL; i++)
    {
      g_autoptr (GPtrArray) words = g_ptr_array_new_with_free_func (g_free);
      Cursor cursor = { name, i + 1, words, 0 };

      if (!cut_words (&cursor, lines[i], error))
        return NULL;
      if (words->len > 0 && !read_step (&cursor, lines[i], script->steps, error))
        return NULL;
    }
  return g_steal_pointer (&script);
}

void
volant_script_free (VolantScript *script)
{
  if (script == NULL)
    return;
  g_clear_pointer (&script->steps, g_ptr_array_unref);
  g_free (script->name);
  g_free (script);
}

unsigned
volant_script_get_n_steps (const VolantScript *script)
{
  return script->steps->len;
}

const VolantStep *
volant_script_get_step (const VolantScript *script, unsigned index)
{
  g_return_val_if_fail (index < script->steps->len, NULL);
  return g_ptr_array_index (script->steps, index);
}

char *
volant_script_expand (const char *text, GHashTable *variables, GError **error)
{
  g_autoptr (GString) expanded = g_string_new (NULL);
  const char *open;

  while ((open = strstr (text, "${")) != NULL)
    {
      const char *close = strchr (open, '}');
      g_autofree char *name = close != NULL ? g_strndup (open + 2, close - open - 2) : NULL;
      const char *value = name != NULL ? g_hash_table_lookup (variables, name) : NULL;

      if (value == NULL)
        {
          g_set_error (error, VOLANT_SCRIPT_ERROR, VOLANT_SCRIPT_ERROR_SYNTAX,
                       "${%s} has no value: give it one with “set %s …” or --set %s=…",
                       name != NULL ? name : "", name != NULL ? name : "NAME",
                       name != NULL ? name : "NAME");
          return NULL;
        }
      g_string_append_len (expanded, text, open - text);
      g_string_append (expanded, value);
      text = close + 1;
    }
  g_string_append (expanded, text);
  return g_string_free (g_steal_pointer (&expanded), FALSE);
}

static bool
read_number (const char *text, double *number)
{
  char *end = NULL;

  *number = g_ascii_strtod (text, &end);
  return end != text && *end == '\0' && !isnan (*number);
}

static bool
is_truth (const char *actual)
{
  double number;

  if (actual == NULL || *actual == '\0' || strcmp (actual, "false") == 0)
    return false;
  return !read_number (actual, &number) || fpclassify (number) != FP_ZERO;
}

static bool
compare_values (VolantCompare compare, const char *value, const char *actual)
{
  double wanted = 0.0, is = 0.0;
  bool numbers = read_number (value, &wanted) && read_number (actual, &is);
  double order = numbers ? is - wanted : strcmp (actual, value);

  switch (compare)
    {
    case VOLANT_COMPARE_IS:
      return numbers ? fabs (order) < 1e-9 : strcmp (actual, value) == 0;
    case VOLANT_COMPARE_IS_NOT:
      return numbers ? fabs (order) >= 1e-9 : strcmp (actual, value) != 0;
    case VOLANT_COMPARE_CONTAINS:
      return strstr (actual, value) != NULL;
    case VOLANT_COMPARE_BELOW:
      return numbers && order < 0.0;
    case VOLANT_COMPARE_ABOVE:
      return numbers && order > 0.0;
    case VOLANT_COMPARE_AT_MOST:
      return numbers && order <= 0.0;
    case VOLANT_COMPARE_AT_LEAST:
      return numbers && order >= 0.0;
    case VOLANT_COMPARE_TRUE:
    default:
      return is_truth (actual);
    }
}

bool
volant_condition_holds (const VolantCondition *condition, const char *value, const char *actual)
{
  bool holds;

  if (condition->compare == VOLANT_COMPARE_TRUE)
    holds = is_truth (actual);
  else if (actual == NULL)
    holds = condition->compare == VOLANT_COMPARE_IS_NOT;
  else
    holds = compare_values (condition->compare, value, actual);
  return holds != condition->negated;
}
