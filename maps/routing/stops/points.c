/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/stops/points.h"

#include "maps/error.h"

#include <math.h>
#include <string.h>

/* Reads line by line; a line is copied, so that numbers end where it ends. */

#define MOST_LINE_BYTES 1000

static void
clear_point (void *data)
{
  g_free (((VolantNamedPoint *) data)->name);
}

static bool
refuse (GError **error, unsigned line, const char *what)
{
  g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_INVALID,
               "line %u: %s; write “lat lon” in degrees, and a name if you like, such as “48.8443 "
               "2.3744 Gare de Lyon”",
               line, what);
  return false;
}

static const char *
skip_blanks (const char *text)
{
  return text + strspn (text, " \t,;\r");
}

static bool
read_degrees (const char **cursor, double limit_deg, double *value)
{
  char *end;

  *value = g_ascii_strtod (*cursor, &end);
  if (end == *cursor || strchr (" \t,;\r", *end) == NULL || !isfinite (*value) ||
      fabs (*value) > limit_deg)
    return false;
  *cursor = skip_blanks (end);
  return true;
}

static bool
read_line (char *line, unsigned number, GArray *points, GError **error)
{
  char *comment = strchr (line, '#');
  const char *cursor = line;
  double lat_deg, lon_deg;
  VolantNamedPoint point = { .line = number };

  if (!g_utf8_validate (line, -1, NULL))
    return refuse (error, number, "it is not written in UTF-8");
  if (comment != NULL)
    *comment = '\0';
  cursor = skip_blanks (cursor);
  if (*cursor == '\0')
    return true;
  if (!read_degrees (&cursor, 90.0, &lat_deg))
    return refuse (error, number, "the latitude is not a number from -90 to 90");
  if (*cursor == '\0' || !read_degrees (&cursor, 180.0, &lon_deg))
    return refuse (error, number, "the longitude is not a number from -180 to 180");
  point.point = volant_point_from_degrees (lat_deg, lon_deg);
  point.name = g_strchomp (g_strdup (cursor));
  g_array_append_val (points, point);
  return true;
}

GArray *
volant_points_parse (const char *text, size_t size, GError **error)
{
  g_autoptr (GArray) points = g_array_new (FALSE, FALSE, sizeof (VolantNamedPoint));
  const char *end = text + size;
  unsigned number = 1;

  g_array_set_clear_func (points, clear_point);
  for (const char *line = text; line < end; number++)
    {
      const char *stop = memchr (line, '\n', (size_t) (end - line));
      g_autofree char *copy = NULL;
      size_t n = (size_t) ((stop != NULL ? stop : end) - line);

      if (n > MOST_LINE_BYTES || memchr (line, '\0', n) != NULL)
        {
          refuse (error, number, n > MOST_LINE_BYTES ? "it is too long" : "there is a zero byte");
          return NULL;
        }
      copy = g_strndup (line, n);
      if (!read_line (copy, number, points, error))
        return NULL;
      line += n + 1;
    }
  if (points->len > 0)
    return g_steal_pointer (&points);
  g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_EMPTY,
               "there is no point in it; write “lat lon” in degrees, one point a line");
  return NULL;
}
