/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/routing/pairs.h"

#include "maps/error.h"

#include <math.h>
#include <string.h>

/* Reads line by line; a line is copied, so that numbers end where it ends. */

#define MOST_LINE_BYTES 1000

static bool
is_blank (char c)
{
  return c == ' ' || c == '\t' || c == ',' || c == ';' || c == '\r';
}

/* Up to five numbers of a line: the fifth is one too many. -1 where something is no number. */
static int
read_numbers (const char *line, double numbers[5])
{
  int n = 0;

  for (;;)
    {
      char *end;

      while (is_blank (*line))
        line++;
      if (*line == '\0' || *line == '#')
        return n;
      if (n == 5)
        return n;
      numbers[n] = g_ascii_strtod (line, &end);
      if (end == line || !(is_blank (*end) || *end == '\0' || *end == '#'))
        return -1;
      n++;
      line = end;
    }
}

static bool
refuse (GError **error, unsigned line, const char *what)
{
  g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_INVALID,
               "line %u: %s; write “lat lon lat lon” in degrees, such as “48.8443 2.3744 48.8584 "
               "2.2945”",
               line, what);
  return false;
}

/* false with an error set; true with n_numbers 0 where the line is empty. */
static bool
read_line (const char *text, size_t size, unsigned number, VolantPair *pair, bool *is_empty,
           GError **error)
{
  char line[MOST_LINE_BYTES + 1];
  double numbers[5];
  int n;

  if (size > MOST_LINE_BYTES)
    return refuse (error, number, "the line is too long");
  if (memchr (text, '\0', size) != NULL)
    return refuse (error, number, "there is a zero byte");
  memcpy (line, text, size);
  line[size] = '\0';
  n = read_numbers (line, numbers);
  *is_empty = n == 0;
  if (n == 0)
    return true;
  if (n < 0)
    return refuse (error, number, "something is not a number");
  if (n != 4)
    return refuse (error, number, n < 4 ? "there are fewer than four numbers"
                                        : "there are more than four numbers");
  for (int i = 0; i < 4; i++)
    if (!isfinite (numbers[i]) || fabs (numbers[i]) > (i % 2 == 0 ? 90.0 : 180.0))
      return refuse (error, number, i % 2 == 0 ? "a latitude is not between -90 and 90"
                                               : "a longitude is not between -180 and 180");
  *pair = (VolantPair) { volant_point_from_degrees (numbers[0], numbers[1]),
                         volant_point_from_degrees (numbers[2], numbers[3]), number };
  return true;
}

GArray *
volant_pairs_parse (const char *text, size_t size, GError **error)
{
  g_autoptr (GArray) pairs = g_array_new (FALSE, FALSE, sizeof (VolantPair));
  const char *end = text + size;
  unsigned number = 1;

  for (const char *line = text; line < end; number++)
    {
      const char *stop = memchr (line, '\n', (size_t) (end - line));
      bool is_empty = true;
      VolantPair pair;

      if (stop == NULL)
        stop = end;
      if (!read_line (line, (size_t) (stop - line), number, &pair, &is_empty, error))
        return NULL;
      if (!is_empty)
        g_array_append_val (pairs, pair);
      line = stop + 1;
    }
  if (pairs->len == 0)
    {
      g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_EMPTY,
                   "there is no pair in it; write “lat lon lat lon” in degrees, one pair a line");
      return NULL;
    }
  return g_steal_pointer (&pairs);
}
