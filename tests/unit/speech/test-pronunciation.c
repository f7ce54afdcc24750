/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "speech/decoder.h"
#include "speech/espeak.h"
#include "speech/pinyin.h"
#include "speech/pronunciation.h"

#include <glib/gstdio.h>
#include <string.h>

/* Readings in the phones of the English model: of IPA, of pinyin, of words and of names. */

static void
test_ipa (void)
{
  static const struct {
    const char *ipa;
    unsigned alternate;
    const char *phones;
  } cases[] = {
    { "ɡ_ˈa_ʁ d_ə- l_j_ˈɔ̃", 0, "G AA R D AH L Y AO N" },
    { "ɡ_ˈa_ʁ d_ə- l_j_ˈɔ̃", 1, "G AE R D AH L Y OW N" },
    { "dʒ_ˈiː_n", 0, "JH IY N" },
    { "(en)_h_ˈɒ_(fr)_p", 0, "HH AA P" },
    { "(open", 0, "OW P EY N" },
    { "", 0, "" },
    { "☃", 0, "" },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *phones =
          volant_pronunciation_from_ipa (cases[i].ipa, cases[i].alternate);

      g_assert_cmpstr (phones, ==, cases[i].phones);
    }
}

static void
test_pinyin (void)
{
  static const char *const cases[][2] = {
    { "zhan4", "JH AA N" }, { "shi4", "SH ER" },   { "xue2", "SH Y EH" }, { "yuan4", "Y EH N" },
    { "wo3", "W AO" },      { "nü3", "N Y UW" },   { "yi1", "IY" },       { "er4", "AA R" },
    { "qing1", "CH IH NG" }, { "hello1", NULL },   { "", NULL },          { "zh", NULL },
  };
  g_autofree char *text = volant_pinyin_from_text ("带我去火车站");

  g_autofree char *music = volant_pinyin_from_text ("播放音乐");

  g_assert_cmpstr (text, ==, "dai4 wo3 qu4 huo3 che1 zhan4");
  g_assert_nonnull (strstr (music, "yin1 yue4"));
  for (unsigned i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *phones = volant_pinyin_to_phones (cases[i][0], 0);

      g_assert_cmpstr (phones, ==, cases[i][1]);
    }
}

static void
test_names (void)
{
  g_autofree char *acoustic = NULL;
  g_autofree char *dictionary = NULL;
  g_autoptr (VolantPronunciation) pronunciation = NULL;
  g_auto (GStrv) word = NULL;
  g_auto (GStrv) name = NULL;
  g_auto (GStrv) made_up = NULL;
  g_auto (GStrv) chinese = NULL;

  g_assert_true (volant_decoder_find_model (NULL, &acoustic, &dictionary, NULL));
  pronunciation = volant_pronunciation_new (dictionary, NULL);
  word = volant_pronunciation_of_word (pronunciation, "route", "en");
  g_assert_cmpuint (g_strv_length (word), ==, 2);
  g_assert_cmpstr (word[0], ==, "R UW T");
  name = volant_pronunciation_of_name (pronunciation, "Gare de Lyon", "fr");
  g_assert_true (g_strv_contains ((const char *const *) name, "G AA R D AH L Y AO N"));
  g_assert_cmpuint (g_strv_length (name), >=, 3);
  made_up = volant_pronunciation_of_word (pronunciation, "blorptastic", "en");
  g_assert_cmpuint (g_strv_length (made_up), ==, 1);
  chinese = volant_pronunciation_of_name (pronunciation, "火车站", "zh");
  g_assert_cmpstr (chinese[0], ==, "HH W AO CH AH JH AA N");
}

/* Each says the file that is missing, or that it is damaged; none ends the program. */
static void
test_models (void)
{
  g_autofree char *folder = g_dir_make_tmp ("volant-model-XXXXXX", NULL);
  g_autofree char *mdef = g_build_filename (folder, "mdef", NULL);
  g_autofree char *acoustic = NULL;
  g_autofree char *dictionary = NULL;
  g_autoptr (GError) error = NULL;

  g_assert_false (volant_decoder_find_model ("/nowhere", &acoustic, &dictionary, &error));
  g_assert_error (error, VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_MODEL);
  g_assert_nonnull (strstr (error->message, "/nowhere"));
  g_clear_error (&error);
  g_assert_true (g_file_set_contents (mdef, "0.3\n", -1, NULL));
  g_assert_false (volant_decoder_find_model (folder, &acoustic, &dictionary, &error));
  g_assert_error (error, VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_MODEL);
  g_assert_nonnull (strstr (error->message, "means"));
  g_assert_cmpint (g_unlink (mdef), ==, 0);
  g_assert_cmpint (g_rmdir (folder), ==, 0);
}

static void *
ask_often (void *data)
{
  for (unsigned i = 0; i < 50; i++)
    {
      g_autofree char *french = volant_espeak_get_phonemes ("rue", "fr", NULL);
      g_autofree char *english = volant_espeak_get_phonemes ("street", "en-us", NULL);

      if (strstr (french, "ʁ") == NULL || strstr (english, "iː") == NULL)
        return (void *) "mixed up";
    }
  return NULL;
}

/* Several threads ask in two languages at once: the one speaker must not mix them up. */
static void
test_threads (void)
{
  GThread *threads[4];

  for (unsigned i = 0; i < G_N_ELEMENTS (threads); i++)
    threads[i] = g_thread_new ("asker", ask_often, NULL);
  for (unsigned i = 0; i < G_N_ELEMENTS (threads); i++)
    g_assert_null (g_thread_join (threads[i]));
}

static void
test_no_voice (void)
{
  g_autoptr (GError) error = NULL;

  g_assert_null (volant_espeak_get_phonemes ("a", "klingon-nowhere", &error));
  g_assert_error (error, VOLANT_SPEECH_ERROR, VOLANT_SPEECH_ERROR_VOICE);
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/pronunciation/ipa", test_ipa);
  g_test_add_func ("/pronunciation/pinyin", test_pinyin);
  g_test_add_func ("/pronunciation/names", test_names);
  g_test_add_func ("/pronunciation/models", test_models);
  g_test_add_func ("/pronunciation/threads", test_threads);
  g_test_add_func ("/pronunciation/no-voice", test_no_voice);
  return g_test_run ();
}
