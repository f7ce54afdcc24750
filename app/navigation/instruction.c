/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "app/navigation/instruction.h"

#include "app/navigation/street-name.h"
#include "app/text/text.h"

#include <math.h>

/* Every sentence stands here whole, once in each form that grammar asks for, so that translators
 * see sentences and not their pieces. "onto %s" takes a road with its preposition where a language
 * has one ("dans la rue X"); "towards %s" takes a sign. */

/* Closer than this one does not say how far. */
#define HERE_M 20.0

typedef struct {
  const char *plain;
  const char *onto;    /* NULL: the road is not named */
  const char *towards; /* NULL: the sign is not said */
} Sentence;

static const Sentence turns[] = {
  [VOLANT_MODIFIER_STRAIGHT] = { N_ ("Continue straight ahead"), N_ ("Continue onto %s"), NULL },
  [VOLANT_MODIFIER_SLIGHT_RIGHT] = { N_ ("Turn slightly right"), N_ ("Turn slightly right onto %s"),
                                     NULL },
  [VOLANT_MODIFIER_RIGHT] = { N_ ("Turn right"), N_ ("Turn right onto %s"),
                              N_ ("Turn right towards %s") },
  [VOLANT_MODIFIER_SHARP_RIGHT] = { N_ ("Turn sharp right"), N_ ("Turn sharp right onto %s"),
                                    NULL },
  [VOLANT_MODIFIER_U_TURN] = { N_ ("Make a U-turn"), NULL, NULL },
  [VOLANT_MODIFIER_SHARP_LEFT] = { N_ ("Turn sharp left"), N_ ("Turn sharp left onto %s"), NULL },
  [VOLANT_MODIFIER_LEFT] = { N_ ("Turn left"), N_ ("Turn left onto %s"),
                             N_ ("Turn left towards %s") },
  [VOLANT_MODIFIER_SLIGHT_LEFT] = { N_ ("Turn slightly left"), N_ ("Turn slightly left onto %s"),
                                    NULL },
};

static const Sentence end_left = { N_ ("At the end of the road, turn left"),
                                   N_ ("At the end of the road, turn left onto %s"), NULL };
static const Sentence end_right = { N_ ("At the end of the road, turn right"),
                                    N_ ("At the end of the road, turn right onto %s"), NULL };
static const Sentence keep_left = { N_ ("Keep left"), N_ ("Keep left onto %s"),
                                    N_ ("Keep left towards %s") };
static const Sentence keep_right = { N_ ("Keep right"), N_ ("Keep right onto %s"),
                                     N_ ("Keep right towards %s") };
static const Sentence on_ramp = { N_ ("Take the ramp"), N_ ("Take the ramp onto %s"),
                                  N_ ("Take the ramp towards %s") };
static const Sentence off_ramp = { N_ ("Take the exit"), NULL, N_ ("Take the exit towards %s") };
static const Sentence into_roundabout = { N_ ("Enter the roundabout"), NULL, NULL };
static const Sentence ferry = { N_ ("Take the ferry"), NULL, NULL };
static const Sentence via = { N_ ("You reach your stop"), NULL, NULL };
static const Sentence via_left = { N_ ("Your stop is on the left"), NULL, NULL };
static const Sentence via_right = { N_ ("Your stop is on the right"), NULL, NULL };
static const Sentence arrive = { N_ ("You will arrive at your destination"), NULL, NULL };
static const Sentence arrive_left = { N_ ("Your destination is on the left"), NULL, NULL };
static const Sentence arrive_right = { N_ ("Your destination is on the right"), NULL, NULL };

static const char *const ordinals[] = {
  N_ ("first"), N_ ("second"),  N_ ("third"),  N_ ("fourth"), N_ ("fifth"),
  N_ ("sixth"), N_ ("seventh"), N_ ("eighth"), N_ ("ninth"),  N_ ("tenth"),
};

static bool
is_left (VolantModifier modifier)
{
  return modifier >= VOLANT_MODIFIER_SHARP_LEFT;
}

static const Sentence *
find_sentence (const VolantManoeuvre *manoeuvre)
{
  bool left = is_left (manoeuvre->modifier);

  switch (manoeuvre->kind)
    {
    case VOLANT_MANOEUVRE_TURN:
    case VOLANT_MANOEUVRE_CONTINUE:
      return &turns[manoeuvre->modifier];
    case VOLANT_MANOEUVRE_END_OF_ROAD:
      return left ? &end_left : &end_right;
    case VOLANT_MANOEUVRE_FORK:
      return left ? &keep_left : &keep_right;
    case VOLANT_MANOEUVRE_ON_RAMP:
      return &on_ramp;
    case VOLANT_MANOEUVRE_OFF_RAMP:
      return &off_ramp;
    case VOLANT_MANOEUVRE_ROUNDABOUT:
      return &into_roundabout;
    case VOLANT_MANOEUVRE_FERRY:
      return &ferry;
    case VOLANT_MANOEUVRE_VIA:
      if (manoeuvre->modifier == VOLANT_MODIFIER_STRAIGHT)
        return &via;
      return left ? &via_left : &via_right;
    case VOLANT_MANOEUVRE_ARRIVE:
      if (manoeuvre->modifier == VOLANT_MODIFIER_STRAIGHT)
        return &arrive;
      return left ? &arrive_left : &arrive_right;
    case VOLANT_MANOEUVRE_DEPART:
    case VOLANT_MANOEUVRE_MERGE:
    default:
      g_return_val_if_reached (&arrive);
    }
}

static char *
roundabout_text (const VolantManoeuvre *manoeuvre, const char *language, const char *onto,
                 const char *sign)
{
  unsigned exit = manoeuvre->exit_number;
  const char *ordinal;

  if (exit == 0 || exit > G_N_ELEMENTS (ordinals))
    return g_strdup (volant_text (language, into_roundabout.plain));
  ordinal = volant_text (language, ordinals[exit - 1]);
  if (sign != NULL)
    return volant_text_format (language, N_ ("At the roundabout, take the %s exit towards %s"),
                               ordinal, sign);
  if (onto != NULL)
    return volant_text_format (language, N_ ("At the roundabout, take the %s exit onto %s"),
                               ordinal, onto);
  return volant_text_format (language, N_ ("At the roundabout, take the %s exit"), ordinal);
}

char *
volant_instruction_text (const VolantManoeuvre *manoeuvre, const char *language)
{
  g_autofree char *road = volant_street_name_plain (language, manoeuvre->street, manoeuvre->ref);
  g_autofree char *onto = volant_street_name_onto (language, manoeuvre->street, manoeuvre->ref);
  g_autofree char *sign = volant_street_name_sign (language, manoeuvre->destination);
  const Sentence *sentence;

  if (manoeuvre->kind == VOLANT_MANOEUVRE_DEPART)
    return road != NULL ? volant_text_format (language, N_ ("Follow %s"), road)
                        : g_strdup (volant_text (language, N_ ("Follow the road")));
  if (manoeuvre->kind == VOLANT_MANOEUVRE_MERGE)
    return road != NULL ? volant_text_format (language, N_ ("Merge onto %s"), road)
                        : g_strdup (volant_text (language, N_ ("Merge into the traffic")));
  if (manoeuvre->kind == VOLANT_MANOEUVRE_ROUNDABOUT)
    return roundabout_text (manoeuvre, language, onto, sign);
  sentence = find_sentence (manoeuvre);
  if (sign != NULL && sentence->towards != NULL)
    return volant_text_format (language, sentence->towards, sign);
  if (onto != NULL && sentence->onto != NULL)
    return volant_text_format (language, sentence->onto, onto);
  return g_strdup (volant_text (language, sentence->plain));
}

char *
volant_instruction_short (const VolantManoeuvre *manoeuvre, const char *language)
{
  unsigned exit = manoeuvre->exit_number;
  VolantManoeuvre bare = *manoeuvre;

  if (manoeuvre->kind == VOLANT_MANOEUVRE_ROUNDABOUT && exit > 0 && exit <= G_N_ELEMENTS (ordinals))
    return volant_text_format (language, N_ ("Take the %s exit"),
                               volant_text (language, ordinals[exit - 1]));
  bare.street = bare.ref = bare.destination = (char *) "";
  if (bare.kind == VOLANT_MANOEUVRE_END_OF_ROAD)
    bare.kind = VOLANT_MANOEUVRE_TURN;
  return volant_instruction_text (&bare, language);
}

char *
volant_instruction_distance (const char *language, double distance_m)
{
  double metres = distance_m < 100.0 ? MAX (round (distance_m / 10.0) * 10.0, 10.0)
                                     : round (distance_m / 50.0) * 50.0;
  g_autofree char *number = NULL;
  unsigned long count;
  int tenths;

  if (metres < 1000.0)
    {
      number = g_strdup_printf ("%.0f", metres);
      return g_strdup_printf (volant_text_plural (language, N_ ("%s metre"), N_ ("%s metres"),
                                                  (unsigned long) metres),
                              number);
    }
  tenths = (int) MIN (round (distance_m / 100.0), 1e6);
  number = tenths % 10 == 0
             ? g_strdup_printf ("%d", tenths / 10)
             : g_strdup_printf ("%d%s%d", tenths / 10,
                                g_strcmp0 (language, "fr") == 0 ? "," : ".", tenths % 10);
  /* French counts 1,9 as one, English does not. */
  count = g_strcmp0 (language, "fr") == 0 || tenths % 10 == 0 ? (unsigned long) tenths / 10 : 2;
  return g_strdup_printf (volant_text_plural (language, N_ ("%s kilometre"), N_ ("%s kilometres"),
                                              count),
                          number);
}

/* Inside a sentence its first letter is small. */
static char *
begin_small (const char *text)
{
  const char *rest = g_utf8_next_char (text);
  g_autofree char *initial = g_utf8_strdown (text, rest - text);

  return g_strconcat (initial, rest, NULL);
}

static char *
after_distance (const char *sentence, double distance_m, const char *language)
{
  g_autofree char *distance = NULL, *small = NULL;

  if (distance_m < HERE_M || *sentence == '\0')
    return g_strdup (sentence);
  distance = volant_instruction_distance (language, distance_m);
  small = begin_small (sentence);
  return volant_text_format (language, N_ ("In %s, %s"), distance, small);
}

char *
volant_instruction_at (const VolantManoeuvre *manoeuvre, double distance_m, const char *language)
{
  g_autofree char *sentence = volant_instruction_text (manoeuvre, language);

  return after_distance (sentence, distance_m, language);
}

char *
volant_instruction_prompt (const VolantPrompt *prompt, const char *language)
{
  const VolantManoeuvre *manoeuvre = &prompt->manoeuvre;
  g_autofree char *sentence = NULL, *then = NULL, *small = NULL;

  if (prompt->kind == VOLANT_PROMPT_NONE)
    return g_strdup ("");
  if (prompt->kind == VOLANT_PROMPT_ARRIVED)
    return g_strdup (volant_text (language, N_ ("You have arrived")));
  if (prompt->kind == VOLANT_PROMPT_START || prompt->kind == VOLANT_PROMPT_FAR)
    sentence = volant_instruction_text (manoeuvre, language);
  else
    sentence = volant_instruction_short (manoeuvre, language);
  if (prompt->kind == VOLANT_PROMPT_FAR || prompt->kind == VOLANT_PROMPT_NEAR)
    {
      char *timed = after_distance (sentence, prompt->distance_m, language);

      g_free (sentence);
      sentence = timed;
    }
  if (!prompt->has_then)
    return g_steal_pointer (&sentence);
  then = volant_instruction_short (&prompt->then, language);
  small = begin_small (then);
  return volant_text_format (language, N_ ("%s, then %s"), sentence, small);
}
