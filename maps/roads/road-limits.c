/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/roads/road-limits.h"

#include <math.h>
#include <string.h>

/* wiki.openstreetmap.org/wiki/Key:maxheight and its sisters. What is signed for buses counts before
 * what is signed for all; what was measured ("physical") counts beside what is signed, the lower of
 * the two. Limits for lorries alone, and those that hold at certain hours, are passed over. */

#define CM_PER_FOOT 30.48
#define CM_PER_INCH 2.54
#define TEN_KG_PER_POUND 0.045359237
#define TEN_KG_PER_SHORT_TON 90.718474

typedef struct {
  VolantLimitKind kind;
  const char *keys[3]; /* the first that is there counts */
  const char *physical;
} LimitKeys;

static const LimitKeys limit_keys[] = {
  { VOLANT_LIMIT_HEIGHT, { "maxheight:bus", "maxheight", NULL }, "maxheight:physical" },
  { VOLANT_LIMIT_WIDTH, { "maxwidth:bus", "maxwidth", NULL }, "maxwidth:physical" },
  { VOLANT_LIMIT_LENGTH, { "maxlength:bus", "maxlength", NULL }, NULL },
  { VOLANT_LIMIT_WEIGHT, { "maxweight:bus", "maxweight", NULL }, NULL },
  { VOLANT_LIMIT_AXLE_LOAD, { "maxaxleload:bus", "maxaxleload", NULL }, NULL },
};

typedef struct {
  const char *name;
  double factor;
} Unit;

static const Unit length_units[] = { { "", 100.0 }, { "m", 100.0 }, { "cm", 1.0 },
                                     { "ft", CM_PER_FOOT }, { "in", CM_PER_INCH } };
static const Unit weight_units[] = { { "", 100.0 }, { "t", 100.0 }, { "kg", 0.1 },
                                     { "lbs", TEN_KG_PER_POUND }, { "st", TEN_KG_PER_SHORT_TON } };

/* The number that a text begins with, a comma being a point; NAN where it does not. */
static double
parse_number (const char *text, const char **rest)
{
  g_autofree char *pointed = g_strdelimit (g_strdup (text), ",", '.');
  char *end;
  double number;

  while (g_ascii_isspace (*text))
    text++;
  if (!g_ascii_isdigit (*text))
    return NAN;
  number = g_ascii_strtod (g_strchug (pointed), &end);
  *rest = text + (end - pointed);
  while (g_ascii_isspace (**rest))
    (*rest)++;
  return number;
}

static uint16_t
to_limit (double value)
{
  return isfinite (value) && value >= 1.0 && value <= UINT16_MAX ? (uint16_t) floor (value + 1e-6)
                                                                 : 0;
}

static uint16_t
parse_in_units (const char *text, const Unit *units, unsigned n_units)
{
  const char *rest;
  double number = parse_number (text, &rest);

  for (unsigned i = 0; isfinite (number) && i < n_units; i++)
    if (strcmp (rest, units[i].name) == 0)
      return to_limit (number * units[i].factor);
  return 0;
}

/* 11'6" or 11' */
static uint16_t
parse_feet (const char *text)
{
  const char *rest;
  double feet = parse_number (text, &rest), inches = 0.0;

  if (!isfinite (feet) || *rest != '\'')
    return 0;
  rest++;
  if (*rest != '\0')
    {
      inches = parse_number (rest, &rest);
      if (!isfinite (inches) || strcmp (rest, "\"") != 0)
        return 0;
    }
  return to_limit (feet * CM_PER_FOOT + inches * CM_PER_INCH);
}

uint16_t
volant_limit_parse_length (const char *text)
{
  uint16_t limit_cm = parse_in_units (text, length_units, G_N_ELEMENTS (length_units));

  return limit_cm > 0 ? limit_cm : parse_feet (text);
}

uint16_t
volant_limit_parse_weight (const char *text)
{
  return parse_in_units (text, weight_units, G_N_ELEMENTS (weight_units));
}

static uint16_t
parse_limit (VolantLimitKind kind, const char *text)
{
  return kind == VOLANT_LIMIT_WEIGHT || kind == VOLANT_LIMIT_AXLE_LOAD
           ? volant_limit_parse_weight (text)
           : volant_limit_parse_length (text);
}

/* The value of a key for a direction (NULL: for none), with it before without. */
static uint16_t
read_key (const VolantTags *tags, const LimitKeys *limit, const char *key, const char *direction)
{
  const char *value = NULL;

  if (direction != NULL)
    {
      g_autofree char *directed = g_strconcat (key, direction, NULL);

      value = volant_tags_get (tags, directed);
    }
  if (value == NULL)
    value = volant_tags_get (tags, key);
  return value != NULL ? parse_limit (limit->kind, value) : 0;
}

static uint16_t
read_limit (const VolantTags *tags, const LimitKeys *limit, const char *direction)
{
  uint16_t value = 0, physical = 0;

  for (unsigned i = 0; limit->keys[i] != NULL && value == 0; i++)
    value = read_key (tags, limit, limit->keys[i], direction);
  if (limit->physical != NULL)
    physical = read_key (tags, limit, limit->physical, direction);
  return value == 0 || (physical > 0 && physical < value) ? physical : value;
}

static void
add_limit (GArray *limits, VolantLimitKind kind, uint16_t value, unsigned scope)
{
  VolantLimit limit = { .value = value, .kind = (uint8_t) kind, .scope = (uint8_t) scope };

  if (value > 0 && scope != 0)
    g_array_append_val (limits, limit);
}

/* Most ways have no such tag: that is told from one look at their keys. */
static bool
has_limits (const VolantTags *tags)
{
  for (uint32_t i = 0; i < tags->n_tags; i++)
    if (g_str_has_prefix (tags->osm->tags[tags->first_tag + i].key, "max"))
      return true;
  return false;
}

void
volant_limits_of_way (const VolantTags *tags, const uint8_t access[2], GArray *limits)
{
  static const char *const directions[2] = { ":forward", ":backward" };
  unsigned driven = VOLANT_MODE_BIT (VOLANT_MODE_CAR) | VOLANT_MODE_BIT (VOLANT_MODE_BUS);

  if (!has_limits (tags))
    return;
  for (unsigned i = 0; i < G_N_ELEMENTS (limit_keys); i++)
    {
      uint16_t values[2] = { 0, 0 };

      for (unsigned way = 0; way < 2; way++)
        if (access[way] & driven)
          values[way] = read_limit (tags, &limit_keys[i], directions[way]);
      if (values[0] == values[1])
        add_limit (limits, limit_keys[i].kind, values[0],
                   VOLANT_LIMIT_FORWARD | VOLANT_LIMIT_BACKWARD);
      else
        {
          add_limit (limits, limit_keys[i].kind, values[0], VOLANT_LIMIT_FORWARD);
          add_limit (limits, limit_keys[i].kind, values[1], VOLANT_LIMIT_BACKWARD);
        }
    }
}

void
volant_limits_of_node (const VolantTags *tags, GArray *limits)
{
  if (!has_limits (tags))
    return;
  for (unsigned i = 0; i < G_N_ELEMENTS (limit_keys); i++)
    add_limit (limits, limit_keys[i].kind, read_limit (tags, &limit_keys[i], NULL),
               VOLANT_LIMIT_JUNCTION);
}
