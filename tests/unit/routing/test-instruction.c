/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/navigation/instruction.h"
#include "app/navigation/street-name.h"
#include "app/text/text.h"

/* Sentences in three languages, as a speaker of each would say them. */

static void
assert_sentence (const VolantManoeuvre *manoeuvre, const char *en, const char *fr, const char *zh)
{
  const char *const languages[] = { "en", "fr", "zh" };
  const char *const expected[] = { en, fr, zh };

  for (unsigned i = 0; i < G_N_ELEMENTS (languages); i++)
    {
      g_autofree char *text = volant_instruction_text (manoeuvre, languages[i]);

      g_assert_cmpstr (text, ==, expected[i]);
    }
}

static VolantManoeuvre
manoeuvre (VolantManoeuvreKind kind, VolantModifier modifier, const char *street)
{
  return (VolantManoeuvre) { .kind = kind, .modifier = modifier, .street = (char *) street,
                             .ref = (char *) "", .destination = (char *) "" };
}

static void
test_turns (void)
{
  VolantManoeuvre left = manoeuvre (VOLANT_MANOEUVRE_TURN, VOLANT_MODIFIER_LEFT, "Rue de Rivoli");
  VolantManoeuvre right = manoeuvre (VOLANT_MANOEUVRE_TURN, VOLANT_MODIFIER_RIGHT, "Avenue Foch");
  VolantManoeuvre bare = manoeuvre (VOLANT_MANOEUVRE_TURN, VOLANT_MODIFIER_U_TURN, "Quai");
  VolantManoeuvre end = manoeuvre (VOLANT_MANOEUVRE_END_OF_ROAD, VOLANT_MODIFIER_RIGHT, "");
  VolantManoeuvre chinese = manoeuvre (VOLANT_MANOEUVRE_TURN, VOLANT_MODIFIER_RIGHT, "深南大道");

  assert_sentence (&left, "Turn left onto Rue de Rivoli", "Tournez à gauche dans la rue de Rivoli",
                   "左转进入Rue de Rivoli");
  assert_sentence (&right, "Turn right onto Avenue Foch", "Tournez à droite sur l’avenue Foch",
                   "右转进入Avenue Foch");
  assert_sentence (&bare, "Make a U-turn", "Faites demi-tour", "掉头");
  assert_sentence (&end, "At the end of the road, turn right",
                   "Au bout de la route, tournez à droite", "在路尽头右转");
  assert_sentence (&chinese, "Turn right onto 深南大道", "Tournez à droite sur 深南大道",
                   "右转进入深南大道");
}

static void
test_roundabout (void)
{
  VolantManoeuvre third = manoeuvre (VOLANT_MANOEUVRE_ROUNDABOUT, VOLANT_MODIFIER_LEFT, "");
  g_autofree char *brief = NULL;

  third.exit_number = 3;
  assert_sentence (&third, "At the roundabout, take the third exit",
                   "Au rond-point, prenez la troisième sortie", "进入环岛，从第三出口驶出");
  third.destination = (char *) "Lille;Roubaix;Gand";
  assert_sentence (&third, "At the roundabout, take the third exit towards Lille, Roubaix",
                   "Au rond-point, prenez la troisième sortie, direction Lille, Roubaix",
                   "进入环岛，从第三出口驶出，往Lille、Roubaix方向");
  brief = volant_instruction_short (&third, "fr");
  g_assert_cmpstr (brief, ==, "Prenez la troisième sortie");
}

static void
test_french_roads (void)
{
  static const char *const cases[][4] = {
    { "Rue X", "", "la rue X", "dans la rue X" },
    { "Allée des Ormes", "", "l’allée des Ormes", "dans l’allée des Ormes" },
    { "Boulevard Diderot", "", "le boulevard Diderot", "sur le boulevard Diderot" },
    { "Escaliers du Port", "", "les escaliers du Port", "dans les escaliers du Port" },
    { "", "A 8;E 80", "l’A 8", "sur l’A 8" },
    { "", "D 6007", "la D 6007", "sur la D 6007" },
    { "Broadway", "", "Broadway", "sur Broadway" },
    { "Rue", "", "Rue", "sur Rue" },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *plain = volant_street_name_plain ("fr", cases[i][0], cases[i][1]);
      g_autofree char *onto = volant_street_name_onto ("fr", cases[i][0], cases[i][1]);

      g_assert_cmpstr (plain, ==, cases[i][2]);
      g_assert_cmpstr (onto, ==, cases[i][3]);
    }
  g_assert_null (volant_street_name_plain ("fr", "", ""));
}

static void
test_distances (void)
{
  static const struct {
    double metres;
    const char *en, *fr, *zh;
  } cases[] = {
    { 4.0, "10 metres", "10 mètres", "10米" },
    { 44.0, "40 metres", "40 mètres", "40米" },
    { 130.0, "150 metres", "150 mètres", "150米" },
    { 410.0, "400 metres", "400 mètres", "400米" },
    { 990.0, "1 kilometre", "1 kilomètre", "1公里" },
    { 1240.0, "1.2 kilometres", "1,2 kilomètre", "1.2公里" },
    { 2000.0, "2 kilometres", "2 kilomètres", "2公里" },
    { 12345.0, "12.3 kilometres", "12,3 kilomètres", "12.3公里" },
  };

  for (unsigned i = 0; i < G_N_ELEMENTS (cases); i++)
    {
      g_autofree char *en = volant_instruction_distance ("en", cases[i].metres);
      g_autofree char *fr = volant_instruction_distance ("fr", cases[i].metres);
      g_autofree char *zh = volant_instruction_distance ("zh", cases[i].metres);

      g_assert_cmpstr (en, ==, cases[i].en);
      g_assert_cmpstr (fr, ==, cases[i].fr);
      g_assert_cmpstr (zh, ==, cases[i].zh);
    }
}

static void
assert_prompt (const VolantPrompt *prompt, const char *language, const char *expected)
{
  g_autofree char *text = volant_instruction_prompt (prompt, language);

  g_assert_cmpstr (text, ==, expected);
}

static void
test_prompts (void)
{
  VolantManoeuvre left = manoeuvre (VOLANT_MANOEUVRE_TURN, VOLANT_MODIFIER_LEFT, "Rue Haute");
  VolantManoeuvre right = manoeuvre (VOLANT_MANOEUVRE_TURN, VOLANT_MODIFIER_RIGHT, "Quai Bas");
  g_autoptr (VolantPrompt) far = volant_prompt_new (VOLANT_PROMPT_FAR, &left, 410.0, NULL);
  g_autoptr (VolantPrompt) both = volant_prompt_new (VOLANT_PROMPT_FAR, &left, 410.0, &right);
  g_autoptr (VolantPrompt) near = volant_prompt_new (VOLANT_PROMPT_NEAR, &left, 98.0, NULL);
  g_autoptr (VolantPrompt) now = volant_prompt_new (VOLANT_PROMPT_NOW, &left, 30.0, NULL);
  g_autoptr (VolantPrompt) copy = volant_prompt_copy (both);

  assert_prompt (far, "en", "In 400 metres, turn left onto Rue Haute");
  assert_prompt (far, "fr", "Dans 400 mètres, tournez à gauche dans la rue Haute");
  assert_prompt (far, "zh", "400米后左转进入Rue Haute");
  assert_prompt (copy, "en", "In 400 metres, turn left onto Rue Haute, then turn right");
  assert_prompt (copy, "fr", "Dans 400 mètres, tournez à gauche dans la rue Haute, puis tournez à "
                             "droite");
  assert_prompt (copy, "zh", "400米后左转进入Rue Haute，然后右转");
  assert_prompt (near, "fr", "Dans 100 mètres, tournez à gauche");
  assert_prompt (now, "zh", "左转");
}

/* Every manoeuvre has words in every language, and none is left in English. */
static void
test_nothing_untranslated (void)
{
  for (unsigned kind = 0; kind <= VOLANT_MANOEUVRE_ARRIVE; kind++)
    for (unsigned modifier = 0; modifier <= VOLANT_MODIFIER_SLIGHT_LEFT; modifier++)
      for (unsigned named = 0; named < 3; named++)
        {
          VolantManoeuvre one = manoeuvre (kind, modifier, named == 1 ? "Ω" : "");
          g_autofree char *en = NULL, *fr = NULL, *zh = NULL;

          one.destination = (char *) (named == 2 ? "Ψ" : "");
          one.exit_number = kind == VOLANT_MANOEUVRE_ROUNDABOUT ? modifier + 1 : 0;
          en = volant_instruction_text (&one, "en");
          fr = volant_instruction_text (&one, "fr");
          zh = volant_instruction_text (&one, "zh");
          g_assert_cmpstr (en, !=, fr);
          g_assert_cmpstr (en, !=, zh);
          for (const char *c = zh; *c != '\0'; c++)
            g_assert_false (g_ascii_isalpha (*c) || *c == ' ' || *c == ',');
        }
}

int
main (int argc, char **argv)
{
  g_test_init (&argc, &argv, NULL);
  g_test_add_func ("/instruction/turns", test_turns);
  g_test_add_func ("/instruction/roundabout", test_roundabout);
  g_test_add_func ("/instruction/french-roads", test_french_roads);
  g_test_add_func ("/instruction/distances", test_distances);
  g_test_add_func ("/instruction/prompts", test_prompts);
  g_test_add_func ("/instruction/nothing-untranslated", test_nothing_untranslated);
  return g_test_run ();
}
