/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/places/fold.h"
#include "maps/places/house-number.h"
#include "maps/places/reading.h"

#include <string.h>

static void
test_fold (void)
{
  static const struct {
    const char *text;
    const char *folded;
  } cases[] = {
    { "Rue de l'Étoile", "rue de l etoile" },
    { "Épinay-sur-Seine", "epinay sur seine" },
    { "Sacré-Cœur", "sacre coeur" },
    { "Hauptstraße 5", "hauptstrasse 5" },
    { "Łódź", "lodz" },
    { "ÎLE  SAINT–LOUIS ", "ile saint louis" },
    { "上海路12号", "上海路 12 号" },
    { "A7人民B", "a7 人民 b" },
    { "１２３", "123" },
    { "", "" },
    { "—", "" },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *folded = volant_fold (cases[i].text);

      g_assert_cmpstr (folded, ==, cases[i].folded);
    }
}

static void
test_core (void)
{
  static const struct {
    const char *folded;
    const char *key;
    const char *core;
  } cases[] = {
    { "rue de la paix", "rue paix", "paix" },
    { "bd st germain", "boulevard saint germain", "saint germain" },
    { "place", "place", "place" },
    { "av", "avenue", "av" },
    { "gare de lyon", "gare lyon", "gare lyon" },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *key = volant_fold_key (cases[i].folded);
      g_autofree char *core = volant_fold_core (cases[i].folded);

      g_assert_cmpstr (key, ==, cases[i].key);
      g_assert_cmpstr (core, ==, cases[i].core);
    }
}

static void
test_reading (void)
{
  g_autoptr (GError) error = NULL;
  g_autoptr (VolantReading) reading = volant_reading_new (&error);
  g_autofree char *square = NULL;
  g_autofree char *none = NULL;
  g_autoptr (GString) words = g_string_new (NULL);

  g_assert_no_error (error);
  square = volant_reading_spell (reading, "人民广场");
  none = volant_reading_spell (reading, "Place du Peuple");
  g_assert_cmpstr (square, ==, "ren min guang chang");
  g_assert_null (none);
  volant_reading_add_words (square, words);
  g_assert_nonnull (strstr (words->str, " ren "));
  g_assert_nonnull (strstr (words->str, " renmin "));
  g_assert_nonnull (strstr (words->str, " guangchang "));
  g_assert_nonnull (strstr (words->str, " renminguangchang "));
  g_assert_true (g_str_has_suffix (words->str, " rmgc"));
}

static void
test_house_numbers (void)
{
  static const struct {
    const char *text;
    int number; /* -1: none */
    const char *suffix;
  } cases[] = {
    { "12", 12, "" },      { "12 bis", 12, "bis" }, { "12bis", 12, "bis" }, { "12B", 12, "b" },
    { "7 ter", 7, "ter" }, { "12号", 12, "" },      { "A12", -1, "" },      { "12-14", -1, "" },
    { "", -1, "" },        { "75004", -1, "" },     { "12 rue", -1, "" },   { "12 b 3", -1, "" },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      VolantHouseNumber house = { 0, "" };
      bool good = volant_house_number_parse (cases[i].text, &house);

      g_test_message ("“%s”", cases[i].text);
      g_assert_cmpint (good, ==, cases[i].number >= 0);
      if (!good)
        continue;
      g_assert_cmpint ((int) house.number, ==, cases[i].number);
      g_assert_cmpstr (house.suffix, ==, cases[i].suffix);
    }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/fold/fold", test_fold);
  g_test_add_func ("/fold/core", test_core);
  g_test_add_func ("/fold/reading", test_reading);
  g_test_add_func ("/fold/house-numbers", test_house_numbers);
  return g_test_run ();
}
