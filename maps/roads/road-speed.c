/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/roads/road-speed.h"

#include "maps/roads/road-access.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Limits for cars in km/h. Defaults after wiki.openstreetmap.org/wiki/Default_speed_limits; where a
 * country sets no limit (German motorways) its advised speed stands. */

#define WALK_KMH 7
#define FERRY_KMH 15
#define MILE_KM 1.609344

enum { URBAN, RURAL, TRUNK, MOTORWAY, LIVING, N_ZONES };

static const struct {
  char country[3];
  uint8_t kmh[N_ZONES];
} country_limits[] = {
  { "FR", { 50, 80, 110, 130, 20 } },  { "MC", { 50, 50, 50, 50, 20 } },
  { "CN", { 50, 70, 80, 120, 20 } },   { "AD", { 50, 60, 90, 90, 20 } },
  { "DE", { 50, 100, 130, 130, 7 } },  { "AT", { 50, 100, 100, 130, 5 } },
  { "BE", { 50, 70, 120, 120, 20 } },  { "CH", { 50, 80, 100, 120, 20 } },
  { "ES", { 50, 90, 90, 120, 20 } },   { "IT", { 50, 90, 110, 130, 20 } },
  { "LU", { 50, 90, 90, 130, 20 } },   { "NL", { 50, 80, 100, 100, 15 } },
  { "PT", { 50, 90, 100, 120, 20 } },  { "GB", { 48, 97, 113, 113, 20 } },
  { "IE", { 50, 80, 100, 120, 20 } },  { "DK", { 50, 80, 80, 130, 15 } },
  { "SE", { 50, 70, 70, 110, 7 } },    { "NO", { 50, 80, 80, 90, 15 } },
  { "FI", { 50, 80, 80, 120, 20 } },   { "PL", { 50, 90, 100, 140, 20 } },
  { "CZ", { 50, 90, 110, 130, 20 } },  { "LI", { 50, 80, 80, 80, 20 } },
  { "US", { 40, 89, 105, 105, 24 } },
};

/* where nothing is known of the country */
static const uint8_t common_limits[N_ZONES] = { 50, 80, 100, 120, 20 };

static const uint8_t *
limits_of (const char *country)
{
  for (unsigned i = 0; i < G_N_ELEMENTS (country_limits); i++)
    if (g_ascii_strncasecmp (country, country_limits[i].country, 2) == 0)
      return country_limits[i].kmh;
  return common_limits;
}

static uint8_t
clamp_kmh (double kmh)
{
  return kmh < 1.0 ? 0 : (uint8_t) MIN (lrint (kmh), 255);
}

/* "urban", "zone30", "30", "motorway": what stands after the colon of "FR:urban". */
static uint8_t
parse_zone (const char *zone, const char *country)
{
  static const struct {
    const char *name;
    unsigned zone;
  } names[] = {
    { "urban", URBAN },           { "rural", RURAL },       { "trunk", TRUNK },
    { "motorway", MOTORWAY },     { "living_street", LIVING }, { "nsl_single", RURAL },
    { "nsl_dual", MOTORWAY },     { "nsl_restricted", URBAN },
    { "express", TRUNK },         { "home_zone", LIVING },
  };
  const char *digits;

  for (unsigned i = 0; i < G_N_ELEMENTS (names); i++)
    if (strcmp (zone, names[i].name) == 0)
      return limits_of (country)[names[i].zone];
  if (strcmp (zone, "walk") == 0)
    return WALK_KMH;
  digits = g_str_has_prefix (zone, "zone:")  ? zone + 5
           : g_str_has_prefix (zone, "zone") ? zone + 4
                                             : zone;
  return g_ascii_isdigit (*digits) ? volant_speed_parse (digits, country) : 0;
}

/* Reads a maxspeed: "50", "50 km/h", "30 mph", "none", "walk", "FR:urban", "DE:zone:30", "zone30".
 * country is for zones that name none. 0 where the text tells no speed ("signals", "variable"). */
uint8_t
volant_speed_parse (const char *text, const char *country)
{
  char *end;
  double value;

  if (strcmp (text, "none") == 0)
    return limits_of (country)[MOTORWAY];
  if (strcmp (text, "walk") == 0)
    return WALK_KMH;
  if (g_ascii_isalpha (text[0]) && g_ascii_isalpha (text[1]) && text[2] == ':')
    return parse_zone (text + 3, text);
  if (!g_ascii_isdigit (*text))
    return parse_zone (text, country);
  value = g_ascii_strtod (text, &end);
  while (*end == ' ')
    end++;
  if (g_ascii_strncasecmp (end, "mph", 3) == 0)
    return clamp_kmh (value * MILE_KM);
  if (g_ascii_strncasecmp (end, "knots", 5) == 0)
    return clamp_kmh (value * 1.852);
  return *end == '\0' || *end == ';' || *end == ',' || g_ascii_strncasecmp (end, "km", 2) == 0
             ? clamp_kmh (value)
             : 0;
}

/* The limit without a sign. is_urban: within a built-up area. */
uint8_t
volant_speed_default (const char *country, VolantRoadClass road_class, bool is_link, bool is_urban)
{
  const uint8_t *limits = limits_of (country);
  uint8_t open_road = is_urban ? limits[URBAN] : limits[RURAL];

  switch (road_class)
    {
    case VOLANT_ROAD_MOTORWAY:
      return is_link ? MIN (limits[MOTORWAY], 90) : limits[MOTORWAY];
    case VOLANT_ROAD_TRUNK:
      return is_urban ? limits[URBAN] : is_link ? limits[RURAL] : limits[TRUNK];
    case VOLANT_ROAD_PRIMARY:
    case VOLANT_ROAD_SECONDARY:
    case VOLANT_ROAD_TERTIARY:
    case VOLANT_ROAD_UNCLASSIFIED:
      return open_road;
    case VOLANT_ROAD_TRACK:
      return MIN (open_road, 50);
    case VOLANT_ROAD_RESIDENTIAL:
    case VOLANT_ROAD_SERVICE:
    case VOLANT_ROAD_BUSWAY:
      return limits[URBAN];
    case VOLANT_ROAD_LIVING_STREET:
      return limits[LIVING];
    case VOLANT_ROAD_FERRY:
      return FERRY_KMH;
    case VOLANT_ROAD_PEDESTRIAN:
    case VOLANT_ROAD_CYCLEWAY:
    case VOLANT_ROAD_FOOTWAY:
    case VOLANT_ROAD_PATH:
    case VOLANT_ROAD_STEPS:
    case VOLANT_N_ROAD_CLASSES:
    default:
      return WALK_KMH;
    }
}

/* "1:30" or "01:30:00" or "90" minutes or "PT1H30M" is rare enough to be left; 0 if unreadable. */
static double
parse_duration_s (const char *text)
{
  char *end;
  double total = strtol (text, &end, 10);

  if (*end == '\0')
    return total * 60.0;
  total *= 3600.0;
  if (*end == ':')
    total += (double) strtol (end + 1, &end, 10) * 60.0;
  if (*end == ':')
    total += (double) strtol (end + 1, &end, 10);
  return *end == '\0' && isfinite (total) ? total : 0.0;
}

static uint8_t
find_signed (const VolantTags *tags, const char *directed, const char *country)
{
  /* these say which law applies; a sign of its own goes before them */
  const char *const keys[] = { directed,        "maxspeed",      "zone:maxspeed", "maxspeed:type",
                               "source:maxspeed", "zone:traffic" };

  for (unsigned i = 0; i < G_N_ELEMENTS (keys); i++)
    {
      const char *value = volant_tags_get (tags, keys[i]);
      uint8_t kmh = 0;

      /* "source:maxspeed=survey" is a word, not a zone */
      if (value != NULL)
        kmh = volant_speed_parse (value, country);
      if (kmh > 0)
        return kmh;
    }
  return 0;
}

/* The limits of both directions; 0 where neither cars nor buses may go. length_m is for ferries,
 * whose duration tells their speed. */
void
volant_way_get_speed (const VolantOsm *osm, const VolantOsmWay *way, const VolantWayTraits *traits,
                      const char *country, bool is_urban, double length_m, VolantWaySpeed *speed)
{
  static const char *const keys[2] = { "maxspeed:forward", "maxspeed:backward" };
  VolantTags tags = { osm, way->first_tag, way->n_tags };
  unsigned driven = VOLANT_MODE_BIT (VOLANT_MODE_CAR) | VOLANT_MODE_BIT (VOLANT_MODE_BUS);
  const char *duration = volant_tags_get (&tags, "duration");
  double duration_s = duration != NULL ? parse_duration_s (duration) : 0.0;

  *speed = (VolantWaySpeed) { 0 };
  for (unsigned side = 0; side < 2; side++)
    {
      uint8_t kmh = find_signed (&tags, keys[side], country);

      if ((traits->access[side] & driven) == 0 && traits->road_class != VOLANT_ROAD_FERRY)
        continue;
      if (traits->road_class == VOLANT_ROAD_FERRY && duration_s > 0.0)
        kmh = MAX (clamp_kmh (length_m / duration_s * 3.6), 1);
      if (kmh > 0)
        speed->signed_mask |= (uint8_t) (1u << side);
      else
        kmh = volant_speed_default (country, traits->road_class,
                                    (traits->flags & VOLANT_ROAD_FLAG_LINK) != 0, is_urban);
      speed->speed_kmh[side] = kmh;
    }
}

/* Countries and territories that drive on the left (ISO 3166-1 alpha-2). */
bool
volant_country_drives_on_left (const char *country)
{
  static const char left[] =
      "AG AI AU BB BD BM BN BS BT BW CY DM FJ FK GB GD GG GY HK ID IE IM IN JE JM "
      "JP KE KI KN KY LC LK LS MO MS MT MU MV MW MY MZ NA NP NR NZ PG PK SB SC SG "
      "SH SR SZ TC TH TL TO TT TV TZ UG VC VG VI WS ZA ZM ZW";

  return strlen (country) == 2 && strstr (left, country) != NULL;
}
