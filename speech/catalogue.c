/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "speech/catalogue.h"

#include "speech/numbers.h"

#include <string.h>

/* The command catalogue. A file is read line by line into logical lines (a line that begins with
 * "|" goes on with the one before), each of which is a setting, a list, an action or a phrase of
 * the last action. */

#define MAX_BYTES (1024 * 1024)
#define MAX_ENTRIES 4000
#define MAX_LISTS 500
#define MAX_EXAMPLES 64

struct _VolantCatalogue {
  int references;
  char *name;
  char *language;
  GHashTable *lists; /* name → VolantPhrase */
  GPtrArray *list_names;
  VolantPhrase *before;
  VolantPhrase *after;
  GPtrArray *entries;
};

typedef struct {
  VolantCatalogue *catalogue;
  char *action;
  GHashTable *constants;
} Reader;

static void
entry_free (VolantCatalogueEntry *entry)
{
  g_free (entry->action);
  g_hash_table_unref (entry->constants);
  g_free (entry->text);
  volant_phrase_unref (entry->phrase);
  g_free (entry);
}

static bool
is_name_slot (const char *name)
{
  return strcmp (name, "station") == 0 || strcmp (name, "street") == 0 ||
         strcmp (name, "place") == 0;
}

static VolantPhrase *
look_up (const char *name, void *data)
{
  VolantCatalogue *catalogue = data;
  VolantPhrase *list = g_hash_table_lookup (catalogue->lists, name);

  if (list != NULL)
    return volant_phrase_ref (list);
  return is_name_slot (name) ? volant_phrase_new (VOLANT_PHRASE_NAME, name) : NULL;
}

static bool
add_list (VolantCatalogue *catalogue, const char *name, const char *text, bool is_slot,
          GError **error)
{
  g_autoptr (VolantPhrase) phrase = NULL;
  VolantPhrase *list;

  if (g_hash_table_contains (catalogue->lists, name) || is_name_slot (name))
    {
      g_set_error (error, VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_INVALID,
                   "<%s> is defined twice: choose another name", name);
      return false;
    }
  if (catalogue->list_names->len >= MAX_LISTS)
    {
      g_set_error (error, VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_INVALID,
                   "more than %d lists: join some", MAX_LISTS);
      return false;
    }
  phrase = volant_phrase_parse (text, look_up, catalogue, error);
  if (phrase == NULL)
    return false;
  if (volant_phrase_may_be_empty (phrase))
    {
      g_set_error (error, VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_INVALID,
                   "<%s> can be said without a word: put the [ ] where it is used", name);
      return false;
    }
  list = volant_phrase_new (is_slot ? VOLANT_PHRASE_CAPTURE : VOLANT_PHRASE_LIST, name);
  volant_phrase_add (list, g_steal_pointer (&phrase));
  g_hash_table_insert (catalogue->lists, g_strdup (name), list);
  g_ptr_array_add (catalogue->list_names, g_strdup (name));
  return true;
}

/* <number> in the language's words. */
static void
add_numbers (VolantCatalogue *catalogue)
{
  const char *const *lists = volant_numbers_get_lists (catalogue->language);

  for (unsigned i = 0; lists[i] != NULL; i += 2)
    {
      g_autoptr (GError) error = NULL;

      if (!add_list (catalogue, lists[i], lists[i + 1], strcmp (lists[i], "number") == 0, &error))
        g_error ("%s", error->message);
    }
}

/* "<name> = …", after "slot" or not. */
static bool
read_list (VolantCatalogue *catalogue, const char *line, bool is_slot, GError **error)
{
  const char *equals = strchr (line, '=');
  const char *close = strchr (line, '>');
  g_autofree char *name = NULL;

  if (*line != '<' || close == NULL || equals == NULL || equals < close)
    {
      g_set_error_literal (error, VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_INVALID,
                           "a list is written “<name> = words | other words”");
      return false;
    }
  name = g_strstrip (g_strndup (line + 1, (size_t) (close - line - 1)));
  if (*name == '\0')
    {
      g_set_error_literal (error, VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_INVALID,
                           "a list needs a name between < and >");
      return false;
    }
  return add_list (catalogue, name, equals + 1, is_slot, error);
}

static bool
read_language (VolantCatalogue *catalogue, const char *language, GError **error)
{
  if (catalogue->list_names->len > 0 || catalogue->entries->len > 0)
    {
      g_set_error_literal (error, VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_INVALID,
                           "the language must come first, and once");
      return false;
    }
  if (strlen (language) < 2 ||
      strspn (language, "abcdefghijklmnopqrstuvwxyz-") != strlen (language))
    {
      g_set_error (error, VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_INVALID,
                   "“%s” is no language: write en, fr or zh", language);
      return false;
    }
  g_free (catalogue->language);
  catalogue->language = g_strdup (language);
  add_numbers (catalogue);
  return true;
}

static bool
read_small_talk (VolantCatalogue *catalogue, const char *line, VolantPhrase **phrase,
                 GError **error)
{
  if (*phrase != NULL)
    {
      g_set_error_literal (error, VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_INVALID,
                           "the small talk is given twice: use one list");
      return false;
    }
  *phrase = volant_phrase_parse (strchr (line, '=') + 1, look_up, catalogue, error);
  return *phrase != NULL;
}

static bool
is_action_name (const char *name)
{
  const char *dot = strchr (name, '.');

  return dot != NULL && dot != name && dot[1] != '\0' &&
         strspn (name, "abcdefghijklmnopqrstuvwxyz0123456789-.") == strlen (name);
}

/* "domain.verb-object slot=value …" */
static bool
read_action (Reader *reader, const char *line, GError **error)
{
  g_auto (GStrv) parts = g_strsplit_set (line, " \t", -1);

  if (!is_action_name (parts[0]))
    {
      g_set_error (error, VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_INVALID,
                   "“%s” is neither a setting, a list nor an action such as nav.go-to; phrases"
                   " are indented",
                   parts[0]);
      return false;
    }
  g_free (reader->action);
  reader->action = g_strdup (parts[0]);
  g_clear_pointer (&reader->constants, g_hash_table_unref);
  reader->constants = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  for (unsigned i = 1; parts[i] != NULL; i++)
    {
      char *equals = strchr (parts[i], '=');

      if (*parts[i] == '\0')
        continue;
      if (equals == NULL || equals == parts[i])
        {
          g_set_error (error, VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_INVALID,
                       "“%s” after the action: write slot=value", parts[i]);
          return false;
        }
      g_hash_table_insert (reader->constants,
                           g_strndup (parts[i], (size_t) (equals - parts[i])),
                           g_strdup (equals + 1));
    }
  return true;
}

static bool
read_phrase (Reader *reader, const char *line, unsigned number, GError **error)
{
  VolantCatalogue *catalogue = reader->catalogue;
  g_autoptr (VolantPhrase) phrase = NULL;
  VolantCatalogueEntry *entry;

  if (reader->action == NULL)
    g_set_error_literal (error, VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_INVALID,
                         "a phrase without an action: write the action on a line above");
  else if (catalogue->entries->len >= MAX_ENTRIES)
    g_set_error (error, VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_INVALID,
                 "more than %d phrases: use ( | ) and lists", MAX_ENTRIES);
  else
    phrase = volant_phrase_parse (line, look_up, catalogue, error);
  if (phrase == NULL)
    return false;
  if (volant_phrase_may_be_empty (phrase))
    {
      g_set_error_literal (error, VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_INVALID,
                           "this phrase can be said without a word");
      return false;
    }
  entry = g_new0 (VolantCatalogueEntry, 1);
  entry->action = g_strdup (reader->action);
  entry->constants = g_hash_table_ref (reader->constants);
  entry->text = g_strdup (line);
  entry->phrase = g_steal_pointer (&phrase);
  entry->line = number;
  g_ptr_array_add (catalogue->entries, entry);
  return true;
}

static bool
starts_setting (const char *line, const char *word)
{
  size_t length = strlen (word);

  return g_str_has_prefix (line, word) &&
         line[length + strspn (line + length, " \t")] == '=';
}

static bool
read_line (Reader *reader, const char *line, bool is_indented, unsigned number, GError **error)
{
  VolantCatalogue *catalogue = reader->catalogue;

  if (g_str_has_prefix (line, "language ") && !is_indented)
    return read_language (catalogue, line + strlen ("language "), error);
  if (catalogue->list_names->len == 0)
    add_numbers (catalogue);
  if (is_indented)
    return read_phrase (reader, line, number, error);
  if (starts_setting (line, "before"))
    return read_small_talk (catalogue, line, &catalogue->before, error);
  if (starts_setting (line, "after"))
    return read_small_talk (catalogue, line, &catalogue->after, error);
  if (g_str_has_prefix (line, "slot "))
    return read_list (catalogue, line + strlen ("slot ") + strspn (line + 5, " \t"), true, error);
  if (*line == '<')
    return read_list (catalogue, line, false, error);
  return read_action (reader, line, error);
}

/* A comment runs from # to the end of the line. */
static char *
clean_line (const char *line)
{
  char *text = g_strdup (line);
  char *mark = strchr (text, '#');

  if (mark != NULL)
    *mark = '\0';
  return g_strchomp (text);
}

static bool
read_lines (Reader *reader, GStrv lines, GError **error)
{
  for (unsigned i = 0; lines[i] != NULL;)
    {
      unsigned number = i + 1;
      g_autofree char *first = clean_line (lines[i++]);
      g_autoptr (GString) whole = g_string_new (first);
      bool is_indented = *first == ' ' || *first == '\t';

      while (lines[i] != NULL)
        {
          g_autofree char *next = clean_line (lines[i]);
          const char *start = next + strspn (next, " \t");

          if (*start != '|' && (*start != '\0' || lines[i][0] == '\0'))
            break;
          g_string_append_printf (whole, " %s", start);
          i++;
        }
      g_strstrip (whole->str);
      if (*whole->str != '\0' && !read_line (reader, whole->str, is_indented, number, error))
        {
          g_prefix_error (error, "%s:%u: ", reader->catalogue->name, number);
          return false;
        }
    }
  if (reader->catalogue->entries->len > 0)
    return true;
  g_set_error (error, VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_INVALID,
               "%s: no action with a phrase in it", reader->catalogue->name);
  return false;
}

VolantCatalogue *
volant_catalogue_new_from_text (const char *text, size_t length, const char *name, GError **error)
{
  g_autoptr (VolantCatalogue) catalogue = g_new0 (VolantCatalogue, 1);
  g_auto (GStrv) lines = NULL;
  g_autofree char *copy = NULL;
  Reader reader = { catalogue, NULL, NULL };
  bool is_read;

  catalogue->references = 1;
  catalogue->name = g_strdup (name);
  catalogue->language = g_strdup ("en");
  catalogue->lists = g_hash_table_new_full (g_str_hash, g_str_equal, g_free,
                                            (GDestroyNotify) volant_phrase_unref);
  catalogue->list_names = g_ptr_array_new_with_free_func (g_free);
  catalogue->entries = g_ptr_array_new_with_free_func ((GDestroyNotify) entry_free);
  if (length > MAX_BYTES || !g_utf8_validate_len (text, length, NULL))
    {
      g_set_error (error, VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_INVALID,
                   "%s: not a catalogue: it must be UTF-8 text of at most 1 MiB", name);
      return NULL;
    }
  copy = g_strndup (text, length);
  lines = g_strsplit (copy, "\n", -1);
  is_read = read_lines (&reader, lines, error);
  g_free (reader.action);
  g_clear_pointer (&reader.constants, g_hash_table_unref);
  return is_read ? g_steal_pointer (&catalogue) : NULL;
}

VolantCatalogue *
volant_catalogue_new_from_file (const char *path, GError **error)
{
  g_autofree char *text = NULL;
  g_autofree char *name = g_path_get_basename (path);
  g_autoptr (GError) inner = NULL;
  size_t length = 0;

  if (g_file_get_contents (path, &text, &length, &inner))
    return volant_catalogue_new_from_text (text, length, name, error);
  g_set_error (error, VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_INVALID,
               "the command catalogue cannot be read: %s", inner->message);
  return NULL;
}

VolantCatalogue *
volant_catalogue_ref (VolantCatalogue *catalogue)
{
  g_atomic_int_inc (&catalogue->references);
  return catalogue;
}

void
volant_catalogue_unref (VolantCatalogue *catalogue)
{
  if (!g_atomic_int_dec_and_test (&catalogue->references))
    return;
  g_free (catalogue->name);
  g_free (catalogue->language);
  g_hash_table_unref (catalogue->lists);
  g_ptr_array_unref (catalogue->list_names);
  g_clear_pointer (&catalogue->before, volant_phrase_unref);
  g_clear_pointer (&catalogue->after, volant_phrase_unref);
  g_ptr_array_unref (catalogue->entries);
  g_free (catalogue);
}

const char *
volant_catalogue_get_language (const VolantCatalogue *catalogue)
{
  return catalogue->language;
}

const char *
volant_catalogue_get_name (const VolantCatalogue *catalogue)
{
  return catalogue->name;
}

GPtrArray *
volant_catalogue_get_entries (const VolantCatalogue *catalogue)
{
  return catalogue->entries;
}

const VolantPhrase *
volant_catalogue_get_before (const VolantCatalogue *catalogue)
{
  return catalogue->before;
}

const VolantPhrase *
volant_catalogue_get_after (const VolantCatalogue *catalogue)
{
  return catalogue->after;
}

GStrv
volant_catalogue_list_actions (const VolantCatalogue *catalogue)
{
  g_autoptr (GPtrArray) actions = g_ptr_array_new ();

  for (unsigned i = 0; i < catalogue->entries->len; i++)
    {
      const VolantCatalogueEntry *entry = g_ptr_array_index (catalogue->entries, i);

      if (!g_ptr_array_find_with_equal_func (actions, entry->action, g_str_equal, NULL))
        g_ptr_array_add (actions, entry->action);
    }
  g_ptr_array_add (actions, NULL);
  return (GStrv) g_ptr_array_free (g_steal_pointer (&actions), FALSE);
}

GStrv
volant_catalogue_list_phrases (const VolantCatalogue *catalogue, const char *action)
{
  g_autoptr (GStrvBuilder) phrases = g_strv_builder_new ();

  for (unsigned i = 0; i < catalogue->entries->len; i++)
    {
      const VolantCatalogueEntry *entry = g_ptr_array_index (catalogue->entries, i);

      if (strcmp (entry->action, action) == 0)
        g_strv_builder_add (phrases, entry->text);
    }
  return g_strv_builder_end (phrases);
}

GStrv
volant_catalogue_list_examples (const VolantCatalogue *catalogue, const char *action,
                                unsigned limit)
{
  g_autoptr (GStrvBuilder) examples = g_strv_builder_new ();
  unsigned n_examples = 0;

  for (unsigned i = 0; i < catalogue->entries->len && n_examples < MIN (limit, MAX_EXAMPLES); i++)
    {
      const VolantCatalogueEntry *entry = g_ptr_array_index (catalogue->entries, i);
      g_autofree char *example = NULL;

      if (strcmp (entry->action, action) != 0)
        continue;
      example = volant_phrase_example (entry->phrase);
      g_strv_builder_add (examples, example);
      n_examples++;
    }
  return g_strv_builder_end (examples);
}

static void
append_rule (GString *jsgf, const char *name, const VolantPhrase *phrase)
{
  g_string_append_printf (jsgf, "<%s> = ", name);
  volant_phrase_to_jsgf (phrase, jsgf);
  g_string_append (jsgf, ";\n");
}

char *
volant_catalogue_to_jsgf (const VolantCatalogue *catalogue)
{
  GString *jsgf = g_string_new ("#JSGF V1.0 UTF-8;\ngrammar commands;\n");

  for (unsigned i = 0; i < catalogue->list_names->len; i++)
    {
      const char *name = g_ptr_array_index (catalogue->list_names, i);
      const VolantPhrase *list = g_hash_table_lookup (catalogue->lists, name);

      append_rule (jsgf, name, g_ptr_array_index (list->children, 0));
    }
  if (catalogue->before != NULL)
    append_rule (jsgf, "before", catalogue->before);
  if (catalogue->after != NULL)
    append_rule (jsgf, "after", catalogue->after);
  g_string_append (jsgf, "public <command> = ");
  for (unsigned i = 0; i < catalogue->entries->len; i++)
    {
      const VolantCatalogueEntry *entry = g_ptr_array_index (catalogue->entries, i);
      bool is_bare = g_str_has_prefix (entry->action, "dialogue.");

      g_string_append (jsgf, i > 0 ? "\n  | " : "\n    ");
      if (catalogue->before != NULL && !is_bare)
        g_string_append (jsgf, "[<before>] ");
      volant_phrase_to_jsgf (entry->phrase, jsgf);
      if (catalogue->after != NULL && !is_bare)
        g_string_append (jsgf, " [<after>]");
      g_string_append_printf (jsgf, " {%s}", entry->action);
    }
  g_string_append (jsgf, ";\n");
  return g_string_free (jsgf, FALSE);
}
