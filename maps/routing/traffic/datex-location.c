/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/traffic/datex-location.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Points are collected for the innermost of the ways of telling that is open. Lines of GML come
 * first, then OpenLR, then TPEG, then points. */

#define MAX_POINTS 20000

typedef enum {
  WAY_GML,
  WAY_OPENLR,          /* firstDirection */
  WAY_OPENLR_OPPOSITE, /* oppositeDirection */
  WAY_TPEG_LINE,       /* from, to */
  WAY_COORDINATES,     /* pointByCoordinates */
  WAY_TPEG_POINT,
  N_WAYS,
} Way;

typedef struct {
  GArray *points; /* VolantPoint */
  double trim_start_m;
  double trim_end_m;
  double bearing_deg;
  bool is_both;
} Told;

struct _VolantDatexLocation {
  Told told[N_WAYS];
  Way open;          /* N_WAYS: none */
  double lat_deg;
  double lon_deg;
  bool is_from;      /* inside the from of a TPEG line */
  bool is_unknown;   /* GML of another reference system */
  bool is_lon_first;
  unsigned dimension;
};

static const struct {
  const char *name;
  Way way;
} containers[] = {
  { "gmlLineString", WAY_GML },
  { "firstDirection", WAY_OPENLR },
  { "oppositeDirection", WAY_OPENLR_OPPOSITE },
  { "tpegLinearLocation", WAY_TPEG_LINE },
  { "pointByCoordinates", WAY_COORDINATES },
  { "tpegPointLocation", WAY_TPEG_POINT },
};

VolantDatexLocation *
volant_datex_location_new (void)
{
  VolantDatexLocation *self = g_new0 (VolantDatexLocation, 1);

  for (Way way = 0; way < N_WAYS; way++)
    self->told[way].points = g_array_new (FALSE, FALSE, sizeof (VolantPoint));
  volant_datex_location_reset (self);
  return self;
}

void
volant_datex_location_free (VolantDatexLocation *self)
{
  if (self == NULL)
    return;
  for (Way way = 0; way < N_WAYS; way++)
    g_array_unref (self->told[way].points);
  g_free (self);
}

void
volant_datex_location_reset (VolantDatexLocation *self)
{
  for (Way way = 0; way < N_WAYS; way++)
    {
      g_array_set_size (self->told[way].points, 0);
      self->told[way] = (Told) { .points = self->told[way].points, .bearing_deg = NAN };
    }
  self->open = N_WAYS;
  self->is_from = false;
  self->lat_deg = self->lon_deg = NAN;
}

/* WGS 84 and ETRS89 are the same within a metre. "CRS84" has longitudes first. */
static void
begin_gml (VolantDatexLocation *self, const char **attributes)
{
  const char *system = "";

  self->dimension = 2;
  for (unsigned i = 0; attributes[i] != NULL; i += 2)
    if (strcmp (attributes[i], "srsName") == 0)
      system = attributes[i + 1];
    else if (strcmp (attributes[i], "srsDimension") == 0)
      self->dimension = (unsigned) atoi (attributes[i + 1]);
  self->is_lon_first = strstr (system, "CRS84") != NULL;
  self->is_unknown = (self->dimension != 2 && self->dimension != 3) ||
                     (*system != '\0' && !self->is_lon_first && strstr (system, "4326") == NULL &&
                      strstr (system, "4258") == NULL && strstr (system, "4979") == NULL &&
                      strstr (system, "4937") == NULL && strstr (system, "ETRS89") == NULL &&
                      strstr (system, "WGS 84") == NULL && strstr (system, "WGS84") == NULL);
}

void
volant_datex_location_begin (VolantDatexLocation *self, const char *name, const char **attributes)
{
  for (unsigned i = 0; i < G_N_ELEMENTS (containers); i++)
    if (strcmp (name, containers[i].name) == 0)
      self->open = containers[i].way;
  if (strcmp (name, "gmlLineString") == 0)
    begin_gml (self, attributes);
  else if (strcmp (name, "from") == 0)
    self->is_from = true;
  else if (strcmp (name, "pointCoordinates") == 0 || g_str_has_prefix (name, "openlrCoordinate"))
    self->lat_deg = self->lon_deg = NAN;
}

static bool
parse_number (const char *text, double *number)
{
  char *end;

  *number = g_ascii_strtod (text, &end);
  return end != text && *end == '\0' && isfinite (*number);
}

static void
add_point (VolantDatexLocation *self, double lat_deg, double lon_deg)
{
  GArray *points = self->open < N_WAYS ? self->told[self->open].points : NULL;
  VolantPoint point;

  if (points == NULL || !(fabs (lat_deg) <= 90.0) || !(fabs (lon_deg) <= 180.0) ||
      points->len >= MAX_POINTS)
    return;
  point = volant_point_from_degrees (lat_deg, lon_deg);
  /* The schema has to before from. */
  if (self->open == WAY_TPEG_LINE && self->is_from)
    g_array_prepend_val (points, point);
  else
    g_array_append_val (points, point);
}

/* A list of pairs or triples; one that does not work out is no line at all. */
static void
take_positions (VolantDatexLocation *self, const char *text)
{
  GArray *points = self->told[WAY_GML].points;
  double values[3];
  unsigned n = 0;

  if (self->is_unknown || self->open != WAY_GML)
    return;
  while (*text != '\0')
    {
      char *end;

      values[n++] = g_ascii_strtod (text, &end);
      if (end == text || !isfinite (values[n - 1]))
        {
          g_array_set_size (points, 0);
          return;
        }
      if (n == self->dimension)
        {
          add_point (self, values[self->is_lon_first], values[!self->is_lon_first]);
          n = 0;
        }
      for (text = end; g_ascii_isspace (*text); text++)
        ;
    }
  if (n != 0)
    g_array_set_size (points, 0);
}

/* "bothWays", or one of eight directions of the compass. */
static void
take_direction (VolantDatexLocation *self, const char *text)
{
  static const char *const compass[] = { "northBound", "northEastBound", "eastBound",
                                         "southEastBound", "southBound", "southWestBound",
                                         "westBound", "northWestBound" };
  Told *told = self->open < N_WAYS ? &self->told[self->open] : NULL;

  if (told == NULL)
    return;
  told->is_both = strcmp (text, "bothWays") == 0 || strcmp (text, "allDirections") == 0;
  for (unsigned i = 0; i < G_N_ELEMENTS (compass); i++)
    if (strcmp (text, compass[i]) == 0)
      told->bearing_deg = 45.0 * i;
}

void
volant_datex_location_end (VolantDatexLocation *self, const char *name, const char *text)
{
  Told *told = self->open < N_WAYS ? &self->told[self->open] : NULL;
  double number;

  if (strcmp (name, "latitude") == 0)
    self->lat_deg = parse_number (text, &number) ? number : NAN;
  else if (strcmp (name, "longitude") == 0)
    self->lon_deg = parse_number (text, &number) ? number : NAN;
  else if (strcmp (name, "pointCoordinates") == 0 || g_str_has_prefix (name, "openlrCoordinate"))
    add_point (self, self->lat_deg, self->lon_deg);
  else if (strcmp (name, "posList") == 0)
    take_positions (self, text);
  else if (strcmp (name, "from") == 0)
    self->is_from = false;
  else if (strcmp (name, "tpegDirection") == 0)
    take_direction (self, text);
  else if (told != NULL && strcmp (name, "bearing") == 0 && parse_number (text, &number))
    told->bearing_deg = number;
  else if (told != NULL && strcmp (name, "openlrPositiveOffset") == 0 &&
           parse_number (text, &number))
    told->trim_start_m = MAX (number, 0.0);
  else if (told != NULL && strcmp (name, "openlrNegativeOffset") == 0 &&
           parse_number (text, &number))
    told->trim_end_m = MAX (number, 0.0);
  for (unsigned i = 0; i < G_N_ELEMENTS (containers); i++)
    if (self->open == containers[i].way && strcmp (name, containers[i].name) == 0)
      self->open = N_WAYS;
}

static bool
take_told (const Told *told, unsigned n_points, GPtrArray *reports)
{
  VolantTrafficReport *report;

  if (n_points == 0)
    return false;
  report = volant_traffic_report_new (n_points > 1 ? VOLANT_TRAFFIC_ON_LINE
                                                   : VOLANT_TRAFFIC_AT_POINT);
  report->n_points = n_points;
  report->points = g_atomic_rc_box_alloc (n_points * sizeof (VolantPoint));
  memcpy (report->points, told->points->data, n_points * sizeof (VolantPoint));
  report->trim_start_m = told->trim_start_m;
  report->trim_end_m = told->trim_end_m;
  report->bearing_deg = told->is_both ? NAN : told->bearing_deg;
  report->directions = told->is_both ? VOLANT_TRAFFIC_BOTH : VOLANT_TRAFFIC_FORWARD;
  g_ptr_array_add (reports, report);
  return true;
}

bool
volant_datex_location_take (VolantDatexLocation *self, GPtrArray *reports)
{
  bool is_taken = false;

  for (Way way = 0; way < N_WAYS && !is_taken; way++)
    {
      bool is_line = way <= WAY_TPEG_LINE;
      unsigned n_points = self->told[way].points->len;

      if (is_line)
        n_points = n_points > 1 ? n_points : 0;
      else
        n_points = MIN (n_points, 1); /* a framed point of TPEG has two others after it */
      is_taken = take_told (&self->told[way], n_points, reports);
      n_points = self->told[WAY_OPENLR_OPPOSITE].points->len;
      if (is_taken && way == WAY_OPENLR && n_points > 1)
        take_told (&self->told[WAY_OPENLR_OPPOSITE], n_points, reports);
    }
  volant_datex_location_reset (self);
  return is_taken;
}
