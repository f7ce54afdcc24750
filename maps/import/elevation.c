/* SPDX-License-Identifier: GPL-3.0-or-later */
#include "maps/import/elevation.h"

#include "maps/error.h"

#include <archive.h>
#include <archive_entry.h>
#include <math.h>
#include <string.h>

/* SRTM squares of one degree (dds.cr.usgs.gov/srtm, "SRTM topo" documentation): 1201 or 3601 rows
 * of as many big-endian int16 metres, north-west first, the outer rows shared with the neighbours,
 * -32768 where nothing is known. Named for their south-west corner, N43E007; plain or in a zip. A
 * square is read when a point in it is asked for. */

#define VOID_HEIGHT INT16_MIN

typedef struct {
  int16_t *heights; /* NULL: there is no such square */
  unsigned n_side;
} Square;

struct _VolantElevation {
  char *folder;
  GHashTable *files;   /* "N43E007" -> path */
  GHashTable *squares; /* "N43E007" -> Square */
  GError *error;       /* the first square that could not be read */
};

static void
free_square (void *data)
{
  Square *square = data;

  g_free (square->heights);
  g_free (square);
}

/* "n43e007.hgt" or "N43E007.SRTMGL1.hgt.zip" or "monaco-srtm-N43E007.hgt.zip" holds N43E007; NULL
 * where the name tells of no square (transfer full). */
static char *
square_of_name (const char *name)
{
  g_autofree char *upper = g_ascii_strup (name, -1);

  if (!g_str_has_suffix (upper, ".HGT") && !g_str_has_suffix (upper, ".HGT.ZIP") &&
      !g_str_has_suffix (upper, ".ZIP"))
    return NULL;
  for (const char *at = upper; strlen (at) >= 7; at++)
    if (strchr ("NS", at[0]) != NULL && g_ascii_isdigit (at[1]) && g_ascii_isdigit (at[2]) &&
        strchr ("EW", at[3]) != NULL && g_ascii_isdigit (at[4]) && g_ascii_isdigit (at[5]) &&
        g_ascii_isdigit (at[6]))
      return g_strndup (at, 7);
  return NULL;
}

/* Lists a folder of squares. VOLANT_MAPS_ERROR_NOT_FOUND where it holds none. */
VolantElevation *
volant_elevation_new (const char *folder, GError **error)
{
  g_autoptr (VolantElevation) elevation = NULL;
  g_autoptr (GDir) dir = g_dir_open (folder, 0, error);
  const char *name;

  if (dir == NULL)
    return NULL;
  elevation = g_new0 (VolantElevation, 1);
  elevation->folder = g_strdup (folder);
  elevation->files = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, g_free);
  elevation->squares = g_hash_table_new_full (g_str_hash, g_str_equal, g_free, free_square);
  while ((name = g_dir_read_name (dir)) != NULL)
    {
      char *square = square_of_name (name);
      char *path = g_build_filename (folder, name, NULL);
      const char *other = square != NULL ? g_hash_table_lookup (elevation->files, square) : NULL;

      /* the order of a folder is the file system's: of two files for a square the first by name */
      if (square == NULL || (other != NULL && strcmp (other, path) < 0))
        {
          g_free (square);
          g_free (path);
        }
      else
        g_hash_table_replace (elevation->files, square, path);
    }
  if (g_hash_table_size (elevation->files) == 0)
    {
      g_set_error (error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_NOT_FOUND,
                   "%s holds no heights; put SRTM files there, such as N43E007.hgt or "
                   "N43E007.hgt.zip",
                   folder);
      return NULL;
    }
  return g_steal_pointer (&elevation);
}

/* elevation may be NULL. */
void
volant_elevation_free (VolantElevation *elevation)
{
  if (elevation == NULL)
    return;
  g_hash_table_unref (elevation->files);
  g_hash_table_unref (elevation->squares);
  g_clear_error (&elevation->error);
  g_free (elevation->folder);
  g_free (elevation);
}

static uint8_t *
read_archive (struct archive *archive, size_t limit, size_t *size)
{
  struct archive_entry *entry;
  uint8_t *data = NULL;

  *size = 0;
  while (archive_read_next_header (archive, &entry) == ARCHIVE_OK)
    {
      const char *name = archive_entry_pathname (entry);
      g_autofree char *lower = name != NULL ? g_ascii_strdown (name, -1) : g_strdup ("");
      la_ssize_t count = 1;

      if (!g_str_has_suffix (lower, ".hgt"))
        continue;
      data = g_malloc (limit);
      while (*size < limit && count > 0)
        {
          count = archive_read_data (archive, data + *size, limit - *size);
          *size += count > 0 ? (size_t) count : 0;
        }
      if (count >= 0)
        return data;
      g_free (data);
      return NULL;
    }
  return NULL;
}

/* The bytes of a plain file or of the first .hgt in a zip (g_free); NULL if damaged. */
static uint8_t *
read_bytes (const char *path, size_t *size)
{
  /* one byte more than the largest, so that a longer file is seen to be one */
  const size_t limit = 3601u * 3601u * 2u + 1u;
  g_autofree char *lower = g_ascii_strdown (path, -1);
  struct archive *archive;
  uint8_t *data = NULL;
  char *text = NULL;

  if (!g_str_has_suffix (lower, ".zip"))
    return g_file_get_contents (path, &text, size, NULL) ? (uint8_t *) text : NULL;
  archive = archive_read_new ();
  archive_read_support_format_zip (archive);
  if (archive_read_open_filename (archive, path, 65536) == ARCHIVE_OK)
    data = read_archive (archive, limit, size);
  archive_read_free (archive);
  return data;
}

static void
load_square (VolantElevation *elevation, const char *path, Square *square)
{
  size_t size = 0;
  g_autofree uint8_t *data = read_bytes (path, &size);
  unsigned n_side = size == 1201u * 1201u * 2u ? 1201 : size == 3601u * 3601u * 2u ? 3601 : 0;

  if (data == NULL || n_side == 0)
    {
      if (elevation->error == NULL)
        g_set_error (&elevation->error, VOLANT_MAPS_ERROR, VOLANT_MAPS_ERROR_CORRUPT,
                     "%s is damaged or no SRTM square (1201 x 1201 or 3601 x 3601 heights); fetch "
                     "it again",
                     path);
      return;
    }
  square->n_side = n_side;
  square->heights = g_new (int16_t, (size_t) n_side * n_side);
  for (size_t i = 0; i < (size_t) n_side * n_side; i++)
    square->heights[i] = (int16_t) ((unsigned) data[2 * i] << 8 | data[2 * i + 1]);
}

static const Square *
get_square (VolantElevation *elevation, int lat_deg, int lon_deg)
{
  char name[32];
  Square *square;
  const char *path;

  g_snprintf (name, sizeof name, "%c%02d%c%03d", lat_deg < 0 ? 'S' : 'N', ABS (lat_deg),
              lon_deg < 0 ? 'W' : 'E', ABS (lon_deg));
  square = g_hash_table_lookup (elevation->squares, name);
  if (square != NULL)
    return square;
  square = g_new0 (Square, 1);
  g_hash_table_insert (elevation->squares, g_strdup (name), square);
  path = g_hash_table_lookup (elevation->files, name);
  if (path != NULL)
    load_square (elevation, path, square);
  return square;
}

/* Height of the ground in metres, bilinear between the four posts around; posts without a height
 * count nothing. false where none is known. */
bool
volant_elevation_get (VolantElevation *elevation, VolantPoint point, double *height_m)
{
  double lat_deg = volant_point_lat_deg (point), lon_deg = volant_point_lon_deg (point);
  int south = (int) floor (lat_deg), west = (int) floor (lon_deg);
  const Square *square = get_square (elevation, south, west);
  double sum = 0.0, weights = 0.0;
  double row, column;
  unsigned top, left;

  if (square->heights == NULL)
    return false;
  row = (south + 1 - lat_deg) * (square->n_side - 1);
  column = (lon_deg - west) * (square->n_side - 1);
  top = MIN ((unsigned) MAX (row, 0.0), square->n_side - 2);
  left = MIN ((unsigned) MAX (column, 0.0), square->n_side - 2);
  for (unsigned i = 0; i < 4; i++)
    {
      unsigned y = top + i / 2, x = left + i % 2;
      int16_t height = square->heights[(size_t) y * square->n_side + x];
      double weight = (1.0 - fabs (row - y)) * (1.0 - fabs (column - x));

      if (height == VOID_HEIGHT || weight <= 0.0)
        continue;
      sum += weight * height;
      weights += weight;
    }
  if (weights < 1e-9)
    return false;
  *height_m = sum / weights;
  return true;
}

/* false with an error where a square that was asked for could not be read. */
bool
volant_elevation_check (VolantElevation *elevation, GError **error)
{
  if (elevation->error == NULL)
    return true;
  g_propagate_error (error, g_error_copy (elevation->error));
  return false;
}
