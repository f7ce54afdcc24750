/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "speech/grammar.h"
#include "speech/numbers.h"

#include <string.h>

/* The catalogue's format and its errors, the graph made of it, and the way back from words. */

static VolantCatalogue *
read_text (const char *text)
{
  g_autoptr (GError) error = NULL;
  VolantCatalogue *catalogue =
      volant_catalogue_new_from_text (text, strlen (text), "test.commands", &error);

  g_assert_no_error (error);
  return catalogue;
}

static char *
meaning_of (const VolantGrammar *grammar, const char *words)
{
  const char *action;
  GVariant *parameters;
  g_autoptr (GVariant) owned = NULL;
  g_autofree char *text = NULL;

  if (!volant_grammar_match (grammar, words, &action, &parameters))
    return g_strdup ("nothing");
  owned = g_variant_ref_sink (parameters);
  text = g_variant_print (owned, FALSE);
  return g_strdup_printf ("%s %s", action, text);
}

static void
assert_means (const VolantGrammar *grammar, const char *words, const char *meaning)
{
  g_autofree char *found = meaning_of (grammar, words);

  g_assert_cmpstr (found, ==, meaning);
}

static void
test_format (void)
{
  g_autoptr (VolantCatalogue) catalogue = read_text ("# comment\n"
                                                     "language en\n"
                                                     "before = please | could you\n"
                                                     "<go> = take me # comment\n"
                                                     "     | drive [me]\n"
                                                     "slot <size> = small | (big | huge) {large}\n"
                                                     "nav.go-to\n"
                                                     "  <go> to [the] <station>\n"
                                                     "media.set-volume\n"
                                                     "\tvolume <number>\n"
                                                     "shop.order hot=yes\n"
                                                     "  [a] <size> coffee\n");
  g_autoptr (VolantGrammar) grammar = volant_grammar_new (catalogue, NULL, NULL, NULL);
  g_auto (GStrv) examples = volant_catalogue_list_examples (catalogue, "nav.go-to", 3);
  g_auto (GStrv) phrases = volant_catalogue_list_phrases (catalogue, "nav.go-to");
  g_autofree GStrv actions = volant_catalogue_list_actions (catalogue);
  g_autofree char *jsgf = volant_catalogue_to_jsgf (catalogue);

  g_assert_cmpstr (examples[0], ==, "take me to <station>");
  g_assert_cmpstr (phrases[0], ==, "<go> to [the] <station>");
  g_assert_cmpuint (g_strv_length (actions), ==, 3);
  g_assert_nonnull (strstr (jsgf, "<go> to [ the ] <station> {nav.go-to}"));
  assert_means (grammar, "please take me to the station_12", "nav.go-to {'station': 'station_12'}");
  assert_means (grammar, "drive to station_1", "nav.go-to {'station': 'station_1'}");
  assert_means (grammar, "volume one hundred and seven", "media.set-volume {'number': '107'}");
  assert_means (grammar, "volume", "nothing");
  assert_means (grammar, "drive to", "nothing");
  assert_means (grammar, "small coffee", "shop.order {'hot': 'yes', 'size': 'small'}");
  assert_means (grammar, "huge coffee", "shop.order {'hot': 'yes', 'size': 'large'}");
}

static void
test_errors (void)
{
  static const struct {
    const char *text;
    const char *words;
  } cases[] = {
    { "nav.go-to\n  take me (to\n", "test.commands:2: “(” is not closed" },
    { "nav.go-to\n  take me ]\n", "test.commands:2: “]” closes nothing" },
    { "nav.go-to\n  [please]\n", "test.commands:2: this phrase can be said without a word" },
    { "nav.go-to\n\n  go to <nowhere>\n", "test.commands:3: <nowhere> is neither" },
    { "  go home\n", "test.commands:1: a phrase without an action" },
    { "<a> = x\n<a> = y\nnav.go\n b\n", "test.commands:2: <a> is defined twice" },
    { "<a> x\n", "test.commands:1: a list is written" },
    { "go home\n", "test.commands:1: “go” is neither" },
    { "nav.go to\n", "test.commands:1: “to” after the action" },
    { "nav.go\n  a | | b\n", "test.commands:2: an alternative has no words" },
    { "nav.go\n  a\nlanguage en\n", "test.commands:3: the language must come first" },
    { "nav.go\n", "test.commands: no action with a phrase" },
    { "", "test.commands: no action with a phrase" },
    { "before = a\nbefore = b\nnav.go\n c\n", "test.commands:2: the small talk is given twice" },
    { "nav.go\n  a {b\n", "test.commands:2: “{” is not closed" },
    { "\xff\xfe", "test.commands: not a catalogue" },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autoptr (GError) error = NULL;
      VolantCatalogue *catalogue = volant_catalogue_new_from_text (
          cases[i].text, strlen (cases[i].text), "test.commands", &error);

      g_assert_null (catalogue);
      g_assert_error (error, VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_INVALID);
      if (!g_str_has_prefix (error->message, cases[i].words))
        g_error ("“%s” should begin “%s”", error->message, cases[i].words);
    }
}

static void
test_clash (void)
{
  g_autoptr (VolantCatalogue) catalogue = read_text ("media.pause\n  stop [it] [now]\n"
                                                     "nav.stop\n  stop [now]\n");
  g_autoptr (VolantGrammar) grammar = volant_grammar_new (catalogue, NULL, NULL, NULL);
  GPtrArray *clashes = volant_grammar_get_clashes (grammar);
  const VolantGrammarClash *clash;

  g_assert_cmpuint (clashes->len, ==, 2);
  clash = g_ptr_array_index (clashes, 0);
  g_assert_cmpstr (clash->words, ==, "stop");
  g_assert_cmpstr (clash->first, ==, "media.pause");
  g_assert_cmpstr (clash->second, ==, "nav.stop");
  g_assert_cmpuint (clash->second_line, ==, 4);
}

/* A list of lists that doubles at each step must be refused, not unfolded. */
static void
test_too_much (void)
{
  g_autoptr (GString) text = g_string_new ("<l0> = a b | c d\n");
  g_autoptr (GError) error = NULL;
  g_autoptr (VolantCatalogue) catalogue = NULL;
  g_autoptr (VolantGrammar) grammar = NULL;

  for (unsigned i = 1; i < 60; i++)
    g_string_append_printf (text, "<l%u> = <l%u> <l%u> | x\n", i, i - 1, i - 1);
  g_string_append (text, "nav.go\n  <l59>\n");
  catalogue = read_text (text->str);
  grammar = volant_grammar_new (catalogue, NULL, NULL, &error);
  g_assert_null (grammar);
  g_assert_error (error, VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_INVALID);
}

/* The merged graph accepts exactly what the phrases say. */
static bool
graph_accepts (const VolantGrammar *grammar, const char *words)
{
  g_auto (GStrv) parts = g_strsplit (words, " ", -1);
  unsigned n_arcs;
  const VolantGrammarArc *arcs = volant_grammar_get_arcs (grammar, &n_arcs);
  unsigned state = 0;

  for (unsigned i = 0; parts[i] != NULL; i++)
    {
      bool moved = false;

      for (unsigned a = 0; a < n_arcs && !moved; a++)
        if (arcs[a].from == state &&
            strcmp (volant_grammar_get_symbol (grammar, arcs[a].symbol), parts[i]) == 0)
          {
            state = arcs[a].to;
            moved = true;
          }
      if (!moved)
        return false;
    }
  return volant_grammar_is_final (grammar, state);
}

static bool
is_command (const VolantCatalogueEntry *entry, void *data)
{
  return g_str_has_prefix (entry->action, "dialogue.") != (GPOINTER_TO_INT (data) != 0);
}

/* Every way to say every phrase leads back to its action, and nothing in a state of the dialogue
 * means two things. */
static void
test_shipped (const void *data)
{
  const char *language = data;
  g_autofree char *name = g_strdup_printf ("%s.commands", language);
  g_autofree char *path =
      g_build_filename (g_getenv ("VOLANT_TEST_SOURCE"), "data", "commands", name, NULL);
  g_autoptr (GError) error = NULL;
  g_autoptr (VolantCatalogue) catalogue = volant_catalogue_new_from_file (path, &error);
  GPtrArray *entries;
  unsigned n_phrases = 0;

  g_assert_no_error (error);
  g_assert_cmpstr (volant_catalogue_get_language (catalogue), ==, language);
  entries = volant_catalogue_get_entries (catalogue);
  for (int commands = 0; commands < 2; commands++)
    {
      g_autoptr (VolantGrammar) grammar =
          volant_grammar_new (catalogue, is_command, GINT_TO_POINTER (commands), &error);
      GPtrArray *clashes;

      g_assert_no_error (error);
      clashes = volant_grammar_get_clashes (grammar);
      for (unsigned i = 0; i < clashes->len; i++)
        {
          const VolantGrammarClash *clash = g_ptr_array_index (clashes, i);

          g_test_message ("“%s” is %s (line %u) and %s (line %u)", clash->words, clash->first,
                          clash->first_line, clash->second, clash->second_line);
        }
      g_assert_cmpuint (clashes->len, ==, 0);
      for (unsigned i = 0; i < entries->len; i++)
        {
          const VolantCatalogueEntry *entry = g_ptr_array_index (entries, i);
          g_autoptr (GPtrArray) ways = NULL;

          if (!is_command (entry, GINT_TO_POINTER (commands)))
            continue;
          ways = volant_phrase_expand (entry->phrase, 40);
          for (unsigned w = 0; w < ways->len; w++)
            {
              const char *words = g_ptr_array_index (ways, w);
              g_autofree char *meaning = meaning_of (grammar, words);

              if (!g_str_has_prefix (meaning, entry->action))
                g_error ("“%s” (line %u) should be %s, is %s", words, entry->line, entry->action,
                         meaning);
              g_assert_true (graph_accepts (grammar, words));
              n_phrases++;
            }
        }
      g_test_message ("%s: %u states", language, volant_grammar_count_states (grammar));
    }
  g_test_message ("%s: %u sentences", language, n_phrases);
}

static void
test_numbers (void)
{
  static const struct {
    const char *language;
    const char *words;
    int value;
  } cases[] = {
    { "en", "zero", 0 },
    { "en", "twenty one", 21 },
    { "en", "a hundred and five", 105 },
    { "en", "nine hundred ninety nine", 999 },
    { "fr", "vingt et un", 21 },
    { "fr", "soixante et onze", 71 },
    { "fr", "quatre vingt dix sept", 97 },
    { "fr", "quatre vingts", 80 },
    { "fr", "deux cent vingt quatre", 224 },
    { "zh", "十 二", 12 },
    { "zh", "两 百 零 五", 205 },
    { "zh", "三 百 二 十 一", 321 },
    { "en", "banana", -1 },
    { "en", "", -1 },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (cases); i++)
    g_assert_cmpint (volant_numbers_parse (cases[i].language, cases[i].words), ==, cases[i].value);
}

static void
test_fold (void)
{
  g_autofree char *words = volant_phrase_fold ("Take me, please, to l’Étoile!");
  g_autofree char *chinese = volant_phrase_fold ("带我去，火车站。");
  g_autofree char *joined = volant_phrase_join (chinese);

  g_assert_cmpstr (words, ==, "take me please to l'étoile");
  g_assert_cmpstr (chinese, ==, "带 我 去 火 车 站");
  g_assert_cmpstr (joined, ==, "带我去火车站");
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/catalogue/format", test_format);
  g_test_add_func ("/catalogue/errors", test_errors);
  g_test_add_func ("/catalogue/clash", test_clash);
  g_test_add_func ("/catalogue/too-much", test_too_much);
  g_test_add_func ("/catalogue/numbers", test_numbers);
  g_test_add_func ("/catalogue/fold", test_fold);
  g_test_add_data_func ("/catalogue/shipped/en", "en", test_shipped);
  g_test_add_data_func ("/catalogue/shipped/fr", "fr", test_shipped);
  g_test_add_data_func ("/catalogue/shipped/zh", "zh", test_shipped);
  return g_test_run ();
}
